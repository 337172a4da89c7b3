import AWSAPI

extension EmulatorState {
  /// Whether the call proves a second factor. Without `SerialNumber` and `TokenCode` it does not.
  /// - Throws: `AccessDenied` where it gives one that is not right.
  func checkSecondFactor(of call: Call) throws(AWSError) -> Bool {
    switch (call.string("SerialNumber"), call.string("TokenCode")) {
    case (nil, nil): return false
    case (_?, _?):
      throw .accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ")
    default:
      throw .accessDenied(
        "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ")
    }
  }
}
