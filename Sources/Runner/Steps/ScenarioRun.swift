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
  /// `nil` where the accounts end with the run.
  var remote: RemoteRun?
  /// The latest exchange as it really was, before names and ids were mapped back.
  var latest: Exchange?
  /// The same of a command, and the account that it acted in.
  var latestCommand: CommandExchange?
  var latestAccount: String?
  /// What runs commands; `nil` where the run starts no programs.
  let commands: CommandSession?
  /// Whether calls are made by the AWS CLI; see ``RunOptions/callsByCommand``.
  let callsByCommand: Bool
  /// Variables and principals that a step should have given and did not, with that step's title.
  private var missing: [String: String] = [:]

  /// - Parameter commands: what `cli:` steps need; without it they are not run.
  init(
    _ scenario: Scenario, on target: any Target, redactor: Redactor, commands: CommandHost? = nil,
    callsByCommand: Bool = false
  ) throws(Diagnostic) {
    self.callsByCommand = callsByCommand
    self.scenario = scenario
    self.target = target
    self.commands = commands.map { CommandSession($0, redactor: redactor) }
    caller = Caller(target: target, redactor: redactor)
    let own = try Scope(
      scenario, now: { target.now }, oneTimeCode: { OneTimeCode.code($0, $1) },
      identityProviders: target.identityProviders)
    if let conditions = target.conditions {
      let remote = try RemoteRun(scenario, conditions, canonical: own)
      self.remote = remote
      scope = try Scope(
        scenario, bindings: remote.bindings, now: { target.now }, oneTimeCode: { OneTimeCode.code($0, $1) },
        identityProviders: target.identityProviders)
    } else {
      scope = own
    }
    principals = Principals(scenario)
    places = StatementPlaces(scenario)
    folder = ScenarioFolder(of: scenario.source.path)
  }

  /// Carries `step` out and says what came of it. Nothing it meets ends the run.
  mutating func run(_ step: Scenario.Step) -> StepResult {
    var result = StepResult(step: step, title: step.title)
    if let cause = missingCause(of: step) {
      result.verdict = .notRun(because: cause)
    } else if let clock = remote?.standingClock, step.expectsExpiry {
      result.verdict = .notRun(because: clock)
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
        if remote != nil {
          remote?.standingClock = step.title
          result.verdict = .notRun(because: "the clock of the target \(target.name) cannot be moved")
          return
        }
        throw Problem("the clock of the target \(target.name) cannot be moved", at: duration.range)
      }
      result.outcome = "It is now \(AWSTimestamp.text(target.now, .iso8601))."
    case .presign(let call, let expires): try presign(call, expires: expires, of: step, &result)
    case .fetch(let fetch): try carryOut(fetch, of: step, &result)
    case .switchRole(let form): try link(form, of: step, &result)
    case .check(let checks): try hold(checks, &result)
    case .cli(let command): try carryOut(command, of: step, &result)
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
      guard let call = run.permitted(made, signing, &result) else { return nil }
      return try run.make(call, as: name.value, signing)
    }
    guard let exchange = latest ?? result.exchange, case .success(let answer) = exchange.outcome else { return }
    if let account {
      places.note(made, call.parameters, answer, account: account)
      if remote == nil { ledger.note(made, answer, account: account) }
    }
    try keep(step, exchange, answer, callerAccount: account)
  }

  /// `call` as it may be sent; `nil` where it may not, which `result` then says.
  private mutating func permitted(_ call: AWSCall, _ signing: Signing, _ result: inout StepResult) -> AWSCall? {
    guard remote != nil else { return call }
    remote?.signing = signing.credentials
    let isAdministrator = self.isAdministrator(result.step.principal?.value)
    switch remote?.rules.judge(call, account: signing.account, isAdministrator: isAdministrator) {
    case .send(let call)?: return call
    case .isThere(let read, let key)?:
      result.outcome = "\(key) is there already on the target \(target.name): nothing was made."
      return read
    case .refuse(let reason)?:
      refuse(reason, &result)
      return nil
    case nil: return call
    }
  }

  /// Says that the guard kept a step from being carried out.
  func refuse(_ reason: String, _ result: inout StepResult) {
    let isReadOnly = remote?.conditions.isReadOnly == true
    result.verdict =
      isReadOnly ? .notRun(because: reason) : .error(Problem("not sent: \(reason)", at: result.step.range))
  }

  /// Makes an exchange, again and again where the answer may take a while to become true, and holds it against what is expected.
  mutating func attempt(
    _ step: Scenario.Step, _ result: inout StepResult,
    _ exchange: (inout ScenarioRun, inout StepResult) throws(Problem) -> Exchange?
  ) throws(Problem) {
    latest = nil
    if let remote { return try attemptPatiently(step, &result, remote, exchange) }
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

  static let interval = Duration.seconds(1)

  func judge(_ step: Scenario.Step, _ exchange: Exchange, _ result: inout StepResult) throws(Problem) {
    try judge(step, ExchangeAnswer(exchange, places), &result) { answer in
      guard let error = answer.error else { return nil }
      let lack = answer.denial == nil ? nil : harnessLack(step, exchange, error)
      return Problem(
        lack ?? "\(error.code): \(error.message)", at: step.range.firstLine, notes: places.notes(for: exchange))
    }
  }

  /// Holds the answer to a call or a command against what the step expects of it.
  /// - Parameter problem: what went wrong where nothing was expected but to work, which is not about the policies that are
  ///   tested; `nil` where nothing did.
  func judge<Answer: CheckedAnswer>(
    _ step: Scenario.Step, _ answer: Answer, _ result: inout StepResult, problem: (Answer) -> Problem?
  ) throws(Problem) {
    result.remarks = []
    if let error = answer.error, error.isNotReady, step.expect?.error == nil {
      result.verdict = .notReady("\(error.code): \(error.message)")
      return
    }
    guard let expectation = step.expect else {
      result.verdict = problem(answer).map { .error($0) } ?? .passed
      return
    }
    var check = ExpectationCheck(
      expectation, answer, MatcherCheck(scope: remote?.canonical ?? scope, folder: folder))
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
    try keep(save, ExchangeAnswer(exchange, places))
  }

  mutating func keep(_ save: Scenario.Save, _ answer: some CheckedAnswer) throws(Problem) {
    var value: String?
    switch save.source {
    case .header(let name): value = answer.header(name.value)
    case .body: value = answer.body
    case .xpath(let template):
      let source = try resolved { scope, _ throws(Diagnostic) in try template.text(in: scope) }
      do throws(XMLError) {
        value = try answer.document?.string(source)
      } catch {
        throw Problem(error.message, at: template.range)
      }
    }
    guard let value else {
      throw Problem("the answer has nothing for '\(save.variable.value)'", at: save.variable.range)
    }
    if save.isSecret { caller.redactor.add(value) }
    scope[save.variable.value] = .string(value)
    if let remote {
      self.remote?.canonical[save.variable.value] = .string(remote.rules.naming.canonicalizer().apply(value))
    }
  }

  /// What the run itself is not allowed to do, where that is why a step failed: nothing is wrong with what is tested then.
  private func harnessLack(_ step: Scenario.Step, _ exchange: Exchange, _ error: AWSError) -> String? {
    guard let remote, let name = step.principal?.value, isAdministrator(name), let call = exchange.call else {
      return nil
    }
    let named = error.message.range(ofText: "not authorized to perform: ").map { found in
      String(error.message[found.upperBound...].prefix { $0 != " " })
    }
    let action = named ?? call.operation.authorization.first?.action ?? call.operation.qualifiedName
    let account = remote.conditions.accounts[name]?.id ?? ""
    return "the credentials of account \(name) (\(account)) lack \(action): \(error.message)"
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
