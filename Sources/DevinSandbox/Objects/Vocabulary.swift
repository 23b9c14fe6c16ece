import Foundation

/// The texts of objects, from `vocabulary.json`: realistic, and difficult to process (quotes, line breaks, other
/// scripts, emoji).
enum Vocabulary {
  private static let lists: [String: [JSONValue]] = Template.read(EmbeddedTexts.vocabulary_json)

  /// A list by its name; a missing list is a defect.
  static func list(_ name: some StringProtocol) -> [JSONValue] {
    guard let list = lists[String(name)] else { preconditionFailure("vocabulary.json has no \(name)") }
    return list
  }

  private static func texts(_ name: String) -> [String] { list(name).compactMap(\.text) }

  static let titles = texts("titles")
  static let repositories = texts("repositories")
  static let tags = texts("tags")
  /// Users who work with Devin; `users` contains some more.
  static let people = texts("people")
  static let users = texts("users")
  static let serviceUsers = texts("service_users")
  static let subcategories = texts("subcategories")
  static let statusDetailsWhileSuspended = texts("status_details_while_suspended")
  static let statusDetailsWhileRunning = texts("status_details_while_running")
  static let origins = texts("origins")
  static let categories = texts("categories")
  static let modes = texts("modes")
  static let sentences = texts("sentences")
  static let prompts = texts("prompts")
  static let noteTopics = texts("note_topics")
  static let folderNames = texts("folder_names")
  static let eventCategories = texts("event_categories")
  static let reviewStates = texts("review_states")
  /// Messages of users and of Devin; `⟦session⟧` is replaced with the session's id.
  static let userMessages = texts("user_messages")
  static let strangeMessages = texts("strange_messages")

  /// Names of files, with their types.
  static let files = [
    ("report.pdf", "application/pdf"), ("screenshot 1.png", "image/png"), ("before-after.jpg", "image/jpeg"),
    ("trace.json", "application/json"), ("übersicht.csv", "text/csv"), ("core.log", nil as String?),
  ]
}
