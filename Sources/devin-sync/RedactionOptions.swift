import ArgumentParser
import DevinSync
import Files
import Foundation

/// Whether to replace what people wrote and who they are with pseudonyms in the output.
struct RedactionOptions: ParsableArguments {
  @Flag(help: "Replace what people wrote and who they are by pseudonyms, as `backup --redact` does.") var redact = false
  @Option(
    help: ArgumentHelp(
      """
      File with the key of the pseudonyms, 32 characters or more: the same key makes the same pseudonyms. It is never created here, since a \
      mistyped name would give everything other pseudonyms: `(umask 077; openssl rand -hex 32 > FILE)` makes one. Nobody else may read it: who \
      has it can try whether a pseudonym stands for a certain text.
      """, valueName: "file"), completion: .file())
  var redactKeyFile: String?

  func validate() throws {
    if redact, redactKeyFile == nil { throw ValidationError("--redact takes a key: name its file with --redact-key-file.") }
    if !redact, redactKeyFile != nil { throw ValidationError("--redact-key-file goes with --redact.") }
  }

  /// Nil: nothing is redacted.
  /// - Throws: `Failure` if the file is missing, readable for others, or contains no key.
  func key() throws -> Data? {
    guard let path = redactKeyFile else { return nil }
    let (text, mode) = try Self.content(of: path)
    guard mode & 0o077 == 0 else {
      throw Failure(
        .configuration,
        "others on this machine can read \(path), the key of the pseudonyms. Make it yours alone: chmod 600 \(path)")
    }
    guard text.utf8.count >= RowRedaction.shortestKey else {
      throw Failure(
        .configuration,
        "\(path) holds no key of the pseudonyms: it takes \(RowRedaction.shortestKey) characters or more. `openssl rand -hex 32` prints one."
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
        "\(path), which --redact-key-file names, cannot be read: \(error.why). `(umask 077; openssl rand -hex 32 > FILE)` makes a key."
      )
    }
  }
}
