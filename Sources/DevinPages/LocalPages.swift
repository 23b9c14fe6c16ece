import DevinModel
import MirrorReading

/// The mirror as pages: overview, sessions, search, knowledge, consumption, audit log, health. Each page is created on request.
struct LocalPages: Sendable {
  let reader: MirrorReader
  /// The prefix of every page's path; empty, or `/` and a name.
  let root: String
  /// The user's price of an ACU; nil: not set.
  var rate: ACURate?
  /// The time limit for one page, however large a mirror is and whatever it contains.
  var limit = Duration.seconds(60)

  /// In the order of the navigation. To add a page, write a type like these and add it here.
  private static let all: [any LocalPage] = [
    OverviewPage(), SessionsPage(), SessionPage(), AttachmentPage(), SearchPage(), DocumentsPage(.notes), DocumentPage(.notes),
    DocumentsPage(.playbooks), DocumentPage(.playbooks), ConsumptionPage(), AuditPage(), HealthPage(),
  ]

  func answer(_ target: PageTarget) async -> PageAnswer {
    do {
      return try await within(limit) {
        try await page(target) ?? message(404, "Page not found", "Page not found.")
      }
    } catch MirrorError.tookTooLong {
      return message(
        503, "Timed out",
        "This page was not ready after \(limit.inWords). `devin-sync query` and `report` have a longer limit.")
    } catch let error as MirrorError {
      if case .noSuchRow = error { return message(404, "Not in this mirror", error.message) }
      return message(error.isMistakeOfTheAsker ? 400 : 500, "Request failed", error.message)
    } catch {
      return message(500, "Request failed", "Internal error, a bug in devin-sync: \(error)")
    }
  }

  private func page(_ target: PageTarget) async throws -> PageAnswer? {
    if target.parts == ["style.css"] { return PageAnswer(contentType: "text/css; charset=utf-8", body: Templates.shared.style) }
    return try await Self.all.first { $0.isAt(target.parts) }?.answer(target, in: self)
  }

  /// - Parameter page: nil: none of the pages, such as an error page.
  func render(_ template: String, on page: (any LocalPage)?, _ title: String, _ model: [String: Any]) -> PageAnswer {
    let links = Self.all.compactMap { entry in
      entry.link.map { ["name": $0, "href": entry.path, "isHere": entry.path == page?.section] as [String: Any] }
    }
    let common: [String: Any] = [
      "root": root, "inline": false, "title": "\(title) · devin-sync", "heading": title,
      "footer": "devin-sync \(ProductVersion.current), from \(reader.database)",
      "navigation": ["isShown": true, "links": links] as [String: Any],
    ]
    return PageAnswer(body: Templates.shared.render(template, common.merging(model) { $1 }))
  }

  func message(_ status: Int, _ title: String, _ text: String) -> PageAnswer {
    var answer = render("message", on: nil, title, ["message": text])
    answer.status = status
    return answer
  }

  /// The section for a named question; nil: there is no such question.
  func question(_ name: String, _ parameters: [String: MirrorReader.Value] = [:], rows: Int = 50) async throws
    -> PageSection?
  {
    guard let question = MirrorQuestion.named(name) else { return nil }
    let answer = try await reader.answer(to: question, parameters, at: rate, within: .seconds(60))
    return PageSection(question, answer, rows: rows, hasPages: true)
  }

  typealias Field = (label: String, name: String, type: String, value: String)

  /// Data for a template, which renders each form in a list; an empty list means no form.
  static func form(_ action: String, _ fields: [Field]) -> [[String: Any]] {
    [
      [
        "action": action,
        "fields": fields.map { ["label": $0.label, "name": $0.name, "type": $0.type, "value": $0.value] },
      ]
    ]
  }
}
