/// An element as a value: names, attributes, children, and the place it stands at.
package struct XMLElement: Sendable, Hashable {
  /// The name without its prefix.
  package var name: String
  /// `nil` where the element is in no namespace.
  package var namespace: String?
  /// As written; it says nothing that ``namespace`` does not, but lets the element be shown as it came.
  package var prefix: String?
  package var attributes: [Attribute]
  package var children: [Child]
  /// 1-based.
  package var line: Int

  package struct Attribute: Sendable, Hashable {
    /// The name without its prefix.
    package var name: String
    package var namespace: String?
    package var prefix: String?
    package var value: String

    package init(name: String, namespace: String? = nil, prefix: String? = nil, value: String) {
      self.name = name
      self.namespace = namespace
      self.prefix = prefix
      self.value = value
    }
  }

  package enum Child: Sendable, Hashable {
    case element(XMLElement)
    /// Character data; references are resolved and CDATA is unwrapped.
    case text(String)
  }

  package init(
    name: String, namespace: String? = nil, prefix: String? = nil, attributes: [Attribute] = [],
    children: [Child] = [], line: Int = 0
  ) {
    self.name = name
    self.namespace = namespace
    self.prefix = prefix
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

  /// The value of the first attribute of this local name, in `namespace` where one is given, else in whatever.
  package func attribute(_ name: String, namespace: String? = nil) -> String? {
    attributes.first { $0.name == name && (namespace == nil || $0.namespace == namespace) }?.value
  }
}
