import HTTP

extension StructureShape {
  /// What tells that a request or an answer does not have a member, without a look at the member itself: PutObject may be
  /// given some forty, and a request has five of them.
  struct Sketch: Sendable {
    /// The bit of the member's name in an ``AWSStructure``.
    let nameTrait: UInt64
    /// The bit of the header that the member is; `nil` where it stands elsewhere.
    let headerTrait: UInt64?
    let isRequired: Bool

    init(_ member: Member) {
      nameTrait = AWSStructure.trait(of: member.name)
      headerTrait = if case .header(let name) = member.location { HTTPHeaders.trait(of: name) } else { nil }
      isRequired = member.isRequired
    }
  }
}
