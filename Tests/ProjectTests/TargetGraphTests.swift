import Testing

/// The dependencies between targets ensure that a mirror can be read without an HTTP client, and that the sandbox is independent.
@Suite("The target graph")
struct TargetGraphTests {
  private let manifest: Manifest

  init() throws { manifest = Manifest(try Project.text("Package.swift")) }

  /// The targets of this package that each target may depend on. A new target, or a new dependency, is decided here first.
  private static let arrows: [String: Set<String>] = [
    "EmbedTexts": ["embed-texts"],
    "embed-texts": ["DevinModel"],
    "MirrorSchema": [],
    "Files": [],
    "ProcessSettings": [],
    "DevinModel": [],
    "DevinAPI": ["DevinModel", "Files"],
    "MirrorStore": ["DevinModel", "Files", "MirrorSchema", "ProcessSettings"],
    "MirrorReading": ["DevinModel", "Files", "MirrorSchema", "MirrorStore"],
    "DevinSync": ["DevinModel", "DevinAPI", "Files", "MirrorStore", "MirrorReading"],
    "CMD4C": [],
    "Markdown": ["CMD4C"],
    "DevinPages": ["DevinModel", "Files", "Markdown", "MirrorReading"],
    "DevinPush": ["DevinModel", "DevinAPI", "Files", "MirrorStore", "MirrorReading"],
    "DevinSandbox": [],
    "ModelContext": ["DevinModel"],
    "MirrorTools": ["DevinModel", "MirrorReading", "ModelContext"],
    "devin-sync": [
      "DevinModel", "DevinSync", "MirrorReading", "DevinSandbox", "DevinPages", "DevinPush", "Files", "MirrorTools",
      "ModelContext",
      "ProcessSettings",
    ],
  ]

  private static let systemModules: Set<String> = [
    "Foundation", "Synchronization", "Dispatch", "Glibc", "Darwin", "PackagePlugin",
  ]

  @Test("each target depends only on targets that are allowed here", arguments: arrows.keys.sorted())
  func dependsOnWhatItMay(_ name: String) throws {
    let target = try #require(manifest[name])
    #expect(target.targets.subtracting(Self.arrows[name] ?? []).isEmpty)
  }

  @Test("only Markdown reaches the parser of Markdown, and libraries without pages are independent of it")
  func markdownIsApart() {
    #expect(manifest["CMD4C"] != nil)
    for name in Self.arrows.keys where manifest[name]?.targets.contains("CMD4C") == true { #expect(name == "Markdown") }
    #expect(!manifest.reached(from: "DevinSync").union(manifest.reached(from: "MirrorReading")).contains("CMD4C"))
  }

  @Test("each target of the product is in this list")
  func areAllKnown() {
    let folders = Set(Project.files(below: "Sources", ending: ".swift").compactMap { $0.split(separator: "/").dropFirst().first })
    #expect(Set(folders.map(String.init)).isSubset(of: Self.arrows.keys))
  }

  @Test(
    "targets that read a mirror depend on neither an HTTP client nor the engine",
    arguments: ["MirrorReading", "DevinPages", "MirrorTools"])
  func readsWithoutNetwork(_ name: String) {
    #expect(manifest.reached(from: name).isDisjoint(with: ["DevinAPI", "DevinSync", "AsyncHTTPClient"]))
  }

  @Test("pages of the API and rows of the mirror are independent of each other")
  func apiAndStoreAreApart() {
    #expect(manifest.reached(from: "DevinAPI").isDisjoint(with: ["MirrorStore", "MirrorSchema", "GRDB", "GRDBSQLite"]))
    #expect(manifest.reached(from: "MirrorStore").isDisjoint(with: ["DevinAPI", "AsyncHTTPClient"]))
  }

  @Test("the protocol for agents is independent of the mirror")
  func protocolIsApart() {
    #expect(manifest.reached(from: "ModelContext") == ["DevinModel"])
  }

  @Test("the engine reaches nothing that writes to Devin, and nothing but DevinPush names it")
  func engineCannotWrite() throws {
    #expect(!manifest.reached(from: "DevinSync").contains("DevinPush"))
    for file in Project.files(below: "Sources", ending: ".swift")
    where !file.hasPrefix("Sources/DevinAPI/") && !file.hasPrefix("Sources/DevinPush/") {
      #expect(try !Project.text(file).contains(/DevinWriter|WriteTransport|WriteRequest/), "\(file)")
    }
  }

  @Test("the sandbox depends on no other target, since the others are tested against it")
  func sandboxIsIndependent() {
    #expect(manifest["DevinSandbox"]?.targets == [])
  }

  @Test("each file imports only what its target declares", arguments: arrows.keys.sorted())
  func importsWhatIsDeclared(_ name: String) throws {
    let target = try #require(manifest[name])
    let folder = name == "MirrorSchema" ? "Schema" : "Sources/\(name)"
    for file in Project.files(below: folder, ending: ".swift") {
      let imports = try Project.text(file).matches(of: /(?m)^ *(?:@\w+ )*(?:public |package |internal )?import (\w+)$/)
      let undeclared = Set(imports.map { String($0.1) }).subtracting(target.targets).subtracting(target.products)
        .subtracting(Self.systemModules)
      #expect(undeclared.isEmpty, "\(file)")
    }
  }

  @Test(
    "every target is built with the required settings",
    arguments: ["InternalImportsByDefault", "ExistentialAny", "MemberImportVisibility"])
  func gatesAreOn(_ feature: String) throws {
    let text = try Project.text("Package.swift")
    #expect(text.contains("for target in package.targets where ![.plugin, .system].contains(target.type) {"))
    #expect(text.contains(".enableUpcomingFeature(\"\(feature)\")"))
  }
}
