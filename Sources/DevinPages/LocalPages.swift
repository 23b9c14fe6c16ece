import DevinModel
import MirrorReading

/// The mirror as pages: overview, sessions, search, knowledge, consumption, audit log, pushes, health. Each page is created on request.
struct LocalPages: Sendable {
  let reader: MirrorReader
  /// The prefix of every page's path; empty, or `/` and a name.
  let root: String
  /// The user's price of an ACU; nil: not set.
  var rate: ACURate?
  /// The time limit for one page, however large a mirror is and whatever it contains.
  var limit = Duration.seconds(60)
  /// The text of an error, such as its message with the advice of a program.
  var describe: @Sendable (MirrorError) -> String = \.message

  private let facts = HeaderFacts()

  init(reader: MirrorReader, root: String, rate: ACURate? = nil) {
    self.reader = reader
    self.root = root
    self.rate = rate
  }

  /// In the order of the navigation. To add a page, write a type like these and add it here.
  private static let all: [any LocalPage] = [
    OverviewPage(), SessionsPage(), SessionsFilePage(.csv), SessionsFilePage(.json), SessionPage(), AttachmentPage(),
    ConsumptionPage(), DocumentsPage(.notes), DocumentPage(.notes), DocumentsPage(.playbooks), DocumentPage(.playbooks),
    SearchPage(), AuditPage(), PushesPage(), HealthPage(),
  ]

  func answer(_ target: PageTarget) async -> PageResponse {
    do {
      return try await within(limit) {
        if let page = try await page(target) { return page }
        return await message(404, "Page not found", "Page not found.", for: target)
      }
    } catch MirrorError.tookTooLong {
      return await message(
        503, "Timed out",
        "This page was not ready after \(limit.inWholeUnits). `devin-sync query` and `report` have a longer limit.", for: target)
    } catch let error as MirrorError {
      if case .noSuchRow = error { return await message(404, "Not in this mirror", describe(error), for: target) }
      return await message(error.isUsageError ? 400 : 500, "Request failed", describe(error), for: target)
    } catch {
      return await message(500, "Request failed", "Internal error, a bug in devin-sync: \(error)", for: target)
    }
  }

  private func page(_ target: PageTarget) async throws -> PageResponse? {
    switch target.parts {
    case ["style.css"]: return PageResponse(contentType: "text/css; charset=utf-8", body: Templates.shared.style)
    case ["page.js"]: return PageResponse(contentType: "text/javascript; charset=utf-8", body: Templates.shared.script)
    default: break
    }
    guard let page = Self.all.first(where: { $0.isAt(target.parts) }) else { return nil }
    if let organization = target["org"] { try await reader.demandOrganization(organization) }
    return try await page.answer(target, in: self)
  }

  /// - Parameters:
  ///   - page: nil: none of the pages, such as an error page.
  ///   - target: the request, whose organization the navigation keeps.
  func render(
    _ template: String, on page: (any LocalPage)?, for target: PageTarget, _ title: String, _ model: [String: Any]
  ) async -> PageResponse {
    let header = PageHeader(
      links: Self.all.compactMap { entry in entry.link.map { (name: $0, path: entry.path) } }, page: page, target: target,
      facts: await facts.current(of: reader))
    let common: [String: Any] = [
      "root": root, "inline": false, "title": "\(title) · devin-sync", "heading": title,
      "footer": "devin-sync \(ProductVersion.current), from \(reader.database)", "header": [header.model],
    ]
    return PageResponse(body: Templates.shared.render(template, common.merging(model) { $1 }))
  }

  private func message(_ status: Int, _ title: String, _ text: String, for target: PageTarget) async -> PageResponse {
    var answer = await render(
      "message", on: nil, for: target, title, ["message": [text.prefix(1).uppercased() + text.dropFirst()]])
    answer.status = status
    return answer
  }

  /// A field of a form. `choices` are suggestions for the value, which may be any other text.
  struct Field {
    let label, name: String
    var type = "text"
    var value: String?
    var choices: [String] = []
    /// The only possible values, with their names; empty: any text.
    var options: [(value: String, name: String)] = []
  }

  /// Data for a template, which renders each form in a list; an empty list means no form.
  /// - Parameters:
  ///   - hidden: fields that the form keeps as they are.
  ///   - reset: the address without filters; nil: there are none.
  static func form(
    _ action: String, _ fields: [Field], hidden: [[String: Any]] = [], reset: String? = nil, button: String = "Show"
  ) -> [[String: Any]] {
    [
      [
        "action": action, "hidden": hidden, "button": button, "reset": reset.map { [$0] } ?? [String](),
        "fields": fields.map { field -> [String: Any] in
          [
            "label": field.label, "name": field.name, "type": field.type, "value": field.value ?? "",
            "isSelect": !field.options.isEmpty, "hasChoices": !field.choices.isEmpty, "choices": field.choices,
            "options": field.options.map {
              ["value": $0.value, "name": $0.name, "isChosen": $0.value == field.value ?? ""] as [String: Any]
            },
          ]
        },
      ]
    ]
  }
}
