import DevinSync

/// A change, as `changes --json` prints it and the command of `--on-change` reads it.
struct ChangeJSON: Encodable {
  let changeId, runId, changedAt: Int64
  let resource, key, change: String

  init(_ change: MirrorChanges.Change) {
    changeId = change.id
    runId = change.run
    changedAt = change.changedAt
    resource = change.resource
    key = change.key
    self.change = change.change
  }
}
