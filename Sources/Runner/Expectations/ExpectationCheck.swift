import AWSAPI
import HTTP
import IAMPolicy
import Scenario
import XML

/// Holds an answer against a step's expectation.
struct ExpectationCheck {
  let expectation: Expectation
  let answer: any CheckedAnswer
  let matchers: MatcherCheck
  private(set) var mismatches: [Mismatch] = []
  private(set) var remarks: [String] = []

  init(_ expectation: Expectation, _ answer: any CheckedAnswer, _ matchers: MatcherCheck) {
    self.expectation = expectation
    self.answer = answer
    self.matchers = matchers
  }

  /// - Throws: what keeps the expectation from being held against the answer at all.
  mutating func run() throws(Problem) {
    if let outcome = expectation.outcome { check(outcome) }
    if let by = expectation.by { check(by: by) }
    if let status = expectation.status, let was = answer.status, status.value != was {
      add("expected status \(status.value), was \(was)", at: status.range)
    }
    if let exit = expectation.exit, let was = answer.exit, exit.value != was {
      add("expected exit status \(exit.value), was \(was)", at: exit.range)
    }
    if let matcher = expectation.error { try check("error", matcher, error?.code) }
    if let matcher = expectation.message { try check("message", matcher, error?.message) }
    for header in expectation.headers {
      try check("header \(header.name.value)", header.matcher, answer.header(header.name.value))
    }
    if let matcher = expectation.body { try check(answer.exit == nil ? "body" : "output", matcher, answer.body) }
    if let matcher = expectation.standardError { try check("standard error", matcher, answer.standardError) }
    for xpath in expectation.xpath { try check(xpath) }
  }

  private var error: AWSError? { answer.error }

  private mutating func add(_ summary: String, at range: SourceRange, comparison: Comparison? = nil) {
    mismatches.append(Mismatch(summary, at: range, label: answer.ending, notes: answer.reasons, comparison: comparison))
  }

  private mutating func check(_ outcome: Located<Expectation.Outcome>) {
    let denial = answer.denial
    switch outcome.value {
    case .allowed:
      if denial != nil { return add("expected allowed, was denied", at: outcome.range) }
      if let error { return add("expected allowed, was answered \(error.code)", at: outcome.range) }
      if let failure = answer.failure { add("expected allowed, \(failure)", at: outcome.range) }
    case .denied(let wanted):
      guard let denial else {
        let was = error.map { "was answered \($0.code)" } ?? answer.failure ?? "was allowed"
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
    guard let denial = answer.denial else { return }
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
    guard let document = answer.document else { return MatcherCheck.Subject(nil) }
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
