import ArgumentParser
import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@testable import devin_sync

/// The references are generated from the source with `make docs`.
@Suite("The references in docs are up to date", .timeLimit(.minutes(60)))
struct DocumentationTests {
  private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../docs").standardizedFileURL

  private func hold(_ text: String, against name: String) throws {
    try hold(text, against: Self.docs.appendingPathComponent(name))
  }

  private func hold(_ text: String, against file: URL) throws {
    if ProcessInfo.processInfo.environment["DEVIN_SYNC_WRITE_DOCS"] != nil {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text, "`make docs` writes \(file.lastPathComponent)")
  }

  /// A command and its subcommands, by their full names.
  private static func commands(
    _ command: any ParsableCommand.Type = DevinSyncCommand.self, _ words: [String] = ["devin-sync"]
  ) -> [(words: [String], type: any ParsableCommand.Type)] {
    [(words, command)]
      + command.configuration.subcommands.flatMap { commands($0, words + [$0.configuration.commandName ?? ""]) }
  }

  @Test("every command with its help")
  func commands() throws {
    var text = "# Commands\n\nThe `--help` text of each command, at 100 columns.\n"
    for (words, type) in Self.commands() {
      let help = DevinSyncCommand.helpMessage(for: type, columns: 100)
      text += "\n## \(words.joined(separator: " "))\n\n```text\n\(help.trimmingCharacters(in: .newlines))\n```\n"
    }
    try hold(text, against: "commands.md")
  }

  @Test("no line of a help is wider than a terminal of 80 columns")
  func width() {
    for (words, type) in Self.commands() {
      let lines = DevinSyncCommand.helpMessage(for: type, columns: 80).split(separator: "\n")
      #expect(lines.filter { $0.count > 80 } == [], "\(words)")
      // A usage that we wrote ourselves is that of this command, and names its arguments.
      guard let usage = type.configuration.usage else { continue }
      #expect(usage.hasPrefix(words.joined(separator: " ") + " [<options>]"), "\(usage)")
      let hasArguments = lines.contains { $0.hasPrefix("ARGUMENTS:") }
      #expect(usage.hasSuffix("[<options>]") != hasArguments, "\(usage)")
    }
  }

