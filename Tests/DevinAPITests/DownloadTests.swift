import Foundation
import NIOCore
import TestSupport
import Testing

@testable import DevinAPI

@Suite("Downloads from addresses supplied by the server", .timeLimit(.minutes(60)))
struct DownloadTests {
  @Test(
    "the network from which an address can be reached",
    arguments: [
      (
        .machine,
        [
          "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::", "::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
          "2002:7f00:1::",
        ]
      ),
      (
        .link,
        [
          "169.254.169.254", "169.254.0.0", "224.0.0.1", "239.255.255.255", "255.255.255.255", "fe80::1", "febf::1", "ff02::1",
          "::ffff:169.254.169.254",
        ]
      ),
      (
        .site,
        [
          "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255", "198.18.0.1",
          "198.19.255.255",
          "192.0.0.8", "192.0.2.1", "198.51.100.1", "203.0.113.1", "240.0.0.1", "fc00::1", "fd12:3456::1", "fec0::1", "2001::1",
          "2001:db8::1", "3fff::1", "100::1", "64:ff9b:1::1", "::ffff:10.1.2.3", "2002:a00:1::", "4000::1",
        ]
      ),
      (
        .everywhere,
        [
          "1.1.1.1", "126.255.255.255", "128.0.0.1", "169.253.0.1", "169.255.0.1", "172.15.0.1", "172.32.0.1", "100.63.255.255",
          "100.128.0.1", "192.167.0.1", "192.169.0.1", "223.255.255.255", "198.17.0.1", "198.20.0.1", "2606:4700::1111",
          "2001:4860::8888", "2a00::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::",
        ]
      ),
    ] as [(AddressReach, [String])])
  func reach(_ reach: AddressReach, _ addresses: [String]) throws {
    for address in addresses {
      #expect(AddressReach(of: try SocketAddress(ipAddress: address, port: 443)) == reach, "\(address)")
    }
  }

  private func download(_ address: String, over wire: WireTransport) async -> Result<APIResponse, APIError> {
    do throws(APIError) {
      return .success(try await wire.send(APIRequest(target: "", endpoint: "GET /contents", download: address)))
    } catch {
      return .failure(error)
    }
  }

  @Test(
    "an address of this machine is not requested unless the API is on this machine, however it is written",
    arguments: [
      "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "2130706433", "0x7f000001", "017700000001", "0", "0.0.0.0",
      "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "10.0.0.1", "[fe80::1]",
    ])
  func refused(_ host: String) async throws {
    try await LoopbackServer.withServer({ _ in .answer(body: Array("mine".utf8)) }) { server, address in
      let port = try #require(URLComponents(string: address.description)?.port)
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        for scheme in ["http", "https"] {
          guard case .failure(let error) = await download("\(scheme)://\(host):\(port)/secret", over: wire) else {
            Issue.record("it was fetched")
            return
          }
          // The system may not know a name in an unusual spelling.
          switch error.reason {
          case .unexpectedShape(let why): #expect(why.contains("nothing was fetched"))
          case .connection(let why): #expect(why.contains("could not be found"))
          default: Issue.record("\(error)")
          }
        }
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test("if the API is on this machine, its downloads may be too")
  func allowed() async throws {
    try await LoopbackServer.withServer({ _ in .answer(body: Array("mine".utf8)) }) { server, address in
      let port = try #require(URLComponents(string: address.description)?.port)
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        _ = try await wire.send(APIRequest(target: "/", endpoint: "GET /"))
        for host in ["127.0.0.1", "localhost"] {
          #expect(String(buffer: try await download("http://\(host):\(port)/a?b=c", over: wire).get().body) == "mine")
          #expect(server.requests.last?.lowercased().contains("host: \(host):\(port)\r\n") == true)
        }
      }
    }
  }

  @Test("over TLS, a host is verified by its name, at the address that was looked up")
  func name() async throws {
    try await TestAuthority.withAuthority { authority in
      let context = try authority.context(for: .good)
      let route = NetworkRoute(authorities: try Authorities(file: authority.file))
      try await LoopbackServer.withServer(tls: context, { _ in .answer(body: Array("mine".utf8)) }) { server, address in
        try await WireTransport.withTransport(to: address, by: route, connections: 1) { wire in
          _ = try await wire.send(APIRequest(target: "/", endpoint: "GET /"))
          #expect(String(buffer: try await download("\(address)/a", over: wire).get().body) == "mine")
          // Its certificate is valid for the name only.
          let literal = address.description.replacing("localhost", with: "127.0.0.1")
          guard case .failure(let error) = await download("\(literal)/a", over: wire), case .untrusted = error.reason else {
            Issue.record("a certificate for another host was taken")
            return
          }
        }
        #expect(server.requests.count == 2)
      }
    }
  }

  @Test(
    "an unknown host, and text that is no address, result in an error",
    arguments: ["https://nowhere.invalid/", "https:///a", "%"])
  func unknown(_ text: String) async throws {
    try await LoopbackServer.withServer({ _ in .silence }) { _, address in
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        guard case .failure(let error) = await download(text, over: wire), case .connection = error.reason else {
          Issue.record("it was fetched")
          return
        }
      }
    }
  }
}
