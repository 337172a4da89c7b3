import AWSAPI

/// The members that several answers have in common.
extension AWSStructure {
  /// How an object is encrypted.
  mutating func addEncryption(_ encryption: ObjectEncryption) {
    self["ServerSideEncryption"] = .string(encryption.algorithm)
    self["SSEKMSKeyId"] = encryption.keyID.map { .string($0) }
    self["BucketKeyEnabled"] = encryption.bucketKeyEnabled.map { .boolean($0) }
  }

  /// A checksum under the name of its algorithm, and its type unless it is that of a part.
  mutating func addChecksum(_ checksum: ObjectChecksum, withType: Bool = true) {
    self[checksum.algorithm.member] = .string(checksum.text)
    if withType { self["ChecksumType"] = .string(checksum.type.rawValue) }
  }

  /// Adds the members of `other`.
  mutating func add(_ other: AWSStructure) {
    for member in other.members { self[member.name] = member.value }
  }
}
