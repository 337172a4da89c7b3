/// The members of a structure, in the order AWS writes them.
package struct StructureShape: Sendable {
  package let members: [Member]
  /// The same members, told by a few bits each.
  let sketches: [Sketch]

  package init(_ members: [Member]) {
    self.members = members
    sketches = members.map(Sketch.init)
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
    package enum Location: Sendable, Hashable {
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
      /// All headers that start with this prefix, as a map from the rest of their names.
      case headerPrefix(String)
      /// The whole body as it is: an object's bytes, a bucket policy's JSON.
      case body
      /// The whole body as XML under a root element of this name.
      case payload(String)
    }

    package init(_ name: String, _ shape: Shape, required: Bool, location: Location? = nil) {
      self.name = name
      self.shape = shape
      self.isRequired = required
      self.location = location ?? .element(name)
    }
  }
}

extension StructureShape: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Entry...) { self.init(elements) }

  /// What a structure is written down as: its members one by one, or several that it shares with other structures.
  package enum Entry: Sendable {
    case one(Member)
    case several([Member])

    /// A member that AWS demands.
    package static func required(_ name: String, _ shape: Shape, at location: Member.Location? = nil) -> Entry {
      .one(Member(name, shape, required: true, location: location))
    }

    /// A member that may be left out.
    package static func optional(_ name: String, _ shape: Shape, at location: Member.Location? = nil) -> Entry {
      .one(Member(name, shape, required: false, location: location))
    }

    /// Members that stand together in several structures.
    package static func group(_ entries: Entry...) -> Entry { .several(StructureShape(entries).members) }
  }

  package init(_ entries: [Entry]) {
    var members: [Member] = []
    members.reserveCapacity(entries.count)
    for entry in entries {
      switch entry {
      case .one(let member): members.append(member)
      case .several(let group): members += group
      }
    }
    self.init(members)
  }
}
