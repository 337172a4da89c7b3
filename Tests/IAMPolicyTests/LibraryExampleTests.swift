import Foundation
import IAMPolicy
import Testing

func mayRead(_ policy: String) throws -> Bool {
  var layers = PolicyLayers()
  let document = try PolicyDocument(parsing: Array(policy.utf8))
  layers.identity = [AttachedPolicy(CompiledPolicy(document), name: "Read")]
  guard let david = RequestPrincipal(arn: "arn:aws:iam::111111111111:user/David") else { return false }
  var context = RequestContext()
  context["aws:SourceIp"] = ["192.0.2.1"]
  let request = AuthorizationRequest(
    principal: david, action: "s3:GetObject", resource: "arn:aws:s3:::reports/may", context: context)
  let decision = layers.decide(request)
  if !decision.isAllowed { print(DenialMessage(decision, of: request).text) }
  return decision.isAllowed
}

private func policyPage() throws -> String {
  var root = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  return try String(contentsOf: root.appending(path: "docs/policy-evaluation.md"), encoding: .utf8)
}

@Suite("The library's example") struct LibraryExampleTests {
  @Test("works as docs/policy-evaluation.md shows it")
  func works() throws {
    #expect(try mayRead(#"{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::reports/*"}}"#))
    #expect(try !mayRead(#"{"Statement":{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}}"#))
  }

  @Test("is the function above, letter by letter")
  func isTheSame() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let page = try policyPage()
    let code = try #require(page.split(separator: "```swift\nimport IAMPolicy\n\n").last?.split(separator: "```").first)
    #expect(code.hasPrefix("func mayRead"))
    #expect(source.contains(code))
  }
}

@Suite("Choices") struct PolicyChoiceTests {
  @Test("every choice of the engine is on its page", arguments: PolicyChoice.allCases)
  func isDocumented(choice: PolicyChoice) throws {
    let page = try policyPage()
    #expect(page.contains("| `\(choice.rawValue)` |"))
  }
}
