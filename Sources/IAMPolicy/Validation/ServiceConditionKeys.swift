/// The condition keys that the services iamdrill knows whole have of their own, and the actions that have them.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys" for IAM, STS and Amazon S3, the column
/// "Condition keys" of the actions. Of `aws:` keys, and of other services', nothing is said here.
public enum ServiceConditionKeys {
  /// Whether a key exists; `nil` where its service is not known whole.
  public static func exists(_ key: String) -> Bool? {
    guard let table = tables[service(of: key)] else { return nil }
    return table.actions[name(of: key)] != nil
  }

  /// The keys of a service in their own spelling; those of tags end in `/`.
  public static func names(of service: String) -> [String]? { tables[ASCII.lower(service)]?.names }

  /// The actions, in lower case, whose requests can have `key`; `nil` for all, or where that is not known.
  public static func actions(having key: String) -> Set<String>? {
    tables[service(of: key)]?.actions[name(of: key)] ?? nil
  }

  /// Whether requests for some action that `action` (`s3:Get*`) matches can have `key`; `true` where that is not known.
  public static func canHave(_ action: String, _ key: String) -> Bool {
    guard let actions = actions(having: key) else { return true }
    let pattern = ASCII.lower(action)
    if actions.contains(pattern) { return true }
    let glob = Glob(pattern)
    return glob.literal == nil && actions.contains { glob.matches($0) }
  }

  private struct Table: Sendable {
    var names: [String] = []
    /// By the key in lower case, the actions in lower case with their service; `nil` for all.
    var actions: [String: Set<String>?] = [:]

    /// - Parameter text: a key and its actions, or `*`, a line.
    init(_ service: String, _ text: String) {
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        let key = "\(service):\(words[0])"
        let having = words.dropFirst().flatMap { Self.groups[$0] ?? [$0] }.map { ASCII.lower("\(service):\($0)") }
        names.append(key)
        actions.updateValue(words.contains("*") ? nil : Set(having), forKey: ASCII.lower(key))
      }
    }

    /// Actions of S3 that have many keys in common.
    private static let groups: [String: [String]] = {
      let writing = ["PutObject", "BypassGovernanceRetention"]
      return [
        "put+": writing, "acl+": writing + ["PutObjectAcl", "PutObjectVersionAcl", "PutBucketAcl", "CreateBucket"],
      ]
    }()
  }

  private static func service(of key: String) -> String {
    ASCII.lower(String(key.utf8.prefix { $0 != UInt8(ascii: ":") }) ?? "")
  }

  /// The key without the name of its tag, in lower case.
  private static func name(of key: String) -> String {
    guard let slash = key.utf8.firstIndex(of: UInt8(ascii: "/")) else { return ASCII.lower(key) }
    return ASCII.lower(String(key[...slash]))
  }

  private static let tables = ["iam": Table("iam", iam), "sts": Table("sts", sts), "s3": Table("s3", s3)]

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
    RequestObjectTag/ put+ PutObjectTagging PutObjectVersionTagging
    RequestObjectTagKeys put+ PutObjectTagging PutObjectVersionTagging
    ResourceAccount *
    signatureAge *
    signatureversion *
    TlsVersion *
    VersionId DeleteObjectVersion DeleteObjectVersionTagging GetObjectVersion GetObjectVersionAcl \
    GetObjectVersionAttributes GetObjectVersionTagging GetObjectVersionTorrent PutObjectVersionAcl \
    PutObjectVersionTagging
    x-amz-acl acl+ CreateAccessPoint
    x-amz-bucket-namespace CreateBucket
    x-amz-content-sha256 *
    x-amz-copy-source put+
    x-amz-grant-full-control acl+
    x-amz-grant-read acl+
    x-amz-grant-read-acp acl+
    x-amz-grant-write acl+
    x-amz-grant-write-acp acl+
    x-amz-metadata-directive put+
    x-amz-object-ownership CreateBucket
    x-amz-server-side-encryption put+ ReplicateObject UpdateObjectEncryption
    x-amz-server-side-encryption-aws-kms-key-id put+ ReplicateObject UpdateObjectEncryption
    x-amz-server-side-encryption-customer-algorithm put+ ReplicateObject
    x-amz-storage-class put+ PutObjectAcl PutObjectVersionAcl
    x-amz-website-redirect-location put+
    """
}
