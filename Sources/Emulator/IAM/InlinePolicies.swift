import AWSAPI
import IAMPolicy

extension IAMService {
  static let inlinePolicyHandlers: [String: Handler] = [
    "PutUserPolicy": .write(put(User.self)),
    "GetUserPolicy": .read(get(User.self)),
    "ListUserPolicies": .read(list(User.self)),
    "DeleteUserPolicy": .write(delete(User.self)),
    "PutGroupPolicy": .write(put(Group.self)),
    "GetGroupPolicy": .read(get(Group.self)),
    "ListGroupPolicies": .read(list(Group.self)),
    "DeleteGroupPolicy": .write(delete(Group.self)),
    "PutRolePolicy": .write(put(Role.self)),
    "GetRolePolicy": .read(get(Role.self)),
    "ListRolePolicies": .read(list(Role.self)),
    "DeleteRolePolicy": .write(delete(Role.self)),
  ]

  private static func put<E: IAMEntity>(_ type: E.Type) -> Handler.Write {
    { state, call throws(AWSError) in
      let name = try call.required("PolicyName")
      let policy = try StoredPolicy(
        inlinePolicy: try call.required("PolicyDocument"), as: E.inlinePolicyType)
      try state.update(type, of: call) { entity throws(AWSError) in
        entity.inlinePolicies[NameKey(name)] = InlinePolicy(name: name, policy: policy)
        let size = entity.inlinePolicies.reduce(0) { $0 + $1.value.policy.size }
        let fault = PolicyFault.tooLarge(size: size, limit: E.inlinePolicyType.sizeLimit)
        guard size <= E.inlinePolicyType.sizeLimit else {
          throw .limitExceeded(
            "\(fault.iamMessage(in: E.inlinePolicyType)) for \(E.kind.noun) \(entity.identity.name)")
        }
      }
      return Answer()
    }
  }

  private static func get<E: IAMEntity>(_ type: E.Type) -> Handler.Read {
    { state, call throws(AWSError) in
      let entity = try state.entity(type, of: call)
      let policy = try entity.inlinePolicy(named: try call.required("PolicyName"))
      return Answer([
        E.nameParameter: .string(entity.identity.name), "PolicyName": .string(policy.name),
        "PolicyDocument": .string(policy.policy.text),
      ])
    }
  }

  private static func list<E: IAMEntity>(_ type: E.Type) -> Handler.Read {
    { state, call throws(AWSError) in
      let page = try call.page(of: try state.entity(type, of: call).inlinePolicies) { .string($0.name) }
      return Answer(page.answer("PolicyNames"))
    }
  }

  private static func delete<E: IAMEntity>(_ type: E.Type) -> Handler.Write {
    { state, call throws(AWSError) in
      let name = try call.required("PolicyName")
      try state.update(type, of: call) { entity throws(AWSError) in
        entity.inlinePolicies[NameKey(try entity.inlinePolicy(named: name).name)] = nil
      }
      return Answer()
    }
  }
}

extension IAMEntity {
  /// The inline policy called `name`.
  func inlinePolicy(named name: String) throws(AWSError) -> InlinePolicy {
    guard let policy = inlinePolicies[NameKey(name)] else {
      throw .noSuchEntity("The \(Self.kind.noun) policy with name \(name) cannot be found.")
    }
    return policy
  }
}
