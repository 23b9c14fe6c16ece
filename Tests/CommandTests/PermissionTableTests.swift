import DevinSync
import Foundation
import Testing

@Suite("The permissions that the README asks an administrator for")
struct PermissionTableTests {
  private func cell(_ group: ResourceGroup, ofEnterprise: Bool) -> String {
    let least = group.permissions(ofEnterprise: ofEnterprise, isDefault: true)
    let more = group.permissions(ofEnterprise: ofEnterprise, isDefault: false).filter { !least.contains($0) }
    let words = (least.map { "`\($0)`" } + more.map { "*`\($0)`*" }).filter { !$0.contains("unknown") }
    return words.isEmpty ? "–" : words.joined(separator: ", ")
  }

  @Test("are the minimum that the catalogue's sources need, group by group", arguments: ResourceGroup.allCases)
  func table(_ group: ResourceGroup) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../README.md")
    let row = "| \(group.rawValue) | \(cell(group, ofEnterprise: false)) | \(cell(group, ofEnterprise: true)) |"
    #expect(try String(contentsOf: file, encoding: .utf8).contains(row), "\(row)")
  }
}
