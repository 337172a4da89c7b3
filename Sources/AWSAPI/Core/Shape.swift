/// What a value may be and how it is written: the constraint AWS checks and the place on the wire.
///
/// The facts (members, locations, lengths, patterns) are those of AWS's published service models.
package indirect enum Shape: Sendable {
  case string(StringConstraint)
  case integer(ClosedRange<Int>?)
  case boolean
  case timestamp(TimestampFormat)
  /// Raw bytes. As an S3 payload it may stream; inside a query or XML it is base64.
  case blob
  case list(ListShape)
  /// Values under keys that the caller chooses (`Metadata`), as an ``AWSStructure`` whose names are those keys.
  case map(MapShape)
  case structure(StructureShape)

  /// How a point in time is written.
  package enum TimestampFormat: String, Sendable {
    /// `2011-12-19T23:16:46Z`, as IAM and STS write it.
    case iso8601
    /// `2011-12-19T23:16:46.000Z`, as S3 writes it in XML.
    case iso8601Milliseconds
    /// `Mon, 19 Dec 2011 23:16:46 GMT`, as HTTP headers carry it.
    case httpDate
  }
}

/// Values of one shape in an order.
package struct ListShape: Sendable {
  package var element: Shape
  /// The name of each element on the wire, inside of one around the list; `nil` where there is none around it and each
  /// element bears the name of the list itself (S3's "flattened" lists).
  package var elementName: String?
  /// How many elements AWS accepts; `nil` for any number.
  package var count: ClosedRange<Int>?

  package init(of element: Shape, elementName: String?, count: ClosedRange<Int>? = nil) {
    self.element = element
    self.elementName = elementName
    self.count = count
  }
}

/// Values of one shape under keys.
package struct MapShape: Sendable {
  package var key: StringConstraint
  package var value: Shape

  package init(key: StringConstraint = StringConstraint(), value: Shape) {
    self.key = key
    self.value = value
  }
}

extension Shape {
  /// Any text.
  package static let string = Shape.string(StringConstraint())
  /// Any whole number.
  package static let integer = Shape.integer(nil)
  /// A point in time as IAM and STS write it.
  package static let timestamp = Shape.timestamp(.iso8601)

  package static func string(
    _ length: ClosedRange<Int>? = nil, _ pattern: StringConstraint.Pattern? = nil
  ) -> Shape {
    .string(StringConstraint(length: length, pattern: pattern))
  }

  /// One of `values`.
  package static func oneOf(_ values: String...) -> Shape {
    .string(StringConstraint(values: values))
  }

  /// A list as the query services write it, or as S3 does where its elements have a name of their own.
  package static func list(
    of element: Shape, element name: String = "member", count: ClosedRange<Int>? = nil
  ) -> Shape {
    .list(ListShape(of: element, elementName: name, count: count))
  }

  /// A list without an element around it.
  package static func flattened(of element: Shape, count: ClosedRange<Int>? = nil) -> Shape {
    .list(ListShape(of: element, elementName: nil, count: count))
  }

  package static func structure(_ entries: StructureShape.Entry...) -> Shape {
    .structure(StructureShape(entries))
  }
}
