import DevinSandbox
import Foundation
import NIOHTTP1

extension Probe {
  /// Sends a request that changes something.
  ///
  /// - Parameters:
  ///   - path: behind the organization, or a whole one.
  ///   - body: JSON.
  func write(_ method: HTTPMethod, _ path: String, _ body: String = "") async throws -> Reply {
    try await send(method, path.hasPrefix("/") ? path : "/v3/organizations/\(organization)/\(path)", body: body)
  }

  func upload(_ name: String, _ content: String) async throws -> Reply {
    let body =
      "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: text/plain\r\n\r\n\(content)"
      + "\r\n--line--\r\n"
    return try await send(
      .POST, "/v3/organizations/\(organization)/attachments", body: body, contentType: "multipart/form-data; boundary=line")
  }
}

/// Bodies that requests are accepted with.
enum Example {
  static let playbook = #"{"title": "Deploy", "body": "1. Ask.\n2. Deploy.", "macro": "!deploy"}"#
  static let note = #"{"name": "Billing", "body": "Ask Zoë.", "trigger": "When it is about money", "pinned_repo": "acme/api"}"#
  static let schedule = #"{"name": "Nightly", "prompt": "Look at the logs.", "frequency": "0 3 * * 1-5"}"#
  static let secret = #"{"type": "key-value", "key": "DEPLOY_TOKEN", "value": "hunter2-of-the-test", "note": "For deploys"}"#
  static let automation = """
    {"name": "Triage", "enabled": false, "run_as": {"type": "organization"},
     "triggers": [{"event_type": "webhook:incoming"}, {"event_type": "github:push"}],
     "actions": [{"type": "start_session", "prompt": "Look at @acme/web with ${NPM_TOKEN}."}],
     "tools": {"mcp_servers": ["jira"], "linear_enabled": true}, "metadata": {"owner": "ops", "stage": "one"}}
    """
  static let session = #"{"prompt": "Fix the build.", "tags": ["q4-goal", "bug", "bug"], "max_acu_limit": 5}"#
}
