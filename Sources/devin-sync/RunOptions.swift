import ArgumentParser
import DevinSync

/// What a run reads, and how, for every command that starts runs.
struct RunOptions: ParsableArguments {
  @OptionGroup var settings: SettingFlags<RunFlags>

  @Flag(help: "Read everything again, not only what changed.")
  var full = false

  @Flag(help: "Mark any number of rows as deleted, including rows that only another key could read.")
  var allowMassDeletion = false

  @Option(help: "Progress display: auto, bar, lines, json or none. auto: bar on a terminal, otherwise problems only.")
  var progress = ProgressMode.auto

  var flags: SettingValues { settings.values }
}
