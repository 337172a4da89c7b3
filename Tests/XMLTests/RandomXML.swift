import TestSupport
import XML

/// Elements as a parser could have given them: with namespaces, attributes, mixed content.
enum RandomXML {
  static func element(_ random: inout SeededGenerator, depth: Int) -> XMLElement {
    let prefix = ["p", "q", nil, nil, nil].randomElement(using: &random) ?? nil
    let namespace = prefix.map { "urn:" + $0 } ?? (["urn:d", nil].randomElement(using: &random) ?? nil)
    var element = XMLElement(name: name(&random), namespace: namespace, prefix: prefix)
    if Bool.random(using: &random) {
      element.attributes.append(.init(name: "plain", value: text(&random)))
      element.attributes.append(.init(name: "type", namespace: "urn:q", prefix: "q", value: text(&random)))
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      if depth < 4, Bool.random(using: &random) {
        element.children.append(.element(self.element(&random, depth: depth + 1)))
      } else if case .text = element.children.last {
        // A parser joins what stands together.
      } else {
        element.children.append(.text(text(&random)))
      }
    }
    return element
  }

  private static func name(_ random: inout SeededGenerator) -> String {
    ["Role", "Arn", "member", "\u{e9}t\u{e9}", "a.b-c"].randomElement(using: &random) ?? "a"
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    ["arn:aws:iam::1:role/R", " a < b & c > \"d\" ", "x\r\ny\tz", "\u{1F600}", "]]>", "\n  "].randomElement(
      using: &random)
      ?? ""
  }

  /// Without lines and without the white space that formatting may change.
  static func normalized(_ element: XMLElement) -> XMLElement {
    var element = element
    element.line = 0
    let isLayout = element.children.allSatisfy { child in
      if case .text(let text) = child { text.allSatisfy(\.isWhitespace) } else { true }
    }
    element.children = element.children.compactMap { child in
      switch child {
      case .element(let inner): .element(normalized(inner))
      case .text(let text): isLayout && element.elements.count > 0 ? nil : .text(text)
      }
    }
    return element
  }
}
