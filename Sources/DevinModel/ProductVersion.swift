/// The version of devin-sync, as told to the server, written to `sync_runs` and printed in pages.
package enum ProductVersion {
  package static let current = "0.1.0"
}
