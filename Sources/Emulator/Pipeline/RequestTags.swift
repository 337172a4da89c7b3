import AWSAPI
import IAMPolicy

extension Permission.ContextValue {
  /// `aws:RequestTag/…` of each tag, and `aws:TagKeys` of their keys and of `keys`.
  static func requestTags(_ tags: [Tag], keys: [String] = []) -> [Permission.ContextValue] {
    let keys = tags.map(\.key) + keys
    return tags.map { .init("aws:RequestTag/" + $0.key, $0.value) } + (keys.isEmpty ? [] : [.init("aws:TagKeys", keys)])
  }

  /// `aws:ResourceTag/…` of a resource's tags; of users and roles also `iam:ResourceTag/…` (Service Authorization Reference,
  /// "Resource types defined by AWS Identity and Access Management").
  static func resourceTags(_ tags: [Tag], ofPrincipal isPrincipal: Bool) -> [Permission.ContextValue] {
    tags.flatMap { tag -> [Permission.ContextValue] in
      let key: Permission.ContextValue = .init("aws:ResourceTag/" + tag.key, tag.value)
      return isPrincipal ? [key, .init("iam:ResourceTag/" + tag.key, tag.value)] : [key]
    }
  }
}

extension Call {
  /// The condition keys of the tags that the call gives, and of the tag keys that it takes away.
  var requestTagContext: [Permission.ContextValue] {
    Permission.ContextValue.requestTags(SessionTags(of: self).list, keys: tagKeys)
  }
}
