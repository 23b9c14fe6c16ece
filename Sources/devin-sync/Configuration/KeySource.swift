import DevinSync
import Foundation

/// Where the key is. The one place that decides, in this order: `--api-key-file`; DEVIN_API_KEY; what the configuration file
/// says.
enum KeySource: Hashable, Sendable {
  case file(path: String, origin: String)
  case environment

  /// - Throws: `Failure` when nothing says where it is.
  init(_ settings: Settings) throws {
    let file = try settings[.apiKeyFile]
    if case .flag(let flag) = file.origin, let path = file.words.first {
      self = .file(path: path, origin: flag)
    } else if Settings.environment("DEVIN_API_KEY") != nil {
      self = .environment
    } else if let path = file.words.first {
      self = .file(path: path, origin: settings.describe(file.origin))
    } else {
      throw Failure(
        .configuration,
        "no key. Set DEVIN_API_KEY to a service user's key (cog_…), or name a file with --api-key-file. Without a key, try `devin-sync demo`."
      )
    }
  }

  /// Where the key stands, for people.
  var place: String {
    switch self {
    case .file(let path, _): path
    case .environment: "DEVIN_API_KEY"
    }
  }

  /// For `config show`: where the key stands and what says so, never the key.
  func description(in settings: Settings) -> String {
    switch self {
    case .file(let path, let origin): "in \(path) (\(origin))"
    case .environment: "in the environment (DEVIN_API_KEY)"
    }
  }

  func credential() throws -> Credential { try Self.credential(text(), from: place) }

  private func text() throws -> String {
    switch self {
    case .environment: return Settings.environment("DEVIN_API_KEY") ?? ""
    case .file(let path, _):
      do {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0o600
        if mode & 0o077 != 0 {
          Console.warn("\(path) can be read by others on this machine. Make it yours alone: chmod 600 \(path)")
        }
        return text
      } catch {
        throw Failure(.configuration, "the key file \(path) cannot be read: \(error.localizedDescription)")
      }
    }
  }

  private static func credential(_ text: String, from place: String) throws -> Credential {
    do throws(Credential.Invalid) {
      let credential = try Credential(text)
      if !credential.hasKnownPrefix {
        Console.warn("the key in \(place) does not begin with cog_, as keys of service users do. Trying it all the same.")
      }
      return credential
    } catch {
      let why =
        switch error {
        case .empty: "is empty"
        case .unprintable: "holds characters that no key has, such as a line break or a quotation mark from another alphabet"
        case .legacy:
          "is a key of the older API (apk_…), which the v3 API does not take. Create a service user in Devin's settings and use its key (cog_…)"
        }
      throw Failure(.configuration, "the key in \(place) \(why).")
    }
  }
}
