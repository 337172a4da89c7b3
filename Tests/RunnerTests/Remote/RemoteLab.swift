import AWSAPI
import AWSClient
import Emulator
import FoundationEssentials
import HTTP
import Runner
import Scenario
import SigV4
import Synchronization
import Testing

/// Accounts that outlive runs: an emulator in this process, reached as a target of kind `endpoint` is, over a transport that
/// can fail, with a clock on which waiting takes no time.
final class RemoteLab: Sendable {
  let emulator: Emulator
  let transport: FaultyTransport
  let ledger = MemoryLedger()
  let redactor = Redactor()
  let definition: TargetDefinition
  let configuration: Configuration

  static let accounts = ["Destination": "210987654321", "Originating": "123456789012"]

  init(_ target: String = "", accounts: [String: String] = RemoteLab.accounts) throws {
    emulator = try Emulator(
      EmulatorConfiguration(accounts: accounts.values.sorted().map { EmulatorConfiguration.Account(id: $0) }))
    transport = FaultyTransport(emulator)
    let bound = accounts.sorted { $0.key < $1.key }.map { name, id in
      "      \(name): { id: \"\(id)\", access_key_id: K_\(id), secret_access_key: S_\(id) }"
    }
    let text = """
      targets:
        lab:
          kind: endpoint
          url: http://127.0.0.1:9
          accounts:
      \(bound.joined(separator: "\n"))
      \(target)
      """
    let loaded = ConfigurationFile.parse(text, path: "iamdrill.yaml")
    for diagnostic in loaded.diagnostics { Issue.record("\(diagnostic.message)") }
    configuration = try #require(loaded.configuration)
    definition = try configuration.target(named: "lab")
  }

  var variables: [String: String] {
    var variables: [String: String] = [:]
    for id in Self.accounts.values {
      guard let credentials = emulator.administratorCredentials(of: id) else { continue }
      variables["K_\(id)"] = credentials.accessKeyID
      variables["S_\(id)"] = credentials.secretAccessKey.reveal()
    }
    return variables
  }

  func targets(
    ledger: (any LedgerStore)? = nil, readOnly: Bool = false, patience: Patience? = nil, movableClock: Bool = true,
    variables: [String: String]? = nil
  ) throws -> RemoteTargets {
    let variables = variables ?? self.variables
    var targets = try RemoteTargets(
      definition, in: configuration, resolver: EnvironmentBindings { variables[$0] }, ledger: ledger ?? self.ledger,
      environment: [:])
    targets.transport = transport
    targets.isReadOnly = readOnly
    targets.patience = patience
    let clock = emulator.clock
    // The emulator's clock is the time itself here: what is advanced is moved there.
    let move: @Sendable (Duration) -> Bool = { duration in
      clock.advance(by: duration)
      return true
    }
    targets.clock = RemoteClock(
      source: { clock.now }, sleep: { clock.advance(by: $0) }, move: movableClock ? move : nil)
    return targets
  }

  func run(_ scenario: Scenario, on targets: RemoteTargets? = nil) throws -> ScenarioResult {
    let targets = try targets ?? self.targets()
    let runner = ScenarioRunner(
      redactor: redactor,
      target: { (scenario: Scenario) throws(Diagnostic) -> any Target in
        try targets.target(for: scenario, pair: targets.pairs[0])
      },
      record: { (_: Event) in })
    return try #require(runner.run([scenario]).scenarios.first)
  }

  /// Everything that is in the accounts: names, paths, tags, policies, and the buckets with their objects.
  func inventory() throws -> [String] {
    var lines: [String] = []
    for id in Self.accounts.values.sorted() {
      let credentials = try #require(emulator.administratorCredentials(of: id))
      let client = AWSClient(
        transport: EmulatorTransport(emulator: emulator), endpoints: .aws, region: "us-east-1", retries: .never,
        now: { [emulator] in emulator.clock.now }, wait: { _ in })
      for name in ["GetAccountAuthorizationDetails", "ListInstanceProfiles", "ListVirtualMFADevices"] {
        let operation = try #require(Catalogue.operation(.iam, name))
        let answer = try #require(try client.call(operation, [:], as: credentials).answer)
        lines.append("\(id) \(name) \(answer)")
      }
      let list = try #require(Catalogue.operation(.s3, "ListBuckets"))
      let answer = try #require(try client.call(list, [:], as: credentials).answer)
      for bucket in answer["Buckets"]?.list ?? [] {
        let name = bucket.structure?["Name"]?.string ?? ""
        let versions = try #require(Catalogue.operation(.s3, "ListObjectVersions"))
        let objects = try client.call(versions, ["Bucket": .string(name)], as: credentials).answer
        lines.append("\(id) \(name) \(String(describing: objects))")
      }
    }
    return lines
  }

  /// The tutorial, or another scenario of the repository.
  static func scenario(_ name: String) throws -> Scenario {
    let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let loaded = ScenarioFile.load("/\(folder)/scenarios/\(name).yaml")
    #expect(!loaded.diagnostics.contains { $0.severity == .error })
    return try #require(loaded.scenario)
  }

  static func scenario(parsing text: String) throws -> Scenario {
    let loaded = ScenarioFile.parse(text, path: "test.yaml")
    for diagnostic in loaded.diagnostics where diagnostic.severity == .error { Issue.record("\(diagnostic.message)") }
    return try #require(loaded.scenario)
  }
}

/// A way to an emulator on which things go wrong.
final class FaultyTransport: Transport {
  enum Fault: Sendable {
    /// The request is not carried out, and answered with this status and code.
    case refused(Int, String)
    /// The connection breaks before the request arrives.
    case lostRequest
    /// The request is carried out, and the connection breaks before the answer arrives.
    case lostAnswer
  }

  private struct State {
    var sent = 0
    var endsAfter: Int?
    var operations: [String] = []
  }

  private let emulator: Emulator
  private let state = Mutex(State())
  /// What goes wrong with the request of this number.
  private let fault = Mutex<@Sendable (Int, HTTPRequest) -> Fault?>({ _, _ in nil })

  init(_ emulator: Emulator) { self.emulator = emulator }

  /// How many requests were sent.
  var sent: Int { state.withLock { $0.sent } }

  func setFault(_ fault: @escaping @Sendable (Int, HTTPRequest) -> Fault?) { self.fault.withLock { $0 = fault } }

  /// From the request of this number on, nothing is carried out any more: the process has been killed.
  func end(after count: Int?) {
    state.withLock { state in
      state.sent = 0
      state.endsAfter = count
    }
  }

  func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse {
    let (number, isDead) = state.withLock { state in
      state.sent += 1
      return (state.sent, state.endsAfter.map { state.sent > $0 } ?? false)
    }
    if isDead { throw TransportError(.other, "the process has been killed") }
    switch fault.withLock({ $0 })(number, request) {
    case .refused(let status, let code)?:
      let body = "<ErrorResponse><Error><Code>\(code)</Code><Message>Not now.</Message></Error></ErrorResponse>"
      return HTTPResponse(status: status, headers: ["Content-Type": "text/xml"], body: .bytes(Array(body.utf8)))
    case .lostRequest?: throw TransportError(.broken, "connection reset by peer")
    case .lostAnswer?:
      _ = emulator.handle(request)
      throw TransportError(.broken, "connection reset by peer")
    case nil: return emulator.handle(request)
    }
  }
}
