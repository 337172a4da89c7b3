import JSON

/// A policy as JSON whose ranges tell where in the scenario's files each value stands.
///
/// The policy engine reports byte ranges of a JSON text. A policy of a scenario has none: so each value gets a range of its
/// own, a number, under which its place is kept.
struct PolicyPlaces {
  private var places: [SourceRange] = []
  /// The numbers of values that a reference stands for whose value is not known yet.
  private var unknown: Set<Int> = []
  private(set) var json = JSONValue(.null)

  /// Whether a part of the policy is not known yet.
  var hasUnknown: Bool { !unknown.isEmpty }

  /// What stands for an unknown value: a text that can be a principal as well as a resource.
  private static let placeholder = "arn:aws:iam::000000000000:role/unknown"

  init(_ policy: PlacedValue) {
    json = value(policy)
  }

  /// The place of what the engine reports; the whole policy where it reports none.
  func place(of range: Range<Int>) -> SourceRange? {
    places.indices.contains(range.lowerBound) ? places[range.lowerBound] : places.first
  }

  /// Whether the engine reports a value that is not known yet, of which nothing can be said.
  func isUnknown(_ range: Range<Int>) -> Bool { unknown.contains(range.lowerBound) }

  private mutating func number(_ place: SourceRange) -> Range<Int> {
    places.append(place)
    return (places.count - 1)..<places.count
  }

  private mutating func value(_ value: PlacedValue) -> JSONValue {
    let range = number(value.range)
    switch value {
    case .unknown:
      unknown.insert(range.lowerBound)
      return JSONValue(.string(Self.placeholder), range: range)
    case .null: return JSONValue(.null, range: range)
    case .string(let text, _): return JSONValue(.string(text), range: range)
    case .list(let elements, _):
      var values: [JSONValue] = []
      for element in elements { values.append(self.value(element)) }
      return JSONValue(.array(values), range: range)
    case .mapping(let entries, _):
      var members: [JSONMember] = []
      for entry in entries {
        let nameRange = number(entry.keyRange)
        // A key that is not known may be a condition's; it must not be taken for an element that is unknown.
        guard let key = entry.key else {
          unknown.insert(nameRange.lowerBound)
          continue
        }
        members.append(JSONMember(name: key, nameRange: nameRange, value: self.value(entry.value)))
      }
      return JSONValue(.object(members), range: range)
    }
  }
}
