/// Objects derived from sessions: their events, and the reviews of their pull requests.
extension Enterprise {
  func sessionEvents(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    var rows: [EnterpriseRow] = []
    for (place, record) in self[organization: number].sessions.enumerated() where !record.isDeleted {
      rows += Self.events(resource, record, place, organizationIDs[number])
    }
    return rows
  }

  /// The events of one session, oldest first, plus one for every message written later.
  static func events(_ resource: SandboxResource, _ record: SessionRecord, _ place: Int, _ organization: String)
    -> [EnterpriseRow]
  {
    let categories = Vocabulary.eventCategories
    let first = place % categories.count
    let count = 2 + place % 4
    return (0..<count + record.thread.appendedAt.count).map { number in
      let category = categories[(first + number) % categories.count]
      let noise = RandomStream.mix(record.thread.seed &+ UInt64(number) &+ 0xe7e7)
      var object: JSONObject = [
        "event_id": .string("event-" + noise.hexadecimal), "event_type": .string("\(category)_event"),
        "category": .string(category), "direction": number % 2 == 0 ? "outgoing" : "incoming",
        "created_at": .int(
          number < count ? record.thread.start + min(record.thread.span, number * 20) : record.thread.appendedAt[number - count]),
      ]
      let text = Vocabulary.sentences[Int(noise % UInt64(Vocabulary.sentences.count))]
      if resource == .sessionEvents {
        object["summary"] = .string("\(category): \"\(text)\" 🧪")
      } else {
        object["contents"] = ["text": .string(text), "exit_code": number % 3 == 0 ? .int(number) : nil, "path": "C:\\a"]
        if number % 2 == 1 { object["truncated_fields"] = .texts(number % 4 == 1 ? ["text"] : []) }
      }
      return EnterpriseRow(resource, ["session_id": .string(record.id), "org_id": .string(organization)], object)
    }
  }

  /// About half of the pull requests were reviewed.
  func pullRequestReviews() -> [EnterpriseRow] {
    var rows: [EnterpriseRow] = []
    var seen: Set<String> = []
    for number in organizationIDs.indices {
      for record in self[organization: number].sessions where !record.isDeleted {
        for url in record.pullRequestURLs {
          let noise = RandomStream.mix(url.utf8, from: 7)
          guard noise % 2 == 0, seen.insert(url).inserted else { continue }
          let parts = url.split(separator: "/").map(String.init)
          rows.append(
            EnterpriseRow(
              .pullRequestReviews, ["pr_url": .string(url), "org_id": .string(organizationIDs[number])],
              [
                "commit_sha": .string(noise.hexadecimal + RandomStream.mix(noise).hexadecimal + "00c0ffee"),
                "created_at": .string(ISOTime.text(record.updatedAt)), "pr_number": .int(parts.last.flatMap(Int.init) ?? 1),
                "repo_path": .string(parts.dropFirst(2).prefix(2).joined(separator: "/")),
                "status": .string(Vocabulary.reviewStates[rows.count % Vocabulary.reviewStates.count]),
              ]))
        }
      }
    }
    return rows
  }
}
