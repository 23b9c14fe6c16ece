import DevinSync
import Foundation

/// How many files and connections this process may have open at once.
enum Descriptors {
  /// For the file, its log, the lock and 32 connections, with some to spare.
  private static let needed: rlim_t = 64

  /// Raises the limit as far as the system lets us; network libraries end the process where they cannot open what they need.
  /// - Throws: `Failure` when that is too little.
  static func demand() throws {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < needed else { return }
    limit.rlim_cur = min(needed, limit.rlim_max)
    guard setrlimit(kind, &limit) != 0 || limit.rlim_cur < needed else { return }
    throw Failure(
      .configuration,
      "this process may have \(limit.rlim_cur) files open at once, and devin-sync needs \(needed). Nothing was done. Raise the limit: `ulimit -n 1024`, or LimitNOFILE=1024 in a systemd unit."
    )
  }

  #if canImport(Glibc)
    private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let kind = RLIMIT_NOFILE
  #endif
}
