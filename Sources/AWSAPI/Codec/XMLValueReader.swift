import HTTP
import XML

/// Reads values from XML by their shapes.
struct XMLValueReader {
  /// A request's body must be what the shape says; of an answer we read what we know, and let the rest be.
  var isStrict: Bool
  /// IAM percent-encodes the policy documents in its answers.
  var decodingPolicies = false

  /// Why a document is not what its shape says. Only strict readers throw it.
  struct Mismatch: Error {
    var message: String
    var line: Int
  }

  func structure(_ element: XMLElement, _ shape: StructureShape) throws(Mismatch) -> AWSStructure {
    var structure = AWSStructure()
    for member in shape.members {
      guard case .attribute(let name) = member.location else { continue }
      let local = name.split(separator: ":").last.map(String.init) ?? name
      guard let text = element.attribute(local) else { continue }
      structure[member.name] = .string(text)
    }
    for case .element(let child) in element.children {
      guard let member = shape.member(asElement: child.name) else {
        if isStrict { throw Mismatch(message: "unknown element \(child.name)", line: child.line) }
        continue
      }
      if case .list(let list) = member.shape, list.elementName == nil {
        let value = try value(child, list.element)
        structure.append(value, toList: member.name)
      } else {
        if isStrict, structure[member.name] != nil {
          throw Mismatch(message: "repeated element \(child.name)", line: child.line)
        }
        structure[member.name] = try value(child, member.shape)
      }
    }
    return structure
  }

  func value(_ element: XMLElement, _ shape: Shape) throws(Mismatch) -> AWSValue {
    switch shape {
    case .structure(let shape): return .structure(try structure(element, shape))
    case .list(let list):
      var values: [AWSValue] = []
      for case .element(let child) in element.children {
        if isStrict, child.name != list.elementName {
          throw Mismatch(message: "unknown element \(child.name)", line: child.line)
        }
        values.append(try value(child, list.element))
      }
      return .list(values)
    case .map(let map):
      var values = AWSStructure()
      for case .element(let entry) in element.children {
        guard let key = entry["key"], let element = entry["value"] else { continue }
        values[key.text] = try value(element, map.value)
      }
      return .structure(values)
    case .string, .integer, .boolean, .timestamp, .blob: return try scalar(element, shape)
    }
  }

  private func scalar(_ element: XMLElement, _ shape: Shape) throws(Mismatch) -> AWSValue {
    if isStrict, element.children.contains(where: { if case .element = $0 { true } else { false } }) {
      throw Mismatch(message: "elements inside of \(element.name)", line: element.line)
    }
    let text = element.text
    if decodingPolicies, case .string(let constraint) = shape, constraint.isPolicyDocument {
      return .string(PercentEncoding.decode(text) ?? text)
    }
    if let value = AWSValue(wireText: text, shape) { return value }
    // XML allows white space around what is not text.
    if let value = AWSValue(wireText: String(text.trimmingXMLSpace), shape) { return value }
    if isStrict { throw Mismatch(message: "\(element.name) is not \(shape.kind)", line: element.line) }
    return .string(text)
  }
}

extension StructureShape {
  /// The member that stands as an element of this name.
  fileprivate func member(asElement name: String) -> Member? {
    members.first { if case .element(name) = $0.location { true } else { false } }
  }
}

extension String {
  fileprivate var trimmingXMLSpace: Substring {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
    guard let first = utf8.firstIndex(where: { !isSpace($0) }), let last = utf8.lastIndex(where: { !isSpace($0) })
    else {
      return ""
    }
    return self[first...last]
  }
}
