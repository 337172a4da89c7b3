import AWSAPI
import FoundationEssentials
import HTTP
import JSON
import Scenario
import SigV4
import XML

/// One run of one scenario on one target: what is known so far, and what must be undone.
struct ScenarioRun {
  let scenario: Scenario
  let target: any Target
  let caller: Caller
  var scope: Scope
  var principals: Principals
  var places: StatementPlaces
  var ledger = Ledger()
  let folder: ScenarioFolder
  /// Variables and principals that a step should have given and did not, with that step's title.
  private var missing: [String: String] = [:]

  init(_ scenario: Scenario, on target: any Target, redactor: Redactor) throws(Diagnostic) {
    self.scenario = scenario
    self.target = target
    caller = Caller(target: target, redactor: redactor)
    scope = try Scope(
      scenario, now: { target.now }, oneTimeCode: { OneTimeCode.code($0, $1) },
      identityProviders: target.identityProviders)
    principals = Principals(scenario)
    places = StatementPlaces(scenario)
    folder = ScenarioFolder(of: scenario.source.path)
  }

  /// Carries `step` out and says what came of it. Nothing it meets ends the run.
  mutating func run(_ step: Scenario.Step) -> StepResult {
    var result = StepResult(step: step, title: step.title)
    if let cause = missingCause(of: step) {
      result.verdict = .notRun(because: cause)
    } else {
      do throws(Problem) {
        try carryOut(step, &result)
      } catch {
        result.verdict = .error(error)
      }
    }
    keepMissing(of: step, result)
    result.places = places
    return result
  }

  private mutating func carryOut(_ step: Scenario.Step, _ result: inout StepResult) throws(Problem) {
    switch step.action {
    case .call(let call): try carryOut(call, of: step, &result)
    case .advance(let duration):
      guard target.advance(by: duration.value.duration) else {
        throw Problem("the clock of the target \(target.name) cannot be moved", at: duration.range)
      }
      result.outcome = "It is now \(target.now.formatted(.iso8601))."
    case .presign(let call, let expires): try presign(call, expires: expires, of: step, &result)
    case .fetch(let fetch): try carryOut(fetch, of: step, &result)
    case .switchRole(let form): try link(form, of: step, &result)
    case .check(let checks): try hold(checks, &result)
    case .cli(let command):
      throw Problem("`cli:` steps are not supported by this version; use `call:`", at: command.range)
    }
  }

  // MARK: Calls

  private mutating func carryOut(
    _ call: Scenario.Call, of step: Scenario.Step, _ result: inout StepResult
  ) throws(Problem) {
    guard let name = step.principal else { throw Problem("the step names no principal", at: step.range) }
    let prepared = try resolved { scope, folder throws(Diagnostic) in try call.arguments(in: scope, folder: folder) }
    let made = AWSCall(operation: prepared.operation, parameters: prepared.parameters)
    var account: String?
    try attempt(step, &result) { run, result throws(Problem) in
      guard let signing = try run.session(of: name, &result) else { return nil }
      account = signing.account
      return try run.caller.call(made, as: name.value, signing.credentials)
    }
    guard let exchange = result.exchange, case .success(let answer) = exchange.outcome else { return }
    if let account {
      places.note(made, call.parameters, answer, account: account)
      ledger.note(made, answer, account: account)
    }
    try keep(step, exchange, answer, callerAccount: account)
  }

  /// Makes an exchange, again and again where the answer may take a while to become true, and holds it against what is expected.
  mutating func attempt(
    _ step: Scenario.Step, _ result: inout StepResult,
    _ exchange: (inout ScenarioRun, inout StepResult) throws(Problem) -> Exchange?
  ) throws(Problem) {
    let patience = step.expect?.within?.value.duration ?? .zero
    var waited = Duration.zero
    while true {
      guard let made = try exchange(&self, &result) else { return }
      result.exchange = made
      try judge(step, made, &result)
      guard !result.verdict.isPassed, waited < patience else { return }
      let pause = min(Self.interval, patience - waited)
      target.wait(pause)
      waited += pause
    }
  }

