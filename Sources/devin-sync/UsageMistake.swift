import ArgumentParser

/// A command line that cannot be understood, in at most three lines: what is wrong, what was probably meant, and where the help is.
struct UsageMistake {
  let lines: [String]

  init(_ error: any Error, _ arguments: [String]) {
    let full = DevinSyncCommand.fullMessage(for: error).split(separator: "\n").map(String.init)
    let help = full.last { $0.hasPrefix("  See '") }.map { $0.drop { $0 == " " } }
    if let command = Self.unknownCommand(in: arguments) {
      lines =
        ["Error: there is no command `\(command.given)`.\(command.names.hint(for: command.given) ?? "")"]
        + (help.map { [String($0)] } ?? [])
    } else {
      lines = ["Error: \(DevinSyncCommand.message(for: error))"] + (help.map { [String($0)] } ?? [])
    }
  }

  /// The first argument that is in the place of a command and is none; nil: all are.
  /// - Returns: the argument, and the names of the commands in its place.
  static func unknownCommand(in arguments: [String]) -> (given: String, names: [String])? {
    var command: any ParsableCommand.Type = DevinSyncCommand.self
    for argument in arguments {
      let configuration = command.configuration
      guard !argument.hasPrefix("-"), !configuration.subcommands.isEmpty else { return nil }
      var names: [String] = []
      var next: (any ParsableCommand.Type)?
      for subcommand in configuration.subcommands {
        let of = subcommand.configuration
        names.append(of.commandName ?? "")
        if of.commandName == argument || of.aliases.contains(argument) { next = subcommand }
      }
      guard let next else { return configuration.defaultSubcommand == nil && argument != "help" ? (argument, names) : nil }
      command = next
    }
    return nil
  }
}
