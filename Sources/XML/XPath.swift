import CLibXML2

/// A compiled XPath 1.0 expression, to be evaluated over any number of documents.
///
/// `@unchecked Sendable`: the compiled form is only read by evaluations, and libxml2 keeps what changes in the context.
package final class XPathExpression: @unchecked Sendable {
  /// The expression as it was written.
  package let source: String
  private let compiled: xmlXPathCompExprPtr

  /// Compiles `source`.
  /// - Throws: ``XMLError`` where it is not an XPath expression.
  package init(_ source: String) throws(XMLError) {
    guard let context = xmlXPathNewContext(nil) else { throw XMLError("out of memory") }
    defer { xmlXPathFreeContext(context) }
    iamdrill_xpath_silence(context)
    guard !source.isEmpty, let compiled = xmlXPathCtxtCompile(context, source) else {
      throw Self.error(of: context, in: source)
    }
    self.source = source
    self.compiled = compiled
  }

  deinit { xmlXPathFreeCompExpr(compiled) }

  func evaluate(in context: xmlXPathContextPtr) -> xmlXPathObjectPtr? {
    xmlXPathCompiledEval(compiled, context)
  }

  static func error(of context: xmlXPathContextPtr, in source: String) -> XMLError {
    let cause = context.pointee.lastError.message.map { String(cString: $0) } ?? "Invalid expression"
    let line = cause.split(separator: "\n").first.map(String.init) ?? cause
    return XMLError("XPath `\(source)`: \(line)")
  }
}

/// What an XPath expression gives.
package enum XPathValue: Sendable, Hashable {
  case nodes([XPathNode])
  case string(String)
  case number(Double)
  case boolean(Bool)

  /// The value as text: of the first node, or as XPath's `string()` writes a number or a truth value; `nil` for no node.
  package var string: String? {
    switch self {
    case .nodes(let nodes): nodes.first?.text
    case .string(let text): text
    case .boolean(let value): value ? "true" : "false"
    case .number(let value):
      if let whole = Int(exactly: value) { "\(whole)" } else { value.isNaN ? "NaN" : "\(value)" }
    }
  }

  init(_ object: xmlXPathObjectPtr) {
    switch object.pointee.type {
    case XPATH_NODESET: self = .nodes(Self.nodes(object.pointee.nodesetval))
    case XPATH_BOOLEAN: self = .boolean(object.pointee.boolval != 0)
    case XPATH_NUMBER: self = .number(object.pointee.floatval)
    default: self = .string(object.pointee.stringval.map { String(cString: $0) } ?? "")
    }
  }

  private static func nodes(_ set: xmlNodeSetPtr?) -> [XPathNode] {
    guard let set, let table = set.pointee.nodeTab else { return [] }
    return (0..<Int(set.pointee.nodeNr)).compactMap { index in table[index].map(XPathNode.init) }
  }
}

/// A node that an XPath expression selected.
package struct XPathNode: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case element, attribute, text, other
  }

  package var kind: Kind
  /// The local name; empty for text.
  package var name: String
  /// The node's string value.
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
    line = max(0, Int(xmlGetLineNo(node)))
  }
}
