import ArgumentParser
import DevinSync

/// What a run reads, and how, for every command that starts runs.
struct RunOptions: ParsableArguments {
  @OptionGroup var settings: SettingFlags<RunFlags>

  @Flag(help: "Read everything again instead of what is new.")
  var full = false

  @Flag(help: "Mark rows as deleted however many have gone, and also those that only another key has seen.")
  var allowMassDeletion = false

  @Option(help: "How to show progress: auto, bar, lines, json, none. auto is bar on a terminal, else problems only.")
  var progress = ProgressMode.auto

  var flags: SettingValues { settings.values }
}
