/// The texts that STS accepts: lengths, patterns and sets of values, named after AWS's types.
enum STSShape {
  static let arn: Shape = .string(StringConstraint(length: 20...2048, pattern: .arn))

  static let roleSessionName: Shape = .string(StringConstraint(length: 2...64, pattern: .nameOrEmpty))

  static let unrestrictedSessionPolicyDocument: Shape = .string(
    StringConstraint(length: 1...Int.max, pattern: .document, isPolicyDocument: true))

  static let tagKey: Shape = .string(StringConstraint(length: 1...128, pattern: .tagKey))

  static let tagValue: Shape = .string(StringConstraint(length: 0...256, pattern: .tagValue))

  static let externalId: Shape = .string(StringConstraint(length: 2...1224, pattern: .externalID))

  static let serialNumber: Shape = .string(StringConstraint(length: 9...256, pattern: .serialNumberOrEmpty))

  static let tokenCode: Shape = .string(StringConstraint(length: 6...6, pattern: .digitsOrEmpty))

  static let sourceIdentity: Shape = .string(StringConstraint(length: 2...64, pattern: .nameOrEmpty))

  static let contextAssertion: Shape = .string(StringConstraint(length: 4...2048))

  static let accessKeyId: Shape = .string(StringConstraint(length: 16...128, pattern: .wordOrEmpty))

  static let accessKeySecret: Shape = .string(StringConstraint(isSensitive: true))

  static let assumedRoleId: Shape = .string(StringConstraint(length: 2...193, pattern: .assumedRoleID))

  static let samlAssertion: Shape = .string(StringConstraint(length: 4...100000, isSensitive: true))

  static let sessionPolicyDocument: Shape = .string(
    StringConstraint(length: 1...2048, pattern: .document, isPolicyDocument: true))

  static let clientToken: Shape = .string(StringConstraint(length: 4...20000, isSensitive: true))

  static let url: Shape = .string(StringConstraint(length: 4...2048))

  static let webIdentitySubject: Shape = .string(StringConstraint(length: 6...255))

  static let targetPrincipal: Shape = .string(StringConstraint(length: 12...2048))

  static let userName: Shape = .string(StringConstraint(length: 2...32, pattern: .nameOrEmpty))

  static let federatedId: Shape = .string(StringConstraint(length: 2...193, pattern: .federatedID))

  static let tradeInToken: Shape = .string(StringConstraint(isSensitive: true))

  static let webIdentityTokenAudienceString: Shape = .string(StringConstraint(length: 1...1000))

  static let jwtAlgorithm: Shape = .string(StringConstraint(length: 5...5))

  static let webIdentityToken: Shape = .string(StringConstraint(isSensitive: true))

  static let encodedMessage: Shape = .string(StringConstraint(length: 1...10240))
}
