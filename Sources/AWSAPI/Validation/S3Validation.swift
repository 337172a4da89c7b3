/// Finds the first thing that is wrong with the parameters of an S3 request.
struct S3Validation {
  let operation: Operation
  /// S3's limit, in bytes of UTF-8.
  static let longestKey = 1024

  func check(_ parameters: AWSStructure) throws(AWSError) {
    // Most of what an operation may be given is not there.
    var left = parameters.members.count
    for (index, sketch) in operation.input.sketches.enumerated()
    where sketch.isRequired || (left > 0 && parameters.traits & sketch.nameTrait != 0) {
      let member = operation.input.members[index]
      guard let value = parameters[member.name] else {
        if member.isRequired { try missing(member) }
        continue
      }
      left -= 1
      switch member.location {
      case .uri: try checkKey(value, member)
      case .query(let name), .header(let name): try check(value, member, S3Argument(member, name: name))
      case .payload: try check(value, member.shape)
      case .headerPrefix, .body, .element, .attribute: continue
      }
    }
  }

  private func missing(_ member: StructureShape.Member) throws(AWSError) {
    switch member.location {
    case .header(let name): throw S3Argument(member, name: name).missing
    case .query(let name): throw S3Argument(member, name: name).invalid("This operation needs \(name)", "")
    case .payload, .body:
      throw AWSError("MissingRequestBodyError", "Request Body is empty", status: 400)
    case .uri, .headerPrefix, .element, .attribute: return
    }
  }

  private func checkKey(_ value: AWSValue, _ member: StructureShape.Member) throws(AWSError) {
    guard member.name == "Key", let key = value.string, key.utf8.count > Self.longestKey else { return }
    throw AWSError(
      "KeyTooLongError", "Your key is too long", status: 400,
      fields: [
        .init(name: "Size", value: String(key.utf8.count)),
        .init(name: "MaxSizeAllowed", value: String(Self.longestKey)),
      ])
  }

  private func check(
    _ value: AWSValue, _ member: StructureShape.Member, _ argument: S3Argument
  ) throws(AWSError) {
    switch (value, member.shape) {
    case (.integer(let number), _):
      guard argument.range.contains(number) else { throw argument.outOfRange(number) }
    case (.string(let text), .string(let constraint)):
      if let values = constraint.values, !values.contains(text) { throw argument.notInSet(text) }
    case (.list(let elements), .list(let list)):
      guard case .string(let constraint) = list.element, let values = constraint.values else { return }
      for case .string(let text) in elements where !values.contains(text) { throw argument.notInSet(text) }
    default: return
    }
  }

  /// XML that is well-formed but is not what S3's schema says.
  private func check(_ value: AWSValue, _ shape: Shape) throws(AWSError) {
    switch (value, shape) {
    case (.structure(let structure), .structure(let shape)):
      for member in shape.members {
        guard let value = structure[member.name] else {
          guard !member.isRequired else { throw operation.malformedDocument }
          continue
        }
        // What is wrong with a location depends on the region that is asked, which the service knows.
        if member.name == "LocationConstraint" { continue }
        try check(value, member.shape)
      }
    case (.list(let elements), .list(let list)):
      for element in elements { try check(element, list.element) }
    case (.string(let text), .string(let constraint)):
      guard constraint.values?.contains(text) ?? true, constraint.isWithinLength(text) else {
        throw operation.malformedDocument
      }
    default: return
    }
  }
}
