import AWSAPI
package import AWSClient
import Emulator
import FoundationEssentials
import HTTP
import JSON
package import Scenario

/// Makes the targets that a configuration describes.
package struct RemoteTargets: Sendable {
  package let definition: TargetDefinition
  package let configuration: Configuration
  package var resolver: any BindingResolver
  package var ledger: any LedgerStore
  package var isReadOnly = false
  package var retries = RetryPolicy(attempts: 6)
  /// For tests: another way to the target than libcurl's.
  package var transport: (any Transport)?
  package var clock: RemoteClock?
  package var patience: Patience?
  private let endpoints: ServiceEndpoints
  private let settings: CurlSettings

  /// - Throws: what of the definition cannot be used here: a URL that is none, an endpoint in the environment that would
  ///   lead requests for AWS elsewhere.
  package init(
    _ definition: TargetDefinition, in configuration: Configuration, resolver: any BindingResolver,
    ledger: any LedgerStore, environment: [String: String]
  ) throws(Diagnostic) {
    self.definition = definition
    self.configuration = configuration
    self.resolver = resolver
    self.ledger = ledger
    endpoints = try Self.endpoints(of: definition, environment)
    settings = Self.settings(definition, in: configuration)
  }

  /// How the target is reached. Certificates are always verified: nothing switches that off.
  package static func settings(_ definition: TargetDefinition, in configuration: Configuration) -> CurlSettings {
    CurlSettings(certificateAuthorities: definition.certificateAuthorities.map { configuration.path($0.value) })
  }

  /// Where the target's services answer, which is also where profiles assume their roles.
  /// - Throws: a URL that is none, or an endpoint in the environment that would lead requests for AWS elsewhere.
  package static func endpoints(
    of definition: TargetDefinition, _ environment: [String: String]
  ) throws(Diagnostic) -> ServiceEndpoints {
    if definition.kind == .endpoint {
      guard let url = definition.url else { throw .error("the target has no `url`", at: definition.range) }
      return .single(try endpoint(url))
    }
    var named: [Service: Endpoint] = [:]
    for service in Service.allCases {
      guard let url = definition.endpointURLs[service.rawValue] else { continue }
      let endpoint = try endpoint(url)
      guard endpoint.scheme == .https else {
        throw .error("requests to AWS are sent over https only", at: url.range)
      }
      named[service] = endpoint
    }
    let isIgnored = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
    let inherited =
      isIgnored
      ? [] : environment.keys.filter { $0.hasPrefix("AWS_ENDPOINT_URL") && environment[$0] != "" }.sorted()
    let unnamed = inherited.filter { variable in
      !Service.allCases.contains { named[$0] != nil && variable == "AWS_ENDPOINT_URL_\($0.rawValue.uppercased())" }
    }
    if let variable = unnamed.first {
      throw .error(
        "\(variable) is set, which would lead requests for AWS somewhere else", at: definition.name.range,
        notes: [.init("unset it, or name the endpoint in the target's `endpoint_urls`")])
    }
    return named.isEmpty ? .aws : .named(named)
  }

  private static func endpoint(_ url: Located<String>) throws(Diagnostic) -> Endpoint {
    guard let endpoint = Endpoint(url: url.value) else {
      throw .error(
        "this is not the URL of an endpoint: http:// or https://, a host, a port, and nothing else", at: url.range)
    }
    return endpoint
  }

  /// Where the ledger says that things are.
  package var place: String {
    if definition.kind == .aws { return "aws" }
    return definition.url?.value ?? definition.name.value
  }

  /// The sets of accounts that scenarios run on.
  package var pairs: [TargetDefinition.AccountPair] {
    definition.pairs.isEmpty ? [.init(accounts: definition.accounts)] : definition.pairs
  }

  /// The target for one run.
  /// - Throws: an account of the scenario that the target binds to nothing.
  package func target(for scenario: Scenario, pair: TargetDefinition.AccountPair) throws(Diagnostic) -> RemoteTarget {
    for account in scenario.accounts where !pair.accounts.contains(where: { $0.name.value == account.name.value }) {
      throw .error(
        "the target \(definition.name.value) binds no account to '\(account.name.value)'", at: account.name.range,
        notes: [.init("the target", at: definition.name.range)])
    }
    return target(pair: pair)
  }

  /// The target with its accounts, for no scenario in particular.
  package func target(pair: TargetDefinition.AccountPair) -> RemoteTarget {
    let clock = self.clock ?? makeClock()
    let region = definition.region?.value ?? resolver.region(of: nil) ?? Self.fallbackRegion
    let client = AWSClient(
      transport: transport ?? CurlTransport(settings), endpoints: endpoints, region: region, retries: retries,
      now: { clock.now }, wait: { clock.wait($0) })
    let conditions = RunConditions(
      run: RunID(at: self.clock?.now ?? Date()), accounts: accounts(of: pair), existing: existing,
      isReadOnly: isReadOnly, patience: patience ?? defaultPatience, ledger: ledger, place: place,
      targetName: definition.name.value)
    return RemoteTarget(
      definition, name: name(of: pair), accounts: pair.accounts, client: client, clock: clock, resolver: resolver,
      conditions: conditions, certificateAuthorities: settings.certificateAuthorities)
  }

  /// The scenario's accounts on the target.
  package func accounts(of pair: TargetDefinition.AccountPair) -> [String: RemoteAccount] {
    Dictionary(
      pair.accounts.map { account in
        // What the target says outweighs what the surroundings say.
        let region =
          account.region?.value ?? definition.region?.value ?? resolver.region(of: account.credentials)
          ?? Self.fallbackRegion
        return (account.name.value, RemoteAccount(id: account.id.value, region: region))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static let fallbackRegion = "us-east-1"

  /// Names of resources that are there already, by key.
  package var existing: [String: String] {
    Dictionary(definition.names.map { ($0.key.value, $0.value.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// What reports call the target: with the accounts' ids behind it where it has several sets of them.
  private func name(of pair: TargetDefinition.AccountPair) -> String {
    definition.pairs.isEmpty ? definition.name.value : "\(definition.name.value)/\(pair.title)"
  }

  private var defaultPatience: Patience {
    var patience = definition.kind == .aws ? Patience.aws : .endpoint
    if let within = definition.within { patience.within = within.value.duration }
    if let stable = definition.stable { patience.stable = stable.value }
    return patience
  }

  private func makeClock() -> RemoteClock {
    switch definition.clock {
    case .fixed: RemoteClock()
    case .requests: RemoteClock(move: { _ in true })
    case .server: makeServerClock()
    }
  }

  /// The clock of `iamdrill serve`, which may be ahead of this machine's from earlier runs.
  private func makeServerClock() -> RemoteClock {
    guard case .single(let endpoint) = endpoints else { return RemoteClock() }
    let transport = self.transport ?? CurlTransport(settings)
    let send: @Sendable (String, HTTPBody) -> [UInt8]? = { method, body in
      let request = HTTPRequest(
        method: method, target: "/_iamdrill/clock",
        headers: ["Host": endpoint.authority, "Content-Type": "application/json"], body: body)
      guard let response = try? transport.send(request, to: endpoint), response.status == 200 else { return nil }
      return try? response.body.collected(limit: Self.largestClockAnswer)
    }
    return RemoteClock(
      ahead: {
        // A server that does not answer is told of by the first call of the run.
        guard let answer = send("GET", .empty), let value = try? JSONValue(parsing: answer),
          let time = value["now"]?.string.flatMap(AWSTimestamp.date)
        else { return .zero }
        return .seconds(time.timeIntervalSince(Date()))
      },
      move: { duration in
        send("POST", .bytes(Array("{\"advance\":\(duration.seconds)}".utf8))) != nil
      })
  }

  private static let largestClockAnswer = 4096
}
