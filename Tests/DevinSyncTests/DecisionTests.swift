import MirrorStore
import TestSupport
import Testing

@testable import DevinAPI
@testable import DevinModel
@testable import DevinSync

@Suite("How a walk begins")
struct OpeningTests {
  private static let now: UnixTime = 1_000_000

  private static func checkpoint(
    open: Bool = false, filter: ListFilter? = nil, reconciled: UnixTime? = nil, watermark: UnixTime? = nil
  ) -> Checkpoint {
    var checkpoint = Checkpoint()
    (checkpoint.isOpen, checkpoint.filter) = (open, filter)
    (checkpoint.reconciledAt, checkpoint.watermark) = (reconciled, watermark)
    return checkpoint
  }

  private static func opening(
    _ resource: Resource, _ checkpoint: Checkpoint, everything: Bool = false
  ) -> SyncPlan.Opening {
    SyncPlan.opening(of: resource, at: checkpoint, everything: everything, reconcileEvery: .seconds(86_400), now: now)
  }

  @Test("for a list of changes: it resumes, requests only what is new, or requests everything if that is due")
  func ofChanges() throws {
    let part = ListFilter.since(parameter: "updated_after", time: 5)
    let fresh = Self.now - .seconds(100)
    guard case .changedSince(_, let overlap, _) = Resource.sessions.strategy else {
      Issue.record("sessions are read by their changes")
      return
    }
    let sinceWatermark = SyncPlan.Opening.begin(since: 900_000 - overlap)
    let cases: [(checkpoint: Checkpoint, everything: Bool, opening: SyncPlan.Opening, why: String)] = [
      (Self.checkpoint(), false, .begin(since: nil), "never read"),
      (Self.checkpoint(open: true), false, .resume, "interrupted"),
      (Self.checkpoint(open: true, filter: part), false, .resume, "interrupted while it read a part"),
      (Self.checkpoint(open: true, filter: part, watermark: 9), true, .begin(since: nil), "a part is not everything"),
      (Self.checkpoint(open: true), true, .resume, "everything was being read"),
      (Self.checkpoint(reconciled: fresh, watermark: 900_000), false, sinceWatermark, "whole not long ago"),
      (Self.checkpoint(reconciled: fresh, watermark: 900_000), true, .begin(since: nil), "everything is wanted"),
      (Self.checkpoint(reconciled: fresh), false, .begin(since: nil), "no change was ever seen"),
      (
        Self.checkpoint(reconciled: Self.now - .seconds(86_400), watermark: 900_000), false, .begin(since: nil),
        "whole a day ago"
      ),
      (
        Self.checkpoint(reconciled: Self.now + .seconds(90_000), watermark: 900_000), false, .begin(since: nil),
        "whole by a clock that is set back"
      ),
      (Self.checkpoint(reconciled: fresh, watermark: 10), false, .begin(since: 0), "no time before 1970"),
    ]
    for (checkpoint, everything, opening, why) in cases {
      #expect(Self.opening(.sessions, checkpoint, everything: everything) == opening, "\(why)")
    }
  }

  @Test("for a list without changes: it resumes or begins")
  func ofSnapshots() {
    #expect(Self.opening(.knowledgeNotes, Self.checkpoint(open: true)) == .resume)
    #expect(Self.opening(.knowledgeNotes, Self.checkpoint(reconciled: Self.now, watermark: 5)) == .begin(since: nil))
  }
}

@Suite("What a run is asked to read")
struct RequestTests {
  private static func options(_ resources: [String], skip: [String]) -> SyncOptions {
    var options = SyncOptions()
    (options.resources, options.skip) = (resources, skip)
    return options
  }

  @Test(
    "a run that would read nothing is refused, and one that reads anything is not",
    arguments: [
      ([], ["all"], false), (["secrets"], ["secrets"], false), (["files"], ["files"], true),
      (["people", "secrets"], ["all"], false),
      ([], ["secrets"], true), (["files"], ["all"], true), (["all"], ["people"], true),
      (["session_messages"], ["sessions"], true),
    ])
  func nothing(resources: [String], skip: [String], isAccepted: Bool) throws {
    do {
      _ = try SyncPlan(Self.options(resources, skip: skip))
      #expect(isAccepted)
    } catch SyncError.nothingRequested {
      #expect(!isAccepted)
    }
  }

  @Test("what only an enterprise key can read is a problem where it was named, or where nothing else is left")
  func reach() throws {
    let own = Catalogue.all.filter { resource in resource.sources.contains { $0.reach == .organization || $0.reach == .key } }
    let foreign = try #require(Catalogue.all.first { !own.contains($0) && $0.isDefault })
    for (resources, skip, problems) in [
      ([], [], 0), ([foreign.name], [], 1), ([foreign.name, "secrets"], [], 1), ([foreign.group.rawValue], own.map(\.name), nil),
    ] as [([String], [String], Int?)] {
      let options = Self.options(resources, skip: skip)
      let found = try SyncPlan(options).within(.organization, hasOrganizations: true).problemsOfReach(options)
      #expect(problems.map { found.count == $0 } ?? !found.isEmpty, "\(resources)")
      #expect(found.allSatisfy { $0.status == .permission })
    }
  }
}

