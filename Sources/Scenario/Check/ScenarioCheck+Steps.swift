import AWSAPI
import IAMPolicy

extension ScenarioCheck {
  mutating func checkStep(_ step: Scenario.Step) {
    checkPrincipal(of: step)
    switch step.action {
    case .call(let call): checkCall(call, of: step)
    case .presign(let call, let expires): checkPresign(call, expires, of: step)
    case .cli(let command): checkCommand(command, of: step)
    case .advance: break
    case .fetch(let fetch): checkFetch(fetch)
    case .switchRole(let form): checkSwitchRole(form)
    case .check(let checks):
      for check in checks {
        self.check(check.value)
        checkMatcher(check.matcher, in: .value)
      }
    }
    if let expect = step.expect { checkExpectation(expect, of: step) }
    for save in step.saves { checkSave(save) }
    if let become = step.become { checkBecome(become, of: step) }
  }

  // MARK: - Who

  private mutating func checkPrincipal(of step: Scenario.Step) {
    guard let principal = step.principal else {
      switch step.action {
      case .call(let call), .presign(let call, _):
        report(.error("a step that calls needs `as`", at: call.operation.range))
      case .cli(let command): report(.error("a step with `cli` needs `as`", at: command.range))
      case .advance, .fetch, .switchRole, .check: break
      }
      return
    }
    if case .presign = step.action, principal.value == Scenario.anonymous {
      report(.error("`\(Scenario.anonymous)` has no credentials to sign with", at: principal.range))
    }
    usePrincipal(principal)
  }

  private mutating func usePrincipal(_ principal: Located<String>) {
    let name = principal.value
    usedPrincipals.insert(name)
    guard principals.contains(name) else {
      if let become = becomes[name] {
        return report(
          .error(
            "principal `\(name)` is used before it has credentials", at: principal.range,
            notes: [.init("a step becomes it", at: become)]))
      }
      guard hasAccounts else { return }
      let known = principals.union(becomes.keys).sorted()
      let label = Suggestion.label(for: name, among: known)
      return report(
        .error(
          "unknown principal `\(name)`", at: principal.range, label: label,
          notes: label == nil ? [.init("principals: \(known.joined(separator: ", "))")] : []))
    }
    if case .role(let chain)? = declared[name]?.kind { useChain(chain, of: principal) }
  }

  /// What a role chain refers to must be known when it is used, and the principal it starts from must have credentials.
  private mutating func useChain(_ chain: Scenario.RoleChain, of principal: Located<String>) {
    if walkedChains.contains(principal.value) {
      let circle = (walkedChains + [principal.value]).joined(separator: " → ")
      return report(.error("principals assume roles from one another in a circle: \(circle)", at: chain.from.range))
    }
    walkedChains.append(principal.value)
    defer { walkedChains.removeLast() }
    for template in [chain.role, chain.session, chain.externalID, chain.sourceIdentity] { check(template) }
    for template in chain.policyArns + chain.transitiveTagKeys { check(template) }
    for tag in chain.tags {
      check(tag.key)
      check(tag.value)
    }
    if let policy = chain.policy {
      check(policy)
      usePolicy(policy, as: PolicyUse(.session))
    }
    usePrincipal(chain.from)
  }

  private mutating func checkBecome(_ become: Located<String>, of step: Scenario.Step) {
    if !Identifier.isValid(become.value) {
      report(.error("a principal's name is made of letters, digits, `_` and `-`", at: become.range))
    }
    if become.value == Scenario.anonymous || scenario.accounts.contains(where: { $0.name.value == become.value }) {
      report(.error("`\(become.value)` cannot be given other credentials", at: become.range))
    }
    if let operation = operation(of: step), operation.output?.holdsCredentials != true {
      report(.error("the answer to \(operation.qualifiedName) has no credentials", at: become.range))
    }
    if step.expect?.isFailure == true {
      report(.error("a call that is expected to fail gives no credentials", at: become.range))
    }
    principals.insert(become.value)
  }

  /// The operation that a step calls, itself or by a command.
  private func operation(of step: Scenario.Step) -> AWSAPI.Operation? {
    switch step.action {
    case .call(let call): Catalogue.operation(named: call.operation.value)
    case .cli(let command): (try? AWSCommand(knownPartOf: command, in: scope))?.operation
    default: nil
    }
  }

  // MARK: - What

