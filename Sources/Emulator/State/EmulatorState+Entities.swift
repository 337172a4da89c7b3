package import AWSAPI

// What a call names is looked up in the caller's account; what is not there is answered as IAM does.
extension EmulatorState {
  /// The account the caller acts in.
  package func account(of call: Call) throws(AWSError) -> AccountState {
    guard let id = call.caller.accountID, let account = accounts[id] else { throw .invalidClientToken }
    return account
  }

  /// The entity that `call` names, in the caller's account.
  package func entity<E: IAMEntity>(_ type: E.Type, of call: Call) throws(AWSError) -> E {
    let name = try call.required(E.nameParameter)
    guard let entity = try account(of: call)[keyPath: E.collection][NameKey(name)] else {
      throw .noSuchEntity(E.kind, name)
    }
    return entity
  }

  /// Changes the account the caller acts in.
  mutating func updateAccount<R>(
    of call: Call, _ body: (inout AccountState) throws(AWSError) -> R
  ) throws(AWSError) -> R {
    var account = try account(of: call)
    let result = try body(&account)
    accounts[account.id] = account
    return result
  }

  /// Changes the entity that `call` names, unless it is protected.
  mutating func update<E: IAMEntity, R>(
    _ type: E.Type, of call: Call, _ body: (inout E) throws(AWSError) -> R
  ) throws(AWSError) -> R {
    var entity = try entity(type, of: call)
    try entity.checkModifiable()
    let result = try body(&entity)
    try updateAccount(of: call) { account in account[keyPath: E.collection][entity.key] = entity }
    return result
  }

  /// Puts a new entity into its account.
  mutating func insert<E: IAMEntity>(_ entity: E, into accountID: String) {
    accounts[accountID]?[keyPath: E.collection][entity.key] = entity
    let reference = EntityReference(kind: E.kind, accountID: accountID, name: entity.key)
    entities[UTF8Key(entity.identity.id)] = reference
  }

  /// Takes an entity out of its account.
  mutating func remove<E: IAMEntity>(_ entity: E, from accountID: String) {
    accounts[accountID]?[keyPath: E.collection][entity.key] = nil
    entities[UTF8Key(entity.identity.id)] = nil
  }

  /// The user with this unique id, wherever it is.
  package func user(id: String) -> User? {
    guard let reference = entities[UTF8Key(id)], reference.kind == .user else { return nil }
    return accounts[reference.accountID]?.users[reference.name]
  }

  /// The group with this unique id, wherever it is.
  package func group(id: String) -> Group? {
    guard let reference = entities[UTF8Key(id)], reference.kind == .group else { return nil }
    return accounts[reference.accountID]?.groups[reference.name]
  }

  /// The role with this unique id, wherever it is.
  package func role(id: String) -> Role? {
    guard let reference = entities[UTF8Key(id)], reference.kind == .role else { return nil }
    return accounts[reference.accountID]?.roles[reference.name]
  }
}

extension IAMEntity {
  /// Refuses where the account itself may not change the entity.
  func checkModifiable() throws(AWSError) {
    guard let protection else { return }
    let owner =
      switch protection {
      case .service: "AWS"
      case .emulator: "the emulator"
      }
    throw AWSError(
      "UnmodifiableEntity",
      "Cannot perform the operation on the protected \(Self.kind.noun) '\(identity.name)' - "
        + "this \(Self.kind.noun) is only modifiable by \(owner)", status: 400)
  }
}
