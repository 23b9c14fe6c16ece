package import DevinModel
import Foundation

/// The result of requesting a content.
package enum DownloadResult: Hashable, Sendable {
  /// The complete content was written to the sink. The media type is the server's claim and is not verified.
  case received(type: String?)
  /// The sink refused it, or the rest of it.
  case declined
  /// 404: the server does not have it.
  case missing
  /// The content is not acceptable; the text says why, for people.
  case refused(String)
}

extension DevinClient {
  /// Asks the API where a content is and downloads it from there. Exactly one redirect is followed, only to an HTTPS address, and without
  /// the key. The address may give anyone access to the content, so it is neither stored nor reported, except for its host.
  /// - Parameter sink: starts again with each attempt.
  package func file(_ endpoint: Endpoint, into sink: any BodySink) async throws(APIError) -> DownloadResult {
    try await retry(endpoint) { () throws(APIError) in
      let request = APIRequest(target: endpoint.path + endpoint.encodedQuery, endpoint: endpoint.description)
      let first = try await transport.send(request)
      switch first.status {
      case 300..<400: break
      case 200..<300:
        return .refused("\(endpoint) answered \(first.status) with content instead of a redirect to it")
      case 404, 410: return .missing
      default: throw first.error(from: endpoint)
      }
      guard let location = first.headers["location"], let place = Place(location) else {
        return .refused(
          "\(endpoint) answered \(first.status) with a redirect that is not followed: \(Place.objection(to: first.headers["location"]))"
        )
      }
      let second: APIResponse
      do throws(APIError) {
        second = try await transport.send(
          APIRequest(target: "", endpoint: endpoint.description, download: place.address, sink: sink))
      } catch {
        // If the content's host repeats a failure each time, this is no failure of the API.
        switch error.reason {
        case .unexpectedShape(let why): return .refused("\(endpoint): the content at \(place.host) is not kept: \(why)")
        case .untrusted(let why): return .refused("\(endpoint): \(place.host) did not prove who it is: \(why)")
        default: throw error
        }
      }
      switch second.status {
      case 200: return second.wasDeclined ? .declined : .received(type: second.headers["content-type"])
      case 300..<400:
        let next = second.headers["location"].flatMap { URLComponents(string: $0)?.host } ?? "an unnamed place"
        return .refused(
          "\(endpoint): \(place.host) answered \(second.status), a second redirect (to \(next)), and only one is followed")
      case 404, 410: return .missing
      case 408, 409, 429, 500...: throw second.error(from: endpoint)
      default: return .refused("\(endpoint): \(place.host) answered \(second.status)")
      }
    }
  }

  /// The target of a redirect that may be followed.
  private struct Place {
    let address: String
    let host: String

    /// - Parameter location: must be an absolute HTTPS address without a user name.
    init?(_ location: String) {
      guard let parts = URLComponents(string: location, encodingInvalidCharacters: false), parts.scheme?.lowercased() == "https",
        let host = parts.host,
        !host.isEmpty, parts.user == nil, parts.password == nil
      else { return nil }
      address = location
      self.host = host
    }

    /// Why another target is not followed.
    static func objection(to location: String?) -> String {
      guard let location else { return "it names no place" }
      guard let parts = URLComponents(string: location, encodingInvalidCharacters: false),
        let scheme = parts.scheme?.lowercased(), let host = parts.host,
        !host.isEmpty
      else { return "it names no absolute HTTPS address" }
      return scheme == "https"
        ? "it names a user for \(host)" : "it leads to \(host.prefix(200)) by \(scheme.prefix(20)), and only HTTPS is followed"
    }
  }
}
