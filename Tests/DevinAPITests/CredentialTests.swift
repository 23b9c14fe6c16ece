import DevinAPI
import Testing

@Suite("The key")
struct CredentialTests {
  private static let key = "cog_0123456789abcdef"

  @Test("white space around the key is dropped", arguments: ["\(key)\n", "  \(key)", "\t\(key)\r\n", "\u{a0}\(key)\u{2028}"])
  func trims(_ text: String) throws {
    #expect(try Credential(text).key == Self.key)
  }

  @Test("white space alone is no key", arguments: ["", " ", "\n\t"])
  func refusesNothing(_ text: String) {
    #expect { try Credential(text) } throws: { if case Credential.Invalid.empty = $0 { true } else { false } }
  }

  @Test("keys of the older interfaces are refused", arguments: ["apk_abc", "apk_user_abc", " apk_abc\n"])
  func refusesLegacy(_ text: String) {
    #expect { try Credential(text) } throws: { if case Credential.Invalid.legacy = $0 { true } else { false } }
  }

  @Test(
    "a key that no header can carry is refused",
    arguments: ["cog_a\ncog_b", "cog_a\r\nX-Other: 1", "cog_a b", "cog_\u{e9}", "cog_\u{0}", "\u{feff}cog_a", "cog_\u{7f}"])
  func refusesUnprintable(_ text: String) {
    #expect { try Credential(text) } throws: { if case Credential.Invalid.unprintable = $0 { true } else { false } }
  }

  @Test("an unknown beginning is noticed, but not refused")
  func prefix() throws {
    #expect(try Credential("cog_x").hasKnownPrefix)
    #expect(try !Credential("other").hasKnownPrefix)
  }

  @Test("nothing prints the key")
  func isNeverPrinted() throws {
    struct Settings { let credential: Credential, list: [Credential], some: Credential? }
    let credential = try Credential(Self.key)
    let settings = Settings(credential: credential, list: [credential], some: credential)
    var dumped = ""
    dump(credential, to: &dumped)
    dump(settings, to: &dumped)
    print(settings, [credential], ["key": credential], to: &dumped)
    debugPrint(settings, credential, to: &dumped)
    let texts = [
      dumped, "\(credential)", "\(settings)", String(describing: credential), String(reflecting: credential),
      String(reflecting: settings), "\(Mirror(reflecting: credential).children.map { $0 })",
    ]
    for text in texts { #expect(!text.contains("0123456789")) }
    #expect(String(describing: credential) == "cog_…")
  }
}
