extension XMLElement {
  /// The element as text for people to read: each element on a line of its own, indented by its depth.
  ///
  /// An element with character data of its own stays on its line with all that is in it, so no text changes. White space
  /// between elements is the formatter's. Prefixes are kept; a namespace is declared at the outermost element that uses
  /// it, so declarations can stand elsewhere than in the original.
  package func formatted(indent: Int = 2) -> String {
    var formatter = XMLFormatter(indent: indent)
    formatter.write(self, depth: 0, scope: ["": "", "xml": "http://www.w3.org/XML/1998/namespace"])
    return String(decoding: formatter.writer.bytes, as: UTF8.self)
  }
}

private struct XMLFormatter {
  var writer = XMLWriter()
  let indent: Int

  init(indent: Int) {
    self.indent = indent
  }

  /// Writes an element and the line's end. `scope` holds the namespace of each prefix that is declared around it.
  mutating func write(_ element: XMLElement, depth: Int, scope: [String: String]) {
    let (tag, attributes, scope) = declaring(element, in: scope)
    margin(depth)
    guard element.holdsOnlyElements else {
      writeInline(element, tag, attributes, scope)
      writer.raw("\n")
      return
    }
    writer.start(tag, attributes: attributes)
    writer.raw("\n")
    for child in element.elements { write(child, depth: depth + 1, scope: scope) }
    margin(depth)
    writer.end(tag)
    writer.raw("\n")
  }

  private mutating func writeInline(
    _ element: XMLElement, _ tag: String, _ attributes: [(name: String, value: String)], _ scope: [String: String]
  ) {
    guard !element.children.isEmpty else {
      writer.element(tag, attributes: attributes)
      return
    }
    writer.start(tag, attributes: attributes)
    for child in element.children {
      switch child {
      case .text(let text): writer.text(text)
      case .element(let inner):
        let (tag, attributes, scope) = declaring(inner, in: scope)
        writeInline(inner, tag, attributes, scope)
      }
    }
    writer.end(tag)
  }

  private mutating func margin(_ depth: Int) {
    writer.raw(String(repeating: " ", count: depth * indent))
  }

  /// The element's name with its prefix, and its attributes after the namespace declarations that it needs.
  private func declaring(
    _ element: XMLElement, in scope: [String: String]
  ) -> (tag: String, attributes: [(name: String, value: String)], scope: [String: String]) {
    var scope = scope
    var written: [(name: String, value: String)] = []
    func declare(_ prefix: String, _ namespace: String) {
      guard scope[prefix] != namespace else { return }
      scope[prefix] = namespace
      written.append((prefix.isEmpty ? "xmlns" : "xmlns:" + prefix, namespace))
    }
    declare(element.prefix ?? "", element.namespace ?? "")
    var attributes: [(name: String, value: String)] = []
    for attribute in element.attributes {
      // An attribute without a prefix is in no namespace, whatever the default.
      guard let prefix = attribute.prefix, let namespace = attribute.namespace else {
        attributes.append((attribute.name, attribute.value))
        continue
      }
      declare(prefix, namespace)
      attributes.append((prefix + ":" + attribute.name, attribute.value))
    }
    return ((element.prefix.map { $0 + ":" } ?? "") + element.name, written + attributes, scope)
  }
}

extension XMLElement {
  /// Whether there are elements inside, and between them nothing but white space.
  fileprivate var holdsOnlyElements: Bool {
    var hasElements = false
    for child in children {
      switch child {
      case .element: hasElements = true
      case .text(let text):
        guard text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return false }
      }
    }
    return hasElements
  }
}
