import AWSAPI
import FoundationEssentials
import SigV4

extension IAMService {
  static let accessKeyHandlers: [String: Handler] = [
    "CreateAccessKey": .write(createAccessKey),
    "ListAccessKeys": .read(listAccessKeys),
    "UpdateAccessKey": .write(updateAccessKey),
    "DeleteAccessKey": .write(deleteAccessKey),
    "GetAccessKeyLastUsed": .read(getAccessKeyLastUsed),
  ]

  private static func createAccessKey(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let holder = try state.keyHolder(of: call)
    try holder.user?.checkModifiable()
    guard holder.keys.count < IAMLimits.accessKeysPerUser.value else {
      throw .limitExceeded(IAMLimits.accessKeysPerUser)
    }
    let credential = state.issueLongTermKey(to: holder.owner, in: holder.accountID, at: call.now)
    state.setKeys(of: holder, to: holder.keys + [credential.accessKeyID])
    return Answer([
      "AccessKey": [
        "UserName": .string(holder.name), "AccessKeyId": .string(credential.accessKeyID), "Status": "Active",
        "SecretAccessKey": .string(credential.secretAccessKey.reveal()),
        "CreateDate": .timestamp(credential.createDate),
      ]
    ])
  }

  private static func listAccessKeys(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let holder = try state.keyHolder(of: call)
    let page = try call.page(of: holder.keys, key: { $0 }) { id in
      state.credentials[UTF8Key(id)].map { credential in
        [
          "UserName": holder.user.map { .string($0.identity.name) }, "AccessKeyId": .string(id),
          "Status": .string(credential.isActive ? "Active" : "Inactive"),
          "CreateDate": .timestamp(credential.createDate),
        ]
      }
    }
    return Answer(page.answer("AccessKeyMetadata"))
  }

  private static func updateAccessKey(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let holder = try state.keyHolder(of: call)
    try holder.user?.checkModifiable()
    let id = try holder.existingKey(of: call)
    let isActive = try call.required("Status") == "Active"
    state.credentials[UTF8Key(id)]?.isActive = isActive
    return Answer()
  }

  private static func deleteAccessKey(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let holder = try state.keyHolder(of: call)
    try holder.user?.checkModifiable()
    let id = try holder.existingKey(of: call)
    state.setKeys(of: holder, to: holder.keys.filter { $0 != id })
    state.credentials[UTF8Key(id)] = nil
    state.usage[UTF8Key(id)] = nil
    return Answer()
  }

  private static func getAccessKeyLastUsed(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let id = try call.required("AccessKeyId")
    guard let credential = state.credentials[UTF8Key(id)], credential.session == nil,
      credential.accountID == call.caller.accountID
    else {
      // IAM does not tell whether another account has such a key.
      throw AWSError(
        "AccessDenied",
        "User: \(call.caller.arn) is not authorized to perform: iam:GetAccessKeyLastUsed on resource: * because no identity-based policy allows the iam:GetAccessKeyLastUsed action",
        status: 403)
    }
    var name: String?
    if case .user(let id) = credential.owner { name = state.user(id: id)?.identity.name }
    let usage = state.usage[UTF8Key(id)]
    return Answer([
      "UserName": name.map(AWSValue.string),
      "AccessKeyLastUsed": [
        "LastUsedDate": usage.map { .timestamp($0.date) }, "ServiceName": .string(usage?.service ?? "N/A"),
        "Region": .string(usage?.region ?? "N/A"),
      ],
    ])
  }
}

/// Whose access keys a call is about: a user's, or the root user's.
struct KeyHolder {
  var accountID: String
  var owner: Credential.Owner
  /// `nil` for the root user.
  var user: User?
  var keys: [String]
  var name: String

  /// The key that the call names, where it is one of these.
  func existingKey(of call: Call) throws(AWSError) -> String {
    let id = try call.required("AccessKeyId")
    guard keys.contains(id) else { throw .noSuchEntity("The Access Key with id \(id) cannot be found.") }
    return id
  }
}

extension EmulatorState {
  /// Whose keys `call` is about: the user's it names, or the caller's own.
  func keyHolder(of call: Call) throws(AWSError) -> KeyHolder {
    let account = try account(of: call)
    if call.string("UserName") == nil, call.caller.kind == .root {
      return KeyHolder(
        accountID: account.id, owner: .root, user: nil, keys: account.rootAccessKeys, name: account.id)
    }
    let user = try user(namedOrCalling: call)
    return KeyHolder(
      accountID: account.id, owner: .user(id: user.identity.id), user: user, keys: user.accessKeys,
      name: user.identity.name)
  }

  mutating func setKeys(of holder: KeyHolder, to keys: [String]) {
    if let user = holder.user {
      accounts[holder.accountID]?.users[user.key]?.accessKeys = keys
    } else {
      accounts[holder.accountID]?.rootAccessKeys = keys
    }
  }

  /// Makes a long-term key and registers it.
  mutating func issueLongTermKey(
    to owner: Credential.Owner, in accountID: String, at date: Date,
    from sequence: IdentifierGenerator.Sequence = .longTermKey
  ) -> Credential {
    var id = identifiers.accessKeyID(sequence, account: accountID)
    while credentials.contains(UTF8Key(id)) { id = identifiers.accessKeyID(sequence, account: accountID) }
    let credential = Credential(
      accessKeyID: id, secretAccessKey: Secret(identifiers.secretAccessKey(sequence)), accountID: accountID,
      owner: owner, createDate: date)
    credentials[UTF8Key(id)] = credential
    return credential
  }
}
