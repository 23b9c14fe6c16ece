import Foundation
import TestSupport
import Testing
import TrialSupport

extension AttachmentTests {
  @Test("pages show images, recognized by their bytes, and offer everything else as a download")
  func pages() async throws {
    let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]
    let html = Array("<html><script>alert(1)</script></html>".utf8)
    try await trial({ _, number in number.isMultiple(of: 2) ? png : html }, headers: ["Content-Type: image/png"]) {
      command, _, _ in
      #expect(try await command.run("sync", "sessions", "files").status == 0)
      let serving = try command.start("serve", "--port", "0")
      let base = String(
        try #require(try await serving.waitForOutput { $0.contains("\n") }.split(separator: "\n").first).dropLast())
      for (type, expected) in [("type IS NOT NULL", "image/png"), ("type IS NULL", "application/octet-stream")] {
        let row = try #require(
          try await command.query("SELECT session_id, attachment_id, byte_count FROM attachment_files WHERE \(type) LIMIT 1")
            .first
        ).split(separator: "|")
        let file = command.folder.appendingPathComponent("content")
        let answer = try await command.run(
          program: "/usr/bin/curl", ["-s", "-D", "-", "-o", file.path, "\(base)/files/\(row[0])/\(row[1])"]
        ).output.lowercased()
        #expect(try Array(Data(contentsOf: file)) == (expected.hasPrefix("image") ? png : html))
        #expect(answer.contains("content-type: \(expected)\r\n"), "\(answer.prefix(800))")
        #expect(answer.contains("content-disposition: \(expected.hasPrefix("image") ? "inline" : "attachment"); filename=\""))
        #expect(
          answer.contains("x-content-type-options: nosniff")
            && answer.contains("content-security-policy: sandbox; default-src 'none'"))
        #expect(answer.contains("content-length: \(row[2])\r\n"))
        let page = try await command.run(program: "/usr/bin/curl", ["-s", "\(base)/sessions/\(row[0])"]).output
        #expect(page.contains("/files/\(row[0])/\(row[1])\""))
        #expect(page.contains("<img src=") || !expected.hasPrefix("image"))
      }
      for wrong in ["/files/a/b", "/files/../../etc/passwd", "/files/x"] {
        #expect(
          try await command.run(
            program: "/usr/bin/curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "--path-as-is", base + wrong]
          ).output == "404")
      }
      let session = try #require(try await command.query("SELECT session_id FROM files LIMIT 1").first)
      #expect(try await command.run("show", "session", session).output.contains("Files\n"))
      serving.send(SIGINT)
      _ = try await serving.result()
    }
  }
}
