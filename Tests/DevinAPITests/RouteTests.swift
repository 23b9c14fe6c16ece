import DevinAPI
import Foundation
import NIOSSL
import TestSupport
import Testing

@Suite("The network route to the API", .timeLimit(.minutes(60)))
struct RouteTests {
  /// Sends a request to a server with such a certificate, with or without trusting its authority.
  private func answer(
    from certificate: TestAuthority.Certificate, trusting isTrusted: Bool, change: (inout TLSConfiguration) -> Void = { _ in }
  ) async throws -> Result<Int, APIError> {
    try await TestAuthority.withAuthority { authority in
      let context = try authority.context(for: certificate, change: change)
      let route = isTrusted ? NetworkRoute(authorities: try Authorities(file: authority.file)) : NetworkRoute()
      return try await LoopbackServer.withServer(tls: context, { _ in .answer(body: Array("{}".utf8)) }) { server, address in
        // A busy machine may need longer than the client waits by default.
        var limits = WireTransport.Limits()
        limits.connect = .seconds(600)
        return try await WireTransport.withTransport(to: address, by: route, connections: 1, limits: limits) { wire in
          do throws(APIError) {
            return .success(try await wire.send(APIRequest(target: "/v3/self", endpoint: "GET /v3/self")).status)
          } catch {
            // The server received nothing.
            #expect(server.requests.isEmpty)
            return .failure(error)
          }
        }
      }
    }
  }

  @Test("a named authority is trusted, and an untrusted one is distinguished from a server that is down")
  func authority() async throws {
    #expect(try await answer(from: .good, trusting: true).get() == 200)
    for (certificate, isTrusted) in [(TestAuthority.Certificate.good, false), (.ofAnotherHost, true), (.expired, true)] {
      guard case .failure(let error) = try await answer(from: certificate, trusting: isTrusted) else {
        Issue.record("\(certificate) was trusted")
        continue
      }
      guard case .untrusted = error.reason else {
        Issue.record("\(certificate): \(error)")
        continue
      }
      #expect(!error.isWorthRetrying)
    }
  }

  @Test(
    "the key is not sent to a server without TLS 1.2 or TLS 1.3", arguments: [TLSVersion.tlsv1, .tlsv11, .tlsv12, .tlsv13])
  func oldTLS(_ version: TLSVersion) async throws {
    let result = try await answer(from: .good, trusting: true) { server in
      server.minimumTLSVersion = version
      server.maximumTLSVersion = version
      server.cipherSuites = "ALL"
    }
    guard version == .tlsv1 || version == .tlsv11 else { return #expect(try result.get() == 200) }
    guard case .failure(let error) = result, case .untrusted(let why) = error.reason else {
      Issue.record("\(version): \(result)")
      return
    }
    #expect(why.contains("TLS 1.2"))
    #expect(!error.isWorthRetrying)
  }

  @Test(
    "HTTP/1.1 is used also with a server that prefers HTTP/2, or supports nothing else",
    arguments: [["h2", "http/1.1"], ["h2"]])
  func noHTTP2(_ protocols: [String]) async throws {
    #expect(try await answer(from: .good, trusting: true) { $0.applicationProtocols = protocols }.get() == 200)
  }

  @Test("a file without certificates is refused")
  func noCertificates() throws {
    #expect(throws: Authorities.Invalid.self) { try Authorities(file: "/nowhere") }
    #expect(throws: Authorities.Invalid.self) { try Authorities(file: #filePath) }
  }

  @Test(
    "the proxy in the environment is found with the same rules as in curl",
    arguments: [
      (["https_proxy": "http://p:3128"], "http://p:3128"), (["HTTPS_PROXY": "p:3128"], "http://p:3128"),
      (["ALL_PROXY": "socks5://p:9"], "socks5://p:9"), (["all_proxy": "http://a:1", "https_proxy": "http://b:2"], "http://b:2"),
      (["https_proxy": "http://joe:secret@p:3128"], "http://p:3128"), (["https_proxy": ""], nil), ([:], nil),
      (["http_proxy": "http://p:3128"], nil), (["https_proxy": "http://p:3128", "no_proxy": "*"], nil),
      (["https_proxy": "http://p:3128", "NO_PROXY": "localhost,.example.com"], nil),
      (["https_proxy": "http://p:3128", "NO_PROXY": "api.example.com:443"], nil),
      (["https_proxy": "http://p:3128", "NO_PROXY": "api.example.com:8443,ample.com"], "http://p:3128"),
    ] as [([String: String], String?)])
  func proxies(_ environment: [String: String], _ proxy: String?) throws {
    let named = try Proxy.named(in: environment, for: APIAddress("https://api.example.com"))
    #expect(named?.description == proxy)
    #expect(try Proxy.named(in: environment, for: APIAddress("http://127.0.0.1:8787")) == nil)
    #expect(try Proxy.named(in: environment, for: APIAddress("https://localhost:8787")) == nil)
  }

  @Test("a variable that is no valid proxy fails", arguments: ["ftp://p:1", "https://p:1", "://", "socks5://joe:secret@p:1"])
  func noProxy(_ text: String) throws {
    let address = try APIAddress("https://api.example.com")
    #expect(throws: Proxy.Invalid.self) { try Proxy.named(in: ["HTTPS_PROXY": text], for: address) }
  }
}
