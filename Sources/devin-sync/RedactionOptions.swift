import ArgumentParser
import DevinSync
import Files
import Foundation

/// Whether to replace what people wrote and who they are with pseudonyms in the output.
struct RedactionOptions: ParsableArguments {
  @Flag(help: "Replace texts and names with pseudonyms, as `backup --redact` does.") var redact = false
  @Option(
    help: ArgumentHelp(
      """
      File with the key for the pseudonyms, at least 32 characters. The same key gives the same pseudonyms. Create it yourself: `(umask 077; \
      openssl rand -hex 32 > FILE)`. A missing file is an error, because a new key would change all pseudonyms. Keep the key secret: whoever \
      has it can test whether a pseudonym belongs to a certain text.
      """, valueName: "file"), completion: .file())
  var redactKeyFile: String?

  func validate() throws {
    if redact, redactKeyFile == nil { throw ValidationError("--redact needs a key: add --redact-key-file FILE.") }
    if !redact, redactKeyFile != nil { throw ValidationError("--redact-key-file needs --redact.") }
  }

  /// Nil: nothing is redacted.
  /// - Throws: `Failure` if the file is missing, readable for others, or contains no key.
  func key() throws -> Data? {
    guard let path = redactKeyFile else { return nil }
    let (text, mode) = try Self.content(of: path)
    guard mode & 0o077 == 0 else {
      throw Failure(
        .configuration,
        "other users on this machine can read \(path), the key for the pseudonyms. Run: chmod 600 \(path)")
    }
    guard text.utf8.count >= RowRedaction.shortestKey else {
      throw Failure(
        .configuration,
        "\(path) contains no valid key for pseudonyms: a key has at least \(RowRedaction.shortestKey) characters. `openssl rand -hex 32` prints one."
      )
    }
    return Data(text.utf8)
  }

  private static func content(of path: String) throws -> (text: String, mode: mode_t) {
    do {
      let file = try OpenFile(reading: path)
      let text = String(decoding: try file.read(limit: 1 << 16), as: UTF8.self)
      return (text.trimmingCharacters(in: .whitespacesAndNewlines), file.facts.mode)
    } catch {
      throw Failure(
        .configuration,
        "--redact-key-file \(path) cannot be read: \(error.why). Create a key with: (umask 077; openssl rand -hex 32 > FILE)"
      )
    }
  }
}
