/// An element as a value: names, attributes, children, and the place it stands at.
package struct XMLElement: Sendable {
  /// The name without its prefix.
  package var name: String
  /// `nil` where the element is in no namespace.
  package var namespace: String?
  package var attributes: [Attribute]
  package var children: [Child]
  /// 1-based.
  package var line: Int

  package struct Attribute: Sendable, Hashable {
    /// The name without its prefix.
    package var name: String
    package var namespace: String?
    package var value: String
  }

  package enum Child: Sendable {
    case element(XMLElement)
    /// Character data; references are resolved and CDATA is unwrapped.
    case text(String)
  }

  package init(
    name: String, namespace: String? = nil, attributes: [Attribute] = [], children: [Child] = [], line: Int = 0
  ) {
    self.name = name
    self.namespace = namespace
    self.attributes = attributes
    self.children = children
    self.line = line
  }

  /// The child elements in order, whatever their namespace.
  package var elements: [XMLElement] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The first child element of this local name.
  package subscript(name: String) -> XMLElement? {
    for case .element(let element) in children where element.name == name { return element }
    return nil
  }

  /// Every child element of this local name.
  package func children(named name: String) -> [XMLElement] {
    elements.filter { $0.name == name }
  }

  /// The character data of this element and of all within it, as XPath's `string()` gives it.
  package var text: String {
    if children.count == 1, case .text(let only) = children[0] { return only }
    return children.map { child in
      switch child {
      case .text(let text): text
      case .element(let element): element.text
      }
    }.joined()
  }

  /// The value of the attribute of this local name, whatever its namespace.
  package func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }
}
