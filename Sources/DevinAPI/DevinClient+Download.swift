import DevinModel
import Foundation

extension DevinClient {
  private struct Presigned: Decodable {
    let url: String
  }

  /// Reads the text behind a presigned address immediately, since such addresses expire quickly, and without the key, since
  /// they lead to other hosts. The address is not stored; an error names the endpoint that returned it.
  /// - Returns: a page with one row, an object whose only member is the text.
  func download(_ answer: String, as name: String, endpoint: Endpoint) async throws(APIError) -> Page {
    guard let address = (try? JSONDecoder().decodeBounded(Presigned.self, from: Data(answer.utf8)))?.url, isSafe(address) else {
      throw APIError(.unexpectedShape("`url` is not an https address"), endpoint: endpoint.description, status: 200)
    }
    let request = APIRequest(target: "", endpoint: endpoint.description, download: address)
    let response = try await transport.send(request)
    let text = try response.plainText(from: endpoint)
    guard let row = try? JSONEncoder().encode([name: text]) else {
      throw APIError(.unexpectedShape("its text cannot be written as JSON"), endpoint: endpoint.description)
    }
    return Page(
      body: String(decoding: row, as: UTF8.self), places: nil, rows: .object, rowCount: 1, cursor: nil, next: nil, total: nil,
      date: response.date)
  }

  /// Requires TLS or a loopback address, as `APIAddress` does for the API.
  private func isSafe(_ address: String) -> Bool {
    guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty else { return false }
    return parts.scheme == "https" || (parts.scheme == "http" && APIAddress.isLoopback(host))
  }
}
