import MirrorReading

/// The content of an attachment: images are shown, everything else is saved.
struct AttachmentPage: LocalPage {
  let path = "/files/*/*"

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let content = try await OpenContent(of: target.parts[2], session: target.parts[1], in: site.reader)
    return PageResponse(contentType: content.imageType ?? "application/octet-stream", content: content)
  }
}
