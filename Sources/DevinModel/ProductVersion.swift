/// The version of devin-sync, as sent to the server, written to `sync_runs` and shown in pages.
package enum ProductVersion {
  package static let current = "0.1.0"
}
