import AWSAPI
import IAMPolicy

/// Sessions by which an organization's management account acts as a member's root user, for one task.
extension STSService {
  /// The longest session, in seconds, which is also the default (API reference, AssumeRoot).
  private static let rootTaskLimit = 900

  /// The account that `TargetPrincipal` names: twelve digits, or the ARN of its root user.
  private static func targetAccount(_ call: Call) throws(AWSError) -> String {
    let target = try call.required("TargetPrincipal")
    var account = target[...]
    if target.hasPrefix("arn:aws:iam::"), target.hasSuffix(":root") {
      account = account.dropFirst("arn:aws:iam::".count).dropLast(":root".count)
    }
    guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .validationError("\(target) is invalid")
    }
    return String(account)
  }

  static func assumeRootPermissions(_ call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    if call.caller.kind == .root { throw .accessDenied("Root user credentials cannot be used to call AssumeRoot.") }
    let target = try targetAccount(call)
    let task = try RootTask(call)
    // The permission is one of the caller's own account: the member is not asked.
    return [
      Permission(
        "sts:AssumeRoot", on: "arn:aws:iam::\(target):root", account: call.caller.accountID,
        context: [.init("sts:TaskPolicyArn", task.arn)])
    ]
  }

  static func assumeRoot(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let target = try targetAccount(call)
    guard let organization = state.organization, call.caller.accountID == organization.managementAccount,
      target != organization.managementAccount, organization.path(of: target) != nil,
      let account = state.accounts[target]
    else {
      throw .accessDenied(
        "User: \(call.caller.arn) is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::\(target):root"
      )
    }
    let task = try RootTask(call)
    let credential = state.issueSession(
      to: .root, in: account.id, at: call.now, seconds: call.integer("DurationSeconds") ?? rootTaskLimit
    ) { session in
      session.policy = task.policy
      // "AWS global condition context keys": only these credentials have the key.
      session.context = [.init("aws:AssumedRoot", "true")]
      session.sourceIdentity = call.caller.session?.sourceIdentity
    }
    return Answer([
      "Credentials": credential.answer,
      "SourceIdentity": call.caller.session?.sourceIdentity.map(AWSValue.string),
    ])
  }
}

/// What a root session is for. AWS has a managed policy for each task, which nothing but AssumeRoot takes.
private enum RootTask: String, CaseIterable {
  case auditCredentials = "IAMAuditRootUserCredentials"
  case createPassword = "IAMCreateRootUserPassword"
  case deleteCredentials = "IAMDeleteRootUserCredentials"
  case unlockBucket = "S3UnlockBucketPolicy"
  case unlockQueue = "SQSUnlockQueuePolicy"

  private static let prefix = "arn:aws:iam::aws:policy/root-task/"

  init(_ call: Call) throws(AWSError) {
    let arn = call.parameters["TaskPolicyArn"]?.structure?["arn"]?.string ?? ""
    guard arn.hasPrefix(Self.prefix), let task = RootTask(rawValue: String(arn.dropFirst(Self.prefix.count))) else {
      throw .validationError("The TaskPolicyArn must name one of the policies of \(Self.prefix)")
    }
    self = task
  }

  var arn: String { Self.prefix + rawValue }

  /// What the task needs (IAM User Guide, "Perform a privileged task on an AWS Organizations member account").
  private var actions: [String] {
    let reading = [
      "iam:GetAccessKeyLastUsed", "iam:GetAccountSummary", "iam:GetLoginProfile", "iam:GetUser", "iam:ListAccessKeys",
      "iam:ListMFADevices", "iam:ListSigningCertificates",
    ]
    return switch self {
    case .auditCredentials: reading
    case .createPassword: ["iam:CreateLoginProfile", "iam:GetLoginProfile"]
    case .deleteCredentials:
      reading + [
        "iam:DeactivateMFADevice", "iam:DeleteAccessKey", "iam:DeleteLoginProfile", "iam:DeleteSigningCertificate",
        "iam:DeleteVirtualMFADevice",
      ]
    case .unlockBucket: ["s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:ListAllMyBuckets", "s3:PutBucketPolicy"]
    case .unlockQueue: ["sqs:GetQueueAttributes", "sqs:ListQueues", "sqs:SetQueueAttributes"]
    }
  }

  var policy: StoredPolicy {
    let list = actions.map { "\"\($0)\"" }.joined(separator: ", ")
    return StoredPolicy(
      trusted: #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": [\#(list)], "Resource": "*"}}"#)
  }
}