  @Test("every setting with its flag, its variable, its default and its meaning")
  func settings() throws {
    var text = """
      # Settings

      ## Configuration file

      The configuration file is `~/.config/devin-sync/config.toml`. `devin-sync config init` writes a commented template, `config check` finds mistakes,
      and `config show` prints the effective value of each setting and where it comes from.

      Order of precedence: flag, environment variable, value in the profile, value in the configuration file, default. A profile is a set of values
      with a name:

      ```toml
      skip = ["secrets"]

      [profiles.work]
      organizations = ["org-8f2c"]
      database = "work.db"                  # relative to the folder of this file
      max_duration = "12m"
      ```

      `devin-sync sync --profile work` runs one profile. `devin-sync sync --all-profiles` runs all of them, one after the other, and ends with the worst status.

      ## Keys

      ```console
      $ devin-sync credentials add default      # prompts for the key, or reads it from stdin, and verifies it
      $ devin-sync credentials list             # names, organizations, owners and last use, never the keys
      $ devin-sync credentials rotate default   # replaces the key after the new one is verified
      ```

      Saved keys are in `~/.local/share/devin-sync/credentials`. Only you can read the files; a file that other users can read is refused. To store no key,
      set a program that prints it, such as `api_key_command = ["op", "read", "op://vault/devin/key"]`. It runs without a shell, for at most 30 seconds.

      The first of these that is set is used:

      1. `--api-key-file FILE`, `--credential NAME`
      2. `DEVIN_API_KEY`, `DEVIN_SYNC_API_KEY_FILE`, `DEVIN_SYNC_CREDENTIAL`, then systemd's `$CREDENTIALS_DIRECTORY/devin-api-key`
      3. `api_key_file`, `credential` or `api_key_command` of the profile, then of the configuration file
      4. the saved key named `default`

      There is no flag for the key itself, because other users could see it.

      ## Network

      TLS certificates are always verified. Plain `http` is allowed for this machine only. The proxy variables `https_proxy`, `all_proxy` and `no_proxy`
      work as in curl, for `http://` and `socks5://` proxies.

      ## All settings

      | in the file | flag | variable | default | description |
      |---|---|---|---|---|

      """
    for setting in DeclaredSettings.list {
      let cells = [
        "`\(setting.key) = \(setting.example)`", setting.flag.map { "`\($0.name)`" } ?? "",
        setting.variable.map { "`\($0)`" } ?? "",
        setting.standard.isEmpty ? "" : "`\(setting.standard.joined(separator: " "))`", setting.explanation,
      ]
      text += "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    try hold(text, against: "settings.md")
  }

  @Test("every resource, the permissions that each group needs, and the reason for every path that is not mirrored")
  func coverage() throws {
    var text = """
      # API coverage

      devin-sync mirrors every readable resource of the Devin API. Each resource is a table with the same name.

      ## Resources

      `devin-sync sync` reads the resources marked “by default”. Read the others by name or group, for example `devin-sync sync default pr_reviews`,
      `devin-sync sync billing` or `devin-sync sync all`. To read them in every run, set `resources` in the configuration file, or
      `DEVIN_SYNC_RESOURCES="default metrics"`. The contents of attachments belong to no group: `devin-sync sync default files` stores them beside the
      mirror ([contents of attachments](files.md)).

      `devin-sync resources` also lists endpoints, permissions, the number of requests per run, and how certain the facts about the API are.

      - **Enterprise key**: the lists of the enterprise are read, and then each organization. A list that covers all organizations (sessions, playbooks,
        notes, scans) is read once.
      - **Several organizations**: unchanged lists are read less often, at most [six hours apart](operations.md#many-organizations). Several organizations and
        keys can share one file.
      - **`--org`**: the run reads only these organizations. Of the enterprise's lists, it reads those that organizations do not have.
      - **Missing permissions**: a resource that the key may not read is skipped and named. If a permission is lost later, the run ends with 77, and the rows
        stay unchanged.

      """
    for group in ResourceGroup.allCases {
      text += "\n### \(group.rawValue)\n\n| table | read | contents |\n|---|---|---|\n"
      for resource in Catalogue.all where resource.group == group {
        text += "| `\(resource.name)` | \(resource.isDefault ? "by default" : "on request") | \(resource.summary) |\n"
      }
    }
    text += """

      ## Permissions

      For the administrator who creates the service user:

      > Please create a service user for a read-only mirror of Devin's data. Create it in the organization, or in the enterprise if all organizations are to be
      > mirrored. Give it a role with the permissions below, for the groups that we want. The program sends GET requests only. Some permissions are called
      > Manage, because the API has no smaller permission for reading the same list. Missing permissions break nothing: these resources are left out. Please
      > send the key through a secret store, not by email or chat.

      The minimum for each group. Permissions in italics are only needed for resources that are read on request.

      | group | organization key | enterprise key |
      |---|---|---|

      """
    for group in ResourceGroup.allCases {
      text += "| \(group.rawValue) | \(cell(group, ofEnterprise: false)) | \(cell(group, ofEnterprise: true)) |\n"
    }
    text += "\n## Left out\n\nPaths of the API that can be read, but are not needed.\n\n| path | reason |\n|---|---|\n"
    for (path, reason) in Catalogue.leftOut { text += "| `GET \(path)` | \(reason) |\n" }
    try hold(text, against: "coverage.md")
  }

  private func cell(_ group: ResourceGroup, ofEnterprise: Bool) -> String {
    let least = group.permissions(ofEnterprise: ofEnterprise, isDefault: true)
    let more = group.permissions(ofEnterprise: ofEnterprise, isDefault: false).filter { !least.contains($0) }
    let names = (least.map { "`\($0)`" } + more.map { "*`\($0)`*" }).filter { !$0.contains("unknown") }
    return names.isEmpty ? "–" : names.joined(separator: ", ")
  }

  @Test("every question with its query and a sample result")
  func questions() async throws {
    var text = """
      # Questions

      Prepared queries for common questions. Run one with `devin-sync query NAME`. Its SQL also runs unchanged in the `sqlite3` shell, so you can adapt it.

      - **Period**: `--since 90d`, `--until 2026-11-01` and `--org ID` limit questions that have a period. The default is the last 30 billing days. A billing
        day starts at 08:00 UTC. An option that a question does not use is an error.
      - **One person**: `devin-sync query waiting-now --user NAME` takes the id, name or email address of a user or service user.
      - **Format**: `--as` prints json, ndjson, csv or markdown.
      - **Rows**: some questions show only their first rows. stderr says how many there are, and `--limit 0` shows all.
      - **Cost** is in agent compute units (ACUs). Unknown costs are left out, not counted as 0; `cost_known_of` says how many sessions a total covers.

      The samples are from the simulated organization of `devin-sync demo`.

      """
    let samples = try await Command.trial(SandboxScenario()) { command, _ in
      #expect(try await command.run("sync").status == 0)
      // At the end of the sandbox's own time, so that ages and forecasts do not depend on the date.
      let moment = 1_793_577_600
      _ = try await command.query(
        "UPDATE sync_runs SET finished_at = \(moment); UPDATE sync_changes SET changed_at = \(moment)")
      var samples: [String: [String]] = [:]
      for question in MirrorQuestion.all {
        let period = question.hasPeriod ? ["--since", "2026-10-01"] : []
        samples[question.name] = try await command.run(["query", question.name] + period).lines
      }
      return samples
    }
    for question in MirrorQuestion.all {
      let call = "devin-sync query \(question.name)\(question.hasPeriod ? " --since 2026-10-01" : "")"
      let lines = samples[question.name] ?? []
      let sample = lines.prefix(7).map { String($0.prefix(140)) } + (lines.count > 7 ? ["…"] : [])
      text += "\n## \(question.text)\n\n\(question.remark.isEmpty ? "" : question.remark + "\n\n")"
      text += "```console\n$ \(call)\n\(sample.joined(separator: "\n"))\n```\n\n```sql\n\(question.sql)\n```\n"
    }
    try hold(text, against: "questions.md")
  }

  /// What datasette shows beside the rows: https://docs.datasette.io/en/stable/metadata.html
  private struct Metadata: Encodable {
    struct Table: Encodable {
      let title: String
      let description: String?
      let columns: [String: String]
      let facets: [String]?
      let sortDesc: String?
      /// What the plugin in `Examples/datasette/plugins` reads: where the rows are whose ids a column holds.
      let plugins: [String: [String: String]]?

      enum CodingKeys: String, CodingKey {
        case title, description, columns, facets, plugins
        case sortDesc = "sort_desc"
      }
    }

    struct Query: Encodable {
      let title, description, sql: String
    }

    struct Database: Encodable {
      let description: String
      let tables: [String: Table]
      let queries: [String: Query]
    }

    let title: String
    let databases: [String: Database]
  }

  @Test("datasette's metadata describes every column and contains every question")
  func datasette() throws {
    let objects = try MirrorSchemaText.objects(of: nil).filter { $0.kind != "index" && !$0.name.hasPrefix("search_") }
    let comments = Dictionary(
      objects.map { object in (object.name, Dictionary(object.columns.map { ($0.name, $0.comment) }) { first, _ in first }) }
    ) { first, _ in first }
    let facets = ["status", "origin", "category", "resource", "change", "secret_type", "action", "outcome", "reason"]
    // Where the row of an id is: the table whose key it is, or the view with the users of all lists.
    let rows = [
      "org_id": "organizations/", "session_id": "sessions/", "playbook_id": "playbooks/", "note_id": "knowledge_notes/",
      "automation_id": "automations/", "folder_id": "knowledge_folders/", "blueprint_id": "blueprints/",
      "user_id": "people?user_id=",
    ]
    for (id, address) in rows where address.hasSuffix("/") {
      let key = try Regex("\\n  \(id) +TEXT[^\\n]* PRIMARY KEY")
      #expect(objects.contains { $0.name == address.dropLast() && $0.sql.contains(key) }, "\(address)")
    }
    var tables: [String: Metadata.Table] = [:]
    for object in objects {
      let base = object.name.hasPrefix("v_") ? comments[String(object.name.dropFirst(2))] : nil
      let names = object.columns.map(\.name)
      let columns = object.columns.map { column in
        (
          column.name,
          column.comment ?? base?[column.name]?.flatMap { $0 }
            ?? "\(column.name.replacing("_", with: " ")), \(object.kind == "view" ? "computed by this view" : "as Devin sends it")"
        )
      }
      let links = columns.compactMap { name, _ in
        rows.first { name == $0.key || name.hasSuffix("_" + $0.key) }.flatMap { _, address in
          address.dropLast() == object.name ? nil : (name, address)
        }
      }
      let chosen = facets.filter(names.contains)
      tables[object.name] = Metadata.Table(
        title: object.name.prefix(1).uppercased() + object.name.dropFirst().replacing("_", with: " "),
        description: Catalogue.resource(named: object.name)?.summary, columns: Dictionary(columns) { first, _ in first },
        facets: chosen.isEmpty ? nil : Array(chosen.prefix(3)),
        sortDesc: ["created_at", "billing_day", "change_id", "run_id"].first(where: names.contains),
        plugins: links.isEmpty ? nil : ["devin-links": Dictionary(links) { first, _ in first }])
    }
    // Datasette passes an empty text if no value is given.
    let queries = MirrorQuestion.all.map { question in
      let sql = ["since", "until", "org", "user"].reduce(question.sql) { $0.replacing(":\($1)", with: "nullif(:\($1), '')") }
      return (question.name, Metadata.Query(title: question.text, description: question.remark, sql: sql))
    }
    let metadata = Metadata(
      title: "Devin mirror",
      databases: [
        "devin": Metadata.Database(
          description: "Created by devin-sync. Costs are in ACUs. An unknown cost is NULL, never 0.", tables: tables,
          queries: Dictionary(uniqueKeysWithValues: queries))
      ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try hold(
      String(decoding: try encoder.encode(metadata), as: UTF8.self) + "\n", against: "../Examples/datasette/metadata.json")
    #expect(
      tables.count > 100 && comments["sessions"]?["acus_consumed"] == "agent compute units to date; 0 may mean not yet known")
  }

  @Test("every exit status is explained in the README, the manuals and --help")
  func statuses() throws {
    let rows = ExitStatus.all.map { "| \($0.rawValue) | \($0.meaning) |\n" }
    let readme = try String(contentsOf: Self.docs.appendingPathComponent("../README.md"), encoding: .utf8)
    #expect(readme.contains("| status | meaning |\n|---|---|\n\(rows.joined())\n"), "the README needs:\n\(rows.joined())")
    let manual = try String(contentsOf: Self.docs.appendingPathComponent("troubleshooting.md"), encoding: .utf8)
    let explained = manual.matches(of: /\n## ([0-9, ]+)\n/).flatMap { $0.1.split(separator: ", ").compactMap { Int32($0) } }
    #expect(explained == ExitStatus.all.map(\.rawValue))
  }

  @Test("every command in the documents exists, with the flags that they use")
  func calls() async throws {
    var seen = 0
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.docs.path).filter { $0.hasSuffix(".md") }
    for name in names where !["commands.md", "questions.md"].contains(name) {
      let text = try String(contentsOf: Self.docs.appendingPathComponent(name), encoding: .utf8)
      for call in text.matches(of: /devin-sync ([a-z]+(?: [a-z]+)?)((?: --[a-z-]+)*)/) {
        let words = call.1.split(separator: " ").map(String.init)
        guard
          let type = Self.commands().last(where: {
            Array($0.words.dropFirst()).elementsEqual(words.prefix($0.words.count - 1)) && $0.words.count > 1
          })
        else { continue }
        // `push PATH` is short for `push files PATH`.
        let types = [type.type] + [type.type.configuration.defaultSubcommand].compactMap(\.self)
        let help = types.map { DevinSyncCommand.helpMessage(for: $0, columns: 100) }.joined()
        for flag in call.2.split(separator: " ") { #expect(help.contains(flag), "\(name): \(call.0)") }
        seen += 1
      }
    }
    #expect(seen > 20)
  }
}
