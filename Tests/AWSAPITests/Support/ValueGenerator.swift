import AWSAPI
import FoundationEssentials
import HTTP
import TestSupport

/// Makes up values by their shapes: all that can be written, not only what AWS would accept.
struct ValueGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// A structure with all required members and some others; never without any, which the forms of the query services
  /// cannot tell from none.
  mutating func structure(_ shape: StructureShape, likelihood: Double = 0.4) -> AWSStructure {
    var structure = AWSStructure()
    for member in shape.members where member.isRequired || Double.random(in: 0..<1, using: &random) < likelihood {
      structure[member.name] = value(member.shape, at: member.location, name: member.name)
    }
    if structure.isEmpty, let member = shape.members.randomElement(using: &random) {
      structure[member.name] = value(member.shape, at: member.location, name: member.name)
    }
    return structure
  }

  private mutating func value(_ shape: Shape, at location: StructureShape.Member.Location, name: String) -> AWSValue {
    switch shape {
    case .string(let constraint):
      if let values = constraint.values, let value = values.randomElement(using: &random) { return .string(value) }
      return .string(text(at: location, name: name))
    case .integer(let range): return .integer(number(range, at: location))
    case .boolean: return .boolean(Bool.random(using: &random))
    case .timestamp(let format):
      let seconds = Double(Int.random(in: -2_000_000_000..<6_000_000_000, using: &random))
      let fraction = format == .iso8601Milliseconds ? Double(Int.random(in: 0..<1000, using: &random)) / 1000 : 0
      return .timestamp(Date(timeIntervalSince1970: seconds + fraction))
    case .blob:
      return .bytes((0..<Int.random(in: 1..<40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    case .list(let list):
      // A flattened list without elements leaves no trace.
      let least = list.elementName == nil || !location.isElement ? 1 : 0
      return .list(
        (0..<Int.random(in: least..<12, using: &random)).map { _ in value(list.element, at: location, name: name) })
    case .map(let map):
      var values = AWSStructure()
      for _ in 0..<Int.random(in: 1..<4, using: &random) {
        values[key(at: location)] = value(map.value, at: location, name: name)
      }
      return .structure(values)
    case .structure(let shape): return .structure(structure(shape))
    }
  }

  private mutating func number(_ range: ClosedRange<Int>?, at location: StructureShape.Member.Location) -> Int {
    let bounds = range ?? 0...9_999
    return Int.random(in: max(bounds.lowerBound, -9_999)...min(bounds.upperBound, 99_999), using: &random)
  }

  private mutating func key(at location: StructureShape.Member.Location) -> String {
    guard location.isElement else { return pieces(["a", "b", "meta", "-", "x1"], 1..<5) }
    return text(at: location, name: "")
  }

  private mutating func text(at location: StructureShape.Member.Location, name: String) -> String {
    switch location {
    case .uri where name == "Bucket": return pieces(["b", "u", "9", "ck"], 3..<9) + ".et-1"
    case .uri: return pieces(Self.odd + ["/", "//", "/./", "/../", "?", "#", "%", "%2F", "%zz"], 1..<12)
    case .header, .headerPrefix: return pieces(["a", "Zz", "9", "-", "/", "=", "\"", "(x)", "ä"], 1..<12)
    default: return pieces(Self.odd + ["\n", "\t", "\r\n", "<", ">", "\"", "'", "&amp;", "]]>"], 0..<12)
    }
  }

  private static let odd = [
    "a", "Zz", "9", " ", "+", "&", "=", ";", ".", "member.1", "ä", "日本", "🙂", "\u{301}", "%", "*", "~",
  ]

  private mutating func pieces(_ alphabet: [String], _ count: Range<Int>) -> String {
    (0..<Int.random(in: count, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) }.joined()
  }
}

extension StructureShape.Member.Location {
  fileprivate var isElement: Bool {
    switch self {
    case .element, .payload: true
    case .attribute, .uri, .query, .header, .headerPrefix, .body: false
    }
  }
}
