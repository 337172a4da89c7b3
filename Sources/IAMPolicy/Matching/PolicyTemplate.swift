/// A policy's text with the variables it has: `home/${aws:username, 'nobody'}/*`.
struct PolicyTemplate: Sendable, Hashable {
  /// The pieces in order.
  enum Piece: Sendable, Hashable {
    /// Text that is the policy's own: its wildcards are wildcards where the operator knows any.
    case text(String)
    /// `${*}`, `${?}` and `${$}`: the character itself.
    case escaped(UInt8)
    /// A variable, with what stands for it where the request has no value.
    case variable(ContextKey, default: String?)
  }

  let pieces: [Piece]
  /// Whether the text depends on the request.
  let hasVariables: Bool

  /// Splits `text`. In version 2008-10-17 nothing is a variable.
  init(_ text: String, version: PolicyDocument.Version) {
    let pieces = version == .v2012 ? Self.pieces(of: text) : [.text(text)]
    self.pieces = pieces
    hasVariables = pieces.contains { if case .variable = $0 { true } else { false } }
  }

  private static func pieces(of text: String) -> [Piece] {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return [.text(text)] }
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.opening, let end = rest[start.upperBound...].firstIndex(of: "}") {
      if start.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<start.lowerBound]))) }
      pieces.append(piece(rest[start.upperBound..<end]))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  private static func piece(_ inner: Substring) -> Piece {
    if inner.utf8.count == 1, let byte = inner.utf8.first, "*?$".utf8.contains(byte) { return .escaped(byte) }
    // `${key, 'default'}`: AWS, "IAM policy elements: Variables and tags", on default values.
    guard let comma = inner.firstIndex(of: ",") else { return .variable(key(inner), default: nil) }
    let quoted = trimmed(inner[inner.index(after: comma)...])
    guard quoted.utf8.count >= 2, quoted.hasPrefix("'"), quoted.hasSuffix("'") else {
      return .variable(key(inner), default: nil)
    }
    return .variable(key(inner[..<comma]), default: String(quoted.dropFirst().dropLast()))
  }

  private static func key(_ text: Substring) -> ContextKey { ContextKey(String(trimmed(text))) }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The text itself, for a template without variables: nothing in it depends on the request.
  var constant: String? { hasVariables ? nil : resolved(RequestContext()) }

  /// The pattern of a template without variables.
  var constantGlob: Glob { Glob(tokens: tokens(RequestContext()) ?? []) }

  /// The keys of the variables, in lower case.
  var variables: [String] {
    pieces.compactMap { if case .variable(let key, _) = $0 { key.name } else { nil } }
  }

  /// The text with its variables put in, for operators that know no wildcards; `nil` where a variable has no single value.
  func resolved(_ context: RequestContext) -> String? {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let own): text += own
      case .escaped(let byte): text.unicodeScalars.append(Unicode.Scalar(byte))
      case .variable(let key, let fallback):
        guard let value = context.single(key) ?? fallback else { return nil }
        text += value
      }
    }
    return text
  }

  /// The pattern with its variables put in; what they bring matches literally, wildcards included.
  func tokens(_ context: RequestContext) -> [UInt16]? {
    var tokens: [UInt16] = []
    for piece in pieces {
      switch piece {
      case .text(let own): tokens += own.utf8.map(Glob.token)
      case .escaped(let byte): tokens.append(UInt16(byte))
      case .variable(let key, let fallback):
        guard let value = context.single(key) ?? fallback else { return nil }
        tokens += value.utf8.map(UInt16.init)
      }
    }
    return tokens
  }
}

extension Substring {
  /// Where `${` first stands.
  fileprivate var opening: Range<Index>? {
    var start = startIndex
    while let dollar = utf8[start...].firstIndex(of: UInt8(ascii: "$")) {
      let next = utf8.index(after: dollar)
      if next < endIndex, utf8[next] == UInt8(ascii: "{") { return dollar..<utf8.index(after: next) }
      start = next
    }
    return nil
  }
}
