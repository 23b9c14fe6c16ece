import ArgumentParser
import DevinPush
import DevinSync
import Files
import Foundation

/// `devin-sync push PATH…`: files go back to Devin.
struct PushCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Show how edited files would change Devin. With --apply, write the changes.",
    discussion: """
      Reads edited and new files in a folder of `devin-sync export content`. Compares each file with the exported version and with \
      the current version on the server, and prints the plan like `git diff`. Without --apply, only GET requests are sent. An object \
      that changed on the server since the export is a conflict: it is shown but not changed, and the status is 65.

      With --org ORGANIZATION, objects of other organizations are copied there. References to playbooks are changed to the copied \
      playbooks. A second push updates the copies.

      Writing needs its own key: DEVIN_PUSH_API_KEY, or a saved key (`devin-sync credentials add`) with --push-credential. See \
      docs/writing-back.md.
      """)

  @Argument(help: ArgumentHelp("Files or folders.", valueName: "path"), completion: .file())
  var paths: [String] = []
  @Flag(help: "Delete objects whose exported file was removed.") var delete = false
  @Flag(help: "Also replace or delete objects that changed on the server since the export.") var overwrite = false
  @Flag(help: "Allow any number of deletions.") var allowMassDeletion = false
  @Option(
    help: ArgumentHelp("Push only this kind: playbooks, notes, schedules or automations. May be repeated.", valueName: "kind"))
  var only: [String] = []
  @Option(help: ArgumentHelp("Maximum number of changes.", valueName: "n")) var limit: Int?
  @Option(
    help: ArgumentHelp(
      "Save the plan to this file. With --apply: write the saved plan, if neither files nor server changed since.",
      valueName: "file"),
    completion: .file())
  var planFile: String?
  @Flag(help: "Print one JSON object per line.") var json = false
  @OptionGroup var write: WriteOptions

  func validate() throws {
    if write.apply, planFile != nil {
      let isMore = delete || overwrite || allowMassDeletion || !only.isEmpty || namedOrganizations != nil
      guard paths.isEmpty, !isMore else {
        throw ValidationError("--apply with --plan-file writes the saved plan. Leave out paths and other options.")
      }
    } else if paths.isEmpty {
      throw ValidationError("Name files or folders to push.")
    }
    if !write.apply, limit != nil { throw ValidationError("--limit needs --apply.") }
    if allowMassDeletion, !delete {
      throw ValidationError("--allow-mass-deletion needs --delete.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    for name in only where ContentKind(named: name) == nil {
      throw ValidationError("--only must be playbooks, notes, schedules or automations, not `\(name)`.")
    }
  }

  func run() async throws {
    try await reporting {
      try write.demandTerminal()
      let settings = try write.allSettings()
      if let failure = Failure.missing(paths) { throw failure }
      let push = try await write.push(settings)
      try await work(for: push).run(push, settings)
    }
  }

  /// - Throws: `Failure` for a file that holds no plan, or one of another server.
  private func work(for push: ContentPush) throws -> PushWork {
    guard let planFile else { return PushWork(source: .files(paths), options: options, json: json, write: write) }
    guard write.apply else {
      let (paths, options) = (paths, options)
      return PushWork(source: .files(paths), options: options, json: json, write: write) { plan, push in
        do {
          try SavedPlan(plan, of: paths, options, address: push.address.description).write(to: planFile)
        } catch let trouble as FileError {
          throw Failure(.cannotCreate, "\(planFile) cannot be written: \(trouble.why).")
        }
      }
    }
    let plan: SavedPlan
    do {
      plan = try SavedPlan(file: planFile)
    } catch let problem as FileProblem {
      throw Failure(.unusableData, problem.message)
    } catch let trouble as FileError {
      throw Failure(.unusableData, "\(planFile) cannot be read: \(trouble.why).")
    }
    guard plan.address == push.address.description else {
      throw Failure(.configuration, "\(planFile) was made for \(plan.address), and the server is \(push.address).")
    }
    return PushWork(source: .files(plan.paths), options: plan.options(limit: limit), json: json, write: write)
  }

  private var options: PushOptions {
    var options = PushOptions()
    options.kinds = Set(only.compactMap(ContentKind.init(named:)))
    options.deletes = delete
    options.overwrites = overwrite
    options.allowsMassDeletion = allowMassDeletion
    options.limit = limit
    let named = namedOrganizations ?? []
    options.target = named.count == 1 ? named[0] : nil
    return options
  }

  /// Only a flag says that objects go elsewhere: a variable that was left set does not.
  private var namedOrganizations: [String]? { write.connection.flags[DeclaredSettings.all.organizations.key] }
}
