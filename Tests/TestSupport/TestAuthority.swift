import Foundation
package import NIOSSL

/// An unknown certificate authority and its certificates, for the duration of a test.
package struct TestAuthority: Sendable {
  package enum Certificate: String, Sendable {
    case good, expired
    case ofAnotherHost = "other"
  }

  private struct Failed: Error { let arguments: [String] }

  private let place: TemporaryFolder
  private var folder: URL { place.url }
  /// The authority's own certificate, in PEM.
  package var file: String { folder.appendingPathComponent("ca.pem").path }

  package static func withAuthority<Result>(_ body: (TestAuthority) async throws -> Result) async throws -> Result {
    let authority = TestAuthority(place: try TemporaryFolder())
    try authority.openssl(
      ["req", "-x509"] + newKey + ["-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Nobody"])
    return try await body(authority)
  }

  /// The server side of TLS, with a certificate of this kind.
  package func context(
    for certificate: Certificate, change: (inout TLSConfiguration) -> Void = { _ in }
  ) throws -> NIOSSLContext {
    let host = certificate == .ofAnotherHost ? "other.test" : "localhost"
    let name = certificate.rawValue
    try Data("subjectAltName=DNS:\(host)".utf8).write(to: folder.appendingPathComponent("\(name).ext"))
    try openssl(["req"] + Self.newKey + ["-keyout", "\(name).key", "-out", "\(name).csr", "-subj", "/CN=\(host)"])
    try openssl([
      "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "\(name).pem",
      "-days", certificate == .expired ? "-1" : "2", "-extfile", "\(name).ext",
    ])
    let path = { (ending: String) in folder.appendingPathComponent("\(name).\(ending)").path }
    var configuration = try TLSConfiguration.makeServerConfiguration(
      certificateChain: NIOSSLCertificate.fromPEMFile(path("pem")).map { .certificate($0) },
      privateKey: .privateKey(NIOSSLPrivateKey(file: path("key"), format: .pem)))
    change(&configuration)
    return try NIOSSLContext(configuration: configuration)
  }

  /// An elliptic curve, whose keys are made in no time.
  private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

  private func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(arguments: arguments) }
  }
}
