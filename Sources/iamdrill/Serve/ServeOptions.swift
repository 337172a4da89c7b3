import Emulator
import FoundationEssentials

/// What a command line asks of `iamdrill serve`.
struct ServeOptions {
  var host: String
  var port: UInt16
  /// The accounts that the command line names; the files may name more.
  var accounts: [String]
  /// The folder where the state is kept; `nil` where it goes with the process.
  var data: String?
  var clock: EmulatorClock
  var output: Output
  var logsDecisions: Bool
  /// A file with what there is at the start.
  var configuration: String?
  /// A scenario file whose steps are run before anybody is served.
  var scenario: String?
  /// The file with the keys of OpenID Connect issuers.
  var issuers: String?
  var tls: Encryption

  /// Whether and with what connections are encrypted.
  enum Encryption {
    case none
    /// With a certificate made for this run.
    case selfSigned
    case files(certificate: String, key: String)
  }

  enum Output {
    case text
    case json
    /// The environment of one account's administrator.
    case environment(account: String)
  }

  /// - Throws: ``UsageError`` where an option's value is none of its kind.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    guard arguments.positionals.isEmpty else { throw Self.error("it takes no arguments but options") }
    host = arguments.value("host") ?? "127.0.0.1"
    port = try Self.port(arguments.value("port"))
    accounts = try Self.accounts(arguments.value("accounts"))
    data = arguments.value("data")
    clock = try Self.clock(arguments.value("clock"))
    output = try Self.output(arguments)
    logsDecisions = try Self.logsDecisions(arguments.value("log"))
    configuration = arguments.value("config")
    issuers = arguments.value("issuers")
    scenario = arguments.value("scenario")
    tls = try Self.tls(arguments)
  }

  private static func port(_ text: String?) throws(UsageError) -> UInt16 {
    guard let text else { return ServeCommand.defaultPort }
    guard let port = UInt16(text) else { throw error("--port takes a number from 0 to 65535, not \(text)") }
    return port
  }

  private static func accounts(_ text: String?) throws(UsageError) -> [String] {
    guard let text else { return [] }
    var accounts: [String] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let id = String(piece)
      let isID = id.utf8.count == 12 && id.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard isID else { throw error("an account's id has twelve digits, which \"\(id)\" has not") }
      if !accounts.contains(id) { accounts.append(id) }
    }
    return accounts
  }

  private static func clock(_ text: String?) throws(UsageError) -> EmulatorClock {
    guard let text, text != "now" else { return .system() }
    guard let time = try? Date(text, strategy: .iso8601) else {
      throw error("--clock takes now or a time such as 2026-01-31T12:00:00Z, not \(text)")
    }
    return .fixed(time)
  }

  private static func logsDecisions(_ text: String?) throws(UsageError) -> Bool {
    guard let text else { return false }
    guard text == "decisions" else { throw error("--log takes decisions") }
    return true
  }

  private static func tls(_ arguments: ParsedArguments) throws(UsageError) -> Encryption {
    let isSelfSigned = arguments.has("tls-self-signed")
    switch (arguments.value("tls-cert"), arguments.value("tls-key")) {
    case (nil, nil): return isSelfSigned ? .selfSigned : .none
    case (let certificate?, let key?):
      guard !isSelfSigned else { throw error("--tls-self-signed makes a certificate, and takes none") }
      return .files(certificate: certificate, key: key)
    default: throw error("--tls-cert and --tls-key belong together")
    }
  }

  private static func output(_ arguments: ParsedArguments) throws(UsageError) -> Output {
    let format = arguments.value("format")
    guard let account = arguments.value("print-env") else {
      switch format {
      case nil, "text": return .text
      case "json": return .json
      default: throw error("--format takes text or json")
      }
    }
    guard format == nil else { throw error("--print-env and --format cannot be used together") }
    return .environment(account: account)
  }

  static func error(_ message: String) -> UsageError { UsageError(message, command: "serve") }
}
