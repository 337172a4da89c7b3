import IAMPolicy
import _StringProcessing

extension Expectation {
  /// Whether the step must be refused or go wrong.
  var isFailure: Bool {
    if case .denied? = outcome?.value { return true }
    return error != nil || (status?.value ?? 0) >= 400
  }

  /// Whether the call must be refused for another reason than a lack of permission.
  var isRejection: Bool {
    if case .denied? = outcome?.value { return false }
    return isFailure
  }
}

extension ScenarioCheck {
  /// What a matcher is held against, which decides which matchers make sense.
  enum MatcherPlace {
    case value, xpath, body
  }

  mutating func checkExpectation(_ expect: Expectation, of step: Scenario.Step) {
    checkOutcome(expect)
    checkApplicable(expect, to: step)
    for expectation in expect.xpath {
      check(expectation.expression)
      checkXPath(expectation.expression)
      checkMatcher(expectation.matcher, in: .xpath)
    }
    for header in expect.headers { checkMatcher(header.matcher, in: .value) }
    for matcher in [expect.error, expect.message, expect.standardError].compactMap(\.self) {
      checkMatcher(matcher, in: .value)
    }
    if let body = expect.body { checkMatcher(body, in: .body) }
  }

  /// Expectations that no answer can meet together.
  private mutating func checkOutcome(_ expect: Expectation) {
    let status = expect.status
    let failing: [SourceRange?] = [
      expect.error?.range, expect.message?.range, (status?.value ?? 0) >= 400 ? status?.range : nil,
    ]
    if let outcome = expect.outcome, outcome.value == .allowed {
      for range in failing.compactMap(\.self) {
        report(
          .error(
            "an answer that is allowed has no error", at: range, notes: [.init("`allowed` is given", at: outcome.range)]
          ))
      }
    }
    guard let status, status.value < 400 else { return }
    let wanted: [(String, SourceRange?)] = [
      ("denied", expect.outcome.flatMap { $0.value == .allowed ? nil : $0.range }), ("error", expect.error?.range),
    ]
    for (name, range) in wanted {
      guard let range else { continue }
      let note = Diagnostic.Note("`\(name)` is given", at: range)
      return report(.error("a status of \(status.value) is no refusal", at: status.range, notes: [note]))
    }
  }

  /// Expectations that do not go with what the step does.
  private mutating func checkApplicable(_ expect: Expectation, to step: Scenario.Step) {
    let exchange: [(ExpectationKeyword, SourceRange?)] = [
      (.by, expect.by?.range), (.status, expect.status?.range), (.error, expect.error?.range),
      (.message, expect.message?.range), (.xpath, expect.xpath.first?.expression.range),
      (.headers, expect.headers.first?.name.range),
    ]
    let command: [(ExpectationKeyword, SourceRange?)] = [
      (.exit, expect.exit?.range), (.stderr, expect.standardError?.range),
    ]
    switch step.action {
    case .call:
      refuse(command, "a step with `cli`")
      checkLayer(expect, of: step)
    case .fetch: refuse(command, "a step with `cli`")
    case .cli:
      // What a command prints is held against the same terms as an answer; how it came over the wire is the command's affair.
      refuse(exchange.filter { $0.0 == .status || $0.0 == .headers }, "a step that sends a request")
      checkExit(expect)
    case .presign, .switchRole, .advance, .check: refuse(exchange + command, "a step that sends a request")
    }
  }

  /// The AWS CLI exits with 0 where all has gone well, and with nothing else then.
  private mutating func checkExit(_ expect: Expectation) {
    guard let exit = expect.exit else { return }
    if let outcome = expect.outcome, (outcome.value == .allowed) != (exit.value == 0) {
      let word = outcome.value == .allowed ? "allowed" : "denied"
      report(
        .error(
          "a command that exits with \(exit.value) was not \(word)", at: exit.range,
          notes: [.init("`\(word)` is given", at: outcome.range)]))
    }
    if exit.value == 0, let error = expect.error {
      report(.error("a command that exits with 0 has no error", at: error.range))
    }
  }

  private mutating func refuse(_ given: [(ExpectationKeyword, SourceRange?)], _ owner: String) {
    for (key, range) in given {
      guard let range else { continue }
      report(.error("`\(key.rawValue)` can be expected only of \(owner)", at: range))
    }
  }

  /// A trust policy decides about assuming roles, and about nothing else.
  private mutating func checkLayer(_ expect: Expectation, of step: Scenario.Step) {
    guard let by = expect.by, case .call(let call) = step.action else { return }
    let assumes = call.operation.value.hasPrefix("sts:AssumeRole")
    if by.value == .trust, !assumes {
      report(.error("\(call.operation.value) is never denied by a trust policy", at: by.range))
    }
    if by.value == .resource, assumes {
      report(
        .error(
          "what denies \(call.operation.value) is the role's trust policy", at: by.range, label: "write trust-policy"))
    }
  }

  mutating func checkMatcher(_ matcher: Matcher, in place: MatcherPlace) {
    switch matcher.kind {
    case .equals(let text), .contains(let text), .startsWith(let text), .endsWith(let text): check(text)
    case .matches(let pattern):
      check(pattern)
      if let literal = pattern.literal, (try? Regex(literal)) == nil {
        report(.error("this regular expression cannot be read", at: pattern.range))
      }
    case .exists: break
    case .count:
      if place != .xpath { report(.error("`count` counts what an XPath selects", at: matcher.range)) }
    case .oneOf(let texts):
      for text in texts { check(text) }
      if texts.isEmpty { report(.error("nothing is one of no texts", at: matcher.range)) }
    case .json(let tree): check(tree)
    case .file(let name):
      check(name)
      if place != .body { report(.error("`file` is for a body", at: matcher.range)) }
      if let known = try? name.text(in: scope) { checkFile(known, at: name.range) }
    case .not(let matcher): checkMatcher(matcher, in: place)
    case .all(let matchers): checkAll(matchers, of: matcher, in: place)
    }
  }

  private mutating func checkAll(_ matchers: [Matcher], of matcher: Matcher, in place: MatcherPlace) {
    for matcher in matchers { checkMatcher(matcher, in: place) }
    let isAbsent = matchers.contains { if case .exists(false) = $0.kind { true } else { false } }
    if isAbsent, matchers.count > 1 {
      report(.error("what does not exist cannot be anything else", at: matcher.range))
    }
  }
}
