extension Operation {
  /// Holds the parameters against the shapes, as far as they must agree to be written at all.
  /// - Throws: ``RequestEncodingError`` with the place of a name that is unknown or a value of another kind.
  func checkKinds(_ parameters: AWSStructure) throws(RequestEncodingError) {
    try checkKinds(parameters, input, at: "")
  }

  private func checkKinds(
    _ structure: AWSStructure, _ shape: StructureShape, at place: String
  ) throws(RequestEncodingError) {
    for member in structure.members {
      guard let known = shape[member.name] else {
        throw failure(Self.place(place, member.name), "is not a parameter")
      }
      // A scalar is written as its text whatever its kind, and needs no place.
      if !known.shape.hasParts, member.value.isScalar { continue }
      try checkKinds(member.value, known.shape, at: Self.place(place, member.name))
    }
  }

  private func checkKinds(_ value: AWSValue, _ shape: Shape, at place: String) throws(RequestEncodingError) {
    switch (value, shape) {
    case (.list(let elements), .list(let list)):
      for (offset, element) in elements.enumerated() {
        try checkKinds(element, list.element, at: Self.place(place, String(offset + 1)))
      }
    case (.structure(let structure), .structure(let shape)): try checkKinds(structure, shape, at: place)
    case (.structure(let structure), .map(let map)):
      for entry in structure.members { try checkKinds(entry.value, map.value, at: Self.place(place, entry.name)) }
    default:
      guard value.isScalar, !shape.hasParts else {
        throw failure(place, "is \(value.kind) where AWS takes \(shape.kind)")
      }
    }
  }

  func failure(_ parameter: String, _ problem: String) -> RequestEncodingError {
    RequestEncodingError(operation: qualifiedName, parameter: parameter, problem: problem)
  }

  private static func place(_ outer: String, _ name: String) -> String {
    outer.isEmpty ? name : "\(outer).\(name)"
  }
}

extension AWSValue {
  /// Whether the value is written as one text.
  var isScalar: Bool {
    switch self {
    case .list, .structure: false
    case .string, .integer, .boolean, .timestamp, .blob: true
    }
  }
}
