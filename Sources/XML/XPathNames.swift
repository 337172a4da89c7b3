/// The names that an expression uses. libxml2 looks them up while it evaluates, and only where evaluation gets to; here
/// they are found before any document is there.
enum XPathNames {
  /// Bound in every evaluation, for `@xsi:type` of S3's grantees. `xml` is bound by XML itself.
  static let prefixes: Set<String> = ["xsi", "xml"]

  private static let operators: Set<String> = ["and", "or", "div", "mod"]
  private static let nodeTests: Set<String> = ["comment", "text", "node", "processing-instruction"]

  /// The functions of XPath 1.0 (section 4) and how many arguments they take.
  private static let functions: [String: ClosedRange<Int>] = [
    "last": 0...0, "position": 0...0, "count": 1...1, "id": 1...1, "local-name": 0...1, "namespace-uri": 0...1,
    "name": 0...1, "string": 0...1, "concat": 2...Int.max, "starts-with": 2...2, "contains": 2...2,
    "substring-before": 2...2, "substring-after": 2...2, "substring": 2...3, "string-length": 0...1,
    "normalize-space": 0...1, "translate": 3...3, "boolean": 1...1, "not": 1...1, "true": 0...0, "false": 0...0,
    "lang": 1...1, "number": 0...1, "sum": 1...1, "floor": 1...1, "ceiling": 1...1, "round": 1...1,
  ]

  /// A parenthesis that is open.
  private struct Call {
    /// `nil` where the parenthesis only groups.
    var function: String?
    var commas = 0
    var isEmpty = true
  }

  /// What is wrong with the names in `source`, which is an XPath expression; `nil` where nothing is.
  static func failure(in source: String) -> String? {
    var rest = Array(source.utf8)[...]
    var calls: [Call] = []
    var function: String?
    while let byte = rest.first {
      let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
      if !isBlank, byte != UInt8(ascii: ")"), !calls.isEmpty { calls[calls.count - 1].isEmpty = false }
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): skipLiteral(&rest)
      case UInt8(ascii: "$"): return "there are no variables"
      case UInt8(ascii: "("):
        rest.removeFirst()
        calls.append(Call(function: function))
        function = nil
      case UInt8(ascii: ","):
        rest.removeFirst()
        if !calls.isEmpty { calls[calls.count - 1].commas += 1 }
      case UInt8(ascii: ")"):
        rest.removeFirst()
        if let failure = calls.popLast().flatMap(arity) { return failure }
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
        rest = rest.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
      case _ where isNameStart(byte):
        switch name(&rest) {
        case .failure(let failure): return failure
        case .function(let called): function = called
        case .other: break
        }
      default: rest.removeFirst()
      }
    }
    return nil
  }

  private enum Name {
    case failure(String)
    /// A function's name, before its parenthesis.
    case function(String)
    case other
  }

  private static func name(_ rest: inout ArraySlice<UInt8>) -> Name {
    let name = takeName(&rest)
    if rest.starts(with: "::".utf8) {
      rest = rest.dropFirst(2)
      return .other
    }
    if rest.first == UInt8(ascii: ":") {
      rest.removeFirst()
      let local = takeName(&rest)
      guard prefixes.contains(name) else { return .failure("there is no prefix `\(name)`; elements need none") }
      rest = rest.drop { $0 == 0x20 }
      return rest.first == UInt8(ascii: "(") ? .failure("there is no function `\(name):\(local)`") : .other
    }
    rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard rest.first == UInt8(ascii: "("), !operators.contains(name), !nodeTests.contains(name) else { return .other }
    return functions[name] == nil ? .failure("there is no function `\(name)`") : .function(name)
  }

  private static func arity(_ call: Call) -> String? {
    guard let function = call.function, let expected = functions[function] else { return nil }
    let count = call.isEmpty ? 0 : call.commas + 1
    guard !expected.contains(count) else { return nil }
    let range =
      expected.count == 1
      ? "\(expected.lowerBound)"
      : expected.upperBound == Int.max
        ? "at least \(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)"
    return "the function `\(function)` takes \(range) arguments, not \(count)"
  }

  private static func skipLiteral(_ rest: inout ArraySlice<UInt8>) {
    let quote = rest.removeFirst()
    rest = rest.drop { $0 != quote }.dropFirst()
  }

  private static func takeName(_ rest: inout ArraySlice<UInt8>) -> String {
    let name = rest.prefix { isNameStart($0) || $0 == UInt8(ascii: "-") || (0x2E...0x39).contains($0) && $0 != 0x2F }
    rest = rest.dropFirst(name.count)
    return String(decoding: name, as: UTF8.self)
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }
}
