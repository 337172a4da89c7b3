import AWSAPI
import AWSClient
import HTTP
import Scenario

extension ScenarioRun {
  /// AWS's own default of presigned URLs is an hour in its CLI.
  private static let defaultExpiry = 3600

  mutating func presign(
    _ call: Scenario.Call, expires: Located<DurationValue>?, of step: Scenario.Step, _ result: inout StepResult
  ) throws(Problem) {
    guard let name = step.principal else { throw Problem("the step names no principal", at: step.range) }
    let prepared = try resolved { scope, folder throws(Diagnostic) in try call.arguments(in: scope, folder: folder) }
    guard let signing = try session(of: name, &result) else { return }
    guard let credentials = signing.credentials else {
      throw Problem("'anonymous' has nothing to sign with", at: name.range)
    }
    let seconds = expires.map { Int($0.value.duration.components.seconds) } ?? Self.defaultExpiry
    let call = AWSCall(operation: prepared.operation, parameters: prepared.parameters)
    guard let call = permittedLink(call, signing, &result) else { return }
    let link = try caller.link(
      call, credentials, expires: seconds, region: remote?.region(of: call, account: signing.account))
    // Whoever has the link has what it opens: the signature is as secret as a password.
    if let signature = link.split(separator: "X-Amz-Signature=").dropFirst().first {
      caller.redactor.add(String(signature.prefix { $0 != "&" }))
    }
    result.outcome = link
    try keepLink(link, step)
  }

  /// `call` as a link for it may be handed out; `nil` where none may, which `result` then says.
  private func permittedLink(_ call: AWSCall, _ signing: Signing, _ result: inout StepResult) -> AWSCall? {
    switch remote?.rules.judgeLink(call, account: signing.account) {
    case .send(let call)?: return call
    case .refuse(let reason)?:
      refuse(reason, &result)
      return nil
    case .isThere?, nil: return call
    }
  }

  mutating func link(_ form: Scenario.SwitchRole, of step: Scenario.Step, _ result: inout StepResult) throws(Problem) {
    let (account, role, display) = try resolved { scope, _ throws(Diagnostic) in
      (
        try form.account.text(in: scope), try form.roleName.text(in: scope),
        try form.displayName?.text(in: scope)
      )
    }
    let isRoot = scenario.principals.contains { principal in
      if case .root = principal.kind { principal.name.value == step.principal?.value } else { false }
    }
    guard !isRoot else { throw Problem("the root user cannot switch to a role", at: step.principal?.range) }
    let link: String
    do throws(SwitchRoleLink.Refusal) {
      link = try SwitchRoleLink(account: account, roleName: role, displayName: display).url
    } catch {
      throw Problem(error.reason, at: form.range)
    }
    result.outcome = link
    try keepLink(link, step)
  }

  private mutating func keepLink(_ link: String, _ step: Scenario.Step) throws(Problem) {
    for save in step.saves {
      guard case .body = save.source else {
        throw Problem("a link is saved with { body: true }", at: save.variable.range)
      }
      scope[save.variable.value] = .string(link)
      remote?.canonical[save.variable.value] = .string(link)
    }
  }

  mutating func carryOut(_ fetch: Scenario.Fetch, of step: Scenario.Step, _ result: inout StepResult) throws(Problem) {
    let (url, body) = try resolved { scope, folder throws(Diagnostic) in
      (try fetch.url.text(in: scope), try fetch.bytes(in: scope, folder))
    }
    guard url.hasPrefix("https://") || url.hasPrefix("http://"), let start = url.range(ofText: "://") else {
      throw Problem("'\(url.prefix(80))' is not a URL that can be fetched", at: fetch.url.range)
    }
    let rest = url[start.upperBound...]
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let host = String(rest[..<slash])
    let client = target.client
    let endpoints = Service.allCases.map { client.endpoints.endpoint(of: $0, region: client.region) }
    guard let endpoint = endpoints.first(where: { $0.authority == host }) else {
      throw Problem("\(host) is not a host of the target \(target.name)", at: fetch.url.range)
    }
    var request = HTTPRequest(
      method: fetch.method?.value ?? "GET", target: slash == rest.endIndex ? "/" : String(rest[slash...]),
      headers: ["Host": host], body: .bytes(body))
    request.connection.isSecure = url.hasPrefix("https://")
    for header in fetch.headers {
      request.headers.append(
        header.name.value, try resolved { scope, _ throws(Diagnostic) in try header.value.text(in: scope) })
    }
    if let remote, let reason = remote.rules.problem(withRequest: request.method, request.target) {
      refuse(reason, &result)
      return
    }
    remote?.signing = nil
    try attempt(step, &result) { run, _ throws(Problem) in try run.caller.send(request, to: endpoint) }
    guard let exchange = latest ?? result.exchange, case .success = exchange.outcome else { return }
    for save in step.saves { try keep(save, exchange) }
  }

  func hold(_ checks: [Scenario.ValueCheck], _ result: inout StepResult) throws(Problem) {
    var mismatches: [Mismatch] = []
    let scope = remote?.canonical ?? scope
    let matchers = MatcherCheck(scope: scope, folder: folder)
    for check in checks {
      let text: String
      if let name = check.value.literal, let value = scope[name] {
        text = value.text
      } else {
        text = try resolved { _, _ throws(Diagnostic) in try check.value.text(in: scope) }
      }
      if let wanted = try matchers.unmet(check.matcher, MatcherCheck.Subject(text)) {
        mismatches.append(Mismatch("expected \(wanted), was \"\(text.prefix(200))\"", at: check.matcher.range))
      }
    }
    result.verdict = mismatches.isEmpty ? .passed : .failed(mismatches)
  }
}

extension Scenario.Fetch {
  fileprivate func bytes(in scope: Scope, _ folder: ScenarioFolder) throws(Diagnostic) -> [UInt8] {
    try body?.bytes(in: scope, folder) ?? []
  }
}

extension TemplateValue {
  /// The bytes of a payload: text, `{ file: path }` or `{ base64: … }`.
  func bytes(in scope: Scope, _ folder: ScenarioFolder) throws(Diagnostic) -> [UInt8] {
    if let file = self["file"], case .scalar(let name) = file {
      return try folder.read(try name.text(in: scope), at: file.range)
    }
    if let encoded = self["base64"], case .scalar(let text) = encoded {
      guard let bytes = Base64Text.decode(try text.text(in: scope)) else {
        throw .error("this is not base64", at: encoded.range)
      }
      return bytes
    }
    return Array(try value(in: scope).text.utf8)
  }
}
