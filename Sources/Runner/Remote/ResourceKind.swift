package import AWSAPI

/// What a run can make that stands by itself: everything else is in one of these, and goes with it.
package enum ResourceKind: String, Sendable, Hashable, CaseIterable {
  case user, group, role, policy, bucket
  case instanceProfile = "instance-profile"
  case virtualMFADevice = "mfa"
  case samlProvider = "saml-provider"
  case openIDConnectProvider = "oidc-provider"

  /// The kind that `operation` makes; `nil` where it makes none.
  package init?(madeBy operation: AWSAPI.Operation) {
    guard let kind = Self.allCases.first(where: { $0.create == operation.name }) else { return nil }
    self = kind
  }

  package var service: Service { self == .bucket ? .s3 : .iam }

  /// The operation that makes one.
  package var create: String {
    switch self {
    case .user: "CreateUser"
    case .group: "CreateGroup"
    case .role: "CreateRole"
    case .policy: "CreatePolicy"
    case .bucket: "CreateBucket"
    case .instanceProfile: "CreateInstanceProfile"
    case .virtualMFADevice: "CreateVirtualMFADevice"
    case .samlProvider: "CreateSAMLProvider"
    case .openIDConnectProvider: "CreateOpenIDConnectProvider"
    }
  }

  /// The parameter with the name that the maker chooses; `nil` where the name is something else's (a URL).
  package var nameParameter: String? {
    switch self {
    case .user: "UserName"
    case .group: "GroupName"
    case .role: "RoleName"
    case .policy: "PolicyName"
    case .bucket: "Bucket"
    case .instanceProfile: "InstanceProfileName"
    case .virtualMFADevice: "VirtualMFADeviceName"
    case .samlProvider: "Name"
    case .openIDConnectProvider: nil
    }
  }

  var hasPath: Bool {
    switch self {
    case .user, .group, .role, .policy, .instanceProfile, .virtualMFADevice: true
    case .bucket, .samlProvider, .openIDConnectProvider: false
    }
  }

  /// Whether the call that makes one takes tags. Groups have none at all, a bucket gets them by a call of their own.
  var takesTags: Bool {
    switch self {
    case .user, .role, .policy, .instanceProfile, .virtualMFADevice, .samlProvider, .openIDConnectProvider: true
    case .group, .bucket: false
    }
  }

  /// The call that tags one which is there already, in IAM; `nil` where the catalogue has none.
  var tagging: String? {
    switch self {
    case .user: "TagUser"
    case .role: "TagRole"
    case .policy: "TagPolicy"
    case .group, .bucket, .instanceProfile, .virtualMFADevice, .samlProvider, .openIDConnectProvider: nil
    }
  }

  /// The parameter by which it is deleted and read.
  var identifier: String {
    switch self {
    case .policy: "PolicyArn"
    case .virtualMFADevice: "SerialNumber"
    case .samlProvider: "SAMLProviderArn"
    case .openIDConnectProvider: "OpenIDConnectProviderArn"
    case .user, .group, .role, .bucket, .instanceProfile: nameParameter ?? ""
    }
  }

  /// The operation that reads one, which also tells whether it is there.
  var read: String {
    switch self {
    case .bucket: "GetBucketTagging"
    case .virtualMFADevice: "ListVirtualMFADevices"
    case .user, .group, .role, .policy, .instanceProfile, .samlProvider, .openIDConnectProvider:
      "Get" + create.dropFirst("Create".count)
    }
  }

  var delete: String { "Delete" + create.dropFirst("Create".count) }

  /// The identifier of what a call makes, before it is made: AWS builds ARNs from what the maker chose.
  func identifier(in call: AWSCall, account: String) -> String? {
    let parameters = call.parameters
    guard self != .openIDConnectProvider else {
      guard let url = parameters["Url"]?.string, let start = url.range(ofText: "://") else { return nil }
      return "arn:aws:iam::\(account):oidc-provider/\(url[start.upperBound...])"
    }
    guard let name = nameParameter.flatMap({ parameters[$0]?.string }) else { return nil }
    switch self {
    case .policy, .virtualMFADevice:
      return "arn:aws:iam::\(account):\(rawValue)\(parameters["Path"]?.string ?? "/")\(name)"
    case .samlProvider: return "arn:aws:iam::\(account):saml-provider/\(name)"
    case .user, .group, .role, .bucket, .instanceProfile, .openIDConnectProvider: return name
    }
  }
}
