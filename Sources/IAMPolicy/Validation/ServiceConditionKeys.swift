/// The condition keys that the services iamdrill knows whole have of their own, and the actions that have them.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys" for IAM, STS and Amazon S3, the column
/// "Condition keys" of the actions. Of `aws:` keys, and of other services', nothing is said here.
public enum ServiceConditionKeys {
  /// Whether a key exists; `nil` where its service is not known whole.
  public static func exists(_ key: String) -> Bool? {
    let name = name(of: key)
    if table.rows[name] != nil { return true }
    return table.names[service(of: name)] == nil ? nil : false
  }

  /// The keys of a service in their own spelling; those of tags end in `/`.
  public static func names(of service: String) -> [String]? { table.names[ASCII.lower(service)] }

  /// The actions, in lower case, whose requests can have `key`; `nil` for all, or where that is not known.
  public static func actions(having key: String) -> Set<String>? {
    let name = name(of: key)
    guard case .some(let words)? = table.rows[name] else { return nil }
    let service = service(of: name)
    return Set(words.split(separator: space).map { ASCII.lower("\(service):\(String(decoding: $0, as: UTF8.self))") })
  }

  /// Whether requests for some action that `action` (`s3:Get*`) matches can have `key`; `true` where that is not known.
  public static func canHave(_ action: String, _ key: String) -> Bool {
    let name = name(of: key)
    guard case .some(let words)? = table.rows[name] else { return true }
    if contains(words, of: service(of: name), action) { return true }
    let glob = Glob(ASCII.lower(action))
    return glob.literal == nil && actions(having: key)?.contains { glob.matches($0) } ?? true
  }

  /// Which actions of its service have a key.
  private enum Having: Sendable {
    case all
    /// Their names as they stand in the text, a space between two. To make a set of strings of each takes longer than all
    /// that a run asks of them.
    case some(ArraySlice<UInt8>)
  }

  private struct Table: Sendable {
    /// By the service.
    var names: [String: [String]] = [:]
    /// By the key in lower case.
    var rows: [String: Having] = [:]

    /// - Parameter text: a key and its actions, or `*`, a line.
    mutating func add(_ service: String, _ text: String) {
      var names: [String] = []
      for line in Array(text.utf8).split(separator: UInt8(ascii: "\n")) {
        let key = line.prefix { $0 != space }
        let actions = line[key.endIndex...].dropFirst()
        let name = "\(service):\(String(decoding: key, as: UTF8.self))"
        names.append(name)
        rows[ASCII.lower(name)] = actions.elementsEqual(CollectionOfOne(UInt8(ascii: "*"))) ? .all : .some(actions)
      }
      self.names[service] = names
    }
  }

  /// Whether `action`, in any case, is one of `words` with the service before it.
  private static func contains(_ words: ArraySlice<UInt8>, of service: String, _ action: String) -> Bool {
    guard let colon = action.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    guard isSame(action.utf8[..<colon], service.utf8) else { return false }
    let wanted = action.utf8[colon...].dropFirst()
    var rest = words
    while !rest.isEmpty {
      let word = rest.prefix { $0 != space }
      if isSame(word, wanted) { return true }
      rest = rest[word.endIndex...].dropFirst()
    }
    return false
  }

  private static func isSame(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    left.elementsEqual(right) { ASCII.lower($0) == ASCII.lower($1) }
  }

  private static func service(of key: String) -> String {
    ASCII.lower(String(key.utf8.prefix { $0 != UInt8(ascii: ":") }) ?? "")
  }

  /// The key without the name of its tag, in lower case.
  private static func name(of key: String) -> String {
    guard let slash = key.utf8.firstIndex(of: UInt8(ascii: "/")) else { return ASCII.lower(key) }
    return ASCII.lower(String(key[...slash]))
  }

  private static let space = UInt8(ascii: " ")

  private static let table = {
    var table = Table()
    table.add("iam", iam)
    table.add("sts", sts)
    table.add("s3", s3)
    return table
  }()

