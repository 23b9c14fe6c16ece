import DevinSync

/// What `doctor` found out, and what to do about it.
struct Diagnosis: Encodable {
  /// What a finding is about, in the order of the list.
  enum Subject: String, CaseIterable, Encodable {
    case version, configuration, key, connection, organization, permissions, clock, disk, file, mirror, schedule
  }

  enum State: String, Encodable {
    case ok
    /// Something to know; nothing is wrong.
    case note
    /// Something to repair.
    case problem
  }

  struct Finding: Encodable {
    let subject: Subject
    let state: State
    let text: String
    /// What to do; nil: nothing.
    var action: String?
    /// The exit status to which it leads.
    var status: Int32 { exit.rawValue }
    let exit: ExitStatus

    private enum CodingKeys: String, CodingKey {
      case subject, state, text, action, status
    }

    static func ok(_ subject: Subject, _ text: String) -> Self {
      Self(subject: subject, state: .ok, text: text, exit: .success)
    }

    static func note(_ subject: Subject, _ text: String, action: String? = nil) -> Self {
      Self(subject: subject, state: .note, text: text, action: action, exit: .success)
    }

    static func problem(_ subject: Subject, _ text: String, action: String? = nil, _ exit: ExitStatus) -> Self {
      Self(subject: subject, state: .problem, text: text, action: action, exit: exit)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(subject, forKey: .subject)
      try container.encode(state, forKey: .state)
      try container.encode(text, forKey: .text)
      try container.encode(action, forKey: .action)
      try container.encode(status, forKey: .status)
    }
  }

  private(set) var findings: [Finding] = []

  private enum CodingKeys: String, CodingKey {
    case verdict, status, findings
  }

  mutating func add(_ more: [Finding]) { findings += more }

  /// The exit status of the command.
  var exit: ExitStatus { .combined(findings.map(\.exit)) }

  /// `2 problems, 1 note.`
  var verdict: String {
    let problems = findings.count { $0.state == .problem }
    let notes = findings.count { $0.state == .note }
    let noted = notes > 0 ? ", \(notes.counted("note"))" : ""
    return problems == 0 ? "No problem found\(noted)." : "\(problems.counted("problem"))\(noted)."
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(findings.contains { $0.state == .problem } ? "problems" : "ok", forKey: .verdict)
    try container.encode(exit.rawValue, forKey: .status)
    try container.encode(findings, forKey: .findings)
  }

  /// The verdict, then a list in the order of subjects.
  /// - Parameter width: columns of the terminal; nil: lines are not broken.
  func lines(within width: Int?) -> [StyledText] {
    var lines = [StyledText(verdict, exit == .success ? .good : .bad), StyledText("")]
    let names = (Subject.allCases.map(\.rawValue.count).max() ?? 0) + 2
    for subject in Subject.allCases {
      for finding in findings where finding.subject == subject {
        let indent = String(repeating: " ", count: 9 + names)
        let room = width.map { max(20, $0 - indent.count) } ?? .max
        for (index, part) in finding.text.folded(to: room).enumerated() {
          var line = StyledText()
          if index == 0 {
            line.append(finding.state.rawValue.padded(to: 9), finding.state.style)
            line.append(subject.rawValue.padded(to: names))
          } else {
            line.append(indent)
          }
          line.append(part)
          lines.append(line)
        }
        for (index, part) in (finding.action ?? "").folded(to: room - 2).enumerated() where finding.action != nil {
          lines.append(StyledText(indent + (index == 0 ? "→ " : "  ") + part, .bold))
        }
      }
    }
    return lines
  }
}

extension Diagnosis.State {
  fileprivate var style: StyledText.Style {
    switch self {
    case .ok: .good
    case .note: .warning
    case .problem: .bad
    }
  }
}
