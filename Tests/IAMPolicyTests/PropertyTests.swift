import IAMPolicy
import Testing

/// What must hold of any policies, over generated ones.
@Suite("Properties of decisions") struct PropertyTests {
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static func statement(_ random: inout SplitMix, effect: String? = nil) -> String {
    let effect = effect ?? (Bool.random(using: &random) ? "Allow" : "Deny")
    let action = ["*", "s3:*", "s3:Get*", "s3:PutObject", "iam:*"].randomElement(using: &random) ?? "*"
    let resource = ["*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::other/*"].randomElement(using: &random) ?? "*"
    let condition =
      Bool.random(using: &random)
      ? "" : #","Condition":{"StringEquals":{"k":"\#(Int.random(in: 0...1, using: &random))"}}"#
    return #"{"Effect":"\#(effect)","Action":"\#(action)","Resource":"\#(resource)"\#(condition)}"#
  }

  static func layers(_ statements: [[String]]) throws -> PolicyLayers {
    var layers = PolicyLayers()
    for group in statements {
      let text = "{\"Version\":\"2012-10-17\",\"Statement\":[\(group.joined(separator: ","))]}"
      layers.identity.append(AttachedPolicy(CompiledPolicy(try PolicyDocument(parsing: Array(text.utf8)))))
    }
    return layers
  }

  @Test("an added Deny never allows, order never matters, and the explanation tells the same", arguments: 0..<200)
  func denyAndOrder(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let groups = (0..<3).map { _ in (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.statement(&random) } }
    let request = try Fixture.request(context: ["k": [String(Int.random(in: 0...1, using: &random))]])
    let decision = try Self.layers(groups).decide(request)
    let denied = try Self.layers(groups + [[Self.statement(&random, effect: "Deny")]]).decide(request)
    #expect(decision.isAllowed || !denied.isAllowed)
    let shuffled = groups.map { $0.shuffled(using: &random) }.shuffled(using: &random)
    #expect(try Self.layers(shuffled).decide(request).effect == decision.effect)
    let matching = try Self.layers(groups).explain(request).filter { $0.outcome == .matches }
    let told: Decision.Effect =
      matching.contains { $0.effect == .deny } ? .explicitDeny : matching.isEmpty ? .implicitDeny : .allowed
    #expect(told == decision.effect)
  }

  @Test("narrowing an Allow never grants more, narrowing a Deny never grants less", arguments: 0..<200)
  func narrowing(seed: UInt64) throws {
    var random = SplitMix(state: seed &+ 1000)
    let request = try Fixture.request(context: ["k": ["0"]])
    let others = [(0..<3).map { _ in Self.statement(&random) }]
    let (wide, narrow) = (
      #""Resource":"*""#, #""Resource":"arn:aws:s3:::bucket/k*","Condition":{"StringEquals":{"k":"1"}}"#
    )
    for effect in ["Allow", "Deny"] {
      let before = try Self.layers(others + [[#"{"Effect":"\#(effect)","Action":"*",\#(wide)}"#]]).decide(request)
      let after = try Self.layers(others + [[#"{"Effect":"\#(effect)","Action":"*",\#(narrow)}"#]]).decide(request)
      if effect == "Allow" {
        #expect(before.isAllowed || !after.isAllowed)
      } else {
        #expect(!before.isAllowed || after.isAllowed)
      }
    }
  }
}
