import AWSAPI

/// Operations about what other services of AWS hand out, and the emulator never does: what they are given can only be wrong.
extension STSService {
  static let messageHandlers: [String: Handler] = [
    "DecodeAuthorizationMessage": .read(decodeAuthorizationMessage),
    "GetWebIdentityToken": .read(getWebIdentityToken),
    "GetDelegatedAccessToken": .read(getDelegatedAccessToken),
  ]

  /// IAM, STS and S3 word their refusals in clear, on AWS too; encoded messages come from services like EC2.
  private static func decodeAuthorizationMessage(
    _ state: EmulatorState, _ call: Call
  ) throws(AWSError) -> Answer {
    throw AWSError("InvalidAuthorizationMessageException", "Message is not valid", status: 400)
  }

  /// The feature is off in an account until its administrator turns it on, which needs an operation of IAM that is not emulated.
  private static func getWebIdentityToken(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    throw AWSError(
      "OutboundWebIdentityFederationDisabledException",
      "The outbound web identity federation feature is not enabled for this account.", status: 403)
  }

  /// Trade-in tokens are made by AWS's partners' onboarding, which the emulator has not.
  private static func getDelegatedAccessToken(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    throw AWSError(
      "ExpiredTradeInTokenException",
      "The trade-in token provided in the request has expired and can no longer be exchanged for credentials.",
      status: 400)
  }
}
