package import Foundation

#if canImport(Glibc)
  import Glibc
#endif

extension Command {
  /// Runs the command with a terminal for its output and its errors, which the tests otherwise do not have.
  /// - Parameters:
  ///   - columns: width of the screen.
  ///   - lines: height of the screen.
  /// - Returns: what the terminal received, as output.
  package func onTerminal(_ arguments: String..., columns: UInt16 = 80, lines: UInt16 = 24) async throws -> Result {
    let (main, name) = try Self.newTerminal()
    let screen = open(name, O_RDWR | O_NOCTTY)
    var size = winsize(ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.environment = environment.merging(["TERM": "xterm"]) { $1 }
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(fileDescriptor: screen, closeOnDealloc: false)
    process.standardError = FileHandle(fileDescriptor: screen, closeOnDealloc: false)
    let (endings, ended) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = {
      ended.yield($0.terminationStatus)
      ended.finish()
    }
    let (texts, text) = AsyncStream.makeStream(of: Data.self)
    // The terminal must be read while the command runs, or it would wait for us.
    Thread.detachNewThread {
      var data = Data()
      var buffer = [UInt8](repeating: 0, count: 1 << 14)
      while case let count = read(main, &buffer, buffer.count), count > 0 { data += buffer[..<count] }
      close(main)
      text.yield(data)
      text.finish()
    }
    try process.run()
    // Only the command holds it now, so that its end ends the reading.
    close(screen)
    let status = await endings.first { _ in true } ?? -1
    let received = String(decoding: await texts.first { _ in true } ?? Data(), as: UTF8.self)
    return Result(status: status, output: received.replacing("\r\n", with: "\n"), errors: "")
  }

  /// - Returns: our side of a new terminal, and the path of its other side.
  private static func newTerminal() throws -> (main: Int32, name: String) {
    #if canImport(Glibc)
      // What posix_openpt, unlockpt and ptsname do, which Swift's module of glibc does not have. https://man7.org/linux/man-pages/man2/ioctl_tty.2.html
      let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      let main = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var (lock, number): (Int32, UInt32) = (0, 0)
      if main >= 0, ioctl(main, unlock, &lock) == 0, ioctl(main, getNumber, &number) == 0 { return (main, "/dev/pts/\(number)") }
    #else
      let main = posix_openpt(O_RDWR | O_NOCTTY)
      if main >= 0, grantpt(main) == 0, unlockpt(main) == 0, let name = ptsname(main) { return (main, String(cString: name)) }
    #endif
    throw Running.Failure(why: "there is no terminal: \(String(cString: strerror(errno)))")
  }
}
