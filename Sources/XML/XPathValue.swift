import CLibXML2

/// What an XPath expression gives.
package enum XPathValue: Sendable, Hashable {
  /// In document order.
  case nodes([XPathNode])
  case string(String)
  case number(Double)
  case boolean(Bool)

  /// The value as text: of the first node, or as XPath's `string()` writes a number or a truth value; `nil` for no node.
  package var string: String? {
    switch self {
    case .nodes(let nodes): return nodes.first?.text
    case .string(let text): return text
    case .boolean(let value): return value ? "true" : "false"
    case .number(let value):
      guard let text = xmlXPathCastNumberToString(value) else { return nil }
      defer { iamdrill_xml_free(text) }
      return String(cString: text)
    }
  }

  /// How many nodes were selected; `nil` where the expression computes a value.
  package var nodeCount: Int? {
    if case .nodes(let nodes) = self { nodes.count } else { nil }
  }
}

/// A node that an XPath expression selected.
package struct XPathNode: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case element, attribute, text
    /// A comment, a processing instruction, a namespace, or the document.
    case other
  }

  package var kind: Kind
  /// The local name; empty for text.
  package var name: String
  /// The node's string value: of an element, the character data of all within it.
  package var text: String
  /// 1-based; 0 where libxml2 does not know it.
  package var line: Int

  init(_ node: xmlNodePtr) {
    // A namespace node is a differently laid out structure behind the same pointer type; only its type may be read.
    guard node.pointee.type != XML_NAMESPACE_DECL else {
      (kind, name, text, line) = (.other, "", "", 0)
      return
    }
    switch node.pointee.type {
    case XML_ELEMENT_NODE: kind = .element
    case XML_ATTRIBUTE_NODE: kind = .attribute
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: kind = .text
    default: kind = .other
    }
    name = kind == .text ? "" : node.pointee.name.map { String(cString: $0) } ?? ""
    if let content = xmlNodeGetContent(node) {
      text = String(cString: content)
      iamdrill_xml_free(content)
    } else {
      text = ""
    }
    // Attributes have no line of their own in libxml2.
    line = max(0, Int(xmlGetLineNo(kind == .attribute ? node.pointee.parent : node)))
  }
}
