public import JSON

/// Holds a policy against what its type demands, as the service that takes it does when it is written.
///
/// That principals exist is not asked here, only that they are written as principals are.
public struct PolicyValidator: Sendable {
  /// What the policy is written as.
  public let type: PolicyType
  /// The bucket whose policy it is, `arn:aws:s3:::bucket`; `nil` where that is not known.
  public var bucketARN: String?
  private(set) var errors: [PolicyError] = []

  /// A validator for policies of `type`.
  public init(_ type: PolicyType, bucketARN: String? = nil) {
    self.type = type
    self.bucketARN = bucketARN
  }

  /// All that is wrong with the policy, in the order of the document; where it does not keep the grammar, the first fault
  /// of the grammar.
  public func errors(in value: JSONValue) -> [PolicyError] {
    let document: PolicyDocument
    do throws(PolicyError) {
      document = try PolicyDocument(value)
    } catch {
      return [error]
    }
    var run = self
    run.check(document, value)
    return run.errors
  }

  /// Reads a policy and refuses it for the first thing that is wrong.
  /// - Throws: ``PolicyError`` with its place.
  public func document(parsing text: some Collection<UInt8>) throws(PolicyError) -> PolicyDocument {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: text)
    } catch {
      throw PolicyError(.notJSON("\(error)"), range: error.offset..<error.offset)
    }
    // "… and the first byte must be '{'", says S3; of the others, blanks were seen to be refused and line breaks to be taken.
    if text.first == UInt8(ascii: " ") || (type == .bucket && text.first != UInt8(ascii: "{")) {
      throw PolicyError(.leadingSpace, range: 0..<1)
    }
    let document = try PolicyDocument(value)
    var run = self
    run.check(document, value)
    if let first = run.errors.first { throw first }
    let size = PolicySize.counted(text, as: type)
    guard type.sharesSizeLimit || size <= type.sizeLimit else {
      throw PolicyError(.tooLarge(size: size, limit: type.sizeLimit), range: value.range)
    }
    return document
  }

  // MARK: The document

  private mutating func check(_ document: PolicyDocument, _ value: JSONValue) {
    let version = value["Version"]
    if document.version != .v2012, [.managed, .serviceControl, .resourceControl].contains(type) {
      // Quoted for managed policies; "SCP syntax" and "RCP syntax" demand it of theirs.
      add(.outdatedVersion(type), "Version", version?.range ?? value.range)
    }
    guard let element = value["Statement"] else { return }
    let statements = element.array ?? [element]
    if statements.isEmpty { add(.emptyElement("Statement"), "Statement", element.range) }
    var sids: Set<String> = []
    for (statement, json) in zip(document.statements, statements) {
      let path = element.array == nil ? "Statement" : "Statement[\(statement.index)]"
      let place = StatementPlace(json: json, path: path)
      check(statement, place, &sids)
    }
  }

  /// A statement's JSON with the way to it.
  struct StatementPlace {
    var json: JSONValue
    var path: String

    /// The member that is called one of `names`.
    func member(_ names: String...) -> JSONMember? { json.object?.first { names.contains($0.name) } }
  }

  mutating func add(_ fault: PolicyFault, _ path: String, _ range: Range<Int>) {
    errors.append(PolicyError(fault, path: path, range: range))
  }

  private mutating func check(
    _ statement: PolicyDocument.Statement, _ place: StatementPlace, _ sids: inout Set<String>
  ) {
    checkSid(statement, place, &sids)
    checkElements(statement, place)
    checkPrincipals(statement, place)
    checkActions(statement, place)
    checkResources(statement, place)
    checkConditions(statement, place)
    checkIdentityProviders(statement, place)
  }

  /// "The Sid element supports ASCII uppercase letters (A-Z), lowercase letters (a-z), and numbers (0-9)"; "Other AWS services
  /// that support resource policies may have other requirements": S3 takes any. An empty one counts as none.
  private mutating func checkSid(
    _ statement: PolicyDocument.Statement, _ place: StatementPlace, _ sids: inout Set<String>
  ) {
    guard let sid = statement.sid, !sid.isEmpty, let member = place.member("Sid") else { return }
    let isPlain = sid.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    if type != .bucket, !isPlain { add(.sidCharacters(sid), place.path + ".Sid", member.value.range) }
    if !sids.insert(sid).inserted { add(.repeatedSid(sid), place.path + ".Sid", member.value.range) }
  }

  /// The elements that the type forbids or demands.
  private mutating func checkElements(_ statement: PolicyDocument.Statement, _ place: StatementPlace) {
    let principal = place.member("Principal", "NotPrincipal")
    let resource = place.member("Resource", "NotResource")
    check(principal, "Principal", type.principalRule, place)
    check(resource, "Resource", type.resourceRule, place)
    guard type == .resourceControl else { return }
    // AWS Organizations User Guide, "RCP syntax": deny only, for everyone, without the `Not…` of principals and actions.
    if statement.effect == .allow, let effect = place.member("Effect") {
      add(.prohibitedEffect("Allow", type), place.path + ".Effect", effect.value.range)
    }
    for name in ["NotPrincipal", "NotAction"] {
      guard let member = place.member(name) else { continue }
      add(.prohibitedElement(name, type), place.path, member.nameRange)
    }
  }

  private mutating func check(
    _ member: JSONMember?, _ name: String, _ rule: PolicyType.ElementRule, _ place: StatementPlace
  ) {
    switch (rule, member) {
    case (.forbidden, let member?): add(.prohibitedElement(member.name, type), place.path, member.nameRange)
    case (.demanded, nil): add(.missingElement(name), place.path, place.json.range)
    case (.allowed, _), (.forbidden, nil), (.demanded, _?): break
    }
  }
}
