import ArgumentParser
import DevinPush
import DevinSync
import Foundation

/// What every command has in common that writes to Devin: whether it writes at all, with which key, and through which mirror.
struct WriteOptions: ParsableArguments {
  @Flag(help: "Send the changes of the plan, after a confirmation.") var apply = false
  @Flag(help: "Do not ask for confirmation.") var yes = false
  @Flag(help: "Write with the key that sync uses.") var useReadingKey = false
  @OptionGroup var settings: SettingFlags<PushFlags>
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    let all = DeclaredSettings.all
    if !apply, yes || settings.values[all.lockWait.key] != nil {
      throw ValidationError("--yes and --lock-wait need --apply.")
    }
    if useReadingKey, settings.values[all.pushCredential.key] != nil {
      throw ValidationError("--push-credential and --use-reading-key cannot be combined.")
    }
    if !useReadingKey, connection.flags[all.apiKeyFile.key] != nil || connection.flags[all.credential.key] != nil {
      throw ValidationError(
        "--api-key-file and --credential select the reading key. Use --push-credential, or add --use-reading-key.")
    }
  }

  /// - Throws: `Failure` (64) where somebody has to be asked and there is no terminal.
  func demandTerminal() throws {
    guard apply, !yes, isatty(STDIN_FILENO) != 1 else { return }
    throw Failure(.usage, "nothing was changed: there is no terminal to ask for confirmation. Use --yes.")
  }

  /// - Throws: `Failure` when a setting is missing or wrong.
  func allSettings() throws -> Settings {
    try Settings(
      database.profile, flags: database.flags.merging(connection.flags) { $1 }.merging(settings.values) { $1 })
  }

  /// The mirror as the settings of `sync` say, with the key that writes.
  /// - Throws: `Failure` when something is missing or wrong.
  func push(_ settings: Settings) async throws -> ContentPush {
    try await settings.push(usesReadingKey: useReadingKey)
  }

  /// - Throws: `Failure` when a setting is wrong.
  func mirrorOptions(_ settings: Settings) throws -> PushMirrorOptions {
    let run = try settings.options()
    var options = PushMirrorOptions()
    options.lockWait = run.lockWait
    options.omittedMembers = run.omittedMembers
    options.volatileMembers = run.volatileMembers
    return options
  }
}
