import AWSAPI

extension EmulatorState {
  /// Whether the call proves a second factor. Without `SerialNumber` and `TokenCode` it does not.
  /// - Throws: `AccessDenied` where it gives one that is not right.
  func checkSecondFactor(of call: Call) throws(AWSError) -> Bool {
    switch (call.string("SerialNumber"), call.string("TokenCode")) {
    case (nil, nil): return false
    case (let serial?, let code?):
      // Only a user's own device counts, and only with the user's long-term keys.
      guard case .user(let id) = call.caller.kind, call.caller.session == nil,
        let device = try account(of: call).mfaDevices[UTF8Key(serial)], device.user == id,
        OneTimeCode.counter(of: code, key: device.key, near: call.now) != nil
      else {
        throw .accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ")
      }
      return true
    default:
      throw .accessDenied(
        "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ")
    }
  }
}
