import AWSAPI

/// STS in the emulator.
package enum STSService: EmulatedService {
  package static let handlers: [String: Handler] = [
    "AssumeRole": .write(assumeRole),
    "GetCallerIdentity": .read(getCallerIdentity),
    "GetSessionToken": .write(getSessionToken),
    "GetFederationToken": .write(getFederationToken),
    "GetAccessKeyInfo": .read(getAccessKeyInfo),
    "AssumeRoot": .write(assumeRoot),
  ].merging(federationHandlers) { first, _ in first }.merging(messageHandlers) { first, _ in first }

  private static func getCallerIdentity(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    Answer([
      "UserId": .string(call.caller.userID), "Account": call.caller.accountID.map(AWSValue.string),
      "Arn": .string(call.caller.arn),
    ])
  }

  private static func getAccessKeyInfo(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let id = try call.required("AccessKeyId")
    // AWS tells the account of any key that was ever made, its own or another's, from the id alone.
    guard let account = state.credentials[UTF8Key(id)]?.accountID ?? AccessKeyID.account(of: id) else {
      throw .validationError("Invalid AccessKeyId")
    }
    return Answer(["Account": .string(account)])
  }
}
