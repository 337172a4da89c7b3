/// The patterns of AWS's service models, each in AWS's own words and as a check over the text.
///
/// `\w` is ASCII here, as in the Java that these patterns are written for.
extension StringConstraint.Pattern {
  static let word = some(#"[\w]+"#) { isWord($0) }
  static let wordOrEmpty = any(#"[\w]*"#) { isWord($0) }
  static let wordDotDash = some(#"[\w._-]+"#) { isWord($0) || isIn($0, "._-") }
  static let name = some(#"[\w+=,.@-]+"#) { isWord($0) || isIn($0, "+=,.@-") }
  static let nameOrEmpty = any(#"[\w+=,.@-]*"#) { isWord($0) || isIn($0, "+=,.@-") }
  static let digits = some(#"[\d]+"#) { isDigit($0) }
  static let digitsOrEmpty = any(#"[\d]*"#) { isDigit($0) }
  static let capitals = some("[A-Z0-9]+") { isDigit($0) || (0x41...0x5A).contains($0) }
  static let serialNumber = some(#"[\w+=/:,.@-]+"#) { isWord($0) || isIn($0, "+=/:,.@-") }
  static let serialNumberOrEmpty = any(#"[\w+=/:,.@-]*"#) { isWord($0) || isIn($0, "+=/:,.@-") }
  static let externalID = any(#"[\w+=,.@:\/-]*"#) { isWord($0) || isIn($0, "+=,.@:/-") }
  static let federatedID = any(#"[\w+=,.@\:-]*"#) { isWord($0) || isIn($0, "+=,.@:-") }
  static let assumedRoleID = any(#"[\w+=,.@:-]*"#) { isWord($0) || isIn($0, "+=,.@:-") }
  static let serviceNamespace = any(#"[\w-]*"#) { isWord($0) || $0 == 0x2D }
  static let latin1 = some(#"[\u0020-\u00FF]+"#) { (0x20...0xFF).contains($0) }
  static let document = some(#"[\u0009\u000A\u000D\u0020-\u00FF]+"#) { isBlank($0) || (0x20...0xFF).contains($0) }
  static let description = any(#"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"#) {
    isBlank($0) || (0x20...0x7E).contains($0) || (0xA1...0xFF).contains($0)
  }
  static let arn = some(
    #"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+"#
  ) {
    isBlank($0) || (0x20...0x7E).contains($0) || $0 == 0x85 || (0xA0...0xD7FF).contains($0)
      || (0xE000...0xFFFD).contains($0) || $0 >= 0x10000
  }
  static let tagKey = some(#"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"#) { isTag($0) }
  static let tagValue = any(#"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#) { isTag($0) }

  static let path = StringConstraint.Pattern(#"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)"#) { text in
    text == "/" || (text.utf8.count > 2 && text.hasPrefix("/") && text.hasSuffix("/") && text.isVisible)
  }
  static let policyPath = StringConstraint.Pattern(#"((/[A-Za-z0-9\.,\+@=_-]+)*)/"#) { text in
    text.hasPrefix("/") && text.hasSuffix("/") && !text.contains("//")
      && text.unicodeScalars.allSatisfy { isWord($0.value) || isIn($0.value, ".,+@=-/") }
  }
  static let pathPrefix = StringConstraint.Pattern(#"\u002F[\u0021-\u007F]*"#) { text in
    text.hasPrefix("/") && text.unicodeScalars.allSatisfy { (0x21...0x7F).contains($0.value) }
  }
  static let accountAlias = StringConstraint.Pattern("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$") { text in
    let isAlphanumeric: (UInt8) -> Bool = { isDigit(UInt32($0)) || (0x61...0x7A).contains($0) }
    guard (3...63).contains(text.utf8.count), let first = text.utf8.first, let last = text.utf8.last else {
      return false
    }
    return isAlphanumeric(first) && isAlphanumeric(last) && !text.contains("--")
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D }
  }
  static let policyVersionID = StringConstraint.Pattern(#"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?"#) { text in
    guard text.hasPrefix("v") else { return false }
    let parts = text.dropFirst().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first, let first = number.utf8.first, first != 0x30, !number.isEmpty,
      number.unicodeScalars.allSatisfy({ isDigit($0.value) })
    else { return false }
    return parts.count == 1
      || parts[1].unicodeScalars.allSatisfy { ($0.value != 0x5F && isWord($0.value)) || $0.value == 0x2D }
  }

  // MARK: What the patterns are made of

  private static func some(_ source: String, _ isAllowed: @escaping @Sendable (UInt32) -> Bool) -> Self {
    Self(source) { !$0.isEmpty && $0.unicodeScalars.allSatisfy { isAllowed($0.value) } }
  }

  private static func any(_ source: String, _ isAllowed: @escaping @Sendable (UInt32) -> Bool) -> Self {
    Self(source) { $0.unicodeScalars.allSatisfy { isAllowed($0.value) } }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  private static func isWord(_ scalar: UInt32) -> Bool {
    isDigit(scalar) || (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar) || scalar == 0x5F
  }

  private static func isBlank(_ scalar: UInt32) -> Bool { scalar == 0x9 || scalar == 0xA || scalar == 0xD }

  private static func isIn(_ scalar: UInt32, _ set: StaticString) -> Bool {
    set.withUTF8Buffer { set in set.contains { UInt32($0) == scalar } }
  }

  /// Letters, separators and numbers of any script, and AWS's punctuation for tags.
  private static func isTag(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (isWord(scalar)) || scalar == 0x20 || isIn(scalar, ".:/=+-@") }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .spaceSeparator, .lineSeparator, .paragraphSeparator:
      return true
    default: return false
    }
  }
}

extension String {
  /// Whether there is nothing in it but visible ASCII.
  fileprivate var isVisible: Bool { utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}
