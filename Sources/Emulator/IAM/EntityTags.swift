import AWSAPI

extension IAMService {
  static let tagHandlers: [String: Handler] = [
    "TagUser": .write(tag(User.self, \.tags)),
    "UntagUser": .write(untag(User.self, \.tags)),
    "ListUserTags": .read(listTags(User.self, \.tags)),
    "TagRole": .write(tag(Role.self, \.tags)),
    "UntagRole": .write(untag(Role.self, \.tags)),
    "ListRoleTags": .read(listTags(Role.self, \.tags)),
    "TagPolicy": .write(tagPolicy),
    "UntagPolicy": .write(untagPolicy),
    "ListPolicyTags": .read(listPolicyTags),
  ]

  private static func tag<E: IAMEntity>(
    _ type: E.Type, _ tags: any WritableKeyPath<E, [Tag]> & Sendable
  ) -> Handler.Write {
    { state, call throws(AWSError) in
      let added = try call.tags(ignoringCase: true)
      try state.update(type, of: call) { entity throws(AWSError) in
        try entity[keyPath: tags].merge(added, ignoringCase: true)
      }
      return Answer()
    }
  }

  private static func untag<E: IAMEntity>(
    _ type: E.Type, _ tags: any WritableKeyPath<E, [Tag]> & Sendable
  ) -> Handler.Write {
    { state, call throws(AWSError) in
      try state.update(type, of: call) { $0[keyPath: tags].remove(keys: call.tagKeys, ignoringCase: true) }
      return Answer()
    }
  }

  private static func listTags<E: IAMEntity>(
    _ type: E.Type, _ tags: any WritableKeyPath<E, [Tag]> & Sendable
  ) -> Handler.Read {
    { state, call throws(AWSError) in
      try tagPage(of: try state.entity(type, of: call)[keyPath: tags], call)
    }
  }

  private static func tagPolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var policy = try state.account(of: call).ownPolicy(try call.required("PolicyArn"))
    try policy.tags.merge(try call.tags(), ignoringCase: false)
    let changed = policy
    try state.updateAccount(of: call) { $0.policies[NameKey(changed.identity.name)] = changed }
    return Answer()
  }

  private static func untagPolicy(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    var policy = try state.account(of: call).ownPolicy(try call.required("PolicyArn"))
    policy.tags.remove(keys: call.tagKeys, ignoringCase: false)
    let changed = policy
    try state.updateAccount(of: call) { $0.policies[NameKey(changed.identity.name)] = changed }
    return Answer()
  }

  private static func listPolicyTags(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try tagPage(of: try state.account(of: call).existingPolicy(try call.required("PolicyArn")).tags, call)
  }

  /// A page of tags in the order of their keys.
  private static func tagPage(of tags: [Tag], _ call: Call) throws(AWSError) -> Answer {
    let sorted = tags.sorted { UTF8Key($0.key) < UTF8Key($1.key) }
    let page = try call.page(of: sorted, key: \.key) {
      ["Key": .string($0.key), "Value": .string($0.value)]
    }
    return Answer(page.answer("Tags"))
  }
}
