import ArgumentParser
import DevinSync
import Foundation

/// Where the mirror is.
struct DatabaseOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Path of the mirror. Also DEVIN_SYNC_DATABASE; default devin.db.", valueName: "file"))
  var database: String?

  var path: String { database ?? Settings.environment("DEVIN_SYNC_DATABASE") ?? "devin.db" }
}

/// Which organization, with which key, at which address.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Organization to mirror; may be repeated. Also DEVIN_ORG_ID; default: the key's own, or all of its enterprise.",
      valueName: "id"))
  var org: [String] = []

  @Option(help: ArgumentHelp("Address of the API. Also DEVIN_API_URL; default \(APIAddress.devin).", valueName: "url"))
  var apiUrl: String?

  @Option(
    help: ArgumentHelp(
      "File that holds the key, instead of DEVIN_API_KEY. There is no flag for the key itself: others could read it.",
      valueName: "file"))
  var apiKeyFile: String?
}

/// Settings in the order flag, environment, default; what is missing or wrong ends the command with status 78.
enum Settings {
  /// A variable that is set and not empty.
  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  static func mirror(_ connection: ConnectionOptions, database: String) throws -> Mirror {
    try Mirror(
      database: database, credential: credential(file: connection.apiKeyFile),
      organizations: organizations(connection.org), address: address(connection.apiUrl))
  }

  private static func credential(file: String?) throws -> Credential {
    let (text, source) = try keyText(file: file)
    do throws(Credential.Invalid) {
      let credential = try Credential(text)
      if !credential.hasKnownPrefix {
        Console.warn("the key in \(source) does not begin with cog_, as keys of service users do. Trying it all the same.")
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
      throw Failure(.configuration, "the key in \(source) \(why).")
    }
  }

  private static func keyText(file: String?) throws -> (text: String, source: String) {
    guard let file else {
      guard let key = environment("DEVIN_API_KEY") else {
        throw Failure(
          .configuration,
          "no key. Set DEVIN_API_KEY to a service user's key (cog_…), or name a file with --api-key-file. Without a key, try `devin-sync demo`."
        )
      }
      return (key, "DEVIN_API_KEY")
    }
    do {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let mode = (try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int) ?? 0o600
      if mode & 0o077 != 0 {
        Console.warn("\(file) can be read by others on this machine. Make it yours alone: chmod 600 \(file)")
      }
      return (text, file)
    } catch {
      throw Failure(.configuration, "the key file \(file) cannot be read: \(error.localizedDescription)")
    }
  }

  /// A variable's words, separated by spaces or commas.
  static func list(_ name: String) -> [String] {
    (environment(name) ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
  }

  /// A variable's share.
  static func percent(_ name: String) throws -> PercentArgument? {
    guard let text = environment(name) else { return nil }
    guard let percent = PercentArgument(argument: text) else {
      throw Failure(.configuration, "\(name) is no share: “\(text)”. It looks like 20%.")
    }
    return percent
  }

  private static func organizations(_ flags: [String]) throws -> [String] {
    let isFlag = !flags.isEmpty
    var seen: Set<String> = []
    return try (isFlag ? flags : list("DEVIN_ORG_ID")).map { try organization($0, from: isFlag ? "--org" : "DEVIN_ORG_ID") }
      .filter { seen.insert($0).inserted }
  }

  private static func organization(_ id: String, from source: String) throws -> String {
    let trimmed = id.trimmingCharacters(in: .whitespacesAndNewlines)
    let isOnePart =
      !trimmed.isEmpty && trimmed != "." && trimmed != ".." && !trimmed.contains("/")
      && trimmed.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
    guard isOnePart else {
      throw Failure(
        .configuration, "\(source) is no organization id: “\(id)”. It looks like org-8f2c….")
    }
    return trimmed
  }

  private static func address(_ flag: String?) throws -> APIAddress {
    guard let text = flag ?? environment("DEVIN_API_URL") else { return .devin }
    let source = flag == nil ? "DEVIN_API_URL" : "--api-url"
    do throws(APIAddress.Invalid) {
      return try APIAddress(text)
    } catch {
      let why =
        switch error {
        case .notAnAddress: "is no address of an API. It looks like https://api.devin.ai"
        case .plainHTTP(let host):
          "would send the key to \(host) in the clear. Use https; plain http is for loopback addresses only"
        case .unexpectedPart: "holds a user name, a query or a fragment. Give scheme, host and port only"
        }
      throw Failure(.configuration, "\(source) \(why).")
    }
  }
}

/// What ends a command before it did its work: a status and a sentence.
struct Failure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension AsyncParsableCommand {
  /// Turns whatever went wrong into a message on stderr and the status that the contract gives it.
  func reporting(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch let failure as Failure {
      Console.error(failure.message)
      throw ExitCode(failure.status.rawValue)
    } catch let error as SyncError {
      Console.error(error.message)
      throw ExitCode(error.status.rawValue)
    } catch let exit as ExitCode {
      throw exit
    } catch {
      Console.error("a defect of devin-sync: \(error). Please report it.")
      throw ExitCode(ExitStatus.defect.rawValue)
    }
  }
}
