import Foundation
import ModelContext
import Testing

@Suite("Requests of the Model Context Protocol")
struct ContextServerTests {
  private let server = ContextServer(SmallProvider())

  /// - Parameter meta: for a request without a handshake; nil: the request has a handshake.
  private func answer(
    _ method: String, _ parameters: JSONObject = [:], meta: JSONObject? = Self.modern, on server: ContextServer? = nil
  ) async throws -> JSON {
    var parameters = parameters
    parameters["_meta"] = meta.map(JSON.object)
    let line = JSON.object(["jsonrpc": "2.0", "id": 7, "method": .text(method), "params": .object(parameters)]).line
    guard case .request(let request) = IncomingMessage(line: Data(line.utf8)) else {
      Issue.record("\(line) is no request")
      return .null
    }
    let answer = try await (server ?? self.server).answer(request)
    #expect(answer["jsonrpc"] == "2.0" && answer["id"] == 7)
    return answer
  }

  private static let modern: JSONObject = [
    "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
  ]

  private func greeted(_ offered: String = "2025-11-25") async throws -> ContextServer {
    let server = ContextServer(SmallProvider())
    _ = try await answer("initialize", ["protocolVersion": .text(offered)], meta: nil, on: server)
    return server
  }

  @Test(
    "initialize is answered with the offered revision, or with one that the server supports",
    arguments: [
      ("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"), ("2025-03-26", "2025-06-18"), ("2024-11-05", "2025-06-18"),
      ("2026-07-28", "2025-11-25"), ("2099-01-01", "2025-11-25"), ("nonsense", "2025-11-25"),
    ])
  func initialize(_ offered: String, _ agreed: String) async throws {
    let answer = try await answer("initialize", ["protocolVersion": .text(offered)], meta: nil)
    #expect(answer["result", "protocolVersion"] == .text(agreed))
    #expect(answer["result", "serverInfo", "name"] == "small" && answer["result", "instructions"] == "Ask.")
    #expect(answer["result", "capabilities"]?.object?.names == ["tools", "resources", "prompts"])
    #expect(answer["result", "resultType"] == nil)
  }

  @Test("discovery names every revision, and each result says how long it may be cached")
  func discovery() async throws {
    let found = try await answer("server/discover")
    #expect(found["result", "supportedVersions"] == ["2026-07-28", "2025-11-25", "2025-06-18"])
    for method in ["server/discover", "tools/list", "prompts/list", "resources/templates/list", "resources/list"] {
      let answer = try await answer(method)
      #expect(answer["result", "resultType"] == "complete", "\(method)")
      #expect((answer["result", "ttlMs"]?.integer ?? -1) >= 0, "\(method)")
      #expect(answer["result", "cacheScope"] == (method == "resources/list" ? "private" : "public"), "\(method)")
      #expect(answer["result", "_meta", "io.modelcontextprotocol/serverInfo"]?.object?["name"] == "small", "\(method)")
    }
    let called = try await answer("tools/call", ["name": "echo", "arguments": ["text": "a"]])
    #expect(called["result", "resultType"] == "complete" && called["result", "ttlMs"] == nil)
    let agreed = try await answer("tools/list", meta: nil, on: try await greeted())
    #expect(agreed["result", "resultType"] == nil && agreed["result", "tools"] != nil && agreed["result", "_meta"] == nil)
  }

  @Test("a request's metadata is checked before its content")
  func envelope() async throws {
    let cases: [(JSONObject?, Int64)] = [
      (nil, -32_602), ([:], -32_602), (["io.modelcontextprotocol/protocolVersion": "2026-07-28"], -32_602),
      (Self.modern.merging(["io.modelcontextprotocol/clientCapabilities": "all"]), -32_602),
      (Self.modern.merging(["io.modelcontextprotocol/protocolVersion": 5]), -32_602),
      (Self.modern.merging(["io.modelcontextprotocol/protocolVersion": "2099-01-01"]), -32_022),
      (Self.modern.merging(["io.modelcontextprotocol/protocolVersion": "2025-11-25"]), -32_022),
    ]
    for (meta, code) in cases {
      let answer = try await answer("tools/list", meta: meta)
      #expect(answer["error", "code"] == .integer(code), "\(meta.debugDescription)")
    }
    let unsupported = try await answer("tools/list", meta: Self.modern.merging(["io.modelcontextprotocol/protocolVersion": "x"]))
    #expect(unsupported["error", "data", "requested"] == "x")
    #expect(unsupported["error", "data", "supported"]?.list?.first == "2026-07-28")
  }

