import AWSAPI
import AWSClient
import FoundationEssentials
import JSON
import Scenario
import SigV4

// `cli:` steps: the real AWS CLI against the same target.
extension ScenarioRun {
  mutating func carryOut(
    _ command: Scenario.CommandLine, of step: Scenario.Step, _ result: inout StepResult
  ) throws(Problem) {
    guard let name = step.principal else { throw Problem("the step names no principal", at: step.range) }
    let words = try self.words(of: command, in: scope)
    let shown = try remote.map { remote throws(Problem) in try self.words(of: command, in: remote.canonical) } ?? words
    if case .recording = target.commandPlace {
      guard let recorded = target.recordedCommand(shown, as: name.value) else {
        throw Problem("not recorded: \(shown.joined(separator: " "))", at: command.range)
      }
      result.command = recorded
      try judge(step, recorded, &result)
      return try keep(step, recorded, callerAccount: nil)
    }
    guard let commands else {
      result.verdict = .notRun(because: "this run starts no programs, and the step needs `aws`")
      return
    }
    if let obstacle = commands.obstacle {
      result.verdict = .notRun(because: obstacle)
      return
    }
    let known = try permitted(words, command, step)
    if let reason = refusal(of: known) {
      let isReadOnly = remote?.conditions.isReadOnly == true
      result.verdict =
        isReadOnly ? .notRun(because: reason) : .error(Problem("not run: \(reason)", at: command.range))
      return
    }
    for file in command.files { try commands.write(try bytes(of: file), to: file.name.value) }
    try attempt(step, known, &result) { run, result throws(Problem) in
      try run.runOnce(command, words, shown, as: name, commands, &result)
    }
  }

  private func words(of command: Scenario.CommandLine, in scope: Scope) throws(Problem) -> [String] {
    var words: [String] = []
    do throws(Diagnostic) {
      for word in command.words { words.append(try word.text(in: scope)) }
    } catch {
      throw Problem(error)
    }
    guard !words.contains(where: { $0.utf8.contains(0) }) else {
      throw Problem("a word of a command holds no zero byte", at: command.range)
    }
    return words
  }

  /// The command, once more as it is: what `check` did not know is known now.
  private func permitted(
    _ words: [String], _ command: Scenario.CommandLine, _ step: Scenario.Step
  ) throws(Problem) -> AWSCommand {
    do throws(AWSCommand.Fault) {
      let known = try AWSCommand(words)
      if let fault = known.faults(profiles: command.profileNames(of: step)).first { throw fault }
      return known
    } catch {
      throw Problem(error.message, at: error.word.map { command.words[$0].range } ?? command.range)
    }
  }

  private func bytes(of file: Scenario.CommandLine.File) throws(Problem) -> [UInt8] {
    if let problem = Scenario.CommandLine.problem(withFile: file.name.value) {
      throw Problem(problem, at: file.name.range)
    }
    return try resolved { scope, folder throws(Diagnostic) in try file.content.bytes(in: scope, folder) }
  }

  /// Why a command may not be run on accounts that outlive the run: nobody would take back what it makes. What it does to
  /// objects of buckets that this run has made goes with them.
  private func refusal(of command: AWSCommand) -> String? {
    guard let remote else { return nil }
    let what = "`aws \(command.service) \(command.name)`"
    switch command.effect {
    case .nothing: return nil
    case .objects(let buckets):
      if remote.conditions.isReadOnly { return "--read-only: \(what) would change something" }
      guard let foreign = buckets.first(where: { !remote.rules.naming.isOurs($0) }) else { return nil }
      return "\(what) would change objects of \(foreign), a bucket that this run did not make"
    case .more:
      if remote.conditions.isReadOnly { return "--read-only: \(what) would change something" }
      return "\(what) would make something that no ledger knows on the target \(target.name); use `call:`"
    }
  }

  // MARK: Once, and again

  private mutating func runOnce(
    _ command: Scenario.CommandLine, _ words: [String], _ shown: [String], as name: Located<String>,
    _ commands: CommandSession, _ result: inout StepResult
  ) throws(Problem) -> CommandExchange? {
    guard let signing = try session(of: name, &result) else { return nil }
    remote?.signing = signing.credentials
    var endpoints = target.client.endpoints
    var authorities: String?
    switch target.commandPlace {
    case .emulator:
      guard let emulator = (target as? EmulatorTarget)?.emulator else { break }
      endpoints = .single(try commands.endpoint(of: emulator))
    case .endpoints(let certificateAuthorities): authorities = certificateAuthorities
    case .recording: break
    }
    var surroundings = CommandSurroundings(
      region: remote?.region(of: signing.account) ?? target.client.region, endpoints: endpoints,
      credentials: signing.credentials, principal: name.value, certificateAuthorities: authorities)
    surroundings.profiles = try profiles(of: command)
    var words = words
    if signing.credentials == nil { words.append("--no-sign-request") }
    let made: CommandExchange
    switch try commands.run(words, surroundings) {
    case .ended(let ended): made = ended
    case .notThere(let reason):
      result.verdict = .notRun(because: reason)
      return nil
    }
    latestAccount = signing.account
    latestCommand = made
    guard let remote else { return made }
    let canonicalizer = remote.rules.naming.canonicalizer()
    return made.mapped(words: shown + words.dropFirst(shown.count)) { canonicalizer.apply($0) }
  }

