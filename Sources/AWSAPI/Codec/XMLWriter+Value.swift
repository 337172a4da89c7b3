import HTTP
import XML

extension XMLWriter {
  /// Writes the members of `structure` that stand as elements, in the order of `shape`.
  /// - Parameter encodingPolicies: IAM percent-encodes the policy documents in its answers.
  mutating func write(_ structure: AWSStructure, _ shape: StructureShape, encodingPolicies: Bool) {
    for member in shape.members {
      guard case .element(let name) = member.location, let value = structure[member.name] else { continue }
      write(value, member.shape, named: name, encodingPolicies: encodingPolicies)
    }
  }

  /// Writes `value` as an element `name`, a flattened list as many of them.
  mutating func write(
    _ value: AWSValue, _ shape: Shape, named name: String, namespace: String? = nil, encodingPolicies: Bool
  ) {
    let attributes = namespace.map { [(name: "xmlns", value: $0)] } ?? []
    switch (value, shape) {
    case (.list(let elements), .list(let list)):
      guard let elementName = list.elementName else {
        for element in elements { write(element, list.element, named: name, encodingPolicies: encodingPolicies) }
        return
      }
      element(name, attributes: attributes) { writer in
        for element in elements {
          writer.write(element, list.element, named: elementName, encodingPolicies: encodingPolicies)
        }
      }
    case (.structure(let structure), .structure(let shape)):
      element(name, attributes: attributes + Self.attributes(of: structure, shape)) { writer in
        writer.write(structure, shape, encodingPolicies: encodingPolicies)
      }
    case (.structure(let structure), .map(let map)):
      element(name, attributes: attributes) { writer in
        for entry in structure.members {
          writer.element("entry") { writer in
            writer.element("key", text: entry.name)
            writer.write(entry.value, map.value, named: "value", encodingPolicies: encodingPolicies)
          }
        }
      }
    default:
      guard var text = value.wireText(shape) else { return }
      if encodingPolicies, case .string(let constraint) = shape, constraint.isPolicyDocument {
        text = PercentEncoding.encode(text)
      }
      start(name, attributes: attributes)
      self.text(text)
      end(name)
    }
  }

  /// Members that stand as attributes; the only ones in AWS's models are `xsi:type`, whose prefix is declared with them.
  private static func attributes(
    of structure: AWSStructure, _ shape: StructureShape
  ) -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    for member in shape.members {
      guard case .attribute(let name) = member.location, let text = structure[member.name]?.wireText(member.shape)
      else {
        continue
      }
      if name.hasPrefix("xsi:"), attributes.isEmpty {
        attributes.append((name: "xmlns:xsi", value: "http://www.w3.org/2001/XMLSchema-instance"))
      }
      attributes.append((name: name, value: text))
    }
    return attributes
  }
}