@Suite("The meaning of a refusal")
struct RefusalTests {
  @Test("depends on its reason, on whether the list was ever read, and on whether it was requested by name")
  func meaning() {
    let source = Resource.secrets.sources[0]
    let cases: [(reason: APIError.Reason, status: Int?, isKnown: Bool, wasNamed: Bool, meaning: String)] = [
      (.cancelled, nil, false, false, "cancelled"), (.unauthorized, 401, true, false, "keyRefused"),
      (.unauthorized, 401, false, true, "keyRefused"), (.forbidden, 403, true, false, "permissionLost"),
      (.forbidden, 403, true, true, "permissionLost"), (.forbidden, 403, false, true, "forbidden"),
      (.forbidden, 403, false, false, "skip 403"), (.notFound, 404, true, false, "withdrawn"),
      (.notFound, 404, false, true, "absent"), (.notFound, 404, false, false, "skip 404"),
      (.server(retryAfter: nil), 500, true, false, "requestFailed"), (.unavailable, nil, false, true, "requestFailed"),
      (.rejected, 400, false, false, "requestFailed"),
    ]
    for (reason, status, isKnown, wasNamed, meaning) in cases {
      let error = APIError(reason, endpoint: "secrets", status: status)
      let found =
        switch Refusal(error, of: source, isKnownToWork: isKnown, wasNamed: wasNamed) {
        case .cancelled: "cancelled"
        case .skip(_, let status): "skip \(status)"
        case .problem(let kind): String("\(kind)".prefix { $0.isLetter })
        }
      #expect(found == meaning, "\(reason), known \(isKnown), named \(wasNamed)")
    }
  }
}

@Suite("How many rows may be marked as deleted")
struct DeletionBrakeTests {
  private static func brake(_ limit: Double = 0.2, allow: Bool = false) -> DeletionLimit {
    var options = SyncOptions()
    (options.deletionLimit, options.allowMassDeletion) = (limit, allow)
    return DeletionLimit(options)
  }

  @Test(
    "ten rows of any list, a share of a longer one, all where that is allowed",
    arguments: [
      (10, 10, 0.2, false, true), (11, 11, 0.2, false, false), (20, 100, 0.2, false, true), (21, 100, 0.2, false, false),
      (21, 100, 0.0, false, false), (10, 100, 0.0, false, true), (100, 100, 1.0, false, true), (5_000, 5_000, 0.2, true, true),
    ])
  func admits(count: Int, of listed: Int, limit: Double, allow: Bool, isAdmitted: Bool) {
    #expect(Self.brake(limit, allow: allow).admits(count, of: listed, in: "notes", organization: "org") == isAdmitted)
  }

  @Test("counts are added up for one resource and organization only")
  func addsUp() {
    let brake = Self.brake()
    #expect(brake.admits(8, of: 8, in: "messages", organization: "a"))
    #expect(!brake.admits(8, of: 8, in: "messages", organization: "a"), "16 of 16 by now")
    #expect(brake.admits(8, of: 8, in: "messages", organization: "b"))
    #expect(brake.admits(8, of: 8, in: "notes", organization: "a"))
    #expect(brake.admits(2, of: 1_000, in: "messages", organization: "a"), "what was refused is not counted")
  }

  @Test("an empty list is accepted if it held one row, is a child list, or may be emptied")
  func believesEmptyLists() {
    #expect(Self.brake().admitsEmptyList(of: .knowledgeNotes, held: 1))
    #expect(!Self.brake().admitsEmptyList(of: .knowledgeNotes, held: 2))
    #expect(Self.brake(allow: true).admitsEmptyList(of: .knowledgeNotes, held: 2))
    #expect(Self.brake().admitsEmptyList(of: .sessionAttachments, held: 2))
  }
}

@Suite("The filter of a walk, as stored in its checkpoint")
struct ListFilterTests {
  @Test(
    "a filter is parsed as it was written",
    arguments: [
      ("updated_after=17", ListFilter.since(parameter: "updated_after", time: 17)),
      ("time_after=5&time_before=90", .span(after: 5, before: 90)), ("time_after=-5&time_before=0", .span(after: -5, before: 0)),
    ])
  func roundTrip(text: String, filter: ListFilter) {
    #expect(ListFilter(text: text) == filter && filter.text == text)
  }

  @Test(
    "invalid text is no filter",
    arguments: [
      "", "=", "=5", "updated_after=", "updated_after=soon", "a=1&b=2", "time_before=1&time_after=2", "a=1&",
      "a=99999999999999999999",
    ])
  func refuses(text: String) {
    #expect(ListFilter(text: text) == nil)
  }
}
