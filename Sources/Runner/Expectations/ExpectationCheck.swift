import AWSAPI
import HTTP
import IAMPolicy
import Scenario
import XML

/// Holds an answer against a step's expectation.
struct ExpectationCheck {
  let expectation: Expectation
  let exchange: Exchange
  let matchers: MatcherCheck
  /// Where a statement that decided stands in the scenario, if it is the scenario's.
  let places: StatementPlaces
  private(set) var mismatches: [Mismatch] = []
  private(set) var remarks: [String] = []

  init(_ expectation: Expectation, _ exchange: Exchange, _ matchers: MatcherCheck, _ places: StatementPlaces) {
    self.expectation = expectation
    self.exchange = exchange
    self.matchers = matchers
    self.places = places
  }

  /// - Throws: what keeps the expectation from being held against the answer at all.
  mutating func run() throws(Problem) {
    if let outcome = expectation.outcome { check(outcome) }
    if let by = expectation.by { check(by: by) }
    if let status = expectation.status, status.value != exchange.response.status {
      add("expected status \(status.value), was \(exchange.response.status)", at: status.range)
    }
    if let matcher = expectation.error { try check("error", matcher, error?.code) }
    if let matcher = expectation.message { try check("message", matcher, error?.message) }
    for header in expectation.headers {
      try check("header \(header.name.value)", header.matcher, exchange.response.headers[header.name.value])
    }
    if let matcher = expectation.body {
      try check("body", matcher, String(decoding: exchange.body, as: UTF8.self))
    }
    for xpath in expectation.xpath { try check(xpath) }
  }

  private var error: AWSError? { if case .failure(let error) = exchange.outcome { error } else { nil } }

  /// What the call was and how it ended, for the place of a mismatch.
  private var ending: String {
    let name = exchange.call?.operation.qualifiedName ?? exchange.request.method
    return "\(name) returned \(exchange.response.status)" + (error.map { " \($0.code)" } ?? "")
  }

  private mutating func add(_ summary: String, at range: SourceRange, comparison: Comparison? = nil) {
    mismatches.append(Mismatch(summary, at: range, label: ending, notes: reasons, comparison: comparison))
  }

  /// What AWS said, and which statement decided.
  private var reasons: [Diagnostic.Note] {
    var notes: [Diagnostic.Note] = []
    if let error, !error.message.isEmpty { notes.append(Diagnostic.Note(error.message)) }
    return notes + places.notes(for: exchange)
  }

  private mutating func check(_ outcome: Located<Expectation.Outcome>) {
    let denial = Denial(exchange)
    switch outcome.value {
    case .allowed:
      if denial != nil { return add("expected allowed, was denied", at: outcome.range) }
      if let error { add("expected allowed, was answered \(error.code)", at: outcome.range) }
    case .denied(let wanted):
      guard let denial else {
        let was = error.map { "was answered \($0.code)" } ?? "was allowed"
        return add("expected denied, \(was)", at: outcome.range)
      }
      switch (wanted, denial.kind) {
      case (.any, _), (.explicit, .explicit?), (.implicit, .implicit?): break
      case (_, nil): remarks.append("the target did not say whether a statement denied or none allowed")
      case (.explicit, .implicit?): add("expected an explicit deny, no statement allowed it", at: outcome.range)
      case (.implicit, .explicit?): add("expected an implicit deny, a statement denied it", at: outcome.range)
      }
    }
  }

  private mutating func check(by layer: Located<PolicyLayer>) {
    guard let denial = Denial(exchange) else { return }
    guard let told = denial.layer else {
      remarks.append("the target did not say which policy denied")
      return
    }
    if told != layer.value {
      add("expected denied by \(layer.value.rawValue), was by \(told.rawValue)", at: layer.range)
    }
  }

  private mutating func check(_ what: String, _ matcher: Matcher, _ text: String?) throws(Problem) {
    guard let wanted = try matchers.unmet(matcher, MatcherCheck.Subject(text)) else { return }
    let comparison = try matchers.comparison(matcher, text)
    let summary =
      comparison == nil ? "expected \(what) \(wanted), was \(Self.shown(text))" : "the \(what) is not what was expected"
    add(summary, at: matcher.range, comparison: comparison)
  }

  private mutating func check(_ xpath: Expectation.XPathExpectation) throws(Problem) {
    let source: String
    do throws(Diagnostic) {
      source = try xpath.expression.text(in: matchers.scope)
    } catch {
      throw Problem(error)
    }
    let subject = try subject(source, at: xpath.expression.range)
    guard let wanted = try matchers.unmet(xpath.matcher, subject) else { return }
    let text = Self.shown(subject.text)
    let was = subject.count > 1 ? "\(subject.count) of them, the first \(text)" : text
    let comparison = try matchers.comparison(xpath.matcher, subject.text)
    let summary =
      comparison == nil ? "expected \(source) to be \(wanted), was \(was)" : "\(source) is not what was expected"
    add(summary, at: xpath.matcher.range, comparison: comparison)
  }

  private func subject(_ source: String, at range: SourceRange) throws(Problem) -> MatcherCheck.Subject {
    guard let document = exchange.document else { return MatcherCheck.Subject(nil) }
    do throws(XMLError) {
      let value = try document.evaluate(source)
      guard case .nodes(let nodes) = value else { return MatcherCheck.Subject(value.string) }
      return MatcherCheck.Subject(texts: nodes.map(\.text))
    } catch {
      throw Problem(error.message, at: range)
    }
  }

  /// More than this of a text is not shown.
  private static let longest = 200

  private static func shown(_ text: String?) -> String {
    guard let text else { return "nothing" }
    return text.utf8.count <= longest ? "\"\(text)\"" : "\"\(text.prefix(longest))…\""
  }
}
