import DevinSync
import Foundation

/// The limit of open files and connections of this process.
enum Descriptors {
  /// For the file, its log, the lock and 32 connections, plus a reserve.
  private static let needed: rlim_t = 64

  /// Raises the limit as far as the system allows; network libraries end the process if they cannot open what they need.
  /// - Throws: `Failure` if the limit is still too low.
  static func demand() throws {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < needed else { return }
    limit.rlim_cur = min(needed, limit.rlim_max)
    guard setrlimit(kind, &limit) != 0 || limit.rlim_cur < needed else { return }
    throw Failure(
      .configuration,
      "this process may open only \(limit.rlim_cur) files at once, but devin-sync needs \(needed). Nothing was done. Raise the limit with `ulimit -n 1024`, or LimitNOFILE=1024 in a systemd unit."
    )
  }

  #if canImport(Glibc)
    private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let kind = RLIMIT_NOFILE
  #endif
}
