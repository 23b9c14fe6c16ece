import DevinModel
import Synchronization

/// Answers requests of the Model Context Protocol for one client, in every revision of `ProtocolRevision`.
/// https://modelcontextprotocol.io/specification/2026-07-28
package final class ContextServer: Sendable {
  private let provider: any ContextProvider
  /// The revision that `initialize` agreed on; nil: there was no handshake, and each request must name its revision.
  private let agreed = Mutex<ProtocolRevision?>(nil)

  package init(_ provider: any ContextProvider) { self.provider = provider }

  /// The members of `_meta` in a request without a handshake.
  private enum Meta {
    static let revision = "io.modelcontextprotocol/protocolVersion"
    static let capabilities = "io.modelcontextprotocol/clientCapabilities"
    static let server = "io.modelcontextprotocol/serverInfo"
  }

  /// How long a client may cache an answer, and whether it is the same for every user.
  private enum Lifetime {
    /// What the program offers, which does not change while it runs.
    case offer
    /// The content of the mirror, which changes with each sync.
    case content

    var members: JSONObject {
      switch self {
      case .offer: ["ttlMs": 300_000, "cacheScope": "public"]
      case .content: ["ttlMs": 0, "cacheScope": "private"]
      }
    }
  }

  /// - Throws: `CancellationError` when the task was cancelled; then no answer is expected.
  package func answer(_ request: IncomingMessage.Request) async throws -> JSON {
    do {
      let revision = try revision(of: request)
      let result = try await result(of: request, in: revision)
      return ["jsonrpc": "2.0", "id": request.id.json, "result": .object(result)]
    } catch let error as ProtocolError {
      return Self.answer(to: request.id, error)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      return Self.answer(to: request.id, .defect)
    }
  }

  /// - Parameter id: nil: unknown.
  package static func answer(to id: RequestID?, _ error: ProtocolError) -> JSON {
    ["jsonrpc": "2.0", "id": id?.json ?? .null, "error": error.json]
  }

  /// - Returns: nil: the request is part of the handshake, before a revision is known.
  private func revision(of request: IncomingMessage.Request) throws(ProtocolError) -> ProtocolRevision? {
    guard let named = request.meta[Meta.revision] else {
      let agreed = agreed.withLock(\.self)
      if agreed != nil || request.method == "initialize" || request.method == "ping" { return agreed }
      throw .invalidParameters(
        "params._meta must have \(Meta.revision) and \(Meta.capabilities), unless the client has sent initialize before")
    }
    guard let text = named.text else { throw .invalidParameters("\(Meta.revision) must be a text") }
    guard request.meta[Meta.capabilities]?.object != nil else {
      throw .invalidParameters("params._meta must have \(Meta.capabilities), an object")
    }
    guard let revision = ProtocolRevision(rawValue: text), revision.isStateless else { throw .unsupportedRevision(text) }
    return revision
  }

  private func result(of request: IncomingMessage.Request, in revision: ProtocolRevision?) async throws -> JSONObject {
    if revision?.isStateless == true {
      if request.method == "server/discover" {
        let discovery: JSONObject = ["supportedVersions": ProtocolRevision.list]
        return stateless(discovery.merging(introduction), .offer)
      }
    } else {
      if request.method == "initialize" { return try initialize(request.parameters) }
      if request.method == "ping" { return [:] }
    }
    guard let revision else { throw ProtocolError.unknownMethod(request.method) }
    let (result, lifetime) = try await offered(request, in: revision)
    return revision.isStateless ? stateless(result, lifetime) : result
  }

  private func initialize(_ parameters: JSONObject) throws(ProtocolError) -> JSONObject {
    guard let offered = parameters["protocolVersion"]?.text else {
      throw .invalidParameters("initialize needs protocolVersion, a text")
    }
    let revision = ProtocolRevision.handshake(offered: offered)
    agreed.withLock { $0 = revision }
    let greeting: JSONObject = [
      "protocolVersion": .text(revision.rawValue), "serverInfo": provider.description.json,
    ]
    return greeting.merging(introduction)
  }

  private var introduction: JSONObject {
    ["capabilities": ["tools": [:], "resources": [:], "prompts": [:]], "instructions": .text(provider.description.instructions)]
  }

  /// Adds the members that every result has without a handshake.
  private func stateless(_ result: JSONObject, _ lifetime: Lifetime?) -> JSONObject {
    var result = result
    result["resultType"] = "complete"
    result["_meta"] = [Meta.server: provider.description.json]
    return lifetime.map { result.merging($0.members) } ?? result
  }

  private func offered(
    _ request: IncomingMessage.Request, in revision: ProtocolRevision
  ) async throws -> (JSONObject, Lifetime?) {
    let parameters = request.parameters
    switch request.method {
    case "tools/list": return (["tools": .list(try onePage(parameters, provider.tools.map(\.json)))], .offer)
    case "tools/call": return (try await call(parameters).json, nil)
    case "prompts/list": return (["prompts": .list(try onePage(parameters, provider.prompts.map(\.json)))], .offer)
    case "prompts/get":
      let name = try Self.text("name", of: parameters)
      guard let prompt = provider.prompts.first(where: { $0.name == name }) else {
        throw ProtocolError.invalidParameters("There is no prompt `\(name)`")
      }
      return (try prompt.result(try Self.object("arguments", of: parameters)), nil)
    case "resources/templates/list":
      return (["resourceTemplates": .list(try onePage(parameters, provider.templates.map(\.json)))], .offer)
    case "resources/list":
      return (try await resources(after: try Self.cursor(of: parameters)), .content)
    case "resources/read":
      return (try await read(try Self.text("uri", of: parameters), in: revision), .content)
    default: throw ProtocolError.unknownMethod(request.method)
    }
  }

  private func call(_ parameters: JSONObject) async throws -> ToolResult {
    let name = try Self.text("name", of: parameters)
    guard let tool = provider.tools.first(where: { $0.name == name }) else {
      let near = provider.tools.map(\.name).nearest(to: name).map { "; did you mean `\($0)`?" } ?? ""
      throw ProtocolError.invalidParameters("There is no tool `\(name)`\(near)")
    }
    let given = try Self.object("arguments", of: parameters)
    let arguments: ToolArguments
    do {
      arguments = try ToolArguments(given, for: tool)
    } catch {
      return ToolResult(advice: error.advice)
    }
    return try await provider.call(tool, arguments)
  }

  private func resources(after cursor: String?) async throws -> JSONObject {
    do {
      let page = try await provider.resources(after: cursor)
      return ["resources": .list(page.resources.map(\.json)), "nextCursor": page.next.map(JSON.text)]
    } catch ContextResourceProblem.unusableCursor {
      throw Self.unusableCursor
    } catch ContextResourceProblem.unreadable(let why) {
      throw ProtocolError(code: ProtocolError.defect.code, message: why)
    }
  }

  private func read(_ address: String, in revision: ProtocolRevision) async throws -> JSONObject {
    do {
      let text = try await provider.read(address)
      return ["contents": [["uri": .text(address), "mimeType": .text(ContextResource.kind), "text": .text(text)]]]
    } catch ContextResourceProblem.unknown(let why) {
      throw ProtocolError.unknownResource(address, why, in: revision)
    } catch ContextResourceProblem.unreadable(let why) {
      throw ProtocolError(code: ProtocolError.defect.code, message: why)
    }
  }

  // MARK: - Parameters

  private static let unusableCursor = ProtocolError.invalidParameters("The cursor is not one that this server gave")

  private static func text(_ name: String, of parameters: JSONObject) throws(ProtocolError) -> String {
    guard let text = parameters[name]?.text else { throw .invalidParameters("The parameter `\(name)` must be a text") }
    return text
  }

  /// Empty if it is missing.
  private static func object(_ name: String, of parameters: JSONObject) throws(ProtocolError) -> JSONObject {
    guard let value = parameters[name], value != .null else { return [:] }
    guard let object = value.object else { throw .invalidParameters("The parameter `\(name)` must be an object") }
    return object
  }

  private static func cursor(of parameters: JSONObject) throws(ProtocolError) -> String? {
    guard let value = parameters["cursor"], value != .null else { return nil }
    guard let text = value.text else { throw unusableCursor }
    return text
  }

  /// A list with only one page, so that every cursor is invalid.
  private func onePage(_ parameters: JSONObject, _ items: [JSON]) throws(ProtocolError) -> [JSON] {
    guard try Self.cursor(of: parameters) == nil else { throw Self.unusableCursor }
    return items
  }
}
