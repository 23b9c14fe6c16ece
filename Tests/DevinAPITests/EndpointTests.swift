import DevinAPI
import DevinModel
import Testing

@Suite("Paths")
struct EndpointTests {
  @Test(
    "a name stays one path part, whatever it contains",
    arguments: [
      ("email|5f3a", "email%7C5f3a"), ("google-oauth2|123", "google-oauth2%7C123"), ("a/b", "a%2Fb"), ("100%", "100%25"),
      ("%2F", "%252F"), ("zürich", "z%C3%BCrich"), ("日本", "%E6%97%A5%E6%9C%AC"), ("👍", "%F0%9F%91%8D"), ("a b", "a%20b"),
      ("a?b#c", "a%3Fb%23c"), ("a\r\nb", "a%0D%0Ab"), ("-._~", "-._~"), ("{org_id}", "%7Borg_id%7D"),
    ])
  func encodesNames(_ name: String, _ encoded: String) {
    let endpoint = Endpoint("/v3/organizations/{org_id}/playbooks/{playbook_id}", ["org_id": "org-1", "playbook_id": name])
    #expect(endpoint.path == "/v3/organizations/org-1/playbooks/\(encoded)")
  }

  @Test("dots never lead to a parent folder", arguments: ["..", "."])
  func encodesDots(_ name: String) {
    let endpoint = Endpoint("/v3/organizations/{org_id}/playbooks", ["org_id": name])
    for part in endpoint.path.split(separator: "/") { #expect(part != "." && part != "..") }
    #expect(Endpoint("/v3/a/{id}", ["id": "..."]).path == "/v3/a/...")
    #expect(Endpoint("/v3/a/{id}", ["id": "v1.2"]).path == "/v3/a/v1.2")
  }

  @Test("a query keeps its order, repeats names and encodes both sides")
  func encodesQueries() {
    let query = [QueryItem("tags", "a&b"), QueryItem("tags", "c=d"), QueryItem("after", "bmV4dA=="), QueryItem("é", "+")]
    let endpoint = Endpoint("/v3/x", query: query)
    #expect(endpoint.encodedQuery == "?tags=a%26b&tags=c%3Dd&after=bmV4dA%3D%3D&%C3%A9=%2B")
    #expect(Endpoint("/v3/x").encodedQuery == "")
  }

  @Test("a path below a session has the documented prefix, its other form the bare id")
  func sessionForms() {
    let endpoint = Endpoint("/v3/organizations/{org_id}/sessions/{devin_id}/messages", ["org_id": "o", "devin_id": "5f/3a"])
    #expect(endpoint.path(as: .documented) == "/v3/organizations/o/sessions/devin-5f%2F3a/messages")
    #expect(endpoint.path(as: .alternative) == "/v3/organizations/o/sessions/5f%2F3a/messages")
    #expect(endpoint.path == endpoint.path(as: .documented))
  }

  @Test("the consumption of a session is requested with the documented prefix, too")
  func consumptionForms() {
    let endpoint = Endpoint(
      "/v3/organizations/{org_id}/consumption/daily/sessions/{session_id}", ["org_id": "o", "session_id": "5f3a"])
    #expect(endpoint.path == "/v3/organizations/o/consumption/daily/sessions/devin-5f3a")
    #expect(endpoint.path(as: .alternative) == "/v3/organizations/o/consumption/daily/sessions/5f3a")
  }

  @Test("the other form of a path has the other version")
  func versionForms() {
    #expect(Endpoint("/v3/organizations/{o}/x", ["o": "v3"]).path(as: .alternative) == "/v3beta1/organizations/v3/x")
    #expect(Endpoint("/v3beta1/x").path(as: .alternative) == "/v3/x")
    #expect(Endpoint("/v3beta1/x").path(as: .documented) == "/v3beta1/x")
  }

  @Test("a message contains the path without the query")
  func description() {
    #expect("\(Endpoint("/v3/x", query: [QueryItem("a", "b")]))" == "GET /v3/x")
  }
}
