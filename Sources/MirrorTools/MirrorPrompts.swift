import ModelContext

/// Prompts for recurring tasks.
enum MirrorPrompts {
  static let all = [
    Prompt(
      name: "what-did-devin-try", title: "What did Devin already try about …",
      description: "Finds past sessions on a topic and says what was tried, what worked and what did not.",
      arguments: [.init(name: "topic", description: "A problem, a feature, an error message", isRequired: true)]
    ) { values in
      """
      Find out what Devin already tried about this topic, and what came of it. The topic, in quotes: \(quoted(values["topic"]))

      1. Call search with two or three different wordings. Look at hits in messages, titles, notes and playbooks.
      2. For the most relevant sessions call get_session: the summary, then the messages that matter, then the pull requests.
      3. Report: what was tried, with session id, link and day; what worked and was merged; what failed and why; what nobody tried yet. \
      Quote sparingly. Say as of when the mirror is, and whether it is complete.

      \(ToolReply.notice)
      """
    },
    Prompt(
      name: "weekly-cost-review", title: "Weekly cost review",
      description: "What the last seven days cost, who and what used it, what was wasted, and the results.",
      arguments: [.init(name: "organization", description: "Id of one organization; default: all", isRequired: false)]
    ) { values in
      let only = values["organization"].map { " Give organization \(quoted($0)) to each call." } ?? ""
      return """
        Review what Devin cost in the last seven days.\(only)

        1. Call mirror_status. If the mirror is not complete, say so first.
        2. Call ask with since 7d for acus-by-day, acus-by-user, acus-by-repository, acus-by-playbook, cost-per-merge and waste. Leave out an \
        argument that a question does not use. Call it again for the seven days before (since 14d, until 8d) to compare.
        3. Call ask for forecast and waiting-now.
        4. Report in one page: the sum and the change; the largest users, repositories and playbooks; cost per merged pull request; the three \
        most expensive sessions without a result, with links; what is waiting for people now; two or three suggestions. An unknown cost is not 0: \
        say for how many sessions it is known.

        \(ToolReply.notice)
        """
    },
    Prompt(
      name: "audit-note", title: "Audit a note",
      description: "Checks whether a knowledge note is used, correct and up to date, and suggests changes.",
      arguments: [.init(name: "note", description: "Id or name of the note", isRequired: true)]
    ) { values in
      """
      Audit this knowledge note of Devin. The note, in quotes: \(quoted(values["note"]))

      1. Call get_document with kind note. Read its trigger and its text, and compare the versions if there are several.
      2. Call ask for note-usefulness and find the note in the answer: how often it was used, and with which result.
      3. Call search with words of its trigger and its main claims: do recent sessions contradict it, or work around it?
      4. Report: is it used, is it still right, is the trigger fitting, does it overlap with another note. Suggest a new text if needed. \
      You cannot change the note here: show the text to a person.

      \(ToolReply.notice)
      """
    },
  ]

  /// On one line, so that it cannot be mistaken for a step.
  private static func quoted(_ text: String?) -> String { JSON.text(text ?? "").line }
}
