import DevinModel
import Synchronization

/// What the workers of a verification have found so far.
final class Verification: Sendable {
  let options: VerifyOptions
  /// When the newest sync began; nil: there was none.
  let newestSync: UnixTime?
  private let entries = Mutex<[String: VerifyReport.Entry]>([:])

  init(_ options: VerifyOptions, newestSync: UnixTime?) {
    self.options = options
    self.newestSync = newestSync
  }

  func update(_ resource: String, _ change: (inout VerifyReport.Entry) -> Void) {
    entries.withLock { change(&$0[resource, default: VerifyReport.Entry(resource: resource)]) }
  }

  func entry(of resource: String) -> VerifyReport.Entry? { entries.withLock { $0[resource] } }
}
