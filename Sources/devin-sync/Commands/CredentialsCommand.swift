import ArgumentParser
import DevinSync
import Foundation

struct CredentialsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "credentials",
    abstract: "Keep keys under names, so that they stay out of crontabs and environment variables.",
    discussion: """
      Each key is kept in a file of its own that only you can read, below ~/.local/share/devin-sync/credentials \
      (XDG_DATA_HOME). A profile names it (credential = "NAME"), or --credential does; the one called `default` is taken when \
      nothing else says where the key is. No command prints a key.
      """,
    subcommands: [Add.self, List.self, Check.self, Rotate.self, Remove.self])

  fileprivate static func owner(of credential: Credential, from source: String, at address: APIAddress) async throws -> KeyOwner {
    var mirror = DevinMirror(database: "", credential: credential, address: address)
    mirror.keySource = source
    mirror.route = try Settings(ProfileOptions.parse([])).route(to: address)
    return try await mirror.owner()
  }

  /// Reads a key and asks the API who it belongs to.
  fileprivate static func proved(at address: APIAddress, as name: String) async throws -> (key: String, owner: KeyOwner) {
    let text = try KeyPrompt.read("Key of the service user (cog_…), not shown: ")
    let credential = try KeySource.credential(text, from: "what was given")
    let owner = try await owner(of: credential, from: "what was given", at: address)
    return (text.trimmingCharacters(in: .whitespacesAndNewlines), owner)
  }
}

extension CredentialsCommand {
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Verify a key and save it.",
      discussion: "Asks for the key on a terminal, without showing it; otherwise reads it from stdin.")

    @Argument(help: "Letters, digits, dots, dashes and underscores.") var name: String
    @Option(help: "For you to remember what it is for.") var description: String?
    @Option(help: ArgumentHelp("Organization that the key is for, where it does not say so itself.", valueName: "id"))
    var org: String?
    @Option(help: ArgumentHelp("Address of the API. Also DEVIN_API_URL; default \(APIAddress.devin).", valueName: "url"))
    var apiUrl: String?
    @OptionGroup var profile: ProfileOptions

    func validate() throws {
      guard CredentialStore.isName(name) else {
        throw ValidationError("`\(name)` is no name for a key: letters, digits, dots, dashes and underscores.")
      }
    }

    func run() async throws {
      try await reporting {
        let store = CredentialStore.own
        guard !store.has(name) else {
          throw Failure(
            .configuration,
            "there is a key under the name `\(name)` already. `devin-sync credentials rotate \(name)` replaces it.")
        }
        var flags: SettingValues = [:]
        flags[DeclaredSettings.all.apiURL.key] = apiUrl.map { [$0] }
        flags[DeclaredSettings.all.organizations.key] = org.map { [$0] }
        let settings = try Settings(profile, flags: flags)
        let address = try settings.address
        let organization = try org.flatMap { _ in try settings[\.organizations]?.first }
        let (key, owner) = try await proved(at: address, as: name)
        try store.keep(
          CredentialStore.Entry(
            key: key, description: description, organization: organization, owner: owner, apiURL: address.description,
            addedAt: UnixTime.now.rawValue), as: name)
        Console.print("kept as \(name): \(owner.description)")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the keys that are kept, never the keys themselves.")

    @Flag(help: "Print JSON.") var json = false

    private struct JSON: Encodable {
      let name: String
      let description, organization, principalType, principalName, principalId: String?
      let apiUrl: String
      /// Unix seconds; null: never.
      let addedAt: Int64
      let lastUsedAt: Int64?
    }

    func run() async throws {
      try await reporting {
        let store = CredentialStore.own
        let entries = try store.names().map { ($0, try store.entry($0)) }
        if json {
          return try Console.printJSON(
            entries.map { name, entry in
              JSON(
                name: name, description: entry.description, organization: entry.organization ?? entry.owner.organization,
                principalType: entry.owner.kind, principalName: entry.owner.name, principalId: entry.owner.id,
                apiUrl: entry.apiURL, addedAt: entry.addedAt, lastUsedAt: store.lastUsed(name))
            })
        }
        guard !entries.isEmpty else { return Console.print("no key is kept. `devin-sync credentials add NAME` keeps one.") }
        var table = TextTable(["name", "description", "organization", "whose", "last used"])
        for (name, entry) in entries {
          table.add([
            name, entry.description ?? "", entry.organization ?? entry.owner.organization ?? "the enterprise",
            entry.owner.name ?? entry.owner.id ?? "", store.lastUsed(name).map { UnixTime(rawValue: $0).iso8601 } ?? "never",
          ])
        }
        table.lines.forEach(Console.print)
      }
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Ask the API whether keys that are kept still work: one request each; 77 when one is refused.")

    @Argument(help: "Default: all of them.") var name: String?

    func run() async throws {
      try await reporting {
        let store = CredentialStore.own
        var statuses: [ExitStatus] = []
        for name in try name.map({ [$0] }) ?? store.names() {
          do {
            let entry = try store.entry(name)
            let address = try? APIAddress(entry.apiURL)
            let credential = try KeySource.credential(entry.key, from: store.path(of: name))
            let owner = try await CredentialsCommand.owner(
              of: credential, from: "the credential `\(name)`", at: address ?? .devin)
            Console.print("\(name): works; \(owner.description)")
          } catch let error as SyncError {
            statuses.append(error.exitStatus)
            Console.error("\(name): \(error.messageWithAdvice)")
          } catch let failure as Failure {
            statuses.append(failure.status)
            Console.error("\(name): \(failure.message)")
          }
        }
        try ExitStatus.combined(statuses).exit()
      }
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Replace a saved key by a new one, after verifying that it belongs to the same organization.",
      discussion: "The old key stays until the new key is verified. Revoke the old one in Devin's settings afterwards.")

    @Argument var name: String

    func run() async throws {
      try await reporting {
        let store = CredentialStore.own
        let old = try store.entry(name)
        let (key, owner) = try await proved(at: (try? APIAddress(old.apiURL)) ?? .devin, as: name)
        guard owner.organization == old.owner.organization else {
          throw Failure(
            .configuration,
            "the new key is of \(owner.organization ?? "the enterprise"), the old one of \(old.owner.organization ?? "the enterprise"): the mirror would be another. The old key stays; keep the new one under a name of its own."
          )
        }
        try store.keep(
          CredentialStore.Entry(
            key: key, description: old.description, organization: old.organization, owner: owner, apiURL: old.apiURL,
            addedAt: UnixTime.now.rawValue), as: name)
        Console.print(
          key == old.key
            ? "\(name): this is the key that was kept already; \(owner.description)"
            : "\(name): replaced; \(owner.description). Revoke the old key in Devin's settings.")
      }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Forget a key. It goes on working until it is revoked in Devin's settings.")

    @Argument var name: String

    func run() async throws {
      try await reporting {
        try CredentialStore.own.remove(name)
        Console.print("\(name): removed from this machine. It goes on working until it is revoked in Devin's settings.")
      }
    }
  }
}

extension KeyOwner {
  /// `service user mirror (service-user-…) of org-8f2c`.
  fileprivate var description: String {
    let kind = kind?.replacing("_", with: " ") ?? "key type unknown"
    let who = [name, id.map { "(\($0))" }].compactMap(\.self).joined(separator: " ")
    return "\(kind)\(who.isEmpty ? "" : " \(who)") of \(organization ?? "the enterprise")"
  }
}