  private mutating func checkCall(_ call: Scenario.Call, of step: Scenario.Step) {
    check(call.parameters)
    guard let operation = Catalogue.operation(named: call.operation.value) else {
      return report(unknownOperation(call.operation))
    }
    let folder = folder
    var reader = ParameterReader(operation) { name, range throws(Diagnostic) in try folder.read(name, at: range) }
    _ = reader.parameters(PlacedValue(knownPartOf: call.parameters, in: scope), callRange: call.operation.range)
    for fault in reader.faults { report(fault) }
    // A step may be about what AWS says to a value that it refuses; then the value is meant.
    let isRejected = step.expect?.isRejection == true
    if !isRejected {
      for violation in reader.violations { report(violation) }
    }
    for (parameter, type) in PolicyUse.parameters(of: operation.qualifiedName) {
      guard let document = call.parameters[parameter] else { continue }
      usePolicy(document, as: PolicyUse(type, bucket: bucket(of: call, type)), isRejected: isRejected)
    }
  }

  /// The name of the bucket whose policy a call writes, where it is known before the run.
  private func bucket(of call: Scenario.Call, _ type: PolicyType) -> String? {
    guard type == .bucket, let bucket = call.parameters["Bucket"],
      case .string(let name, _) = PlacedValue(knownPartOf: bucket, in: scope)
    else { return nil }
    return name
  }

  private func unknownOperation(_ name: Located<String>) -> Diagnostic {
    let label = Catalogue.suggestion(forOperation: name.value).map(Suggestion.label)
    return .error("unknown operation `\(name.value)`", at: name.range, label: label)
  }

  private mutating func checkPresign(
    _ call: Scenario.Call, _ expires: Located<DurationValue>?, of step: Scenario.Step
  ) {
    checkCall(call, of: step)
    // Signature Version 4 allows a week at most.
    if let expires, !(Duration.seconds(1)...Duration.seconds(604_800)).contains(expires.value.duration) {
      report(.error("a presigned URL works for 1s to 7d", at: expires.range))
    }
  }

  private mutating func checkFetch(_ fetch: Scenario.Fetch) {
    check(fetch.url)
    for header in fetch.headers { check(header.value) }
    if let body = fetch.body {
      check(body)
      if case .string(let name, let range)? = body["file"].map({ PlacedValue(knownPartOf: $0, in: scope) }) {
        checkFile(name, at: range)
      }
    }
    if let url = try? fetch.url.text(in: scope), !url.hasPrefix("http://"), !url.hasPrefix("https://") {
      report(.error("a URL starts with http:// or https://", at: fetch.url.range))
    }
  }

  /// The rules of the Management Console's form: 64 characters for the path and name, and an account's id.
  private mutating func checkSwitchRole(_ form: Scenario.SwitchRole) {
    for template in [form.account, form.roleName, form.displayName] { check(template) }
    if let account = try? form.account.text(in: scope), account.utf8.count != 12 || !account.utf8.allSatisfy(\.isDigit)
    {
      report(.error("an account id has twelve digits", at: form.account.range))
    }
    if let role = try? form.roleName.text(in: scope), role.isEmpty || role.unicodeScalars.count > 64 {
      report(.error("a role's path and name have 1 to 64 characters in the console", at: form.roleName.range))
    }
    if let name = try? form.displayName?.text(in: scope), name.unicodeScalars.count > 64 {
      report(.error("a display name has at most 64 characters", at: form.displayName?.range ?? form.range))
    }
  }

  mutating func checkFile(_ name: String, at range: SourceRange) {
    do { _ = try folder.read(name, at: range) } catch { report(error) }
  }

  private mutating func checkSave(_ save: Scenario.Save) {
    checkReserved(save.variable)
    if case .xpath(let expression) = save.source {
      check(expression)
      checkXPath(expression)
    }
    variables.insert(save.variable.value)
  }

  mutating func checkXPath(_ expression: Template) {
    // What a reference will stand for is not known, but it will stand inside a string or be a name.
    let text = expression.parts.map { part in
      if case .text(let text) = part { text } else { "x" }
    }.joined()
    if let problem = xpathProblem(text) {
      report(.error("this XPath does not compile: \(problem)", at: expression.range))
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension StructureShape {
  /// Whether an answer of this shape holds an access key with its secret.
  fileprivate var holdsCredentials: Bool {
    if self["AccessKeyId"] != nil, self["SecretAccessKey"] != nil { return true }
    return members.contains { member in
      if case .structure(let shape) = member.shape { shape.holdsCredentials } else { false }
    }
  }
}
