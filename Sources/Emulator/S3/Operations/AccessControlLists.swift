import AWSAPI

/// Access control lists of buckets and objects.
extension S3Service {
  static let aclHandlers: [String: Handler] = [
    "GetBucketAcl": .read(getBucketACL),
    "PutBucketAcl": .write(putBucketACL),
    "GetObjectAcl": .read(getObjectACL),
    "PutObjectAcl": .write(putObjectACL),
  ]

  static func getBucketACL(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    let settings = bucket.settings.value
    return Answer((settings.honorsACLs ? settings.acl : .ownerOnly(bucket.owner)).answer)
  }

  static func putBucketACL(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    let acl = try AccessControlList(replacing: call, owner: bucket.owner, in: bucket, state: state)
    try checkPublic(acl, of: bucket, call, action: "s3:PutBucketAcl", resource: bucket.arn)
    return try state.s3.changeSettings(call) { $0.acl = acl }
  }

  static func getObjectACL(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    let properties = try FoundObject(call, in: bucket).object.properties
    let acl = bucket.settings.value.honorsACLs ? properties.acl : nil
    return Answer((acl ?? .ownerOnly(properties.owner)).answer)
  }

  static func putObjectACL(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let bucket = try state.s3.bucket(call)
    let found = try FoundObject(call, in: bucket)
    let acl = try AccessControlList(replacing: call, owner: found.object.properties.owner, in: bucket, state: state)
    let key = call.string("Key") ?? ""
    try checkPublic(acl, of: bucket, call, action: "s3:PutObjectAcl", resource: bucket.arn(ofObject: key))
    try state.s3.changeObject(call, version: found.versionID) { $0.properties.acl = acl }
    return Answer()
  }

  private static func checkPublic(
    _ acl: AccessControlList, of bucket: Bucket, _ call: Call, action: String, resource: String
  ) throws(AWSError) {
    if acl.isPublic, bucket.settings.value.publicAccessBlock?.blockPublicACLs == true {
      throw .publicACLBlocked(call, action: action, resource: resource)
    }
  }
}

extension S3State {
  /// Changes what is kept with one version of the object a call names.
  mutating func changeObject(
    _ call: Call, version: String, _ change: (inout StoredObject) -> Void
  ) throws(AWSError) {
    try withBucket(call) { (bucket: inout Bucket) throws(AWSError) in
      _ = bucket.objects.update(UTF8Key(call.string("Key") ?? "")) { history in
        history.update(version) { version in
          if var object = version.object {
            change(&object)
            version.object = object
          }
        }
      }
    }
  }
}

extension AccessControlList {
  /// The list that PutBucketAcl or PutObjectAcl puts in place of the former: canned, of headers, or written out.
  init(replacing call: Call, owner: String, in bucket: Bucket, state: EmulatorState) throws(AWSError) {
    let written = call.parameters["AccessControlPolicy"]?.structure
    let inHeaders = try AccessControlList(call, owner: owner, bucketOwner: bucket.owner, state: state)
    guard written == nil || inHeaders == nil else {
      throw AWSError("UnexpectedContent", "This request does not support content", status: 400)
    }
    guard bucket.settings.value.honorsACLs else { throw .aclNotSupported }
    if let inHeaders {
      self = inHeaders
      return
    }
    guard let written else {
      throw AWSError(
        "MissingSecurityHeader", "Your request was missing a required header", status: 400,
        fields: [AWSError.Field(name: "MissingHeaderName", value: "x-amz-acl")])
    }
    guard let named = written["Owner"]?.structure?["ID"]?.string else { throw .malformedACL }
    guard named == CanonicalUser.id(ofAccount: owner) else {
      throw .invalidArgument("Invalid id", name: "CanonicalUser/ID", value: named)
    }
    self.init(owner: owner, grants: [])
    for grant in written["Grants"]?.list ?? [] { grants.append(try Self.grant(grant, state: state)) }
  }

  private static func grant(_ value: AWSValue, state: EmulatorState) throws(AWSError) -> Grant {
    guard let grantee = value.structure?["Grantee"]?.structure,
      let permission = value.structure?["Permission"]?.string.flatMap(Permission.init(rawValue:))
    else { throw .malformedACL }
    switch grantee["Type"]?.string {
    case "CanonicalUser":
      let id = grantee["ID"]?.string ?? ""
      return Grant(
        grantee: try self.grantee(id: id, argument: "CanonicalUser/ID", state: state), permission: permission)
    case "Group":
      let uri = grantee["URI"]?.string ?? ""
      return Grant(grantee: try self.grantee(uri: uri, argument: "Group/URI"), permission: permission)
    case "AmazonCustomerByEmail": throw .unresolvableEmail
    default: throw .malformedACL
    }
  }

  /// The list as the members of an answer.
  var answer: AWSStructure {
    [
      "Owner": ["ID": .string(CanonicalUser.id(ofAccount: owner))],
      "Grants": .list(grants.map { ["Grantee": $0.grantee.answer, "Permission": .string($0.permission.rawValue)] }),
    ]
  }
}

extension AccessControlList.Grantee {
  var answer: AWSValue {
    switch self {
    case .account(let account): ["ID": .string(CanonicalUser.id(ofAccount: account)), "Type": "CanonicalUser"]
    case .canonicalUser(let id): ["ID": .string(id), "Type": "CanonicalUser"]
    case .group(let group): ["URI": .string(group.rawValue), "Type": "Group"]
    }
  }
}

extension AWSError {
  static let malformedACL = AWSError(
    "MalformedACLError", "The XML you provided was not well-formed or did not validate against our published schema",
    status: 400)
}
