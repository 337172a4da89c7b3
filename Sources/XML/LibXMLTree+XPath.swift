import CLibXML2

extension LibXMLTree {
  /// Steps of one evaluation. `//a` takes about one for each node; joining the results of steps like `preceding::a`
  /// takes libxml2 more time than it counts, up to a second or two with this limit.
  private static let stepLimit: UInt = 2_000_000
  /// Nodes that an evaluation may give.
  static let nodeLimit = 100_000
  /// Bytes of all their texts. Nodes overlap: `//*` gives a text once for each element around it.
  static let textLimit = 32 << 20

  /// Evaluates `expression`, and gives up to `count` of the selected nodes.
  func evaluate(_ expression: XPathExpression, first count: Int = nodeLimit + 1) throws(XMLError) -> XPathValue {
    try XPathContext.borrowed(over: document) { (context) throws(XMLError) in
      try evaluate(expression, first: count, in: context)
    }
  }

  private func evaluate(
    _ expression: XPathExpression, first count: Int, in context: xmlXPathContextPtr
  ) throws(XMLError) -> XPathValue {
    context.pointee.opLimit = Self.stepLimit
    guard let object = expression.evaluate(in: context) else {
      guard context.pointee.opCount < Self.stepLimit else {
        throw XMLError("XPath `\(expression.source)`: it takes more than \(Self.stepLimit) steps")
      }
      throw XPathExpression.error(of: context, in: expression.source)
    }
    defer { xmlXPathFreeObject(object) }
    switch object.pointee.type {
    case XPATH_NODESET: return .nodes(try nodes(of: object.pointee.nodesetval, first: count, for: expression))
    case XPATH_BOOLEAN: return .boolean(object.pointee.boolval != 0)
    case XPATH_NUMBER: return .number(object.pointee.floatval)
    default: return .string(object.pointee.stringval.map { String(cString: $0) } ?? "")
    }
  }

  private func nodes(
    of set: xmlNodeSetPtr?, first count: Int, for expression: XPathExpression
  ) throws(XMLError) -> [XPathNode] {
    guard let set, let table = set.pointee.nodeTab else { return [] }
    let count = min(Int(set.pointee.nodeNr), count)
    guard count <= Self.nodeLimit else {
      throw XMLError("XPath `\(expression.source)`: it selects more than \(Self.nodeLimit) nodes")
    }
    var nodes: [XPathNode] = []
    nodes.reserveCapacity(count)
    var bytes = 0
    for index in 0..<count {
      guard let pointer = table[index] else { continue }
      let node = XPathNode(pointer)
      bytes += node.text.utf8.count
      guard bytes <= Self.textLimit else {
        throw XMLError("XPath `\(expression.source)`: the texts it selects have more than \(Self.textLimit) bytes")
      }
      nodes.append(node)
    }
    return nodes
  }
}
