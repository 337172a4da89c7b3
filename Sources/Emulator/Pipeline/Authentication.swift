import AWSAPI
import FoundationEssentials
import HTTP
import IAMPolicy
import SigV4

/// The second step: who signed, and whether the signature is right. In the order in which AWS looks.
struct Authentication {
  var state: EmulatorState
  var callers: CallerCache
  var now: Date
  var service: Service
  /// The region whose name a scope that names none is told.
  var region: String
  /// Where a signature may also be dated by the machine's time: what tells how far the emulator's was moved since then.
  var machineClock: EmulatorClock?

  /// Who made `signature`.
  /// - Parameter payloadHash: what entered the signature for the body.
  func signer(
    of request: HTTPRequest, signature: PresentedSignature, payloadHash: String
  ) throws(SignatureFailure) -> KnownCaller {
    try checkTime(of: signature)
    let signed = signature.scope.region
    let expected = signed == region || RegionName.isWellFormed(signed) ? signed : region
    try signature.checkScope(service: service.rawValue, region: expected)
    guard let signer = callers.caller(behind: signature.accessKeyID, in: state), signer.credential.isActive else {
      throw .unknownKey(accessKeyID: signature.accessKeyID)
    }
    try checkToken(of: signer.credential, signature)
    try signature.checkSignature(of: request, keys: signer.signingKeys, payloadHash: payloadHash)
    return signer
  }

  private func checkTime(of signature: PresentedSignature) throws(SignatureFailure) {
    do throws(SignatureFailure) {
      try signature.checkTime(now: now)
    } catch {
      guard let machineClock else { throw error }
      // A presigned link grows older by what the clock is advanced after it was made, not by what it was ahead before.
      let aged = signature.expires == nil ? 0 : machineClock.advance(since: signature.signedAt)
      do throws(SignatureFailure) {
        try signature.checkTime(now: Date().addingTimeInterval(aged))
      } catch let second {
        // What the machine's clock has still before it was dated by the emulator's, whose word it is then.
        throw signature.signedAt > Date() ? error : second
      }
    }
  }

  private func checkToken(of credential: Credential, _ signature: PresentedSignature) throws(SignatureFailure) {
    guard let session = credential.session else {
      guard signature.sessionToken == nil else {
        throw .invalidToken(accessKeyID: credential.accessKeyID, token: signature.sessionToken)
      }
      return
    }
    guard let token = signature.sessionToken, token == session.token, isUsable(credential) else {
      throw .invalidToken(accessKeyID: credential.accessKeyID, token: signature.sessionToken)
    }
    guard now < session.expiration else { throw .expiredToken(token: token) }
  }

  /// Credentials of GetSessionToken reach IAM only with a second factor, those of GetFederationToken never (IAM User
  /// Guide, "Compare AWS STS credentials"). AWS answers as if it did not know the token.
  private func isUsable(_ credential: Credential) -> Bool {
    guard service == .iam else { return true }
    return switch credential.owner {
    case .federatedUser: false
    // What AssumeRoot gives is held to its task, which may be IAM's; what the root user's GetSessionToken gives is not.
    case .user, .root: credential.session?.mfaAuthenticationDate != nil || credential.session?.policy != nil
    case .role: true
    }
  }
}

/// The names of regions, as far as their form tells them: `eu-central-1`, `us-gov-west-1`.
enum RegionName {
  static func isWellFormed(_ name: String) -> Bool {
    var (words, letters) = (0, 0)
    var bytes = name.utf8[...]
    guard let number = bytes.popLast(), (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(number) else { return false }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): letters += 1
      case UInt8(ascii: "-") where letters >= 2: (words, letters) = (words + 1, 0)
      default: return false
      }
    }
    return (2...4).contains(words) && letters == 0
  }
}
