import Testing

@testable import DevinSync

@Suite("Rows requested by id")
struct IDBatchTests {
  private static let batch = IDBatch(["a", "b", "c"], known: ["x", "y"])

  @Test("the first and the last id exist, so a server that reads only one id, or only the first ones, is detected")
  func ends() {
    #expect(Self.batch?.asked == ["x", "a", "b", "c", "y"])
    #expect(IDBatch(["a", "x", "y"], known: ["x", "y"])?.asked == ["x", "a", "y"])
    #expect(IDBatch(["a"], known: ["x"]) == nil)
  }

  @Test(
    "an answer proves that a row is absent only if it is complete and contains the existing rows and no others",
    arguments: [
      (["x", "y"], true, IDBatch.Verdict.absent(["a", "b", "c"])),
      (["y", "b", "x"], true, .absent(["a", "c"])),
      (["x", "a", "b", "c", "y"], true, .absent([])),
      ([], true, .notMatched),
      (["x"], true, .notMatched),
      (["y"], true, .notMatched),
      (["a", "b"], true, .notMatched),
      (["x", "y", "z"], true, .ignored),
      (["z"], true, .ignored),
      (["x", "y"], false, .ignored),
    ])
  func verdicts(_ listed: [String], _ isLastPage: Bool, _ verdict: IDBatch.Verdict) {
    #expect(Self.batch?.verdict(on: listed, isLastPage: isLastPage) == verdict)
  }

  @Test("the prefixed form is tried first, and the form that a server matched is kept")
  func forms() {
    let forms = IDForms()
    #expect(forms.worthTrying(at: "/a") == [.prefixed, .bare])
    forms.learn(.bare, at: "/a")
    #expect(forms.worthTrying(at: "/a") == [.bare])
    forms.learn(nil, at: "/a")
    #expect(forms.worthTrying(at: "/a") == [.bare])
    forms.learn(nil, at: "/b")
    #expect(forms.worthTrying(at: "/b") == [])
    #expect(IDForm.prefixed.text("1f") == "devin-1f" && IDForm.bare.text("1f") == "1f")
  }
}
