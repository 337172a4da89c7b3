import AWSAPI
import FoundationEssentials
import Scenario
import SigV4

// What is done in accounts that outlive the run takes a while to show everywhere, and for no time that anybody promises.
extension ScenarioRun {
  /// Makes an exchange until it is as expected and stays so, or the time for that is over.
  ///
  /// - An answer that is not as expected is tried again to a deadline.
  /// - A refusal that is as expected counts only from an identity that GetCallerIdentity has shown to be alive, and only
  ///   when it was seen several times in a row.
  /// - Credentials that are not known yet are never a refusal.
  mutating func attemptPatiently(
    _ step: Scenario.Step, _ result: inout StepResult, _ remote: RemoteRun,
    _ exchange: (inout ScenarioRun, inout StepResult) throws(Problem) -> Exchange?
  ) throws(Problem) {
    let patience = remote.conditions.patience
    let within = step.expect?.within?.value.duration ?? patience.within
    let stable = step.expect?.stable?.value ?? (step.expect?.isDenial == true ? patience.stable : 1)
    let start = target.elapsed
    var settling = StepResult.Settling()
    var pause = patience.firstPause
    var seen = 0
    while true {
      settling.tries += 1
      let isFinal = try tryOnce(step, &result, exchange)
      settling.duration = target.elapsed - start
      result.settling = settling
      if result.verdict.isPassed {
        seen += 1
        if seen >= stable { return }
        target.wait(patience.firstPause)
        continue
      }
      seen = 0
      guard !isFinal, settling.duration < within, !Interruption.isRequested else { return }
      target.wait(min(pause, within - settling.duration))
      pause = min(pause * 2, patience.longestPause)
    }
  }

  /// - Returns: whether waiting would change nothing.
  private mutating func tryOnce(
    _ step: Scenario.Step, _ result: inout StepResult,
    _ exchange: (inout ScenarioRun, inout StepResult) throws(Problem) -> Exchange?
  ) throws(Problem) -> Bool {
    result.verdict = .passed
    guard let made = try exchange(&self, &result) else {
      // A role of a chain was refused, or the guard refused, which the verdict says.
      if case .notRun = result.verdict { return true }
      if case .error = result.verdict { return true }
      return result.verdict.isPassed
    }
    // What a step made is known under its own name now, also where the step wrote it itself.
    let canonical = remote?.rules.naming.canonicalizer().apply(made) ?? made
    result.exchange = canonical
    latest = made
    try judge(step, canonical, &result)
    if result.verdict.isPassed {
      if Denial(made) != nil, let credentials = remote?.signing, try !isAlive(credentials) {
        result.verdict = .notReady("GetCallerIdentity does not answer to these credentials yet")
      }
      return false
    }
    return try isHopeless(step, made, result.verdict)
  }

  private mutating func isHopeless(
    _ step: Scenario.Step, _ made: Exchange, _ verdict: Verdict
  ) throws(Problem) -> Bool {
    if case .notReady = verdict { return false }
    switch made.outcome {
    case .success:
      guard let call = made.call, !call.operation.isReadOnly else { return false }
      // It has been carried out and cannot be made again, unless it should have been refused and can be taken back.
      guard step.expect?.isDenial == true else { return true }
      return try !takeBackLatest()
    case .failure(let error):
      guard step.expect == nil else { return false }
      if Denial(made) != nil { return isAdministrator(step.principal?.value) }
      return !(error.meansGone || error.isPassing || error.code == "MalformedPolicyDocument")
    }
  }

  func isAdministrator(_ name: String?) -> Bool { name.map { scope.accounts[$0] != nil } ?? false }

  /// Whether GetCallerIdentity answers. It needs no permission, so nothing but unknown credentials keeps it from that.
  mutating func isAlive(_ credentials: Credentials) throws(Problem) -> Bool {
    if remote?.alive.contains(credentials.accessKeyID) == true { return true }
    guard let operation = Catalogue.operation(.sts, "GetCallerIdentity") else { return false }
    let exchange = try caller.call(AWSCall(operation: operation, parameters: [:]), as: "", credentials)
    guard case .success = exchange.outcome else { return false }
    remote?.alive.insert(credentials.accessKeyID)
    return true
  }

  /// Takes back what a call made that should have been refused.
  /// - Returns: whether it is gone.
  private mutating func takeBackLatest() throws(Problem) -> Bool {
    guard let latest = remote?.latestEntry, let conditions = remote?.conditions else { return false }
    let remover = Remover(caller: caller, ledger: conditions.ledger, accounts: conditions.accounts)
    remote?.latestEntry = nil
    return remover.remove([latest.entry], verifying: false) { _ in }.allSatisfy { $0.problem == nil }
  }
}

extension Expectation {
  var isDenial: Bool { if case .denied? = outcome?.value { true } else { false } }
}

extension Duration {
  init(seconds: Double) { self = .milliseconds(Int((max(0, seconds) * 1000).rounded())) }
}
