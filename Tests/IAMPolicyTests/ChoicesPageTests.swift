import FoundationEssentials
import IAMPolicy
import Testing

@Suite("The page on decisions")
struct ChoicesPageTests {
  private static let page = {
    let root = String(
      decoding: #filePath.utf8.dropLast("Tests/IAMPolicyTests/ChoicesPageTests.swift".utf8.count), as: UTF8.self)
    return try? String(contentsOfFile: root + "docs/policy-evaluation.md", encoding: .utf8)
  }()

  @Test("lists every choice, each once, and no other")
  func choices() throws {
    let page = try #require(Self.page)
    let listed = page.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("| `"), line.hasSuffix(" |") else { return nil }
      return line.dropFirst(3).split(separator: "`").first.map(String.init)
    }
    #expect(listed.sorted() == PolicyChoice.allCases.map(\.rawValue).sorted())
  }

  @Test("has the size limits that hold", arguments: PolicyType.allCases)
  func limits(_ type: PolicyType) throws {
    let page = try #require(Self.page)
    let thousands = type.sizeLimit / 1000
    let rest = String(1000 + type.sizeLimit % 1000).dropFirst()
    #expect(page.contains("\(thousands),\(rest)"))
  }
}
