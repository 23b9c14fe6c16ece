import DevinModel
import MirrorReading
import ModelContext

struct MirrorStatusTool: MirrorTool {
  /// Resources requested in the settings.
  let asked: Set<String>

  let tool = Tool(
    name: "mirror_status", title: "How fresh and complete the mirror is",
    description: """
      Says whether this mirror of Devin is complete, as of when, what is missing, how many rows each resource has, and how the last sync ended. \
      Use it before you conclude from a missing row that something does not exist.
      """,
    parameters: ToolCall.common,
    output: AnswerSchema.answer(
      [
        "summary": AnswerSchema.list(AnswerSchema.text, "the verdict, then what limits it"),
        "last_run": AnswerSchema.object(
          [
            "run": AnswerSchema.whole, "started_at": AnswerSchema.time, "finished_at": AnswerSchema.time,
            "status": AnswerSchema.whole,
            "problems": AnswerSchema.list(AnswerSchema.text, "why it was not complete, at most five"),
          ], required: ["run"]),
        "resources": AnswerSchema.list(
          AnswerSchema.object(
            [
              "resource": AnswerSchema.text, "organization": AnswerSchema.text, "rows": AnswerSchema.whole,
              "deleted_rows": AnswerSchema.whole, "last_read": AnswerSchema.time, "is_complete": AnswerSchema.truth,
              "pending_lists": AnswerSchema.whole, "may_be_read": AnswerSchema.truth,
            ], required: ["resource", "rows", "is_complete"]), "by organization"),
      ], required: ["summary", "resources"]))

  func answer(_ call: ToolCall, in reader: MirrorReader) async throws -> ToolReply {
    let status = try await MirrorStatus(database: reader.database)
    let skipped = try call.skipped
    var answer = ToolReply(
      facts: [
        "summary": .list(status.completeness(asked: asked).sentences().map(JSON.text)),
        "last_run": status.lastRun.map { run in
          [
            "run": .integer(run.run), "started_at": .time(run.startedAt), "finished_at": .time(run.finishedAt),
            "status": run.status.map { .integer(Int64($0)) },
            "problems": run.problems.isEmpty ? nil : .list(run.problems.prefix(5).map(JSON.text)),
          ]
        },
      ], list: "resources")
    answer.items = status.entries.enumerated().dropFirst(skipped).map { index, entry in
      ToolReply.Item(
        value: [
          "resource": .text(entry.resource), "organization": .text(entry.organization.isEmpty ? nil : entry.organization),
          "rows": .integer(Int64(entry.rows)), "deleted_rows": entry.deletedRows > 0 ? .integer(Int64(entry.deletedRows)) : nil,
          "last_read": .time(entry.completedAt), "is_complete": .truth(entry.isComplete),
          "pending_lists": entry.pendingLists > 0 ? .integer(Int64(entry.pendingLists)) : nil,
          "may_be_read": entry.isNeverAllowed ? false : nil,
        ], position: "\(index + 1)")
    }
    return answer
  }
}
