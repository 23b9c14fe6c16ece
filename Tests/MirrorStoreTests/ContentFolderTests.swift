import DevinModel
import Files
import Foundation
import TestSupport
import Testing

@testable import MirrorStore

@Suite("The folder of contents")
struct ContentFolderTests {
  private let mirror: TemporaryMirror
  private var path: String { ContentFolder.path(beside: mirror.path) }

  init() throws { mirror = try TemporaryMirror() }

  @discardableResult
  private func keep(_ text: String, in folder: ContentFolder) throws -> KeptContent {
    let part = try folder.part()
    for byte in text.utf8 { try withUnsafeBytes(of: byte) { try part.write($0) } }
    return try part.keep()
  }

  private func names() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).filter { !$0.hasSuffix("/") && $0.count > 2 }.sorted()
  }

  @Test("a content is stored under its SHA-256, readable only by its owner, equal ones once")
  func kept() throws {
    let folder = try ContentFolder(beside: mirror.path, making: true)
    let hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    for _ in 0..<3 { #expect(try keep("hello", in: folder) == KeptContent(hash: hash, byteCount: 5, type: nil)) }
    #expect(try names() == ["2c/\(hash)"])
    #expect(try FileManager.default.attributesOfItem(atPath: "\(path)/2c/\(hash)")[.posixPermissions] as? Int == 0o600)
    for name in ["", "/2c"] {
      #expect(try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int == 0o700)
    }
    #expect(folder.byteCount(of: hash) == 5 && folder.fault(of: hash, byteCount: 5) == nil)
    #expect(folder.fault(of: hash, byteCount: 6) == "has 5 bytes instead of 6")
    #expect(try keep("", in: folder).byteCount == 0)
  }

  @Test("a part that is dropped, or never finished, leaves nothing")
  func dropped() throws {
    let folder = try ContentFolder(beside: mirror.path, making: true)
    do {
      let part = try folder.part()
      try Array("half".utf8).withUnsafeBytes { try part.write($0) }
      #expect(try names().count == 1 && names()[0].hasPrefix(".part-"))
      part.drop()
      part.drop()
      _ = try folder.part()
    }
    #expect(try names().isEmpty)
  }

  @Test("altered contents are found, and contents without a row are removed, but no file of the user")
  func leftovers() throws {
    let folder = try ContentFolder(beside: mirror.path, making: true)
    let (one, other) = (try keep("one", in: folder), try keep("other", in: folder))
    try Data("two".utf8).write(to: URL(fileURLWithPath: "\(path)/\(one.hash.prefix(2))/\(one.hash)"))
    #expect(folder.fault(of: one.hash, byteCount: 3) == "has other contents than were stored")
    #expect(folder.fault(of: String(repeating: "a", count: 64), byteCount: 3) == "is missing")
    for name in ["notes.txt", ".part-x", "\(one.hash.prefix(2))/mine", "zz"] {
      try Data("abc".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
    let asked = try folder.removeAll(but: [other.hash], isAsking: true)
    #expect(asked == ContentFolder.Leftovers(contents: 1, parts: 1, bytes: 6))
    #expect(try folder.removeAll(but: [other.hash], isAsking: false) == asked)
    #expect(Set(try names()) == ["notes.txt", "\(one.hash.prefix(2))/mine", "\(other.hash.prefix(2))/\(other.hash)"])
  }

  @Test("no link is followed, in the place of the folder or in it, and no other user's folder is used")
  func links() throws {
    let elsewhere = mirror.folder.appendingPathComponent("elsewhere").path
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
    for making in [true, false] {
      #expect(throws: FileError(path, .link)) { try ContentFolder(beside: mirror.path, making: making) }
    }
    try FileManager.default.removeItem(atPath: path)
    let folder = try ContentFolder(beside: mirror.path, making: true)
    try FileManager.default.createSymbolicLink(atPath: path + "/2c", withDestinationPath: elsewhere)
    #expect(throws: FileError.self) { try keep("hello", in: folder) }
    try FileManager.default.removeItem(atPath: path + "/2c")
    let content = try keep("hello", in: folder)
    let place = "\(path)/2c/\(content.hash)"
    try FileManager.default.removeItem(atPath: place)
    try Data("hello".utf8).write(to: URL(fileURLWithPath: elsewhere + "/hello"))
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: elsewhere + "/hello")
    #expect(folder.byteCount(of: content.hash) == nil && folder.fault(of: content.hash, byteCount: 5) != nil)
    // A content replaces the link itself.
    try keep("hello", in: folder)
    #expect(folder.fault(of: content.hash, byteCount: 5) == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere) == ["hello"])
  }

  @Test(
    "only a hash is a name",
    arguments: ["", "..", "../../etc/passwd", "ab/cd", String(repeating: "A", count: 64), String(repeating: "/", count: 64)])
  func hashes(_ name: String) throws {
    let folder = try ContentFolder(beside: mirror.path, making: true)
    #expect(throws: FileError.self) { try folder.open(name) }
    #expect(folder.byteCount(of: name) == nil)
  }

  @Test("images are recognized by their first bytes, and nothing that can run is an image")
  func types() {
    for (bytes, type): ([UInt8], String?) in [
      ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0], "image/png"), ([0xff, 0xd8, 0xff, 0xe0], "image/jpeg"),
      (Array("GIF89a".utf8), "image/gif"), (Array("RIFF....WEBPVP8 ".utf8), "image/webp"), (Array("RIFF....WAVE".utf8), nil),
      (Array("<svg xmlns".utf8), nil), (Array("<html>".utf8), nil), ([], nil), ([0x89, 0x50], nil), (Array("%PDF-1.7".utf8), nil),
    ] { #expect(FileContents.imageType(of: bytes) == type) }
  }
}
