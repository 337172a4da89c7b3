import AWSAPI
import HTTP
import Scenario
import XML

/// What expectations are held against: the answer to a call, or what a command printed.
protocol CheckedAnswer {
  /// AWS's error; `nil` where there is none.
  var error: AWSError? { get }
  /// What is known of being refused; `nil` where it was not for lack of permission.
  var denial: Denial? { get }
  /// How it ended, beside the caret: `sts:AssumeRole returned 403 AccessDenied`.
  var ending: String { get }
  /// Why, as notes: what AWS said, and which statement decided.
  var reasons: [Diagnostic.Note] { get }
  /// That it went wrong without an error of AWS, in words: `was ended with exit status 2`.
  var failure: String? { get }
  /// The HTTP status; `nil` where there is none.
  var status: Int? { get }
  /// A command's exit status.
  var exit: Int? { get }
  var body: String { get }
  var standardError: String? { get }
  var document: XMLDocument? { get }
  func header(_ name: String) -> String?
}

/// The answer to a call.
struct ExchangeAnswer: CheckedAnswer {
  let exchange: Exchange
  let places: StatementPlaces

  init(_ exchange: Exchange, _ places: StatementPlaces) {
    self.exchange = exchange
    self.places = places
  }

  var error: AWSError? { if case .failure(let error) = exchange.outcome { error } else { nil } }
  var denial: Denial? { Denial(exchange) }
  var failure: String? { nil }
  var status: Int? { exchange.response.status }
  var exit: Int? { nil }
  var body: String { String(decoding: exchange.body, as: UTF8.self) }
  var standardError: String? { nil }
  var document: XMLDocument? { exchange.document }
  func header(_ name: String) -> String? { exchange.response.headers[name] }

  var ending: String {
    let name = exchange.call?.operation.qualifiedName ?? exchange.request.method
    return "\(name) returned \(exchange.response.status)" + (error.map { " \($0.code)" } ?? "")
  }

  var reasons: [Diagnostic.Note] {
    var notes: [Diagnostic.Note] = []
    if let error, !error.message.isEmpty { notes.append(Diagnostic.Note(error.message)) }
    return notes + places.notes(for: exchange)
  }
}

/// What a command printed.
struct CommandAnswer: CheckedAnswer {
  let command: CommandExchange
  let places: StatementPlaces
  let error: AWSError?

  init(_ command: CommandExchange, _ places: StatementPlaces) {
    self.command = command
    self.places = places
    error = command.error
  }

  var denial: Denial? { error.flatMap { Denial($0, decision: command.decidingCall?.decision) } }
  var failure: String? { command.status == 0 || error != nil ? nil : "exited with \(command.status)" }
  var status: Int? { nil }
  var exit: Int? { command.status }
  var body: String { command.output }
  var standardError: String? { command.errors }
  var document: XMLDocument? { command.document }
  func header(_ name: String) -> String? { nil }

  var ending: String {
    let name = command.words.prefix(3).joined(separator: " ")
    return "\(name) exited with \(command.status)" + (error.map { ", \($0.code)" } ?? "")
  }

  /// In a line: the error, or how the command ended.
  var summary: String { error.map { "\($0.code): \($0.message)" } ?? ending }

  /// Of what a command complains, the end says most.
  private static let longestComplaint = 2000

  var reasons: [Diagnostic.Note] {
    var notes: [Diagnostic.Note] = []
    let complaint = command.errors.split(separator: "\n").joined(separator: "\n").suffix(Self.longestComplaint)
    if !complaint.isEmpty, command.status != 0 { notes.append(Diagnostic.Note(String(complaint))) }
    return notes + (command.decidingCall.map { places.notes(for: $0) } ?? [])
  }
}
