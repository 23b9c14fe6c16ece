import DevinSync
import Files
import Foundation

/// Where the key comes from. This is the only place that decides, in this order:
///
/// 1. flags: `--api-key-file`, `--credential`
/// 2. environment: DEVIN_API_KEY, DEVIN_SYNC_API_KEY_FILE, DEVIN_SYNC_CREDENTIAL, systemd's `$CREDENTIALS_DIRECTORY/devin-api-key`
/// 3. configuration file, values of the profile before general values: `api_key_file`, `credential` or `api_key_command`
/// 4. the key stored under the name `default`
struct KeySource: Sendable {
  enum Place: Hashable, Sendable {
    case variable(String)
    case file(String)
    case store(name: String)
    case command([String])
  }

  let place: Place
  /// The setting that determines it, for people.
  let origin: String

  static let variable = "DEVIN_API_KEY"
  static let pushVariable = "DEVIN_PUSH_API_KEY"
  private static let commandLimit = Duration.seconds(30)
  /// In bytes; a key has about fifty.
  private static let fileLimit = 1 << 16

  /// - Throws: `Failure` when nothing says where it is.
  init(_ settings: Settings) throws {
    guard let source = try Self.find(settings) else {
      throw Failure(
        .configuration,
        "no API key. Save one with `devin-sync credentials add default`, set DEVIN_API_KEY to a service user's key (cog_…), or use --api-key-file FILE. Without a key, try `devin-sync demo`."
      )
    }
    self = source
  }

  /// The key that writes: `--push-credential`, DEVIN_PUSH_API_KEY, the setting. It is another one than the key that reads: that one may be
  /// allowed to write, too, and that does not mean that anybody wants it to.
  /// - Throws: `Failure` when nothing says where it is.
  static func push(_ settings: Settings) throws -> KeySource {
    let named = try settings.inForce(\.pushCredential)
    let source = named.value.map { KeySource(.store(name: $0), settings.describe(named.origin)) }
    if case .flag = named.origin, let source { return source }
    if Settings.environment(pushVariable) != nil { return KeySource(.variable(pushVariable), "environment") }
    guard let source else {
      throw Failure(
        .configuration,
        "no key to push with. Keep one with `devin-sync credentials add push` and name it with --push-credential push, or set \(pushVariable). --use-reading-key takes the key that sync uses."
      )
    }
    return source
  }

  private init(_ place: Place, _ origin: String) {
    self.place = place
    self.origin = origin
  }

  private static func find(_ settings: Settings) throws -> KeySource? {
    let (file, name, command) = try (
      settings.inForce(\.apiKeyFile), settings.inForce(\.credential), settings.inForce(\.apiKeyCommand)
    )
    let given = [
      file.value.map { (Place.file($0), file.origin) }, name.value.map { (Place.store(name: $0), name.origin) },
      command.value.map { (Place.command($0), command.origin) },
    ].compactMap(\.self)
    func first(where isWanted: (SettingOrigin) -> Bool) -> KeySource? {
      given.first { isWanted($0.1) }.map { KeySource($0.0, settings.describe($0.1)) }
    }
    if let flag = first(where: { if case .flag = $0 { true } else { false } }) { return flag }
    if Settings.environment(variable) != nil { return KeySource(.variable(variable), "environment") }
    if let named = first(where: { if case .environment = $0 { true } else { false } }) { return named }
    if let folder = Settings.environment("CREDENTIALS_DIRECTORY") {
      let path = folder + "/devin-api-key"
      if FileManager.default.fileExists(atPath: path) { return KeySource(.file(path), "CREDENTIALS_DIRECTORY") }
    }
    if let ofProfile = first(where: { if case .file(let place) = $0 { place.profile != nil } else { false } }) {
      return ofProfile
    }
    if let ofFile = first(where: { _ in true }) { return ofFile }
    return CredentialStore.own.has("default") ? KeySource(.store(name: "default"), "default") : nil
  }

  /// Where the key is stored, for people; never the key itself.
  var description: String {
    switch place {
    case .variable(let name): name
    case .file(let path): path
    case .store(let name): CredentialStore.own.path(of: name)
    case .command(let arguments): "what `\(arguments.joined(separator: " "))` prints"
    }
  }

  /// How messages refer to the key.
  var name: String {
    if case .store(let name) = place { "the credential `\(name)`" } else { description }
  }

  /// - Throws: `Failure` when the key cannot be read, or is invalid.
  func credential() async throws -> Credential { try Self.credential(await text(), from: description) }

  private func text() async throws -> String {
    switch place {
    case .variable(let name): return Settings.environment(name) ?? ""
    case .file(let path): return try Self.text(ofFile: path)
    case .store(let name):
      let entry = try CredentialStore.own.entry(name)
      CredentialStore.own.noteUse(of: name)
      return entry.key
    case .command(let arguments): return try await Self.text(printedBy: arguments)
    }
  }

  private static func text(ofFile path: String) throws -> String {
    do {
      let file = try OpenFile(reading: path)
      let text = String(decoding: try file.read(limit: fileLimit), as: UTF8.self)
      if file.facts.mode & 0o077 != 0 {
        Console.warn("\(path) can be read by other users on this machine. Run: chmod 600 \(path)")
      }
      return text
    } catch {
      throw Failure(.configuration, "the key file \(path) cannot be read: \(error.why).")
    }
  }

  /// - Throws: `Failure`, which never contains the program's output, since that may include the key.
  private static func text(printedBy arguments: [String]) async throws -> String {
    do {
      return String(decoding: try await Program(arguments: arguments, limit: commandLimit).run(keepsOutput: true), as: UTF8.self)
    } catch let trouble as Program.Problem {
      throw Failure(.configuration, "api_key_command (\(arguments.joined(separator: " "))) printed no key: \(trouble.reason).")
    }
  }

  /// - Parameter place: for people.
  static func credential(_ text: String, from place: String) throws -> Credential {
    do throws(Credential.Invalid) {
      let credential = try Credential(text)
      if !credential.hasKnownPrefix {
        Console.warn("the key in \(place) does not begin with cog_, as keys of service users do. It is used anyway.")
      }
      return credential
    } catch {
      let why =
        switch error {
        case .empty: "is empty"
        case .unprintable: "contains invalid characters, such as a line break or a typographic quotation mark"
        case .legacy:
          "is a key of the older API (apk_…), which the v3 API does not accept. Create a service user in Devin's settings and use its key (cog_…)"
        }
      throw Failure(.configuration, "the key in \(place) \(why).")
    }
  }
}
