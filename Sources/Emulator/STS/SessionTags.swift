import AWSAPI
import IAMPolicy

/// The tags that a session gets, whoever gives them: the call, a token or assertion, the session that calls.
struct SessionTags: Sendable {
  var list: [Tag] = []
  /// Those of them that go on to the sessions made from this one.
  var transitiveKeys: [String] = []

  init() {}

  /// Those that a call gives.
  init(of call: Call) {
    list = (call.parameters["Tags"]?.list ?? []).compactMap { item in
      guard let tag = item.structure, let key = tag["Key"]?.string else { return nil }
      return Tag(key: key, value: tag["Value"]?.string ?? "")
    }
    transitiveKeys = call.parameters["TransitiveTagKeys"]?.list?.compactMap(\.string) ?? []
  }

  /// Those that a session hands on to the sessions made from it.
  init(handedOnBy session: Session?) {
    guard let session else { return }
    let keys = Set(session.transitiveTagKeys.map(NameKey.init))
    list = session.tags.filter { keys.contains(NameKey($0.key)) }
    transitiveKeys = session.transitiveTagKeys
  }

  /// Both together, the others behind.
  func followed(by others: SessionTags) -> SessionTags {
    var both = self
    both.list += others.list
    both.transitiveKeys += others.transitiveKeys
    return both
  }

  /// The condition keys that a request for a session with these tags has.
  ///
  /// What is handed on counts as given: the EKS User Guide ("Access AWS resources using EKS Pod Identity target IAM roles")
  /// has the second role of a chain ask for `aws:RequestTag/…` of transitive tags.
  var context: [Permission.ContextValue] {
    let keys: [Permission.ContextValue] =
      transitiveKeys.isEmpty ? [] : [.init("sts:TransitiveTagKeys", transitiveKeys)]
    return Permission.ContextValue.requestTags(list) + keys
  }

  /// Holds the tags against the rules of "Pass session tags in AWS STS" and "Tags for AWS Identity and Access Management
  /// resources" (IAM User Guide), but for number and lengths, which are told in other words of a call and of a token.
  func check() throws(AWSError) {
    var keys: Set<NameKey> = []
    for tag in list {
      // "You cannot create a tag key or value that begins with the text aws:."
      guard !tag.isReserved else { throw .invalidParameterValue(Tag.reservedMessage) }
      guard keys.insert(NameKey(tag.key)).inserted else {
        throw .invalidParameterValue("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
      }
    }
    guard transitiveKeys.allSatisfy({ keys.contains(NameKey($0)) }) else {
      throw .invalidParameterValue("The specified transitive tag key must be included in the requested tags.")
    }
  }
}
