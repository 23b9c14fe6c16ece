package import Foundation

/// One line sent by a client.
package enum IncomingMessage: Hashable, Sendable {
  case request(Request)
  /// It has no answer.
  case notification(method: String, parameters: JSONObject)
  /// The client's answer to a request; this server sends none, so it is ignored.
  case answer
  /// - Parameter id: nil: the line does not contain the id of a request.
  case malformed(id: RequestID?, ProtocolError)

  package struct Request: Hashable, Sendable {
    package let id: RequestID
    package let method: String
    package let parameters: JSONObject

    /// The client's metadata, in addition to the parameters.
    var meta: JSONObject { parameters["_meta"]?.object ?? [:] }
  }

  package init(line: Data) {
    guard let value = JSON(line: line) else {
      self = .malformed(id: nil, .noJSON("The line is not a JSON message, or it holds too many values"))
      return
    }
    guard let object = value.object else {
      self = .malformed(id: nil, .invalidRequest("A message is one JSON object; batches are not supported"))
      return
    }
    let id = object["id"].flatMap(RequestID.init)
    guard object["jsonrpc"] == "2.0" else {
      self = .malformed(id: id, .invalidRequest("The member `jsonrpc` must be \"2.0\""))
      return
    }
    guard let method = object["method"]?.text else {
      let isAnswer = object["method"] == nil && (object["result"] != nil || object["error"] != nil)
      self = isAnswer ? .answer : .malformed(id: id, .invalidRequest("The member `method` must be a text"))
      return
    }
    guard object["id"] != nil else {
      self = .notification(method: method, parameters: object["params"]?.object ?? [:])
      return
    }
    guard let id else {
      self = .malformed(id: nil, .invalidRequest("The member `id` must be a text or a whole number"))
      return
    }
    guard let parameters = object["params"].map(\.object) ?? JSONObject() else {
      self = .malformed(id: id, .invalidParameters("The member `params` must be an object"))
      return
    }
    self = .request(Request(id: id, method: method, parameters: parameters))
  }
}
