import DevinAPI
import Testing

@Suite("The API's address")
struct APIAddressTests {
  @Test(
    "https is accepted, without slashes at its end",
    arguments: [
      ("https://api.devin.ai", "https://api.devin.ai"), ("https://api.devin.ai/", "https://api.devin.ai"),
      (" https://api.acme.devinenterprise.com//\n", "https://api.acme.devinenterprise.com"),
      ("https://proxy.example:8443/devin/", "https://proxy.example:8443/devin"),
      ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ])
  func takesHTTPS(_ text: String, _ address: String) throws {
    #expect(try APIAddress(text).description == address)
  }

  @Test(
    "plain http is accepted to this machine only",
    arguments: [
      "http://localhost", "http://LOCALHOST:8080", "http://127.0.0.1:9", "http://127.8.9.10", "http://[::1]:80",
      "HTTP://localhost",
    ])
  func takesLoopback(_ text: String) throws {
    #expect(try APIAddress(text).description == text)
  }

  @Test(
    "plain http to any other machine is refused",
    arguments: [
      "http://api.devin.ai", "http://10.0.0.1", "http://localhost.example.com", "http://127.0.0.1.example.com",
      "http://127.0.0", "http://127.0.0.256", "http://127.example.com", "http://[::2]", "http://[fe80::1]", "http://0.0.0.0",
      "http://xlocalhost",
    ])
  func refusesPlainHTTP(_ text: String) {
    #expect { try APIAddress(text) } throws: { if case APIAddress.Invalid.plainHTTP = $0 { true } else { false } }
  }

  @Test(
    "a user, a password, a query or a fragment is refused",
    arguments: [
      "https://me@api.devin.ai", "https://me:pass@api.devin.ai", "http://127.0.0.1@example.com", "https://api.devin.ai?",
      "https://api.devin.ai/?a=b", "https://api.devin.ai/#top", "https://api.devin.ai#",
    ])
  func refusesParts(_ text: String) {
    #expect { try APIAddress(text) } throws: { if case APIAddress.Invalid.unexpectedPart = $0 { true } else { false } }
  }

  @Test(
    "a text that is no address is refused",
    arguments: [
      "", "api.devin.ai", "https://", "https:///v3", "ftp://api.devin.ai", "file:///etc/passwd", "localhost:8080",
      "https://api devin.ai", "https://api.devin.ai/a b",
    ])
  func refusesOther(_ text: String) {
    #expect { try APIAddress(text) } throws: { if case APIAddress.Invalid.notAnAddress = $0 { true } else { false } }
  }
}
