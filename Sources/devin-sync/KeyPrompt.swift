import DevinSync
import Dispatch
import Foundation

/// Asks for a key: on a terminal without showing what is typed, otherwise the first line of stdin.
enum KeyPrompt {
  static func read(_ question: String) throws -> String { try hidden(question, line) }

  /// Reads from stdin. If that is a terminal, it shows the question and not what is typed.
  static func hidden<Result>(_ question: String, _ read: () throws -> Result) rethrows -> Result {
    guard isatty(STDIN_FILENO) == 1 else { return try read() }
    Console.write(question, to: .standardError)
    var before = termios()
    tcgetattr(STDIN_FILENO, &before)
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    // Discards what was typed before, since that would be shown.
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    // After Ctrl-C, the terminal must echo input again.
    let restored = before
    let handler = signal(SIGINT, SIG_IGN)
    let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interrupt.setEventHandler {
      var restored = restored
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &restored)
      exit(ExitStatus.interrupted.rawValue)
    }
    interrupt.resume()
    defer {
      interrupt.cancel()
      signal(SIGINT, handler)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      Console.say("")
    }
    return try read()
  }

  private static func line() throws -> String {
    guard let text = readLine(strippingNewline: true), !text.allSatisfy(\.isWhitespace) else {
      throw Failure(.configuration, "no key was entered. Type it, or pass it on stdin: devin-sync credentials add NAME < FILE")
    }
    return text
  }
}
