import AWSAPI

// Credentials that can be listed but not made: deleting a user asks for all of these lists.
extension IAMService {
  static let credentialListHandlers: [String: Handler] = [
    "ListSSHPublicKeys": .read(emptyList("SSHPublicKeys")),
    "ListSigningCertificates": .read(emptyList("Certificates")),
    "ListServiceSpecificCredentials": .read(emptyList("ServiceSpecificCredentials", pages: false)),
  ]

  /// - Parameter pages: whether the answer tells that it is not cut; ListServiceSpecificCredentials was recorded without.
  private static func emptyList(_ name: String, pages: Bool = true) -> Handler.Read {
    { state, call throws(AWSError) in
      if call.boolean("AllUsers") != true { _ = try state.user(namedOrCalling: call) }
      return Answer([name: .list([]), "IsTruncated": pages ? false : nil])
    }
  }
}
