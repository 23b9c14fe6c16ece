// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "devin-sync",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "devin-sync", targets: ["devin-sync"]),
    .library(name: "DevinSync", targets: ["DevinSync"]),
    .library(name: "MirrorReading", targets: ["MirrorReading"]),
  ],
  dependencies: [
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Texts beside the code that become constants of a target.
    .plugin(name: "EmbedTexts", capability: .buildTool(), dependencies: ["embed-texts"], path: "Sources/EmbedTexts"),
    .executableTarget(name: "embed-texts"),
    // The SQL that users query, embedded so that the binary needs no file beside it.
    .target(
      name: "MirrorSchema", path: "Schema", exclude: ["README.md"], plugins: ["EmbedTexts"]),
    // The one way in which files and folders are opened.
    .target(name: "Files"),
    // What all the others speak of: Unix time, path templates, and the catalogue of resources. Foundation and nothing else.
    .target(name: "DevinModel"),
    // HTTP to pages. Knows no SQLite.
    .target(
      name: "DevinAPI",
      dependencies: [
        "DevinModel", "Files",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOFoundationCompat", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "DequeModule", package: "swift-collections"),
      ]),
    // Settings of the C library and of SQLite that Swift cannot reach.
    .target(name: "ProcessSettings", linkerSettings: [.linkedLibrary("sqlite3")]),
    // Pages to rows and checkpoints. Knows no HTTP.
    .target(
      name: "MirrorStore",
      dependencies: [
        "DevinModel", "Files", "MirrorSchema", "ProcessSettings", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    // What a mirror's file says: status, queries, search, histories. Knows no HTTP client and no engine.
    .target(name: "MirrorReading", dependencies: ["DevinModel", "Files", "MirrorSchema", "MirrorStore"]),
    // The engine: how a mirror is filled and moves forward.
    .target(name: "DevinSync", dependencies: ["DevinModel", "DevinAPI", "Files", "MirrorStore", "MirrorReading"]),
    // The only code that sends anything but GET: contents of files, compared with the server and written back.
    .target(
      name: "DevinPush",
      dependencies: [
        "DevinModel", "DevinAPI", "Files", "MirrorStore", "MirrorReading", .product(name: "Yams", package: "Yams"),
      ]),
    // A simulated organization behind real HTTP, for the demo, the tests and a user's trials.
    .target(
      name: "DevinSandbox",
      dependencies: [
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      plugins: ["EmbedTexts"]),
    // The parser of Markdown, from the system.
    .systemLibrary(name: "CMD4C", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"]), .brew(["md4c"])]),
    // Markdown to HTML that is safe to show. Knows no mirror.
    .target(name: "Markdown", dependencies: ["CMD4C"]),
    // What people look at: the report, transcripts, and the local pages, as HTML.
    .target(
      name: "DevinPages",
      dependencies: [
        "DevinModel", "Files", "Markdown", "MirrorReading",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      plugins: ["EmbedTexts"]),
    // The Model Context Protocol over two pipes. Knows no mirror.
    .target(name: "ModelContext", dependencies: ["DevinModel"]),
    // What agents ask of a mirror: tools, texts and prompts.
    .target(name: "MirrorTools", dependencies: ["DevinModel", "MirrorReading", "ModelContext"]),
    // The command.
    .executableTarget(
      name: "devin-sync",
      dependencies: [
        "DevinSync", "DevinSandbox", "DevinPages", "DevinPush", "Files", "MirrorTools", "ModelContext", "ProcessSettings",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
    // What the tests share: a scripted transport, a clock turned by hand, a mirror in a folder of its own.
    .target(
      name: "TestSupport",
      dependencies: [
        "DevinModel", "DevinAPI", "MirrorStore", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/TestSupport"),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "MarkdownTests", dependencies: ["Markdown"]),
    .testTarget(name: "ModelContextTests", dependencies: ["ModelContext"]),
    .testTarget(
      name: "DevinPushTests",
      dependencies: ["DevinAPI", "DevinModel", "DevinPush", "Files", "MirrorReading", "MirrorStore", "TestSupport"]),
    // What the files of this repository say of each other: target graph, names in manuals, language.
    .testTarget(name: "ProjectTests"),
    .testTarget(
      name: "DevinAPITests",
      dependencies: [
        "DevinModel", "DevinAPI", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    .testTarget(
      name: "MirrorStoreTests",
      dependencies: ["DevinModel", "Files", "MirrorStore", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
      name: "MirrorReadingTests",
      dependencies: [
        "DevinModel", "DevinPages", "MirrorReading", "MirrorStore", "TestSupport", "TrialSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "DevinSandboxTests",
      dependencies: [
        "DevinSandbox",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Yams", package: "Yams"),
      ]),
    // A program of some twenty lines that mirrors with the library and draws its own progress.
    .executableTarget(name: "library-client", dependencies: ["DevinSync"], path: "Examples/library-client"),
    // The same for a program that only reads a mirror.
    .executableTarget(name: "library-reader", dependencies: ["MirrorReading"], path: "Examples/library-reader"),
    // What tests share that mirror a sandbox: the built command, and its file held against what the sandbox serves.
    .target(
      name: "TrialSupport",
      dependencies: ["DevinSandbox", "DevinSync", "MirrorStore", .product(name: "GRDB", package: "GRDB.swift")],
      path: "Tests/TrialSupport"),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "devin-sync", "library-client", "library-reader", "DevinPages", "DevinSandbox", "DevinSync", "MirrorStore",
        "TrialSupport", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Yams", package: "Yams"),
      ]),
    // Crashes at every kind of moment, and a random player against the sandbox.
    .testTarget(
      name: "ModelTests",
      dependencies: [
        "devin-sync", "TrialSupport", "DevinSandbox", "DevinSync", "MirrorSchema", "MirrorStore",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "DevinSyncTests",
      dependencies: [
        "DevinModel", "DevinSync", "DevinAPI", "MirrorReading", "MirrorStore", "MirrorSchema", "DevinSandbox", "TestSupport",
        "TrialSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Yams", package: "Yams"),
      ]),
  ]
)

// The import list is the diagram: an import is for the file alone unless it says otherwise, members come only from what the file
// itself imports, and a protocol's box is written `any`.
for target in package.targets where ![.plugin, .system].contains(target.type) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
