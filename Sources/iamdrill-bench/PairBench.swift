import Emulator
import FoundationEssentials
import Glibc
import Runner
import Scenario
import SigV4

/// What a pair of accounts costs where a target has ten of them, and ten thousand: the whole way of a run on accounts that
/// outlive it, with the ledger on disk, against an emulator in this process.
enum PairBench {
  static func run(upTo most: Int) {
    guard let scenario = ScenarioFile.parse(text, path: "pair.yaml").scenario else {
      return print("the scenario of the pairs cannot be read")
    }
    for count in [10, 100, 1_000, 10_000] where count <= most { measure(scenario, pairs: count) }
  }

  /// A role that lets one account in and refuses somebody of it, and is taken back.
  private static let text = """
    scenario: A pair
    accounts: { Destination: "999999999999", Originating: "111111111111" }
    names: { role: Reader, user: Alice }
    policies:
      Trust:
        Version: "2012-10-17"
        Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::${{ accounts.Originating }}:root" }, Action: sts:AssumeRole }
    steps:
      - { as: Originating, call: iam:CreateUser, with: { UserName: "${{ names.user }}" } }
      - { as: Originating, call: iam:CreateAccessKey, with: { UserName: "${{ names.user }}" }, become: Alice }
      - as: Destination
        call: iam:CreateRole
        with: { RoleName: "${{ names.role }}", AssumeRolePolicyDocument: "${{ policies.Trust }}" }
        save: { arn: //Role/Arn }
      - { as: Originating, call: sts:AssumeRole, with: { RoleArn: "${{ arn }}", RoleSessionName: pair }, expect: allowed }
      - { as: Alice, call: sts:AssumeRole, with: { RoleArn: "${{ arn }}", RoleSessionName: pair }, expect: denied }
    """

  private static func measure(_ scenario: Scenario, pairs count: Int) {
    let folder = "/tmp/iamdrill-bench-\(getpid())-\(count)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var loaded: LoadedConfiguration?
    let text = configuration(pairs: count)
    let reading = Bench.measureCPU { loaded = ConfigurationFile.parse(text, path: "iamdrill.yaml") }
    guard let configuration = loaded?.configuration, let targets = try? targets(configuration, folder) else {
      return print("\(count) pairs: the target cannot be made")
    }
    let pairs = targets.pairs
    let runner = ScenarioRunner(
      redactor: Redactor(), options: RunOptions(),
      targetAt: { (scenario, index) throws(Diagnostic) -> any Target in
        try targets.target(for: scenario, pair: pairs[index])
      }, record: { _ in })
    var result = RunResult()
    let start = ContinuousClock.now
    let seconds = Bench.measureCPU { result = runner.run(Array(repeating: scenario, count: count)) }
    let (whole, part) = (ContinuousClock.now - start).components
    let wall = Double(whole) + Double(part) / 1e18
    guard !result.hasError, !result.hasFailure else { return print("\(count) pairs: not all are as expected") }
    print(
      "\(count) pairs: \(Bench.rounded(seconds * 1000 / Double(count))) ms of a core each, "
        + "\(Bench.rounded(wall * 1000 / Double(count))) ms with the disk; "
        + "\(Bench.rounded(reading * 1e6 / Double(count))) µs each to read the configuration; \(residentMegabytes()) MiB resident"
    )
  }

  private static func identifiers(_ number: Int) -> (String, String) {
    ("\(100_000_000_000 + number)", "\(200_000_000_000 + number)")
  }

  private static func configuration(pairs count: Int) -> String {
    let lines = (0..<count).map { number -> String in
      let (one, other) = identifiers(number)
      return """
              - Destination: { id: "\(one)", access_key_id: K\(one), secret_access_key: S\(one) }
                Originating: { id: "\(other)", access_key_id: K\(other), secret_access_key: S\(other) }
        """
    }
    return "targets:\n  pairs:\n    kind: endpoint\n    url: http://127.0.0.1:9\n    pairs:\n"
      + lines.joined(separator: "\n") + "\n"
  }

  private static func targets(_ configuration: Configuration, _ folder: String) throws -> RemoteTargets {
    let definition = try configuration.target(named: "pairs")
    let ids = definition.pairs.flatMap { $0.accounts.map(\.id.value) }
    let emulator = try Emulator(EmulatorConfiguration(accounts: ids.map { EmulatorConfiguration.Account(id: $0) }))
    let resolver = EnvironmentBindings { name in
      let credentials = emulator.administratorCredentials(of: String(name.dropFirst()))
      return name.hasPrefix("K") ? credentials?.accessKeyID : credentials?.secretAccessKey.reveal()
    }
    var targets = try RemoteTargets(
      definition, in: configuration, resolver: resolver, ledger: try SQLiteLedger(folder: folder), environment: [:])
    targets.transport = EmulatorTransport(emulator: emulator)
    let clock = emulator.clock
    targets.clock = RemoteClock(source: { clock.now }, sleep: { clock.advance(by: $0) }, move: nil)
    return targets
  }

  /// The most that the process has held in memory so far.
  private static func residentMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss >> 10
  }
}