  private static let iam = """
    AssociatedResourceArn PassRole
    AWSServiceName CreateServiceLinkedRole
    DelegationDuration CreateDelegationRequest
    DelegationRequestOwner *
    FIDO-certification EnableMFADevice
    FIDO-FIPS-140-2-certification EnableMFADevice
    FIDO-FIPS-140-3-certification EnableMFADevice
    NotificationChannel CreateDelegationRequest
    OrganizationsPolicyId GenerateOrganizationsAccessReport
    PassedToService PassRole
    PermissionsBoundary AttachRolePolicy AttachUserPolicy CreateRole CreateUser DeleteRole \
    DeleteRolePermissionsBoundary DeleteRolePolicy DeleteUserPermissionsBoundary DeleteUserPolicy DetachRolePolicy \
    DetachUserPolicy GetRole PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy \
    UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription
    PolicyARN AttachGroupPolicy AttachRolePolicy AttachUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy
    RegisterSecurityKey EnableMFADevice
    ResourceTag/ *
    ServiceSpecificCredentialAgeDays CreateServiceSpecificCredential
    ServiceSpecificCredentialServiceName CreateServiceSpecificCredential DeleteServiceSpecificCredential \
    ResetServiceSpecificCredential UpdateServiceSpecificCredential
    TemplateArn CreateDelegationRequest
    """

  /// What a role is assumed with is asked of all the actions that assuming it takes.
  private static let sts = """
    AWSServiceName GetServiceBearerToken
    DurationSeconds GetServiceBearerToken GetWebIdentityToken
    ExternalId AssumeRole TagSession SetSourceIdentity
    IdentityTokenAudience GetWebIdentityToken TagGetWebIdentityToken
    RequestContext/ SetContext AssumeRole
    RequestContextProviders SetContext AssumeRole
    RoleSessionName AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity TagSession SetSourceIdentity
    SigningAlgorithm GetWebIdentityToken TagGetWebIdentityToken
    SourceIdentity AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity TagSession SetSourceIdentity
    TaskPolicyArn AssumeRoot
    TransitiveTagKeys AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity TagSession SetSourceIdentity
    """

  /// Actions of S3 that have many keys in common.
  private static let writing = "PutObject BypassGovernanceRetention"
  private static let granting = "\(writing) PutObjectAcl PutObjectVersionAcl PutBucketAcl CreateBucket"

  private static let s3 = """
    AccessGrantScope *
    AccessGrantsInstanceArn *
    AccessGrantsLocationScope *
    AccessPointNetworkOrigin *
    AccessPointTag/ *
    authType *
    BucketTag/ *
    DataAccessPointAccount *
    DataAccessPointArn *
    delimiter ListBucket ListBucketVersions
    destinationRegion PauseReplication
    ExistingJobOperation *
    ExistingJobPriority *
    ExistingObjectTag/ DeleteObjectTagging DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAttributes \
    GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionTagging \
    PutObjectAcl PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging
    if-match DeleteObject PutObject
    if-none-match PutObject
    InventoryAccessibleOptionalFields PutInventoryConfiguration
    isReplicationPauseRequest PutReplicationConfiguration
    JobSuspendedCause UpdateJobStatus
    LocationConstraint CreateAccessPoint CreateBucket
    max-keys ListBucket ListBucketVersions
    object-lock-legal-hold PutObject PutObjectLegalHold
    object-lock-mode PutObject PutObjectRetention
    object-lock-remaining-retention-days PutObject PutObjectRetention
    object-lock-retain-until-date PutObject PutObjectRetention
    ObjectCreationOperation PutObject
    prefix ListBucket ListBucketVersions
    RequestJobOperation *
    RequestJobPriority *
    RequestObjectTag/ \(writing) PutObjectTagging PutObjectVersionTagging
    RequestObjectTagKeys \(writing) PutObjectTagging PutObjectVersionTagging
    ResourceAccount *
    signatureAge *
    signatureversion *
    TlsVersion *
    VersionId DeleteObjectVersion DeleteObjectVersionTagging GetObjectVersion GetObjectVersionAcl \
    GetObjectVersionAttributes GetObjectVersionTagging GetObjectVersionTorrent PutObjectVersionAcl \
    PutObjectVersionTagging
    x-amz-acl \(granting) CreateAccessPoint
    x-amz-bucket-namespace CreateBucket
    x-amz-content-sha256 *
    x-amz-copy-source \(writing)
    x-amz-grant-full-control \(granting)
    x-amz-grant-read \(granting)
    x-amz-grant-read-acp \(granting)
    x-amz-grant-write \(granting)
    x-amz-grant-write-acp \(granting)
    x-amz-metadata-directive \(writing)
    x-amz-object-ownership CreateBucket
    x-amz-server-side-encryption \(writing) ReplicateObject UpdateObjectEncryption
    x-amz-server-side-encryption-aws-kms-key-id \(writing) ReplicateObject UpdateObjectEncryption
    x-amz-server-side-encryption-customer-algorithm \(writing) ReplicateObject
    x-amz-storage-class \(writing) PutObjectAcl PutObjectVersionAcl
    x-amz-website-redirect-location \(writing)
    """
}
