import ArgumentParser

struct PushGroupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Plan what gets into Devin: edited files, sessions or secrets; with --apply, write it.",
    discussion: """
      `devin-sync push PATH…` plans how edited files get back into Devin: `files` may be left out. A folder that is called like a command is \
      written with a dot: `devin-sync push ./sessions`. Without --apply nothing but GET is sent.
      """,
    subcommands: [PushCommand.self, PushSessionsCommand.self, PushSecretsCommand.self], defaultSubcommand: PushCommand.self)
}