  private static let interval = Duration.seconds(1)

  private func judge(_ step: Scenario.Step, _ exchange: Exchange, _ result: inout StepResult) throws(Problem) {
    result.remarks = []
    if case .failure(let error) = exchange.outcome, error.isNotReady, step.expect?.error == nil {
      result.verdict = .notReady("\(error.code): \(error.message)")
      return
    }
    guard let expectation = step.expect else {
      guard case .failure(let error) = exchange.outcome else { return result.verdict = .passed }
      // Nothing was expected of this call but to work, so this is not about the policies that are tested.
      let notes = places.notes(for: exchange)
      result.verdict = .error(Problem("\(error.code): \(error.message)", at: step.range.firstLine, notes: notes))
      return
    }
    var check = ExpectationCheck(expectation, exchange, MatcherCheck(scope: scope, folder: folder), places)
    try check.run()
    result.remarks = check.remarks
    result.verdict = check.mismatches.isEmpty ? .passed : .failed(check.mismatches)
  }

  // MARK: What a step keeps

  private mutating func keep(
    _ step: Scenario.Step, _ exchange: Exchange, _ answer: AWSStructure, callerAccount: String?
  ) throws(Problem) {
    if let become = step.become {
      guard let session = Principals.Session(answer, callerAccount: callerAccount) else {
        throw Problem("the answer has no credentials for '\(become.value)' to become", at: become.range)
      }
      principals[session: become.value] = session
      caller.redactor.add(session.credentials.secretAccessKey.reveal())
    }
    for save in step.saves { try keep(save, exchange) }
  }

  mutating func keep(_ save: Scenario.Save, _ exchange: Exchange) throws(Problem) {
    var value: String?
    switch save.source {
    case .header(let name): value = exchange.response.headers[name.value]
    case .body: value = String(decoding: exchange.body, as: UTF8.self)
    case .xpath(let template):
      let source = try resolved { scope, _ throws(Diagnostic) in try template.text(in: scope) }
      do throws(XMLError) {
        value = try exchange.document?.string(source)
      } catch {
        throw Problem(error.message, at: template.range)
      }
    }
    guard let value else {
      throw Problem("the answer has nothing for '\(save.variable.value)'", at: save.variable.range)
    }
    if save.isSecret { caller.redactor.add(value) }
    scope[save.variable.value] = .string(value)
  }

  // MARK: What is missing

  private func missingCause(of step: Scenario.Step) -> String? {
    guard !missing.isEmpty else { return nil }
    for name in step.neededNames(in: scenario) {
      if let cause = missing[name] { return cause }
    }
    return nil
  }

  private mutating func keepMissing(of step: Scenario.Step, _ result: StepResult) {
    let given = step.saves.map(\.variable.value) + (step.become.map { ["as " + $0.value] } ?? [])
    let cause: String
    switch result.verdict {
    case .passed:
      for name in given { missing[name] = nil }
      return
    case .notRun(let because): cause = because
    case .failed, .notReady, .error: cause = result.title
    }
    for name in given where !isKnown(name) { missing[name] = cause }
  }

  /// Whether a step that did not pass has given this all the same, as one does whose answer differs in something else.
  private func isKnown(_ name: String) -> Bool {
    name.hasPrefix("as ") ? false : scope[name] != nil
  }

  // MARK: Helpers

  /// Reads something of the file with what is known now.
  func resolved<Value>(_ read: (Scope, ScenarioFolder) throws(Diagnostic) -> Value) throws(Problem) -> Value {
    do throws(Diagnostic) {
      return try read(scope, folder)
    } catch {
      throw Problem(error)
    }
  }
}

extension AWSError {
  /// Whether the credentials are not known to this service yet, which says nothing about permissions.
  var isNotReady: Bool { code == "InvalidClientTokenId" || code == "InvalidAccessKeyId" }
}

extension SourceRange {
  /// The range's first line, for a place that spans many.
  var firstLine: SourceRange {
    start.line == end.line
      ? self : SourceRange(file: file, start: start, end: SourcePosition(line: start.line, column: start.column + 1))
  }
}
