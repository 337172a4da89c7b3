extension XMLElement {
  /// The element as indented text for people to read, two spaces a level.
  ///
  /// White space between elements is the formatter's; an element with character data of its own stays on its line. A
  /// namespace is declared where it differs from the surrounding one; prefixes are not kept, but for `xsi`.
  package func formatted() -> String {
    var writer = XMLWriter()
    write(to: &writer, indent: 0, surrounding: nil)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(to writer: inout XMLWriter, indent: Int, surrounding: String?) {
    writer.raw(String(repeating: "  ", count: indent))
    var written: [(name: String, value: String)] = []
    if namespace != surrounding { written.append(("xmlns", namespace ?? "")) }
    let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
    if attributes.contains(where: { $0.namespace == schemaInstance }) { written.append(("xmlns:xsi", schemaInstance)) }
    written += attributes.map { (($0.namespace == schemaInstance ? "xsi:" : "") + $0.name, $0.value) }
    let inner = elements
    guard !inner.isEmpty else {
      let text = self.text
      if text.isEmpty {
        writer.element(name, attributes: written)
      } else {
        writer.start(name, attributes: written)
        writer.text(text)
        writer.end(name)
      }
      writer.raw("\n")
      return
    }
    writer.start(name, attributes: written)
    writer.raw("\n")
    for element in inner { element.write(to: &writer, indent: indent + 1, surrounding: namespace) }
    writer.raw(String(repeating: "  ", count: indent))
    writer.end(name)
    writer.raw("\n")
  }
}
