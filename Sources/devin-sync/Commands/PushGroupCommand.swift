import ArgumentParser

struct PushGroupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Write edited files, sessions or secrets to Devin: the plan first, and with --apply the changes.",
    discussion: """
      `files` is the default: `devin-sync push PATH…` shows how edited files would change Devin. To push a folder with the name of a \
      subcommand, write `devin-sync push ./sessions`. Without --apply, only GET requests are sent.
      """,
    subcommands: [PushCommand.self, PushSessionsCommand.self, PushSecretsCommand.self], defaultSubcommand: PushCommand.self)
}
