import AWSAPI
package import AWSClient
import FoundationEssentials
import HTTP
package import Scenario
package import SigV4
import Synchronization

/// A recording: what is asked must have been recorded, and is answered as it was.
package struct ReplayTarget: Target {
  package let name: String
  package let client: AWSClient
  private let transport: ReplayTransport
  private let commands: ReplayedCommands

  package init(_ recording: Recording, for scenario: Scenario, redactor: Redactor) throws(Diagnostic) {
    name = "replay:\(recording.folder)"
    let contents = try recording.contents(of: scenario)
    let transport = ReplayTransport(contents.exchanges, redactor)
    commands = ReplayedCommands(contents.commands, redactor)
    self.transport = transport
    client = AWSClient(
      transport: transport, endpoints: .aws, region: "us-east-1", retries: .never, now: { transport.now },
      wait: { _ in })
  }

  /// Nobody checks these: they only make requests of the same form.
  private static let credentials = Credentials(accessKeyID: "AKIAREPLAYEDREPLAYED", secretAccessKey: Secret("replayed"))

  package func administrator(of accountID: String) -> Credentials? { Self.credentials }
  package func rootUser(of accountID: String) -> Credentials? { Self.credentials }
  package func principal(named name: String) -> BoundPrincipal? {
    transport.knows(principal: name) || commands.knows(principal: name)
      ? BoundPrincipal(credentials: Self.credentials, account: nil) : nil
  }
  package func advance(by duration: Duration) -> Bool { true }
  package func wait(_ duration: Duration) {}
  package var commandPlace: CommandPlace { .recording }
  package func recordedCommand(_ words: [String], as principal: String) -> CommandExchange? {
    commands.command(words, as: principal)
  }
}

/// The commands of a recording: each is given once for each time that it was recorded, and the last one from then on.
private final class ReplayedCommands: Sendable {
  private let redactor: Redactor
  private let commands: Mutex<[(command: RecordedCommand, isUsed: Bool)]>

  init(_ commands: [RecordedCommand], _ redactor: Redactor) {
    self.redactor = redactor
    self.commands = Mutex(commands.map { ($0, false) })
  }

  func knows(principal: String) -> Bool { commands.withLock { $0.contains { $0.command.principal == principal } } }

  func command(_ words: [String], as principal: String) -> CommandExchange? {
    let words = words.map { redactor.redact($0) }
    return commands.withLock { commands in
      let matches = commands.indices.filter {
        commands[$0].command.principal == principal && commands[$0].command.words == words
      }
      guard let index = matches.first(where: { !commands[$0].isUsed }) ?? matches.last else { return nil }
      commands[index].isUsed = true
      return commands[index].command.exchange
    }
  }
}

/// Answers with what was recorded.
final class ReplayTransport: Transport {
  private struct Entry: Sendable {
    var key: Key
    var exchange: RecordedExchange
    var isUsed = false
  }

  /// What must be the same of a request.
  private struct Key: Sendable, Hashable {
    var service: String
    var method: String
    var target: String
    var body: [UInt8]
  }

  private struct State: Sendable {
    var entries: [Entry]
    var now: Date
  }

  private let redactor: Redactor
  private let principals: Set<String>
  private let state: Mutex<State>

  init(_ exchanges: [RecordedExchange], _ redactor: Redactor) {
    self.redactor = redactor
    principals = Set(exchanges.compactMap(\.principal))
    let entries = exchanges.map { exchange in
      Entry(
        key: Key(
          service: exchange.service, method: exchange.method, target: exchange.target, body: Self.steady(exchange.body)),
        exchange: exchange)
    }
    let start = exchanges.lazy.compactMap { Self.time(of: $0.response) }.first ?? Date()
    state = Mutex(State(entries: entries, now: start))
  }

  var now: Date { state.withLock { $0.now } }

  func knows(principal: String) -> Bool { principals.contains(principal) }

  private static func time(of response: HTTPResponse) -> Date? { response.headers["Date"].flatMap(AWSTimestamp.date) }

  func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse {
    var body: [UInt8] = []
    if case .bytes(let bytes) = request.body { body = bytes }
    let service = Service.allCases.first {
      ServiceEndpoints.aws.endpoint(of: $0, region: "us-east-1").authority == request.headers["Host"]
    }
    let key = Key(
      service: service?.rawValue ?? "", method: request.method,
      target: redactor.redact(RecordedExchange.withoutSignature(request.target)),
      body: Self.steady(redactor.redact(body) ?? body))
    let found = state.withLock { state -> HTTPResponse? in
      let index =
        state.entries.firstIndex { $0.key == key && !$0.isUsed } ?? state.entries.lastIndex { $0.key == key }
      guard let index else { return nil }
      state.entries[index].isUsed = true
      let response = state.entries[index].exchange.response
      if let time = Self.time(of: response), time > state.now { state.now = time }
      return response
    }
    guard let found else {
      let what = String(decoding: key.body.prefix(200), as: UTF8.self)
      throw TransportError(.other, "not recorded: \(key.service) \(request.method) \(key.target) \(what)")
    }
    return found
  }

  /// The body without what is another one every time: one-time codes, and the marks that a run puts on what it makes.
  private static func steady(_ body: [UInt8]) -> [UInt8] {
    let text = String(decoding: body, as: UTF8.self)
    guard text.hasPrefix("Action=") else { return body }
    var pieces = text.split(separator: "&", omittingEmptySubsequences: false).map(String.init)
    // The run's path is the file's own `/` again in a recording, which is also what IAM takes where no path is given.
    pieces.removeAll { $0 == "Path=%2F" }
    if let mark = pieces.first(where: { $0.hasPrefix("Tags.member.") && $0.hasSuffix(runTag) }) {
      let member = mark.dropLast(runTag.count)
      pieces.removeAll { $0.hasPrefix(member + ".") }
    }
    return Array(
      pieces.map { piece in volatile.first { piece.hasPrefix($0) } ?? piece }.joined(separator: "&").utf8)
  }

  private static let volatile = ["TokenCode=", "AuthenticationCode1=", "AuthenticationCode2="]
  private static let runTag = ".Key=" + PercentEncoding.encode(RunID.tagKey)
}
