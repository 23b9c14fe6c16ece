import DevinSync
import Foundation

/// What `--version --json` prints: the versions that a report of a problem needs.
struct VersionFacts: Encodable {
  let version: String
  /// `user_version` of the files that this program writes.
  let schemaVersion: Int
  let sqliteVersion: String
  let system, architecture: String

  init() {
    version = DevinMirror.version
    schemaVersion = MirrorSchemaText.version
    sqliteVersion = MirrorSchemaText.sqliteVersion
    #if os(macOS)
      system = "macos"
    #else
      system = "linux"
    #endif
    #if arch(arm64)
      architecture = "arm64"
    #else
      architecture = "x86_64"
    #endif
  }

  /// `--version` alone is answered by the parser.
  static func areAsked(by arguments: [String]) -> Bool { Set(arguments) == ["--version", "--json"] }

  static func show() {
    // These texts always can be encoded.
    if let line = try? Console.json(Self()) { Console.print(line) }
  }
}
