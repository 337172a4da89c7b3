import AWSAPI

extension [Tag] {
  var answer: AWSValue {
    .list(map { ["Key": .string($0.key), "Value": .string($0.value)] })
  }

  /// Adds tags; one whose key is there already takes its place. IAM keeps the spelling of users' and roles' keys, and
  /// tells keys apart without regard to case there, but with regard to it on policies and the rest (IAM User Guide,
  /// "Tags for IAM resources").
  mutating func merge(_ others: [Tag], ignoringCase: Bool) throws(AWSError) {
    for tag in others {
      let index = firstIndex { ignoringCase ? NameKey($0.key) == NameKey(tag.key) : $0.key == tag.key }
      if let index { self[index] = tag } else { append(tag) }
    }
    guard count <= IAMLimits.tagsPerResource else {
      throw .limitExceeded("Cannot exceed quota for TagsPerResource: \(IAMLimits.tagsPerResource)")
    }
  }

  /// Removes the tags with these keys; keys that are not there are passed over.
  mutating func remove(keys: [String], ignoringCase: Bool) {
    removeAll { tag in
      keys.contains { ignoringCase ? NameKey($0) == NameKey(tag.key) : $0 == tag.key }
    }
  }
}

extension Tag {
  /// "You cannot create a tag key or value that begins with the text aws:. This tag prefix is reserved for AWS internal use"
  /// (IAM User Guide, "Tags for AWS Identity and Access Management resources").
  var isReserved: Bool { [key, value].contains { $0.lowercased().hasPrefix("aws:") } }

  static let reservedMessage = "System tags (aws: prefix) cannot be added or changed by the caller."
}

extension Call {
  /// The `Tags` of the call.
  /// - Parameter ignoringCase: whether keys that differ in case alone are one key, as those of users and roles are.
  func tags(ignoringCase: Bool = false) throws(AWSError) -> [Tag] {
    var tags: [Tag] = []
    for item in parameters["Tags"]?.list ?? [] {
      guard let tag = item.structure, let key = tag["Key"]?.string else { continue }
      let value = tag["Value"]?.string ?? ""
      if Tag(key: key, value: value).isReserved { throw .invalidInput(Tag.reservedMessage) }
      if tags.contains(where: { ignoringCase ? NameKey($0.key) == NameKey(key) : $0.key == key }) {
        throw .invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
      }
      tags.append(Tag(key: key, value: value))
    }
    return tags
  }

  /// The `TagKeys` of the call.
  var tagKeys: [String] { parameters["TagKeys"]?.list?.compactMap(\.string) ?? [] }
}
