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
  /// A list whose elements are named `element` on the wire; `flattened` leaves out the element around the list.
  case list(of: Shape, element: String, flattened: Bool, count: ClosedRange<Int>?)
  case structure(StructureShape)

  /// How a point in time is written.
  package enum TimestampFormat: Sendable {
    /// `2011-12-19T23:16:46Z`, as IAM and STS write it.
    case iso8601
    /// `2011-12-19T23:16:46.000Z`, as S3 writes it in XML.
    case iso8601Milliseconds
    /// `Mon, 19 Dec 2011 23:16:46 GMT`, as HTTP headers carry it.
    case httpDate
  }
}

/// What AWS checks of a text: its length in characters, its pattern, or the set of values it may be.
package struct StringConstraint: Sendable {
  package var length: ClosedRange<Int>?
  package var pattern: Pattern?
  package var values: [String]?

  /// A pattern as AWS names it in its error messages, and the check that stands for it.
  ///
  /// The check is a function over the bytes because the patterns of the service models are few and simple, and
  /// because a regular expression engine would cost every request microseconds.
  package struct Pattern: Sendable {
    /// The pattern in AWS's own words, for the error message.
    package var source: String
    package var matches: @Sendable (String) -> Bool

    package init(_ source: String, matches: @escaping @Sendable (String) -> Bool) {
      self.source = source
      self.matches = matches
    }
  }

  package init(length: ClosedRange<Int>? = nil, pattern: Pattern? = nil, values: [String]? = nil) {
    self.length = length
    self.pattern = pattern
    self.values = values
  }
}

/// The members of a structure, in the order AWS writes them.
package struct StructureShape: Sendable {
  package var members: [Member]

  package init(_ members: [Member]) {
    self.members = members
  }

  /// The member named `name`, in AWS's spelling.
  package subscript(name: String) -> Member? { members.first { $0.name == name } }

  /// One member: its name, shape, whether AWS demands it, and where on the wire it stands.
  package struct Member: Sendable {
    package var name: String
    package var shape: Shape
    package var isRequired: Bool
    package var location: Location

    /// Where a member stands on the wire.
    package enum Location: Sendable {
      /// A form field or an XML element of this name.
      case element(String)
      /// An XML attribute, with its prefixed name (`xsi:type`).
      case attribute(String)
      /// A piece of the URI: `Bucket` or `Key`.
      case uri
      /// A query parameter of this name.
      case query(String)
      /// A header of this name.
      case header(String)
      /// All headers that start with this prefix, as a list of structures with `Name` and `Value`.
      case headerPrefix(String)
      /// The whole body: bytes, or the XML of the structure under a root element of this name.
      case payload(String)
    }

    package init(_ name: String, _ shape: Shape, required: Bool, location: Location? = nil) {
      self.name = name
      self.shape = shape
      self.isRequired = required
      self.location = location ?? .element(name)
    }

    /// A member that AWS demands.
    package static func required(_ name: String, _ shape: Shape, at location: Location? = nil) -> Member {
      Member(name, shape, required: true, location: location)
    }

    /// A member that may be left out.
    package static func optional(_ name: String, _ shape: Shape, at location: Location? = nil) -> Member {
      Member(name, shape, required: false, location: location)
    }
  }
}

extension StructureShape: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Member...) { self.init(elements) }
}
