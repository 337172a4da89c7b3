import CLibXML2

/// libxml2's tree, owned: made by the parser, freed at the end.
///
/// `@unchecked Sendable`: nothing else holds the pointer, and ``XMLDocument`` keeps the tree behind a lock.
final class LibXMLTree: @unchecked Sendable {
  private let document: xmlDocPtr

  /// Called once before the first use, so that threads do not race for libxml2's own initialization.
  private static let prepared: Void = {
    xmlInitParser()
    iamdrill_xml_silence()
  }()

  init(parsing bytes: [UInt8], limits: XMLLimits) throws(XMLError) {
    _ = Self.prepared
    guard bytes.count <= min(limits.bytes, Int(Int32.max)) else {
      throw XMLError("the document has \(bytes.count) bytes; at most \(limits.bytes) are read")
    }
    guard !bytes.isEmpty else { throw XMLError("the document is empty", line: 1, column: 1) }
    guard let context = xmlNewParserCtxt() else { throw XMLError("out of memory") }
    defer { xmlFreeParserCtxt(context) }
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    let parsed = bytes.withUnsafeBytes { buffer in
      xmlCtxtReadMemory(
        context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), nil, nil, Int32(options))
    }
    guard let parsed else { throw Self.lastError(of: context) }
    guard parsed.pointee.intSubset == nil, parsed.pointee.extSubset == nil else {
      xmlFreeDoc(parsed)
      throw XMLError("a document type declaration is not accepted", line: 1)
    }
    document = parsed
  }

  deinit { xmlFreeDoc(document) }

  private static func lastError(of context: xmlParserCtxtPtr) -> XMLError {
    guard let error = xmlCtxtGetLastError(context) else { return XMLError("not well-formed XML") }
    let message = error.pointee.message.map { String(cString: $0) } ?? "not well-formed XML"
    let column = error.pointee.int2
    return XMLError(
      String(message.split(separator: "\n").first ?? "not well-formed XML"), line: Int(error.pointee.line),
      column: column > 0 ? Int(column) : nil)
  }

  // MARK: The tree as values

  func rootElement(limits: XMLLimits) throws(XMLError) -> XMLElement {
    guard let root = xmlDocGetRootElement(document) else { throw XMLError("the document has no element") }
    return try element(root, depthLeft: limits.depth)
  }

  private func element(_ node: xmlNodePtr, depthLeft: Int) throws(XMLError) -> XMLElement {
    let line = Int(xmlGetLineNo(node))
    guard depthLeft > 0 else { throw XMLError("elements are nested too deeply", line: line) }
    var element = XMLElement(
      name: String(cString: node.pointee.name), namespace: namespace(node.pointee.ns), line: line)
    var attribute = node.pointee.properties
    while let current = attribute {
      element.attributes.append(
        XMLElement.Attribute(
          name: String(cString: current.pointee.name), namespace: namespace(current.pointee.ns),
          value: textContent(current.pointee.children)))
      attribute = current.pointee.next
    }
    var child = node.pointee.children
    while let current = child {
      switch current.pointee.type {
      case XML_ELEMENT_NODE: element.children.append(.element(try self.element(current, depthLeft: depthLeft - 1)))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        if let content = current.pointee.content { element.children.append(.text(String(cString: content))) }
      default: break
      }
      child = current.pointee.next
    }
    return element
  }

  private func namespace(_ pointer: xmlNsPtr?) -> String? {
    pointer?.pointee.href.map { String(cString: $0) }
  }

  private func textContent(_ first: xmlNodePtr?) -> String {
    var text = ""
    var node = first
    while let current = node {
      if let content = current.pointee.content { text += String(cString: content) }
      node = current.pointee.next
    }
    return text
  }

  /// Takes every element out of its namespace, so that XPath needs no prefixes. Iterative: the depth is the input's.
  func stripElementNamespaces() {
    var pending = [xmlDocGetRootElement(document)].compactMap { $0 }
    while let node = pending.popLast() {
      node.pointee.ns = nil
      var child = node.pointee.children
      while let current = child {
        if current.pointee.type == XML_ELEMENT_NODE { pending.append(current) }
        child = current.pointee.next
      }
    }
  }

  // MARK: XPath

  /// Far above what any expression over an answer needs, far below what would be felt.
  private static let operationLimit: UInt = 10_000_000

  func evaluate(_ expression: XPathExpression) throws(XMLError) -> XPathValue {
    guard let context = xmlXPathNewContext(document) else { throw XMLError("out of memory") }
    defer { xmlXPathFreeContext(context) }
    iamdrill_xpath_silence(context)
    context.pointee.opLimit = Self.operationLimit
    xmlXPathRegisterNs(context, "xsi", "http://www.w3.org/2001/XMLSchema-instance")
    guard let object = expression.evaluate(in: context) else {
      throw XPathExpression.error(of: context, in: expression.source)
    }
    defer { xmlXPathFreeObject(object) }
    return XPathValue(object)
  }
}
