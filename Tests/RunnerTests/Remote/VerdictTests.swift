import FoundationEssentials
import HTTP
import Runner
import Scenario
import Synchronization
import Testing

@Suite("Verdicts where changes take a while to show") struct VerdictTests {
  static let patience = Patience(within: .seconds(20), stable: 3, firstPause: .seconds(1))

  /// Alice, who may do nothing, asks for a role that trusts her account; what she asks is the last step.
  static func scenario(_ step: String) throws -> Scenario {
    try RemoteLab.scenario(
      parsing: """
        scenario: Verdicts
        accounts: { Destination: "999999999999", Originating: "111111111111" }
        names: { role: Reader, user: Alice }
        policies:
          Trust:
            Version: "2012-10-17"
            Statement:
              Effect: Allow
              Principal: { AWS: "arn:aws:iam::${{ accounts.Originating }}:root" }
              Action: sts:AssumeRole
        steps:
          - { as: Originating, call: iam:CreateUser, with: { UserName: "${{ names.user }}" } }
          - { as: Originating, call: iam:CreateAccessKey, with: { UserName: "${{ names.user }}" }, become: Alice }
          - as: Destination
            call: iam:CreateRole
            with: { RoleName: "${{ names.role }}", AssumeRolePolicyDocument: "${{ policies.Trust }}" }
            save: { arn: //Role/Arn }
          - \(step)
        """)
  }

  static let asksForRole = """
    as: Alice
        call: sts:AssumeRole
        with: { RoleArn: "${{ arn }}", RoleSessionName: Alice }
        expect: { denied: any }
    """

  /// What becomes of the last step, and of the accounts.
  static func last(
    _ step: String, _ fault: @escaping @Sendable (Int, HTTPRequest) -> FaultyTransport.Fault?
  ) throws -> (step: StepResult, result: ScenarioResult) {
    let lab = try RemoteLab()
    let before = try lab.inventory()
    lab.transport.setFault(fault)
    let result = try lab.run(try Self.scenario(step), on: lab.targets(patience: Self.patience))
    lab.transport.setFault { _, _ in nil }
    for left in result.teardown where left.problem != nil { Issue.record("\(left)") }
    #expect(try lab.inventory() == before)
    return (try #require(result.steps.last), result)
  }

  /// How many requests with `text` in their body have come, this one included; `nil` for another request.
  static func counting(_ text: String) -> @Sendable (HTTPRequest) -> Int? {
    let count = Counter()
    return { request in
      guard case .bytes(let body) = request.body, String(decoding: body, as: UTF8.self).contains(text) else {
        return nil
      }
      return count.next()
    }
  }

  final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  @Test(
    "credentials that are not known are never a refusal that passes",
    arguments: ["InvalidClientTokenId", "InvalidAccessKeyId"])
  func unknownCredentials(code: String) throws {
    let asked = Self.counting("Action=AssumeRole&")
    let (step, result) = try Self.last(Self.asksForRole) { _, request in
      asked(request) == nil ? nil : .refused(403, code)
    }
    guard case .notReady(let message) = step.verdict else {
      Issue.record("\(step.verdict)")
      return
    }
    #expect(message.hasPrefix(code))
    #expect(result.hasError && !result.hasFailure)
    // It was asked for until the patience was over.
    #expect(step.settling.map { $0.tries > 4 && $0.duration >= .seconds(20) } == true)
  }

  @Test("credentials that become known while the run waits are held against what is expected")
  func knownInTime() throws {
    let asked = Self.counting("Action=AssumeRole&")
    let (step, _) = try Self.last(Self.asksForRole) { _, request in
      asked(request).flatMap { $0 < 4 ? .refused(403, "InvalidClientTokenId") : nil }
    }
    #expect(step.verdict.isPassed)
    // Three times not known, and then a refusal that is seen three times.
    #expect(step.settling?.tries == 6)
  }

  @Test("a refusal counts only from an identity that GetCallerIdentity has shown to be alive")
  func identityIsNotAlive() throws {
    let keys = Mutex<Set<String>>([])
    let (step, result) = try Self.last(Self.asksForRole) { number, request in
      guard case .bytes(let body) = request.body else { return nil }
      let text = String(decoding: body, as: UTF8.self)
      let key = request.headers["Authorization"].flatMap { $0.split(separator: "Credential=").last?.prefix(20) }
      if text.contains("Action=AssumeRole&") { keys.withLock { _ = $0.insert(String(key ?? "")) } }
      let isAlices = keys.withLock { $0.contains(String(key ?? "")) }
      return isAlices && text.contains("Action=GetCallerIdentity") ? .refused(403, "InvalidClientTokenId") : nil
    }
    guard case .notReady(let message) = step.verdict else {
      Issue.record("\(step.verdict)")
      return
    }
    #expect(message == "GetCallerIdentity does not answer to these credentials yet")
    #expect(result.hasError)
  }

  @Test("a refusal that does not stay is none: it must be seen three times in a row")
  func unstable() throws {
    let asked = Self.counting("Action=AssumeRole&")
    // Alice may, once what was changed has come through everywhere; the first two answers are of a replica that does not know.
    let step = """
      as: Originating
          call: sts:AssumeRole
          with: { RoleArn: "${{ arn }}", RoleSessionName: Alice }
          expect: { denied: any }
      """
    let (result, whole) = try Self.last(step) { _, request in
      asked(request).flatMap { $0 <= 2 ? .refused(403, "AccessDenied") : nil }
    }
    guard case .failed(let mismatches) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(mismatches.first?.summary == "expected denied, was allowed")
    #expect(whole.hasFailure)
  }

  @Test("what is to be allowed is polled for, and the report says how long that took")
  func becomesAllowed() throws {
    let asked = Self.counting("Action=AssumeRole&")
    let step = """
      as: Originating
          call: sts:AssumeRole
          with: { RoleArn: "${{ arn }}", RoleSessionName: Alice }
          expect: allowed
      """
    let (result, _) = try Self.last(step) { _, request in
      asked(request).flatMap { $0 <= 3 ? .refused(403, "AccessDenied") : nil }
    }
    #expect(result.verdict.isPassed)
    // Pauses of one, two and four seconds.
    #expect(result.settling?.tries == 4)
    #expect(result.settling.map { $0.duration >= .seconds(7) && $0.duration < .seconds(8) } == true)
  }

  @Test("`within:` and `stable:` of a step outweigh the target's")
  func ownPatience() throws {
    let asked = Self.counting("Action=AssumeRole&")
    let step = Self.asksForRole.replacing("{ denied: any }", with: "{ denied: any, stable: 5, within: 1m }")
    let (result, _) = try Self.last(step) { _, request in
      asked(request).flatMap { $0 == 4 ? .refused(403, "InvalidClientTokenId") : nil }
    }
    #expect(result.verdict.isPassed)
    // Three in a row, one that is not known, and five in a row.
    #expect(result.settling?.tries == 9)
  }
}
