import DevinSync
import Foundation

/// A file to which the output of a target is appended; the last state in it is used.
struct StateFile {
  private let path: String
  /// The maximum number of bytes read at its end.
  private static let longest: UInt64 = 16 << 20

  init(_ path: String) { self.path = path }

  /// - Returns: nil: the file is missing or empty, as before a first feed.
  /// - Throws: `Failure` (64).
  func state() throws -> FeedState? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return try FeedState(text: try ending())
    } catch let trouble as FeedState.Problem {
      throw Failure(.usage, "\(path) \(trouble.reason) Nothing was printed. To print everything, leave out --state.")
    } catch {
      throw Failure(.usage, "--state \(path) cannot be read: \(error.localizedDescription)")
    }
  }

  /// The end of the file, as complete lines.
  private func ending() throws -> String {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let size = try file.seekToEnd()
    try file.seek(toOffset: size > Self.longest ? size - Self.longest : 0)
    let text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    return size > Self.longest ? String(text.drop { !$0.isNewline }) : text
  }
}

extension FeedState.Problem {
  /// A clause with the reason and what to do, for people.
  fileprivate var reason: String {
    switch self {
    case .none: "contains no state. It must be the output of the target."
    case .newer: "is from a newer devin-sync. Update devin-sync."
    case .malformed: "contains a state that was edited or damaged. To continue from the previous state, remove the last line."
    }
  }
}
