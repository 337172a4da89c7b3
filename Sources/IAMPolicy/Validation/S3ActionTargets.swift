/// What the actions of S3 are on.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3", the column "Resource types".
public enum S3ActionTargets {
  /// The kinds of resource that a bucket's policy is about.
  public enum Kind: Sendable, Hashable {
    case bucket, object
  }

  /// What the action called `name` (`GetObject`) is on; `nil` for an action on neither, and for one that S3 does not have.
  public static func kind(of name: some StringProtocol) -> Kind? {
    let name = ASCII.lower(String(name))
    if objectActions.contains(name) { return .object }
    return bucketActions.contains(name) ? .bucket : nil
  }

  /// Whether `pattern` (`Get*`) matches an action on a resource of this kind.
  static func matches(_ pattern: some StringProtocol, on kind: Kind) -> Bool {
    let glob = Glob(ASCII.lower(String(pattern)))
    let actions = kind == .object ? objectActions : bucketActions
    if let literal = glob.literal { return actions.contains(String(decoding: literal, as: UTF8.self)) }
    return actions.contains { glob.matches($0) }
  }

  /// The kinds of resource that an ARN pattern of S3 can match, `arn:aws:s3:::bucket/*`; none for any other ARN.
  public static func kinds(ofResource pattern: String) -> Set<Kind> {
    let prefix = "arn:aws:s3:::"
    guard pattern.hasPrefix(prefix) else { return pattern == "*" ? [.bucket, .object] : [] }
    let path = pattern.dropFirst(prefix.count).utf8
    guard let slash = path.firstIndex(of: UInt8(ascii: "/")) else {
      return path.contains(UInt8(ascii: "*")) ? [.bucket, .object] : [.bucket]
    }
    // What a `*` before the slash stands for may have slashes itself, but a bucket's name cannot end behind one.
    return slash == path.startIndex ? [] : [.object]
  }

  private static let objectActions = Set(
    """
    abortmultipartupload bypassgovernanceretention deleteobject deleteobjecttagging deleteobjectversion
    deleteobjectversiontagging getobject getobjectacl getobjectattributes getobjectlegalhold getobjectretention
    getobjecttagging getobjecttorrent getobjectversion getobjectversionacl getobjectversionattributes
    getobjectversionforreplication getobjectversiontagging getobjectversiontorrent initiatereplication
    listmultipartuploadparts objectowneroverridetobucketowner putobject putobjectacl putobjectlegalhold
    putobjectretention putobjecttagging putobjectversionacl putobjectversiontagging replicatedelete replicateobject
    replicatetags restoreobject updateobjectencryption
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let bucketActions = Set(
    """
    createbucket createbucketmetadatatableconfiguration deletebucket deletebucketmetadatatableconfiguration
    deletebucketpolicy deletebucketwebsite getaccelerateconfiguration getanalyticsconfiguration getbucketabac
    getbucketacl getbucketcors getbucketlocation getbucketlogging getbucketmetadatatableconfiguration
    getbucketnotification getbucketobjectlockconfiguration getbucketownershipcontrols getbucketpolicy
    getbucketpolicystatus getbucketpublicaccessblock getbucketrequestpayment getbuckettagging getbucketversioning
    getbucketwebsite getencryptionconfiguration getintelligenttieringconfiguration getinventoryconfiguration
    getlifecycleconfiguration getmetricsconfiguration getreplicationconfiguration listbucket
    listbucketmultipartuploads listbucketversions listtagsforresource putaccelerateconfiguration
    putanalyticsconfiguration putbucketabac putbucketacl putbucketcors putbucketlogging putbucketnotification
    putbucketobjectlockconfiguration putbucketownershipcontrols putbucketpolicy putbucketpublicaccessblock
    putbucketrequestpayment putbuckettagging putbucketversioning putbucketwebsite putencryptionconfiguration
    putintelligenttieringconfiguration putinventoryconfiguration putlifecycleconfiguration putmetricsconfiguration
    putreplicationconfiguration tagresource untagresource updatebucketmetadatainventorytableconfiguration
    updatebucketmetadatajournaltableconfiguration
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
