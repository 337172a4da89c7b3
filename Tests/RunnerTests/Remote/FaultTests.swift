import AWSAPI
import AWSClient
import Emulator
import FoundationEssentials
import HTTP
import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite("Runs on which things go wrong") struct FaultTests {
  static let scenario = Result { try RemoteLab.scenario("cross-account-role") }

  /// A fault for about one in five requests, the same for the same seed.
  static func faults(seed: Int) -> @Sendable (Int, HTTPRequest) -> FaultyTransport.Fault? {
    { number, _ in
      var state = UInt64(truncatingIfNeeded: number &* 7919 &+ seed &* 104_729) &+ 0x9E37_79B9_7F4A_7C15
      state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
      state ^= state >> 31
      switch state % 25 {
      case 0: return .refused(400, "Throttling")
      case 1: return .refused(503, "SlowDown")
      case 2: return .refused(500, "InternalFailure")
      case 3: return .lostRequest
      case 4: return .lostAnswer
      default: return nil
      }
    }
  }

  @Test(
    "with a fifth of the calls throttled, failed or cut off the verdicts are those of a clean run",
    arguments: 0..<(getenv("IAMDRILL_THOROUGH") == nil ? 3 : 50))
  func faults(seed: Int) throws {
    let lab = try RemoteLab()
    let before = try lab.inventory()
    lab.transport.setFault(Self.faults(seed: seed))
    let result = try lab.run(try Self.scenario.get())
    for step in result.steps where !step.verdict.isPassed { Issue.record("\(step.title): \(step.verdict)") }
    for left in result.teardown where left.problem != nil { Issue.record("\(left)") }
    #expect(result.problem == nil)
    #expect(try lab.inventory() == before)
  }

  /// `nil` stands for a run without faults.
  @Test(
    "with up to 20 seconds until IAM knows of a change everywhere the verdicts are those of a clean run",
    arguments: [nil] + (0..<(getenv("IAMDRILL_THOROUGH") == nil ? 2 : 50)).map { Optional($0) })
  func propagation(faults seed: Int?) throws {
    let lab = try RemoteLab()
    let before = try lab.inventory()
    lab.emulator.propagation.delay = Double(20 - (seed ?? 0) * 7 % 15)
    if let seed { lab.transport.setFault(Self.faults(seed: 1000 + seed)) }
    let result = try lab.run(try Self.scenario.get(), on: lab.targets(patience: .aws))
    for step in result.steps where !step.verdict.isPassed { Issue.record("\(step.title): \(step.verdict)") }
    for left in result.teardown where left.problem != nil { Issue.record("\(left)") }
    #expect(result.problem == nil)
    // Somebody had to wait, and the report says how long.
    #expect(result.steps.contains { $0.settling.map { $0.tries > 3 && $0.duration > .seconds(5) } ?? false })
    lab.emulator.propagation.delay = 0
    #expect(try lab.inventory() == before)
  }
}
