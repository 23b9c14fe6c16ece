import ArgumentParser
import DevinPush
import DevinSync
import Files
import Foundation

/// `devin-sync push PATH…`: files go back to Devin.
struct PushCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Plan how edited files get back into Devin; with --apply, write them.",
    discussion: """
      Reads files that `devin-sync export content` wrote and that were edited, and new ones beside them. Compares each with the version that it \
      was made from and with what the server has now, and prints the plan as `git diff` would. Without --apply nothing but GET is sent. An object \
      that was changed on the server since the export is a conflict: it is shown and not touched, and the status is 65.

      With --org ORGANIZATION, objects of other organizations are made there as copies: playbooks in schedules and automations are then \
      those that were copied, too. A second push changes the copies.

      The key that writes is its own: DEVIN_PUSH_API_KEY, or one that `devin-sync credentials add` keeps and --push-credential names. \
      docs/writing-back.md tells the rest.
      """)

  @Argument(help: ArgumentHelp("Files, or folders with files.", valueName: "path"), completion: .file())
  var paths: [String] = []
  @Flag(help: "Write what the plan shows, after a question.") var apply = false
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Delete objects whose exported file is gone.") var delete = false
  @Flag(help: "Replace or delete also what was changed on the server since the export.") var overwrite = false
  @Flag(help: "Delete however many files are gone.") var allowMassDeletion = false
  @Option(help: ArgumentHelp("Only this kind: playbooks, notes, schedules or automations. May be repeated.", valueName: "kind"))
  var only: [String] = []
  @Option(help: ArgumentHelp("Stop after this many changes.", valueName: "n")) var limit: Int?
  @Option(
    help: ArgumentHelp(
      "Save the plan in this file; with --apply, carry out the plan in it, if files and server are as they were.",
      valueName: "file"),
    completion: .file())
  var planFile: String?
  @Flag(help: "Write with the key that reads.") var useReadingKey = false
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var settings: SettingFlags<PushFlags>
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    let all = DeclaredSettings.all
    if apply, planFile != nil {
      let isMore = delete || overwrite || allowMassDeletion || !only.isEmpty || connection.flags[all.organizations.key] != nil
      guard paths.isEmpty, !isMore else {
        throw ValidationError("the plan in --plan-file says what is pushed; --apply takes no paths and no other wishes with it.")
      }
    } else if paths.isEmpty {
      throw ValidationError("which files? Name files, or folders with files.")
    }
    if !apply, yes || limit != nil || settings.values[all.lockWait.key] != nil {
      throw ValidationError("--yes, --limit and --lock-wait are for --apply: without it nothing is written.")
    }
    if allowMassDeletion, !delete {
      throw ValidationError("--allow-mass-deletion is for --delete: without it nothing is deleted.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit takes a number, 1 or more.") }
    for name in only where ContentKind(named: name) == nil {
      throw ValidationError("--only takes playbooks, notes, schedules or automations, not `\(name)`.")
    }
    if useReadingKey, settings.values[all.pushCredential.key] != nil {
      throw ValidationError("--push-credential and --use-reading-key both say which key writes. Give one of them.")
    }
    if !useReadingKey, connection.flags[all.apiKeyFile.key] != nil || connection.flags[all.credential.key] != nil {
      throw ValidationError(
        "--api-key-file and --credential name the key that reads. Use --push-credential, or add --use-reading-key.")
    }
  }

  func run() async throws {
    try await reporting {
      if apply, !yes, isatty(STDIN_FILENO) != 1 {
        throw Failure(.usage, "nothing was changed: there is no terminal to ask on. Pass --yes to go on without.")
      }
      let settings = try Settings(
        database.profile, flags: database.flags.merging(connection.flags) { $1 }.merging(self.settings.values) { $1 })
      let push = try await settings.push(usesReadingKey: useReadingKey)
      try await work(for: push).run(push, settings)
    }
  }

  /// - Throws: `Failure` for a file that holds no plan, or one of another server.
  private func work(for push: ContentPush) throws -> PushWork {
    guard let planFile else { return PushWork(source: .files(paths), options: options, json: json, apply: apply, yes: yes) }
    guard apply else {
      let (paths, options) = (paths, options)
      return PushWork(source: .files(paths), options: options, json: json, apply: false, yes: false) { plan, push in
        do {
          try SavedPlan(plan, of: paths, options, address: push.address.description).write(to: planFile)
        } catch let trouble as FileTrouble {
          throw Failure(.cannotCreate, "\(planFile) cannot be written: \(trouble.why).")
        }
      }
    }
    let plan: SavedPlan
    do {
      plan = try SavedPlan(file: planFile)
    } catch let problem as FileProblem {
      throw Failure(.unusableData, problem.message)
    } catch let trouble as FileTrouble {
      throw Failure(.unusableData, "\(planFile) cannot be read: \(trouble.why).")
    }
    guard plan.address == push.address.description else {
      throw Failure(.configuration, "\(planFile) was made for \(plan.address), and the server is \(push.address).")
    }
    return PushWork(source: .files(plan.paths), options: plan.options(limit: limit), json: json, apply: true, yes: yes)
  }

  private var options: PushOptions {
    var options = PushOptions()
    options.kinds = Set(only.compactMap(ContentKind.init(named:)))
    options.deletes = delete
    options.overwrites = overwrite
    options.allowsMassDeletion = allowMassDeletion
    options.limit = limit
    // Only a flag says that objects go elsewhere: a variable that was left set does not.
    let named = connection.flags[DeclaredSettings.all.organizations.key] ?? []
    options.target = named.count == 1 ? named[0] : nil
    return options
  }
}
