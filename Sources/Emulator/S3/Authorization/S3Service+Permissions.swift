package import AWSAPI
import HTTP

extension S3Service {
  /// What `call` needs of the bucket and the objects it names, after S3's own checks that come before anybody's rights:
  /// that the bucket is there, in the region that was asked, and owned by whom the client expects.
  package static func permissions(of call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] {
    try DocumentIntegrity.check(call)
    let rules = call.operation.authorization.lazy.filter { $0.applies(to: call.parameters) }
    guard call.operation.binding?.target != .service else { return rules.map { Permission($0.action, on: allBuckets) } }
    if call.operation.name == "CreateBucket" { return creationPermissions(rules.map(\.action), call) }
    let bucket = try state.s3.bucket(call)
    if call.operation.name != "GetBucketLocation" { try BucketRegion.check(bucket, call) }
    try checkExpectedOwner(of: bucket, header: "x-amz-expected-bucket-owner", call)
    let scope = PermissionScope(call, bucket: bucket)
    var permissions: [Permission] = []
    for rule in rules {
      switch rule.resource {
      case .copySource: permissions += try copySourcePermissions(call, in: state)
      case .object: permissions.append(scope.object(rule.action))
      default: permissions.append(scope.bucket(rule.action))
      }
    }
    scope.addFurther(to: &permissions)
    return permissions
  }

  /// What stands for the service itself: policies name it as `*` or as `arn:aws:s3:::*`.
  static let allBuckets = "arn:aws:s3:::*"

  /// The bucket is nobody's yet, so the rights are those on a bucket of the caller's own account.
  private static func creationPermissions(_ actions: [String], _ call: Call) -> [Permission] {
    let arn = "arn:aws:s3:::\(call.string("Bucket") ?? "")"
    var actions = actions
    if call.hasHeaderGrants, !actions.contains("s3:PutBucketAcl") { actions.append("s3:PutBucketAcl") }
    if call.boolean("ObjectLockEnabledForBucket") == true { actions.append("s3:PutBucketVersioning") }
    let configuration = call.parameters["CreateBucketConfiguration"]?.structure
    let tags = configuration?["Tags"]?.list ?? []
    if !tags.isEmpty { actions.append("s3:TagResource") }
    var context = S3ContextKeys.ofRequest(call)
    if let region = configuration?["LocationConstraint"]?.string {
      context.append(S3ConditionValue("s3:LocationConstraint", region))
    }
    context += S3ContextKeys.requestTags(
      (try? Tagging.tags(of: configuration?["Tags"])) ?? [], service: "aws", key: "RequestTag")
    return actions.map { action in
      Permission(
        action, on: arn, account: call.caller.accountID, context: S3ContextKeys.known(context, to: action))
    }
  }

  /// - Throws: `InvalidBucketOwnerAWSAccountID` for what is no account, `AccessDenied` for another's.
  static func checkExpectedOwner(of bucket: Bucket, header: String, _ call: Call) throws(AWSError) {
    guard let expected = call.request.headers[header] else { return }
    guard expected.utf8.count == 12, expected.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { throw .invalidExpectedOwner(expected) }
    guard expected == bucket.owner else { throw .accessDenied }
  }
}

extension Call {
  /// Whether some `x-amz-grant-…` header is given.
  var hasHeaderGrants: Bool { AccessControlList.grantMembers.contains { string($0.member) != nil } }
}
