import ArgumentParser
import DevinSync
import Files
import Foundation

struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show, check or create the configuration file.",
    discussion: """
      Order of precedence: flag, environment variable, value in the profile, value in the configuration file, default. Keys are \
      never shown, only where they are stored.
      """,
    subcommands: [Show.self, Check.self, Init.self])
}

extension ConfigCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print the effective value of each setting, and where it comes from.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var connection: ConnectionOptions
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var rows: RowOptions

    func validate() throws { try rows.validate(json: json) }

    func run() async throws {
      try await reporting {
        let settings = try Settings(database.profile, flags: database.flags.merging(connection.flags) { $1 })
        let all = try settings.effective()
        let key = (try? KeySource(settings)).map { "\($0.description) (\($0.origin))" }
        if json {
          return try Console.printJSON(
            [
              "config": settings.file?.path, "profile": settings.profile, "profiles": settings.file?.profiles ?? [],
              "settings": all, "key": key,
            ] as JSONMembers)
        }
        if rows.areAsked {
          return try rows.print(
            all,
            [
              .text("setting") { $0.name }, .text("value") { $0.value.joined(separator: " ") },
              .text("from") { $0.place }, .text("origin") { $0.origin },
            ])
        }
        var table = TextTable(["setting", "value", "from"])
        for setting in all {
          table.add([setting.name, setting.value.isEmpty ? "-" : setting.value.joined(separator: " "), setting.place])
        }
        rows.show(table)
        Console.print("key: \(key ?? "none")")
        guard let file = settings.file else {
          return Console.print("configuration file: none at \(Settings.path(database.profile))")
        }
        Console.print("configuration file: \(file.path)")
        Console.print("profiles: \(file.profiles.isEmpty ? "none" : file.profiles.joined(separator: ", "))")
      }
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Find mistakes in the configuration file.",
      discussion: """
        Status 0: no mistakes. Status 78: there are mistakes. Sends no request.
        """)

    @OptionGroup var options: ProfileOptions
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      try await reporting {
        let path = Settings.path(options)
        var profiles: [String] = []
        var problems: [ConfigurationFile.Problem] = []
        do throws(ConfigurationFile.Problem) {
          let file = try ConfigurationFile(path: path)
          (profiles, problems) = (file.profiles, file.problems)
        } catch {
          problems = [error]
        }
        if json {
          try Console.printJSON(["config": path, "profiles": profiles, "problems": problems] as JSONMembers)
        } else if problems.isEmpty {
          Console.print(
            "\(path): no mistakes; \(profiles.isEmpty ? "no profiles" : "profiles: \(profiles.joined(separator: ", "))")")
        }
        for problem in problems { Console.error(problem.message) }
        if !problems.isEmpty { try ExitStatus.configuration.exit() }
      }
    }
  }

  struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Write a commented configuration template.")

    @OptionGroup var options: ProfileOptions

    func validate() throws {
      guard options.profile == nil else {
        throw ValidationError("--profile selects a profile of an existing file; leave it out.")
      }
    }

    func run() async throws {
      try await reporting {
        let path = Settings.path(options)
        do throws(FileError) {
          try PrivateFile.create(path, text: Self.text)
        } catch {
          guard error.reason != .exists else {
            throw Failure(
              .configuration, "\(path) already exists and was not changed. `devin-sync config check` finds mistakes in it.")
          }
          throw Failure(.cannotCreate, "\(path) cannot be written: \(error.why).")
        }
        Console.print("wrote \(path)")
      }
    }

    static var text: String {
      let settings = DeclaredSettings.list.map { "# \($0.explanation)\n# \($0.key) = \($0.example)\n" }
      return """
        # Settings of devin-sync. Flags and environment variables override this file.
        # `devin-sync config check` finds mistakes. `devin-sync config show` prints the effective values.

        \(settings.joined(separator: "\n"))
        # Values for one profile. Run it with `devin-sync sync --profile work`, or all profiles with `sync --all-profiles`.
        # [profiles.work]
        # organizations = ["org-8f2c"]
        # database = "work.db"

        """
    }
  }
}
