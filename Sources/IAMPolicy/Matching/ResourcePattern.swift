/// A pattern of the `Resource` element, or of an ARN operator: six parts, each matched on its own.
///
/// A part's `*` does not reach into the next part (``PolicyChoice/wildcardsStayInTheirPart``), but it does cross slashes
/// (AWS, "IAM JSON policy elements: Resource").
struct ResourcePattern: Sendable {
  /// Where a pattern stands, which decides where it may have variables.
  enum Use: Sendable {
    /// Only behind the fifth colon: "You can't use a variable to replace parts of the ARN before the fifth colon" (AWS, "IAM
    /// policy elements: Variables and tags").
    case resourceElement
    /// Anywhere: the restriction is stated for the Resource element only.
    case condition
  }

  private enum Form: Sendable {
    /// `*`
    case everything
    /// Without variables: one pattern a part.
    case parts([Glob])
    /// With variables behind the fifth colon: the five patterns before, and the rest to be put together for a request.
    case template([Glob], PolicyTemplate)
    /// With variables anywhere: put together for a request, and split only then, for a variable may bring colons.
    case wholeTemplate(PolicyTemplate)
    /// Never matches: a variable stands before the fifth colon of a resource.
    case nothing
  }

  private let form: Form

  init(_ text: String, version: PolicyDocument.Version, use: Use = .resourceElement) {
    if !text.isEmpty, text.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) {
      form = .everything
      return
    }
    let whole = PolicyTemplate(text, version: version)
    if use == .condition, whole.hasVariables {
      form = .wholeTemplate(whole)
      return
    }
    let parts = Self.completed(Self.split(text))
    let head = parts[..<5].map { PolicyTemplate($0, version: version) }
    guard !head.contains(where: \.hasVariables) else {
      form = .nothing
      return
    }
    let globs = head.map(\.constantGlob)
    let tail = PolicyTemplate(parts[5], version: version)
    form = tail.hasVariables ? .template(globs, tail) : .parts(globs + [tail.constantGlob])
  }

  var matchesEverything: Bool { if case .everything = form { true } else { false } }

  func matches(_ resource: SplitResource, _ context: RequestContext) -> Bool {
    switch form {
    case .everything: return true
    case .nothing: return false
    case .parts(let globs): return Self.match(globs, resource)
    case .template(let globs, let tail):
      // A variable without a value: "will not match any resource" (PolicyChoice.unresolvedVariableInNotResource).
      guard let part = resource.part(5), let tokens = tail.tokens(context) else { return false }
      return Self.match(globs, resource) && Glob(tokens: tokens).matches(resource.bytes, in: part)
    case .wholeTemplate(let template):
      guard let tokens = template.tokens(context) else { return false }
      let colon = UInt16(UInt8(ascii: ":"))
      let parts = tokens.split(separator: colon, maxSplits: 5, omittingEmptySubsequences: false)
      return Self.match(parts.map { Glob(tokens: Array($0)) }, resource)
    }
  }

  /// From behind: the last parts tell the most resources apart.
  private static func match(_ globs: [Glob], _ resource: SplitResource) -> Bool {
    guard resource.isARN else { return false }
    for index in stride(from: globs.count - 1, through: 0, by: -1) {
      guard let part = resource.part(index), globs[index].matches(resource.bytes, in: part) else { return false }
    }
    return true
  }

  /// ``PolicyChoice/incompleteARNsAreCompleted``
  private static func completed(_ parts: [String]) -> [String] {
    parts + Array(repeating: "*", count: max(0, 6 - parts.count))
  }

  /// Splits at the first five colons that do not stand inside `${…}`, whose keys have colons of their own.
  private static func split(_ text: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    var inVariable = false
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "{"), previous == UInt8(ascii: "$") { inVariable = true }
      if byte == UInt8(ascii: "}") { inVariable = false }
      if byte == UInt8(ascii: ":"), !inVariable, parts.count < 6 {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte)
      }
      previous = byte
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}
