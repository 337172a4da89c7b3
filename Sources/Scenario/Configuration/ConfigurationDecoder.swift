import AWSAPI

/// Makes a configuration of its nodes, and says what of it does not go together.
struct ConfigurationDecoder {
  let source: SourceFile
  private(set) var diagnostics: [Diagnostic] = []
  /// What was written where the name of a variable should be, and may be the secret itself: nobody prints it.
  private(set) var pasted: [String] = []

  init(source: SourceFile) {
    self.source = source
  }

  mutating func configuration(_ root: FileNode) -> Configuration {
    var targets: [TargetDefinition] = []
    for entry in Fields<ConfigurationKeyword>(root).entries(.targets) {
      if let target = target(entry) { targets.append(target) }
    }
    return Configuration(targets: targets, source: source)
  }

  private mutating func target(_ entry: FileNode.Entry) -> TargetDefinition? {
    let fields = Fields<TargetKeyword>(entry.value)
    guard let kind = fields.text(.kind).flatMap({ TargetDefinition.Kind(rawValue: $0.value) }) else { return nil }
    var target = TargetDefinition(name: entry.key, kind: kind, range: entry.value.range)
    target.region = fields.text(.region)
    target.url = fields.text(.url)
    target.certificateAuthorities = fields.text(.certificateAuthorities)
    target.folder = fields.text(.folder)
    for entry in fields.entries(.endpointURLs) { target.endpointURLs[entry.key.value] = entry.value.text }
    target.accounts = accounts(fields[.accounts])
    for element in fields[.pairs]?.elements ?? [] { target.pairs.append(.init(accounts: accounts(element))) }
    for entry in fields.entries(.principals) {
      if let credentials = credentials(entry.value) {
        target.principals.append(.init(name: entry.key, credentials: credentials))
      }
    }
    for entry in fields.entries(.names) {
      if let value = entry.value.text { target.names.append(.init(key: entry.key, value: value)) }
    }
    target.allowedAccounts = fields[.allowedAccounts]?.elements?.compactMap(\.text) ?? []
    target.blockedAccounts = fields[.blockedAccounts]?.elements?.compactMap(\.text) ?? []
    target.within = fields.text(.within).flatMap { text in
      DurationValue(text.value).map { Located($0, at: text.range) }
    }
    target.stable = fields.text(.stable).flatMap { text in Int(text.value).map { Located($0, at: text.range) } }
    target.clock = fields.text(.clock).flatMap { TargetDefinition.Clock(rawValue: $0.value) } ?? .fixed
    check(target, fields)
    return target
  }

  private mutating func accounts(_ node: FileNode?) -> [TargetDefinition.AccountBinding] {
    var accounts: [TargetDefinition.AccountBinding] = []
    for entry in node?.entries ?? [] {
      let fields = Fields<AccountKeyword>(entry.value)
      guard let id = fields.text(.id) else { continue }
      var account = TargetDefinition.AccountBinding(name: entry.key, id: id)
      account.region = fields.text(.region)
      account.credentials = credentials(entry.value)
      accounts.append(account)
    }
    return accounts
  }

  private mutating func credentials(_ node: FileNode) -> TargetDefinition.CredentialBinding? {
    let fields = Fields<CredentialKeyword>(node)
    if let profile = fields.text(.profile) { return .profile(profile) }
    guard let accessKeyID = fields.text(.accessKeyID) else { return nil }
    guard let secretAccessKey = fields.text(.secretAccessKey) else {
      diagnostics.append(
        .error("`access_key_id` needs `secret_access_key` beside it", at: fields.keyRange(.accessKeyID)))
      return nil
    }
    for name in [accessKeyID, secretAccessKey, fields.text(.sessionToken)].compactMap({ $0 })
    where !Self.isVariableName(name.value) {
      pasted.append(name.value)
      diagnostics.append(
        .error(
          "this is not the name of an environment variable", at: name.range,
          notes: [
            .init("credentials themselves are never written here, only the names of the variables that hold them")
          ]))
    }
    return .environment(
      accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: fields.text(.sessionToken))
  }

  /// Upper case, so that a key that was pasted here by mistake (`AKIA…` has digits and no `_`) is told from a name.
  private static func isVariableName(_ text: String) -> Bool {
    let isLegal = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "_")
    }
    let isKey = text.utf8.count == 20 && (text.hasPrefix("AKIA") || text.hasPrefix("ASIA"))
    return isLegal && !isKey && text.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  // MARK: What goes together

  private mutating func check(_ target: TargetDefinition, _ fields: Fields<TargetKeyword>) {
    let needed: [TargetKeyword]
    let foreign: [TargetKeyword]
    switch target.kind {
    case .emulator:
      (needed, foreign) = ([], TargetKeyword.allCases.filter { $0 != .kind })
    case .endpoint: (needed, foreign) = ([.url], [.folder, .endpointURLs])
    case .aws: (needed, foreign) = ([], [.url, .folder, .clock])
    case .replay: (needed, foreign) = ([.folder], TargetKeyword.allCases.filter { $0 != .kind && $0 != .folder })
    }
    for key in needed where !fields.has(key) {
      diagnostics.append(
        .error("a target of kind \(target.kind.rawValue) needs `\(key.rawValue)`", at: target.name.range))
    }
    for key in foreign where fields.has(key) {
      diagnostics.append(
        .error("`\(key.rawValue)` has no meaning for kind \(target.kind.rawValue)", at: fields.keyRange(key)))
    }
    guard target.kind == .endpoint || target.kind == .aws else { return }
    if target.accounts.isEmpty == target.pairs.isEmpty, !fields.has(.accounts), !fields.has(.pairs) {
      diagnostics.append(
        .error("a target of kind \(target.kind.rawValue) needs `accounts` or `pairs`", at: target.name.range))
    }
    if fields.has(.accounts), let place = fields.keyRange(.pairs) {
      diagnostics.append(.error("a target has either `accounts` or `pairs`", at: place))
    }
    for accounts in [target.accounts] + target.pairs.map(\.accounts) { checkIDs(accounts, of: target) }
  }

  private mutating func checkIDs(_ accounts: [TargetDefinition.AccountBinding], of target: TargetDefinition) {
    var seen: [String: SourceRange] = [:]
    for account in accounts {
      if let first = seen[account.id.value] {
        diagnostics.append(
          .error(
            "two accounts of the target have the id \(account.id.value)", at: account.id.range,
            notes: [.init("the other one", at: first)]))
      }
      seen[account.id.value] = account.id.range
      if let problem = target.problem(withAccount: account.id.value) {
        diagnostics.append(.error(problem, at: account.id.range))
      }
    }
  }
}

extension TargetDefinition {
  /// Why the account may not be used; `nil` where it may.
  package func problem(withAccount id: String) -> String? {
    if blockedIDs.contains(id) {
      return "account \(id) is among the target's blocked_accounts"
    }
    if !allowedIDs.isEmpty, !allowedIDs.contains(id) {
      return "account \(id) is not among the target's allowed_accounts"
    }
    return nil
  }
}
