import HTTP

/// Writes the form of a query service's request: `Tags.member.1.Key=team`.
struct FormWriter {
  private(set) var bytes: [UInt8] = []
  /// The place of the value that is written, as the form names it.
  private var path: [UInt8] = []

  init(_ operation: Operation) {
    bytes.reserveCapacity(256)
    field("Action", operation.name)
    field("Version", operation.service.apiVersion)
  }

  mutating func write(_ structure: AWSStructure, _ shape: StructureShape) {
    for member in structure.members {
      guard let known = shape[member.name] else { continue }
      within(known.wireName) { $0.write(member.value, known.shape) }
    }
  }

  private mutating func write(_ value: AWSValue, _ shape: Shape) {
    switch (value, shape) {
    case (.list(let elements), .list(let list)):
      // Without a field, an empty list could not be told from none.
      if elements.isEmpty { field("") }
      if let name = list.elementName {
        within(name) { $0.write(elements, list) }
      } else {
        write(elements, list)
      }
    case (.structure(let structure), .structure(let shape)): write(structure, shape)
    case (.structure(let structure), .map(let map)):
      for (offset, entry) in structure.members.enumerated() {
        within("entry") { writer in
          writer.within(String(offset + 1)) { writer in
            writer.field("key", entry.name)
            writer.within("value") { $0.write(entry.value, map.value) }
          }
        }
      }
    default: field(value.wireText(shape) ?? "")
    }
  }

  private mutating func write(_ elements: [AWSValue], _ list: ListShape) {
    for (offset, element) in elements.enumerated() {
      within(String(offset + 1)) { $0.write(element, list.element) }
    }
  }

  private mutating func field(_ name: String, _ value: String) {
    within(name) { $0.field(value) }
  }

  /// A field at the place, with `value`.
  private mutating func field(_ value: String) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
    bytes.append(contentsOf: path)
    bytes.append(UInt8(ascii: "="))
    PercentEncoding.append(value.utf8, to: &bytes)
  }

  /// Goes down to `name`, writes, and comes back. Names are AWS's own and need no encoding.
  private mutating func within(_ name: String, _ write: (inout FormWriter) -> Void) {
    let length = path.count
    if length > 0 { path.append(UInt8(ascii: ".")) }
    path.append(contentsOf: name.utf8)
    write(&self)
    path.removeLast(path.count - length)
  }
}