  @Test("methods belong to revisions: the handshake and ping to the older ones, discovery to the new one")
  func methods() async throws {
    let greeted = try await greeted()
    for (method, isModern, isKnown) in [
      ("ping", true, false), ("ping", false, true), ("initialize", true, false), ("server/discover", false, false),
      ("logging/setLevel", false, false), ("resources/subscribe", false, false), ("subscriptions/listen", true, false),
      ("completion/complete", true, false), ("tools/nothing", true, false), ("", false, false),
    ] {
      let answer = try await answer(method, meta: isModern ? Self.modern : nil, on: greeted)
      #expect((answer["error", "code"] == -32_601) == !isKnown, "\(method) \(isModern)")
    }
    // Before the handshake only ping is allowed.
    #expect(try await answer("ping", meta: nil)["result"] == [:])
  }

  @Test("arguments are checked by the schema, and errors are a result that the model can read")
  func arguments() async throws {
    let cases: [(JSON, String?)] = [
      (["text": "a"], nil), (["text": "a", "times": 3, "loud": true, "tone": "low", "colors": ["red"]], nil),
      (["text": "a", "times": .null], nil), ([:], "`text` is missing"), (["text": ""], "must not be empty"),
      (["text": "   "], "must not be empty"), (["text": 5], "must be a text"), (["text": "12345678901"], "at most 10"),
      (["text": "a", "times": 4], "from 1 to 3"), (["text": "a", "times": "2"], "from 1 to 3"),
      (["text": "a", "loud": "yes"], "true or false"), (["text": "a", "tone": "lov"], "did you mean `low`"),
      (["text": "a", "colors": []], "some of"), (["text": "a", "colors": ["green"]], "must be one of"),
      (["text": "a", "colour": "red"], "has no argument"), (["txt": "a"], "Did you mean `text`"),
    ]
    for (arguments, objection) in cases {
      let answer = try await answer("tools/call", ["name": "echo", "arguments": arguments])
      let text = answer["result", "content"]?.list?.first?["text"]?.text ?? ""
      #expect(answer["result", "isError"] == .truth(objection != nil), "\(arguments.line)")
      #expect(text.contains(objection ?? "a"), "\(arguments.line): \(text)")
      #expect((answer["result", "structuredContent"] == nil) == (objection != nil), "\(arguments.line)")
    }
    for (parameters, code) in [
      (["name": "ecko"] as JSONObject, -32_602), ([:], -32_602), (["name": 5], -32_602),
      (["name": "echo", "arguments": [1]], -32_602),
      (["name": "break"], -32_603),
    ] as [(JSONObject, Int64)] {
      #expect(try await answer("tools/call", parameters)["error", "code"] == .integer(code))
    }
  }

  @Test("the schema of a tool is strict, and is derived from its parameters")
  func schema() async throws {
    let tools = try await answer("tools/list")["result", "tools"]?.list ?? []
    let echo = try #require(tools.first)
    #expect(echo["inputSchema", "required"] == ["text"] && echo["inputSchema", "additionalProperties"] == false)
    #expect(
      echo["inputSchema", "properties", "times"] == [
        "type": "integer", "minimum": 1, "maximum": 3, "description": "How often.", "default": 1,
      ])
    #expect(echo["annotations", "readOnlyHint"] == true && echo["outputSchema"] == nil)
  }

  @Test("resources are listed page by page, and the error for an unknown one has the code of its revision")
  func resources() async throws {
    let first = try await answer("resources/list")
    #expect(first["result", "nextCursor"] == "more")
    #expect(try await answer("resources/list", ["cursor": "more"])["result", "nextCursor"] == nil)
    for method in ["resources/list", "tools/list", "prompts/list", "resources/templates/list"] {
      #expect(try await answer(method, ["cursor": "nonsense"])["error", "code"] == -32_602, "\(method)")
    }
    #expect(try await answer("resources/read", ["uri": "small://a"])["result", "contents"]?.list?.first?["text"] == "# a")
    #expect(try await answer("resources/read", ["uri": "small://b"])["error", "code"] == -32_602)
    #expect(try await answer("resources/read", ["uri": "small://b"], meta: nil, on: greeted())["error", "code"] == -32_002)
  }

  @Test("a prompt accepts only its own arguments")
  func prompts() async throws {
    let text = try await answer("prompts/get", ["name": "greet", "arguments": ["who": "Ada"]])
    #expect(text["result", "messages"]?.list?.first?["content", "text"] == "Greet Ada")
    for parameters in [
      ["name": "greet"], ["name": "greet", "arguments": ["who": " "]], ["name": "greet", "arguments": ["who": "a", "x": "b"]],
      ["name": "greet", "arguments": ["who": 5]], ["name": "none"],
    ] as [JSONObject] {
      #expect(try await answer("prompts/get", parameters)["error", "code"] == -32_602)
    }
  }
}
