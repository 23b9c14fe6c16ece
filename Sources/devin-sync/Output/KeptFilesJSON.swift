import DevinSync

/// What is kept of the contents of attachments, in JSON. Sizes are bytes.
struct KeptFilesJSON: Encodable {
  let attachments, kept, wanted, tooLarge, overTotal, refused, missing, ofDeleted, contents, bytes: Int

  init(_ files: KeptFiles) {
    attachments = files.attachments
    kept = files.kept
    wanted = files.wanted
    tooLarge = files.tooLarge
    overTotal = files.overTotal
    refused = files.refused
    missing = files.missing
    ofDeleted = files.ofDeleted
    contents = files.contents
    bytes = files.bytes
  }
}
