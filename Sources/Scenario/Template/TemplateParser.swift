/// Reads scalars of a file as templates, and collects what is wrong with them.
package struct TemplateParser {
  private let source: SourceFile
  package private(set) var diagnostics: [Diagnostic] = []

  package init(source: SourceFile) {
    self.source = source
  }

  /// `text`, which stands at `range`, as a template. A faulty reference is reported and kept as text.
  package mutating func parse(_ text: String, at range: SourceRange) -> Template {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "$")) else { return Template(literal: text, range: range) }
    let tokens = TemplateScanner.scan(bytes)
    var places = ReferencePlaces(tokens: tokens, range: range, source: source)
    var parts: [Template.Part] = []
    for token in tokens {
      switch token {
      case .text(let slice): append(String(decoding: bytes[slice], as: UTF8.self), to: &parts)
      case .escape: append("${{", to: &parts)
      case .unclosed(let slice):
        diagnostics.append(
          .error(
            "`${{` without `}}`", at: places.next(), notes: [.init("to write `${{` itself, write `$${{`")]))
        append(String(decoding: bytes[slice], as: UTF8.self), to: &parts)
      case .reference(let slice):
        let inner = String(decoding: bytes[(slice.lowerBound + 3)..<(slice.upperBound - 2)], as: UTF8.self)
        if let reference = reference(inner, at: places.next()) { parts.append(.reference(reference)) }
      }
    }
    return Template(parts: parts, range: range)
  }

  private func append(_ text: String, to parts: inout [Template.Part]) {
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(.text(text))
    }
  }

  /// `accounts.Originating`, or `totp(seed, 1)`.
  private mutating func reference(_ inner: String, at range: SourceRange) -> Template.Reference? {
    let expression = inner.trimmingBlanks()
    guard !expression.isEmpty else {
      diagnostics.append(.error("`${{ }}` names nothing", at: range))
      return nil
    }
    guard let open = expression.utf8.firstIndex(of: UInt8(ascii: "(")) else {
      return path(expression, at: range).map { Template.Reference(path: $0, range: range) }
    }
    guard expression.utf8.last == UInt8(ascii: ")") else {
      diagnostics.append(.error("`(` without `)`", at: range))
      return nil
    }
    let name = String(expression[..<open]).trimmingBlanks()
    let inside = expression[expression.index(after: open)...].dropLast()
    let arguments = inside.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmingBlanks() }
    return call(name, arguments == [""] ? [] : arguments, at: range)
  }

  private mutating func call(_ name: String, _ arguments: [String], at range: SourceRange) -> Template.Reference? {
    guard let function = TemplateFunction(rawValue: name) else {
      let known = TemplateFunction.allCases.map(\.rawValue)
      diagnostics.append(
        .error(
          "unknown function `\(name)`", at: range, label: Suggestion.label(for: name, among: known),
          notes: [.init("functions: \(known.joined(separator: ", "))")]))
      return nil
    }
    guard function.takes(arguments) else {
      diagnostics.append(.error("wrong arguments for `\(name)`", at: range, label: "write \(function.usage)"))
      return nil
    }
    let rest = Array(arguments.dropFirst(function.takesValue ? 1 : 0))
    let called = Template.Reference.Function(name: name, arguments: rest)
    guard function.takesValue, let value = arguments.first else {
      return Template.Reference(path: [], function: called, range: range)
    }
    return path(value, at: range).map { Template.Reference(path: $0, function: called, range: range) }
  }

  private mutating func path(_ name: String, at range: SourceRange) -> [String]? {
    let components = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    guard components.allSatisfy(Identifier.isValid) else {
      diagnostics.append(
        .error(
          "`\(name)` is not a name", at: range,
          notes: [.init("a name is letters, digits, `_` and `-`, joined by `.`: accounts.Originating")]))
      return nil
    }
    return components
  }
}

/// Where in the file the references of a scalar stand.
private struct ReferencePlaces {
  private var places: [SourceRange] = []
  private var index = 0
  private let whole: SourceRange

  init(tokens: [TemplateScanner.Token], range: SourceRange, source: SourceFile) {
    whole = range
    guard let raw = source.bytes(of: range) else { return }
    let written = TemplateScanner.scan(source.withBytes { Array($0[raw]) })
    // An escape in a quoted scalar may hide a reference from the raw text; then only the whole scalar is known.
    guard tokens.count(where: \.isPlaced) == written.count(where: \.isPlaced) else { return }
    for case .reference(let slice) in written.map(\.placed) {
      let start = source.position(ofByte: raw.lowerBound + slice.lowerBound)
      let end = source.position(ofByte: raw.lowerBound + slice.upperBound)
      places.append(SourceRange(file: range.file, start: start, end: end))
    }
  }

  mutating func next() -> SourceRange {
    defer { index += 1 }
    return index < places.count ? places[index] : whole
  }
}

extension TemplateScanner.Token {
  fileprivate var isPlaced: Bool {
    switch self {
    case .reference, .unclosed: true
    case .text, .escape: false
    }
  }

  fileprivate var placed: TemplateScanner.Token {
    if case .unclosed(let slice) = self { .reference(slice) } else { self }
  }
}

/// Names of variables, principals, policies and the like.
enum Identifier {
  /// Longer names are mistakes.
  static let longest = 128

  /// Letters, digits, `_` and `-`; ASCII, and not empty.
  static func isValid(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= longest
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}

extension String {
  func trimmingBlanks() -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    let kept = utf8.drop(while: isBlank)
    guard let last = kept.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(self[kept.startIndex...last])
  }
}
