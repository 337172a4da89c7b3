import AWSAPI

extension IAMService {
  static let aliasHandlers: [String: Handler] = [
    "CreateAccountAlias": .write(createAccountAlias),
    "ListAccountAliases": .read(listAccountAliases),
    "DeleteAccountAlias": .write(deleteAccountAlias),
  ]

  /// An account has one alias at most; a new one takes its place. No two accounts have the same.
  private static func createAccountAlias(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let alias = try call.required("AccountAlias")
    let id = try state.account(of: call).id
    guard !state.accounts.contains(where: { $0.key != id && $0.value.alias == alias }) else {
      throw .alreadyExists("The account alias \(alias) already exists.")
    }
    state.accounts[id]?.alias = alias
    return Answer()
  }

  private static func listAccountAliases(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let aliases = try state.account(of: call).alias.map { [$0] } ?? []
    return Answer(try call.page(of: aliases, key: { $0 }) { .string($0) }.answer("AccountAliases"))
  }

  private static func deleteAccountAlias(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let alias = try call.required("AccountAlias")
    let account = try state.account(of: call)
    guard account.alias == alias else { throw .noSuchEntity("The account alias \(alias) cannot be found.") }
    state.accounts[account.id]?.alias = nil
    return Answer()
  }
}
