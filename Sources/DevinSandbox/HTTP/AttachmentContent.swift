/// A request for the content of an attachment: the API answers with a redirect to an address that gives access without a key.
struct AttachmentContent {
  let organization: String
  let id: String
  let name: String

  /// Nil: it is another request.
  init?(_ target: Target) {
    guard target.parts.count == 6, target.parts[0] == "v3", target.parts[1] == "organizations", target.parts[3] == "attachments"
    else { return nil }
    (organization, id, name) = (target.parts[2], target.parts[4], target.parts[5])
  }

  /// The content of the attachment: a beginning that matches the type in its name, followed by bytes computed from its id.
  static func bytes(id: String, name: String) -> [UInt8] {
    let start: [UInt8] =
      switch name.split(separator: ".").last {
      case "png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
      case "jpg", "jpeg": [0xff, 0xd8, 0xff, 0xe0]
      case "pdf": Array("%PDF-1.7\n".utf8)
      default: Array("\(name)\n".utf8)
      }
    let seed = id.utf8.reduce(UInt64(0xa77)) { RandomStream.mix($0 ^ UInt64($1)) }
    return start + (0..<Int(seed % 4_096)).map { UInt8(truncatingIfNeeded: RandomStream.mix(seed &+ UInt64($0))) }
  }
}

extension SandboxState {
  /// The sandbox uses plain HTTP, but clients must only follow redirects to HTTPS. So `attachmentStorage` can name a TLS server in front
  /// of it.
  func content(of attachment: AttachmentContent) throws -> Content {
    guard permissions.contains("ViewOrgSessions") else { throw Refusal.missingPermission("ViewOrgSessions") }
    let isOfEnterprise = organization.scenario.principal == .enterpriseServiceUser
    guard let number = enterprise.number(of: attachment.organization), number == 0 || isOfEnterprise else {
      throw Refusal.foreignOrganization
    }
    guard try enterprise[organization: number].nameOfAttachment(attachment.id) == attachment.name else {
      throw Refusal.notFound("Attachment")
    }
    let place = Download(.sessionAttachments, attachment.id, expiry: organization.now + 600).target
    return .redirect((organization.scenario.attachmentStorage ?? "http://127.0.0.1:\(port)") + place)
  }

  /// The content at its address.
  func content(ofAttachment id: String) throws -> Content {
    for number in enterprise.organizationIDs.indices {
      let organization = enterprise[organization: number]
      if let upload = organization.uploads.first(where: { $0.id == id }) { return .text(upload.content) }
      guard let name = try organization.nameOfAttachment(id) else { continue }
      return .text(AttachmentContent.bytes(id: id, name: name))
    }
    throw Refusal.notFound("File")
  }
}

extension Organization {
  fileprivate func nameOfAttachment(_ id: String) throws -> String? {
    if let upload = uploads.first(where: { $0.id == id }) { return upload.name }
    return try sessions.lazy.compactMap { $0.attachments.row(id) }.first?.object["name"]?.text
  }
}
