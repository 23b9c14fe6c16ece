/// The questions that people ask of a mirror, each as one query. A file begins with comments: the question, then what to know
/// of the answer, and `-- limit:`, `-- total:` and `-- cost:` with what people are shown. `:since` and `:until` are billing days, both included, `:org` an organization; NULL: not limited, or the last 30 days.
public enum MirrorQuestions {
  /// By name, as it is called: the files in `questions`.
  public static let all: [(name: String, sql: String)] = EmbeddedTexts.all.filter { $0.path.hasPrefix("questions/") }
    .map { ($0.path.dropFirst("questions/".count).prefix { $0 != "." }.description, $0.text) }
}
