import AWSAPI

// Credentials that can be listed but not made: deleting a user asks for all of these lists.
extension IAMService {
  static let credentialListHandlers: [String: Handler] = [
    "ListSSHPublicKeys": .read(emptyList("SSHPublicKeys")),
    "ListSigningCertificates": .read(emptyList("Certificates")),
    "ListServiceSpecificCredentials": .read(emptyList("ServiceSpecificCredentials")),
  ]

  private static func emptyList(_ name: String) -> Handler.Read {
    { state, call throws(AWSError) in
      if call.boolean("AllUsers") != true { _ = try state.user(namedOrCalling: call) }
      return Answer([name: .list([]), "IsTruncated": false])
    }
  }
}
