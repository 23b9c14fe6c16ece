import ArgumentParser
import DevinSync
import Foundation

struct CredentialsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "credentials",
    abstract: "Save keys under names, so that they stay out of crontabs and environment variables.",
    discussion: """
      Each key is saved in its own file below ~/.local/share/devin-sync/credentials (or XDG_DATA_HOME), which only you can read. \
      Select a key with --credential NAME, or with credential = "NAME" in a profile. The key named `default` is used if no other \
      key is configured. No command prints a key.
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
    let credential = try KeySource.credential(text, from: "the input")
    let owner = try await owner(of: credential, from: "the input", at: address)
    return (text.trimmingCharacters(in: .whitespacesAndNewlines), owner)
  }
}

extension CredentialsCommand {
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Verify a key and save it.",
      usage: "devin-sync credentials add [<options>] <name>",
      discussion: """
        On a terminal, prompts for the key without showing it. Otherwise reads the key from stdin.
        """)

    @Argument(help: "Name: letters, digits, dots, dashes and underscores.") var name: String
    @Option(help: "Description, for yourself.") var description: String?
    @OptionGroup var settings: SettingFlags<NewKeyFlags>
    @OptionGroup var profile: ProfileOptions

    func validate() throws {
      guard CredentialStore.isName(name) else {
        throw ValidationError("`\(name)` is not a valid name: use letters, digits, dots, dashes and underscores.")
      }
      guard organizations.count <= 1 else { throw ValidationError("--org names one organization here.") }
    }

    private var organizations: [String] { settings.values[DeclaredSettings.all.organizations.key] ?? [] }

    func run() async throws {
      try await reporting {
        let store = CredentialStore.own
        guard !store.has(name) else {
          throw Failure(
            .configuration,
            "there is already a key named `\(name)`. `devin-sync credentials rotate \(name)` replaces it.")
        }
        let address = try Settings(profile, flags: settings.values).address
        let (key, owner) = try await proved(at: address, as: name)
        try store.keep(
          CredentialStore.Entry(
            key: key, description: description, organization: organizations.first, owner: owner, apiURL: address.description,
            addedAt: .now), as: name)
        Console.print("saved as \(name): \(owner.description)")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List saved keys: names and owners, never the keys themselves.",
      usage: "devin-sync credentials list [<options>]")

    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var rows: RowOptions
    @OptionGroup var time: TimeOptions

    func validate() throws { try rows.validate(json: json) }

    func run() async throws {
      try await reporting {
        let keys = try CredentialStore.own.listing()
        if json { return try Console.printJSON(keys) }
        let time = time.text
        if rows.areAsked {
          return try rows.print(
            keys,
            [
              .text("name") { $0.name }, .text("description") { $0.entry.description },
              .text("organization") { $0.organization }, .text("owner") { $0.entry.owner.name ?? $0.entry.owner.id },
              .text("api_url") { $0.entry.apiURL }, .time("added_at") { $0.entry.addedAt },
              .time("last_used_at") { $0.lastUsedAt },
            ], time)
        }
        guard !keys.isEmpty else { return Console.print("no key is saved. `devin-sync credentials add NAME` saves one.") }
        var table = TextTable(["name", "description", "organization", "owner", "last used"])
        for key in keys {
          table.add([
            key.name, key.entry.description ?? "", key.organization ?? "the enterprise",
            key.entry.owner.name ?? key.entry.owner.id ?? "", key.lastUsedAt.map { time($0) } ?? "never",
          ])
        }
        rows.show(table)
      }
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check that saved keys still work, with one request each. Status 77: a key was refused.")

    @Argument(help: "Name of the key. Default: all saved keys.", completion: .credentials) var name: String?

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
      abstract: "Replace a saved key with a new one of the same organization.",
      discussion: """
        Verifies the new key before it replaces the old one. Afterwards, revoke the old key in Devin's settings.
        """)

    @Argument(help: "Name of the key.", completion: .credentials) var name: String

    func run() async throws {
      try await reporting {
        let store = CredentialStore.own
        let old = try store.entry(name)
        let (key, owner) = try await proved(at: (try? APIAddress(old.apiURL)) ?? .devin, as: name)
        guard owner.organization == old.owner.organization else {
          throw Failure(
            .configuration,
            "the new key belongs to \(owner.organization ?? "the enterprise"), the old one to \(old.owner.organization ?? "the enterprise"). The old key was kept. Save the new one under another name: devin-sync credentials add NAME"
          )
        }
        try store.keep(
          CredentialStore.Entry(
            key: key, description: old.description, organization: old.organization, owner: owner, apiURL: old.apiURL,
            addedAt: .now), as: name)
        Console.print(
          key == old.key
            ? "\(name): this key was already saved; \(owner.description)"
            : "\(name): replaced; \(owner.description). Revoke the old key in Devin's settings.")
      }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Delete a saved key from this machine. It stays valid until you revoke it in Devin's settings.")

    @Argument(help: "Name of the key.", completion: .credentials) var name: String

    func run() async throws {
      try await reporting {
        try CredentialStore.own.remove(name)
        Console.print("\(name): removed from this machine. It stays valid until you revoke it in Devin's settings.")
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
