/// How a service refuses a policy: the error's code, its message and, where the service sends one, its detail.
public struct PolicyRefusal: Sendable, Hashable {
  /// `MalformedPolicyDocument`, `MalformedPolicy`, `LimitExceeded`.
  public var code: String
  /// AWS's words.
  public var message: String
  /// S3's `Detail`.
  public var detail: String?

  /// What the service that takes policies of this type answers to `fault`.
  public init(_ fault: PolicyFault, in type: PolicyType) {
    var isTooLarge = false
    if case .tooLarge = fault { isTooLarge = true }
    switch type.service {
    case .iam, .sts:
      code = isTooLarge ? "LimitExceeded" : "MalformedPolicyDocument"
      message = fault.iamMessage(in: type)
    case .s3:
      code = "MalformedPolicy"
      message = fault.s3Message
      detail = fault.s3Detail
    case .organizations:
      // One message for every fault (Organizations API reference, MalformedPolicyDocumentException).
      code = isTooLarge ? "ConstraintViolationException" : "MalformedPolicyDocumentException"
      message =
        isTooLarge
        ? "You have exceeded the allowed maximum policy size."
        : "The provided policy document does not meet the requirements of the specified policy type."
    case .ec2:
      // EC2 API reference, "Error codes".
      code = "InvalidPolicyDocument"
      message = "The specified policy document is not a valid JSON policy document."
    }
  }
}
