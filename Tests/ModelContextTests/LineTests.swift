import Foundation
import Testing

@testable import ModelContext

@Suite("Lines in and out")
struct LineTests {
  @Test(
    "an invalid message gets an error code of JSON-RPC, with its id if it has one",
    arguments: [
      ("nonsense", -32_700, nil), ("{", -32_700, nil), (#""\ud800""#, -32_700, nil), ("[]", -32_600, nil), ("5", -32_600, nil),
      (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32_600, nil), (#"{"id":1,"method":"ping"}"#, -32_600, 1),
      (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32_600, 1), (#"{"jsonrpc":"2.0","id":1}"#, -32_600, 1),
      (#"{"jsonrpc":"2.0","id":1,"method":5}"#, -32_600, 1), (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32_600, nil),
      (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32_600, nil),
      (#"{"jsonrpc":"2.0","id":[],"method":"ping"}"#, -32_600, nil),
      (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32_602, 1),
    ] as [(String, Int64, Int64?)])
  func malformed(_ line: String, _ code: Int64, _ id: Int64?) {
    guard case .malformed(let found, let error) = IncomingMessage(line: Data(line.utf8)) else {
      Issue.record("\(line) is taken for a message")
      return
    }
    #expect(error.code == code && found == id.map(RequestID.number))
  }

  @Test("deeply nested and large values are refused before they are parsed")
  func bounds() {
    for line in [
      String(repeating: "[", count: 513), "{\"a\":" + String(repeating: "[", count: 600),
      "[" + String(repeating: "1,", count: 30_000) + "1]",
    ] {
      #expect(JSON(line: Data(line.utf8)) == nil)
    }
  }

  @Test("notifications and answers of the client are not requests, whatever they contain")
  func others() {
    for (line, message) in [
      (
        #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        IncomingMessage.notification(method: "notifications/initialized", parameters: [:])
      ),
      (#"{"jsonrpc":"2.0","method":"x","params":[1]}"#, .notification(method: "x", parameters: [:])),
      (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, .answer), (#"{"jsonrpc":"2.0","id":1,"error":{}}"#, .answer),
      (
        #"{"jsonrpc":"2.0","id":"a","method":"m","params":{"b":[1,2.5,true,null,"x"]}}"#,
        .request(.init(id: .text("a"), method: "m", parameters: ["b": [1, .number(2.5), true, .null, "x"]]))
      ),
    ] {
      #expect(IncomingMessage(line: Data(line.utf8)) == message)
    }
  }

  @Test("output is one line that is parsed as the same value, with nothing that affects a terminal")
  func writing() {
    let value: JSON = [
      "text": "a\"\\\n\r\t\u{1b}[2J\u{2028}\u{202e}é🙂",
      "numbers": [0, -5, .integer(.max), .number(0.5), .number(1e300), .number(.infinity)],
      "others": [true, false, .null, [], [:]],
    ]
    let line = value.line
    #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 || $0.value == 0x202e })
    #expect(line.contains("é🙂") && line.contains("\\u001b") && line.contains("\\u2028") && line.contains("1e+300,null"))
    #expect(JSON(line: Data(line.utf8))?["text"] == value["text"])
  }

  @Test("bytes are split into lines wherever they are cut, blank lines are ignored, and only a line that is too long is dropped")
  func splitting() {
    let bytes = Array("one\r\n\n  \ntwo\n".utf8) + [UInt8](repeating: 65, count: 50) + Array("\nthree".utf8)
    let wanted: [LineInput.Line] = [.line(Data("one\r".utf8)), .line(Data("two".utf8)), .tooLong, .line(Data("three".utf8))]
    for size in [1, 2, 3, 7, 64, 1000] {
      var splitter = LineSplitter(longest: 20)
      var lines: [LineInput.Line] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        lines += splitter.take(bytes[start..<min(start + size, bytes.count)])
      }
      lines += splitter.end()
      #expect(lines == wanted, "\(size)")
    }
  }
}
