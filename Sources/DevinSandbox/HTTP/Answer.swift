import HTTPTypes
import HummingbirdCore
import NIOCore

/// An answer as sent over the network.
struct Answer: Sendable {
  /// How the body is sent and the connection is closed.
  enum Delivery: Sendable {
    case complete
    /// Half of the body, then the connection is closed.
    case half
    /// Nothing, until the other side closes the connection.
    case never
    /// The connection is reset.
    case reset
  }

  var status: Int
  var contentType: String
  var body: [UInt8]
  var headers: [(HTTPField.Name, String)] = []
  var delivery = Delivery.complete
  /// The delay before anything is sent.
  var delay = Duration.zero

  init(status: Int = 200, contentType: String = "application/json", body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  init(redirectingTo location: String) {
    self.init(status: 302, body: [])
    headers = [(.location, location)]
  }

  /// The status for the log; 0 if nothing is sent.
  var loggedStatus: Int {
    switch delivery {
    case .complete, .half: status
    case .never, .reset: 0
    }
  }
}
