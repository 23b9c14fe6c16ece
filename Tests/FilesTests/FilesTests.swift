import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Files and folders that somebody may have prepared")
struct FilesTests {
  private let place: Place

  /// A folder for one test.
  private final class Place: Sendable {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws { folder = try TemporaryFolder() }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ text: String = "theirs", mode: mode_t = 0o600) {
      _ = FileManager.default.createFile(atPath: self(name), contents: Data(text.utf8))
      chmod(self(name), mode)
    }

    func text(_ name: String) -> String? { try? String(contentsOfFile: self(name), encoding: .utf8) }
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
  }

  init() throws { place = try Place() }

  /// An obstacle at the path of a file, and why it is refused.
  enum Obstacle: CaseIterable {
    case link, danglingLink, hardLink, fifo, folder, socket, device

    func reason(_ purpose: OpenFile.Purpose) -> FileError.Reason? {
      switch self {
      case .link, .danglingLink: .link
      case .hardLink: purpose == .reading ? nil : .otherNames
      case .fifo: .wrongKind(.fifo)
      case .folder: .wrongKind(.folder)
      case .socket: .wrongKind(.socket)
      case .device: .wrongKind(.device)
      }
    }
  }

  /// - Returns: whether this user may create one.
  private func put(_ obstacle: Obstacle, at name: String) -> Bool {
    switch obstacle {
    case .link:
      place.write("target")
      return symlink("target", place(name)) == 0
    case .danglingLink: return symlink("nowhere", place(name)) == 0
    case .hardLink:
      place.write("target")
      return link(place("target"), place(name)) == 0
    case .fifo: return mkfifo(place(name), 0o600) == 0
    case .folder: return mkdir(place(name), 0o700) == 0
    case .socket:
      // A socket's address has space for about a hundred characters.
      let folder = open(place.path, O_RDONLY)
      defer { close(folder) }
      return mknodat(folder, name, S_IFSOCK | 0o600, 0) == 0
    case .device: return mknod(place(name), S_IFCHR | 0o600, dev_t(0x103)) == 0
    }
  }

  private func reason(_ work: () throws -> Void) -> FileError.Reason? {
    do {
      try work()
      return nil
    } catch { return (error as? FileError)?.reason }
  }

  @Test(
    "a foreign file is refused, at once and without a change, for every purpose", .timeLimit(.minutes(60)),
    arguments: Obstacle.allCases, [OpenFile.Purpose.reading, .updating, .appending])
  func refuses(_ obstacle: Obstacle, _ purpose: OpenFile.Purpose) throws {
    guard put(obstacle, at: "file") else { return }
    let folder = try Folder(place.path)
    #expect(reason { _ = try folder.open("file", purpose) } == obstacle.reason(purpose))
    #expect(place.text("target") ?? "theirs" == "theirs")
    #expect(!place.names.contains("nowhere"))
  }

  @Test("a new file is created only where nothing exists", arguments: Obstacle.allCases)
  func isNew(_ obstacle: Obstacle) throws {
    guard put(obstacle, at: "file") else { return }
    #expect(reason { try PrivateFile.create(place("file"), text: "ours") } == .exists)
    #expect(place.text("target") ?? "theirs" == "theirs")
    #expect(!place.names.contains("nowhere"))
  }

  @Test("a file is replaced even if it has other names; anything else is not changed", arguments: Obstacle.allCases)
  func replaces(_ obstacle: Obstacle) throws {
    guard put(obstacle, at: "file") else { return }
    let before = FileFacts(at: place("file"))
    let expected = obstacle == .hardLink ? nil : obstacle.reason(.updating)
    #expect(reason { try PrivateFile.replace(place("file"), text: "ours") } == expected)
    #expect(place.text("target") ?? "theirs" == "theirs")
    #expect(FileFacts(at: place("file"))?.isSameFile(as: before) == (obstacle != .hardLink))
    #expect(place.names.allSatisfy { ["file", "target"].contains($0) })
  }

  @Test(
    "a replacement has its mode from the beginning, and leaves nothing beside it", arguments: [0o600, 0o644] as [mode_t])
  func hasMode(_ mode: mode_t) throws {
    place.write("file", mode: 0o666)
    try PrivateFile.replace(place("file"), text: "ours", mode: mode)
    #expect(place.text("file") == "ours")
    #expect(FileFacts(at: place("file"))?.mode == mode)
    #expect(place.names == ["file"])
  }

  @Test("lines are appended to a file of this user, and a missing one is created as private, with its folders")
  func appends() throws {
    for text in ["a\n", "b\n"] { try PrivateFile.append(place("x/y/log"), text: text) }
    #expect(place.text("x/y/log") == "a\nb\n")
    #expect(FileFacts(at: place("x/y/log"))?.mode == 0o600)
    #expect(FileFacts(at: place("x"))?.mode == 0o700)
  }

  @Test(
    "names with several parts, and parent folders, are refused", arguments: ["", ".", "..", "a/b", "/a", "../a", "a\u{0}b"])
  func refusesNames(_ name: String) throws {
    let folder = try Folder(place.path)
    mkdir(place("a"), 0o700)
    for purpose in [OpenFile.Purpose.reading, .new(0o600)] {
      #expect(reason { _ = try folder.open(name, purpose) } == .system(EINVAL))
    }
    #expect(reason { _ = try folder.folder(name, making: 0o700) } == .system(EINVAL))
    #expect(reason { try folder.remove(name) } == .system(EINVAL))
    #expect(reason { _ = try folder.removeEmptyFolder(name) } == .system(EINVAL))
    #expect(place.names == ["a"])
  }

  @Test("only a real folder is opened as a folder", arguments: Obstacle.allCases)
  func entersFolders(_ obstacle: Obstacle) throws {
    guard put(obstacle, at: "file") else { return }
    let folder = try Folder(place.path)
    let expected: FileError.Reason? =
      switch obstacle {
      case .folder: nil
      case .hardLink: .wrongKind(.file)
      default: obstacle.reason(.updating)
      }
    for mode: mode_t? in [nil, 0o700] { #expect(reason { _ = try folder.folder("file", making: mode) } == expected) }
    #expect(reason { _ = try folder.folder("missing") } == .missing)
  }

  @Test("a link to a folder is not followed, and its target is not changed")
  func entersNoLink() throws {
    mkdir(place("outside"), 0o700)
    place.write("outside/file")
    symlink("outside", place("link"))
    let folder = try Folder(place.path)
    #expect(reason { _ = try folder.folder("link") } == .link)
    let isGone = try folder.removeEmptyFolder("outside")
    #expect(!isGone)
    #expect(reason { _ = try folder.removeEmptyFolder("link") } == .system(ENOTDIR))
    #expect(place.text("outside/file") == "theirs")
  }

  @Test("a file that is larger than the limit is not read to its end")
  func readsNoMore() throws {
    place.write("file", String(repeating: "x", count: 200_000))
    let file = try OpenFile(reading: place("file"))
    #expect(reason { _ = try file.read(limit: 100_000) } == .tooLarge(limit: 100_000))
    #expect(try OpenFile(reading: place("file")).read(limit: 200_000).count == 200_000)
  }

  @Test(
    "the users who can write to a file are derived from its mode",
    arguments: [(0o600, false), (0o644, false), (0o640, false), (0o602, true), (0o666, true), (0o777, true)] as [(mode_t, Bool)])
  func otherWriters(_ mode: mode_t, _ isShared: Bool) throws {
    place.write("file", mode: mode)
    #expect((try OpenFile(reading: place("file")).facts.otherWriter != nil) == isShared)
  }

  @Test("a link of this user is resolved in several steps, even to a missing file; a cycle is an error")
  func resolves() throws {
    mkdir(place("data"), 0o700)
    symlink("data/devin.db", place("one"))
    symlink(place("one"), place("two"))
    #expect(try FileLink.resolve(place("two")) == place("data/devin.db"))
    #expect(try FileLink.resolve(place("plain")) == place("plain"))
    #expect(try FileLink.resolve("plain") == "plain")
    symlink("round", place("round"))
    #expect(reason { _ = try FileLink.resolve(place("round")) } == .system(ELOOP))
  }

  @Test("paths of open streams are recognized, and nothing else is opened for them")
  func streams() {
    let cases: [(String, Int32?)] = [
      ("/dev/stdout", 1), ("/dev/stderr", 2), ("/dev/fd/3", 3), ("/proc/self/fd/12", 12), ("/dev/fd/-1", nil), ("/dev/fd/x", nil),
      ("/dev/fd/", nil), ("run.log", nil), ("/dev/tty", nil),
    ]
    for (path, descriptor) in cases { #expect(PrivateFile.stream(path) == descriptor, "\(path)") }
  }

  @Test(
    "another user's files and links are never written", .enabled(if: geteuid() == 0, "only root can give files away"),
    arguments: [OpenFile.Purpose.updating, .appending])
  func othersFiles(_ purpose: OpenFile.Purpose) throws {
    place.write("file", mode: 0o666)
    chown(place("file"), 65534, 65534)
    let folder = try Folder(place.path)
    #expect(reason { _ = try folder.open("file", purpose) } == .owner(65534))
    #expect(try OpenFile(reading: place("file")).facts.otherWriter != nil)
    place.write("mine")
    symlink("mine", place("link"))
    lchown(place("link"), 65534, 65534)
    #expect(reason { _ = try FileLink.resolve(place("link")) } == .linkOf(65534))
    #expect(place.text("file") == "theirs" && place.text("mine") == "theirs")
  }
}
