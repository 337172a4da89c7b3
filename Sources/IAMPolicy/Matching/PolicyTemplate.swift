/// A policy's text with the variables it has: `home/${aws:username, 'nobody'}/*`.
struct PolicyTemplate: Sendable, Hashable {
  /// The pieces in order.
  enum Piece: Sendable, Hashable {
    /// Text that is the policy's own: its wildcards are wildcards where the operator knows any.
    case text(String)
    /// `${*}`, `${?}` and `${$}`: the character itself.
    case escaped(UInt8)
    /// A variable; the key in lower case.
    case variable(key: String, default: String?)
  }

  var pieces: [Piece]

  /// Splits `text`. In version 2008-10-17 nothing is a variable.
  init(_ text: String, version: PolicyDocument.Version) {
    guard version == .v2012, text.utf8.contains(UInt8(ascii: "$")) else {
      pieces = [.text(text)]
      return
    }
    pieces = []
    var rest = text[...]
    while let start = rest.firstRange(ofASCII: "${") {
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else { break }
      if start.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<start.lowerBound]))) }
      pieces.append(Self.piece(rest[start.upperBound..<end]))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty || pieces.isEmpty { pieces.append(.text(String(rest))) }
  }

  private static func piece(_ inner: Substring) -> Piece {
    if inner.utf8.count == 1, let byte = inner.utf8.first, "*?$".utf8.contains(byte) { return .escaped(byte) }
    // `${key, 'default'}`: AWS, "IAM policy elements: Variables and tags", on default values.
    guard let comma = inner.firstIndex(of: ",") else {
      return .variable(key: trimmed(inner).lowercased(), default: nil)
    }
    let quoted = trimmed(inner[inner.index(after: comma)...])
    guard quoted.utf8.count >= 2, quoted.hasPrefix("'"), quoted.hasSuffix("'") else {
      return .variable(key: trimmed(inner).lowercased(), default: nil)
    }
    return .variable(key: trimmed(inner[..<comma]).lowercased(), default: String(quoted.dropFirst().dropLast()))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The text itself, where nothing in it depends on the request.
  var constant: String? {
    if pieces.count == 1, case .text(let text) = pieces[0] { return text }
    return nil
  }

  /// The keys of the variables, in lower case.
  var variables: [String] {
    pieces.compactMap { if case .variable(let key, _) = $0 { key } else { nil } }
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
  /// Where the ASCII text `needle` first stands.
  fileprivate func firstRange(ofASCII needle: StaticString) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      guard let candidate = utf8[start...].firstIndex(of: needle.utf8Start[0]) else { return nil }
      let second = utf8.index(after: candidate)
      if second < endIndex, utf8[second] == needle.utf8Start[1] { return candidate..<utf8.index(after: second) }
      start = second
    }
    return nil
  }
}