  private func profiles(of command: Scenario.CommandLine) throws(Problem) -> [CommandSurroundings.Profile] {
    var profiles: [CommandSurroundings.Profile] = []
    for profile in command.profiles {
      var made = CommandSurroundings.Profile(name: profile.name.value, settings: [])
      for (name, template) in profile.settings {
        let value = try resolved { scope, _ throws(Diagnostic) in try template.text(in: scope) }
        guard ProfileSetting(rawValue: name.value) != nil else {
          throw Problem("a command's profile may not set `\(name.value)`", at: name.range)
        }
        if let problem = ProfileSetting.problem(with: value) { throw Problem(problem, at: template.range) }
        made.settings.append((name.value, value))
      }
      profiles.append(made)
    }
    return profiles
  }

  /// Runs the command until it ends as expected and goes on to do so, or the time for that is over: as with calls.
  private mutating func attempt(
    _ step: Scenario.Step, _ command: AWSCommand, _ result: inout StepResult,
    _ run: (inout ScenarioRun, inout StepResult) throws(Problem) -> CommandExchange?
  ) throws(Problem) {
    let patience = remote?.conditions.patience
    let within = step.expect?.within?.value.duration ?? patience?.within ?? .zero
    let stable = step.expect?.stable?.value ?? (step.expect?.isDenial == true ? patience?.stable ?? 1 : 1)
    var pause = patience?.firstPause ?? Self.interval
    var waited = Duration.zero
    var settling = StepResult.Settling()
    var seen = 0
    latestCommand = nil
    while true {
      settling.tries += 1
      settling.duration = waited
      result.verdict = .passed
      let made = try run(&self, &result)
      if let made {
        result.command = made
        try judge(step, made, &result)
        try confirmDenial(step, made, &result)
      }
      if remote != nil { result.settling = settling }
      if result.verdict.isPassed {
        seen += 1
        if seen >= stable { break }
      } else {
        seen = 0
        if case .notRun = result.verdict { break }
        let isWorthIt = made.map { $0.status != 0 || command.effect == .nothing } ?? true
        guard waited < within, isWorthIt, !Interruption.isRequested else { break }
        if case .error = result.verdict, step.expect != nil { break }
      }
      let next = seen > 0 ? Self.interval : min(pause, within - waited)
      target.wait(next)
      waited += next
      pause = min(pause * 2, patience?.longestPause ?? Self.interval)
    }
    if let latestCommand { try keep(step, latestCommand, callerAccount: latestAccount) }
  }

  /// A refusal counts only from credentials that are known to be alive.
  private mutating func confirmDenial(
    _ step: Scenario.Step, _ made: CommandExchange, _ result: inout StepResult
  ) throws(Problem) {
    guard result.verdict.isPassed, made.error != nil, let credentials = remote?.signing else { return }
    if try !isAlive(credentials) {
      result.verdict = .notReady("GetCallerIdentity does not answer to these credentials yet")
    }
  }

  // MARK: What came of it

  private func judge(_ step: Scenario.Step, _ made: CommandExchange, _ result: inout StepResult) throws(Problem) {
    try judge(step, CommandAnswer(made, places), &result) { answer in
      made.status == 0 ? nil : Problem(answer.summary, at: step.range.firstLine, notes: answer.reasons)
    }
  }

  private mutating func keep(
    _ step: Scenario.Step, _ made: CommandExchange, callerAccount: String?
  ) throws(Problem) {
    guard made.status == 0 else { return }
    if let become = step.become {
      guard let session = Principals.Session(AWSStructure(credentialsIn: made), callerAccount: callerAccount) else {
        throw Problem("the command's output has no credentials for '\(become.value)' to become", at: become.range)
      }
      principals[session: become.value] = session
      caller.redactor.add(session.credentials)
    }
    for save in step.saves { try keep(save, CommandAnswer(made, places)) }
  }
}

extension AWSStructure {
  /// The credentials that a command has printed as JSON, as an answer has them.
  fileprivate init(credentialsIn command: CommandExchange) {
    self.init()
    guard let json = try? JSONValue(parsing: Array(command.output.utf8)) else { return }
    for name in ["Credentials", "AccessKey"] {
      guard let object = json[name] else { continue }
      var members: AWSStructure = [:]
      for key in ["AccessKeyId", "SecretAccessKey", "SessionToken"] {
        if let text = object[key]?.string { members[key] = .string(text) }
      }
      let end = object["Expiration"]?.string.map { $0.hasSuffix("+00:00") ? $0.dropLast(6) + "Z" : $0 }
      if let date = end.flatMap(AWSTimestamp.date) { members["Expiration"] = .timestamp(date) }
      self[name] = .structure(members)
    }
    if let arn = json["AssumedRoleUser"]?["Arn"]?.string { self["AssumedRoleUser"] = ["Arn": .string(arn)] }
  }
}
