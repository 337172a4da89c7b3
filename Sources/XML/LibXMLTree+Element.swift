import CLibXML2

extension LibXMLTree {
  /// The document's element as a value.
  func rootElement(limits: XMLLimits) throws(XMLError) -> XMLElement {
    guard let root = xmlDocGetRootElement(document) else { throw XMLError("the document has no element") }
    var reader = ElementReader(limits: limits)
    return try reader.element(root, depth: 1)
  }
}

/// Copies libxml2's nodes into values.
private struct ElementReader {
  let limits: XMLLimits
  /// Nearly every element is in the same namespace as the one before; this saves copying its URI for each.
  private var lastNamespace: (pointer: xmlNsPtr, uri: String?, prefix: String?)?

  init(limits: XMLLimits) {
    self.limits = limits
  }

  mutating func element(_ node: xmlNodePtr, depth: Int) throws(XMLError) -> XMLElement {
    let line = Int(xmlGetLineNo(node))
    guard depth <= limits.depth else {
      throw XMLError("elements are nested more than \(limits.depth) deep", line: line)
    }
    let (namespace, prefix) = namespace(node.pointee.ns)
    var element = XMLElement(name: String(cString: node.pointee.name), namespace: namespace, prefix: prefix, line: line)
    var attribute = node.pointee.properties
    while let current = attribute {
      element.attributes.append(self.attribute(current))
      attribute = current.pointee.next
    }
    var child = node.pointee.children
    while let current = child {
      switch current.pointee.type {
      case XML_ELEMENT_NODE: element.children.append(.element(try self.element(current, depth: depth + 1)))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        if let content = current.pointee.content { element.children.append(.text(String(cString: content))) }
      default: break
      }
      child = current.pointee.next
    }
    return element
  }

  private mutating func attribute(_ node: xmlAttrPtr) -> XMLElement.Attribute {
    let (namespace, prefix) = namespace(node.pointee.ns)
    var value = ""
    var text = node.pointee.children
    while let current = text {
      if let content = current.pointee.content { value += String(cString: content) }
      text = current.pointee.next
    }
    return XMLElement.Attribute(
      name: String(cString: node.pointee.name), namespace: namespace, prefix: prefix, value: value)
  }

  private mutating func namespace(_ pointer: xmlNsPtr?) -> (uri: String?, prefix: String?) {
    guard let pointer else { return (nil, nil) }
    if let lastNamespace, lastNamespace.pointer == pointer { return (lastNamespace.uri, lastNamespace.prefix) }
    let uri = pointer.pointee.href.map { String(cString: $0) }
    let prefix = pointer.pointee.prefix.map { String(cString: $0) }
    lastNamespace = (pointer, uri, prefix)
    return (uri, prefix)
  }
}
