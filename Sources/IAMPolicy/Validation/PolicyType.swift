/// What a policy document is written as, which decides what may stand in it, how large it may be, and who refuses it.
public enum PolicyType: String, Sendable, Hashable, CaseIterable {
  /// Inline policies of a user, a group and a role.
  case userInline, groupInline, roleInline
  /// A version of a managed policy, which may also serve as a permissions boundary.
  case managed
  /// What is handed along when a session is made.
  case session
  /// A role's trust policy.
  case trust
  /// A bucket's policy.
  case bucket
  /// A service control policy, and a resource control policy of an organization.
  case serviceControl, resourceControl
  /// The policy of a VPC endpoint.
  case vpcEndpoint

  /// Whether an element may stand in a policy, or has to.
  public enum ElementRule: Sendable, Hashable {
    case forbidden, allowed, demanded
  }

  /// The rule for `Principal` and `NotPrincipal` (IAM User Guide, "AWS JSON policy elements: Principal").
  public var principalRule: ElementRule {
    switch self {
    case .userInline, .groupInline, .roleInline, .managed, .session, .serviceControl: .forbidden
    case .trust, .bucket, .resourceControl: .demanded
    case .vpcEndpoint: .allowed
    }
  }

  /// The rule for `Resource` and `NotResource` ("IAM JSON policy elements: Resource": a role is its trust's resource).
  public var resourceRule: ElementRule { self == .trust ? .forbidden : .demanded }

  /// With its article, for messages.
  public var article: String {
    switch self {
    case .userInline, .groupInline, .roleInline, .managed: "an identity policy"
    case .session: "a session policy"
    case .trust: "a trust policy"
    case .bucket: "a bucket policy"
    case .serviceControl: "a service control policy"
    case .resourceControl: "a resource control policy"
    case .vpcEndpoint: "a VPC endpoint policy"
    }
  }

  /// Who takes policies of this type, and so words the refusal.
  public enum Service: String, Sendable, Hashable {
    case iam = "IAM"
    case sts = "STS"
    case s3 = "S3"
    case organizations = "Organizations"
    case ec2 = "EC2"
  }

  /// Who refuses a policy of this type.
  public var service: Service {
    switch self {
    case .userInline, .groupInline, .roleInline, .managed, .trust: .iam
    case .session: .sts
    case .bucket: .s3
    case .serviceControl, .resourceControl: .organizations
    case .vpcEndpoint: .ec2
    }
  }

  /// The most bytes a policy may have, of those that ``PolicySize`` counts.
  ///
  /// Sources: "IAM and AWS STS quotas", "Quotas and service limits for AWS Organizations" (service control policies may be twice
  /// as large since May 2026), S3's "Bucket policies" (20 KB), "Amazon VPC quotas" (20,480).
  public var sizeLimit: Int {
    switch self {
    case .userInline: 2048
    case .groupInline: 5120
    case .roleInline: 10_240
    case .managed: 6144
    case .trust: 2048
    case .bucket, .vpcEndpoint: 20_480
    case .serviceControl: 10_240
    case .resourceControl: 5120
    case .session: 2048
    }
  }

  /// Whether the limit holds for something else than the one policy: for all inline policies of an entity together, for a
  /// session's policy with the ARNs of its managed ones. Then it is for who knows the others to ask.
  public var sharesSizeLimit: Bool {
    switch self {
    case .userInline, .groupInline, .roleInline, .session: true
    case .managed, .trust, .bucket, .serviceControl, .resourceControl, .vpcEndpoint: false
    }
  }
}

/// How large a policy is in the eyes of its size limit.
public enum PolicySize {
  /// The bytes of `text` that count for a policy of `type`: "All characters in your RCP count against its maximum size", and
  /// in an SCP (AWS Organizations User Guide); elsewhere those that are no white space.
  public static func counted(_ text: some Collection<UInt8>, as type: PolicyType) -> Int {
    type == .serviceControl || type == .resourceControl ? text.count : counted(text)
  }

  /// The bytes of `text` without white space: "IAM doesn't count white space when calculating the size of a policy".
  public static func counted(_ text: some Sequence<UInt8>) -> Int {
    // Over bytes in one piece the loop is many times as fast as over a sequence that is only known at run time.
    Array(text).count { $0 != 32 && !(9...13).contains($0) }
  }
}
