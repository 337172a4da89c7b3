/// A pattern of the `Resource` element, or of an ARN operator: six parts, each matched on its own.
///
/// A part's `*` does not reach into the next part, but it does cross slashes (AWS, "IAM JSON policy elements: Resource").
struct ResourcePattern: Sendable {
  private enum Form: Sendable {
    /// `*`
    case everything
    /// Without variables: one pattern a part.
    case parts([Glob])
    /// With variables behind the fifth colon: the five patterns before, and the rest to be put together for a request.
    case template([Glob], PolicyTemplate)
    /// Never matches: a variable stands before the fifth colon, where AWS resolves none, or the text is no ARN.
    case nothing
  }

  private let form: Form

  init(_ text: String, version: PolicyDocument.Version) {
    if !text.isEmpty, text.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) {
      form = .everything
      return
    }
    var parts = Self.split(text)
    // "If you specify an incomplete ARN, AWS completes it by adding wildcard characters to all missing fields" (the same page).
    while parts.count < 6 { parts.append("*") }
    let head = parts[..<5].map { PolicyTemplate($0, version: version) }
    guard head.allSatisfy({ $0.constant != nil }) else {
      form = .nothing
      return
    }
    let tail = PolicyTemplate(parts[5], version: version)
    let globs = head.compactMap(\.constant).map { Glob($0) }
    form = tail.constant.map { .parts(globs + [Glob($0)]) } ?? .template(globs, tail)
  }

  var matchesEverything: Bool { if case .everything = form { true } else { false } }

  /// Whether every variable in the pattern has a value in this request.
  func isResolvable(_ context: RequestContext) -> Bool {
    switch form {
    case .everything, .parts: true
    case .template(_, let tail): tail.tokens(context) != nil
    case .nothing: false
    }
  }

  func matches(_ resource: SplitResource, _ context: RequestContext) -> Bool {
    switch form {
    case .everything: return true
    case .nothing: return false
    case .parts(let globs):
      guard let parts = resource.parts else { return false }
      // From behind: the last part tells the most resources apart.
      for index in stride(from: 5, through: 0, by: -1) where !globs[index].matches(resource.bytes[parts[index]]) {
        return false
      }
      return true
    case .template(let globs, let tail):
      guard let parts = resource.parts, let tokens = tail.tokens(context) else { return false }
      for index in 0..<5 where !globs[index].matches(resource.bytes[parts[index]]) { return false }
      return Glob(tokens: tokens).matches(resource.bytes[parts[5]])
    }
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

/// A request's resource, split once for all the patterns it is held against.
struct SplitResource: Sendable, Hashable {
  let bytes: [UInt8]
  /// The places of the six parts; `nil` where the resource is no ARN (`*`, for actions that know no resource).
  let parts: [Range<Int>]?

  init(_ text: String) {
    bytes = Array(text.utf8)
    var parts: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: ":") && parts.count < 5 {
      parts.append(start..<index)
      start = index + 1
    }
    parts.append(start..<bytes.count)
    self.parts = parts.count == 6 ? parts : nil
  }
}
