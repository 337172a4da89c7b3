/// A service whose operations the catalogue describes.
package enum Service: String, Sendable, Hashable, CaseIterable {
  case iam, sts, s3

  /// The version every query request names; S3 has none on the wire.
  package var apiVersion: String {
    switch self {
    case .iam: "2010-05-08"
    case .sts: "2011-06-15"
    case .s3: "2006-03-01"
    }
  }

  /// The namespace of the service's XML.
  package var xmlNamespace: String {
    switch self {
    case .iam: "https://iam.amazonaws.com/doc/2010-05-08/"
    case .sts: "https://sts.amazonaws.com/doc/2011-06-15/"
    case .s3: "http://s3.amazonaws.com/doc/2006-03-01/"
    }
  }
}

/// One operation of AWS, described once: from here come the encoding, the decoding, the validation, the authorization,
/// the command line and the teardown.
package struct Operation: Sendable {
  package var service: Service
  /// AWS's name, `CreateRole`.
  package var name: String
  /// How S3 tells its operations apart; `nil` for the query services, which name the operation in the form.
  package var binding: RESTBinding?
  package var input: StructureShape
  package var output: StructureShape
  /// The permissions the call needs, all of them; those with a condition only where it holds.
  package var authorization: [AuthorizationRule]
  /// What takes back the call's effect; `nil` where there is nothing to take back, or no way.
  package var undo: Undo?

  package init(
    _ service: Service, _ name: String, binding: RESTBinding? = nil, input: StructureShape = [],
    output: StructureShape = [], authorization: [AuthorizationRule], undo: Undo? = nil
  ) {
    self.service = service
    self.name = name
    self.binding = binding
    self.input = input
    self.output = output
    self.authorization = authorization
    self.undo = undo
  }

  /// The name with its service, `iam:CreateRole`, as scenarios call it.
  package var qualifiedName: String { "\(service.rawValue):\(name)" }
}

/// How a REST operation stands on the wire.
package struct RESTBinding: Sendable {
  package var method: String
  /// What the path addresses.
  package var target: Target
  /// Query keys that tell this operation from others on the same path: `policy`, or `list-type=2`.
  package var selector: [String]
  /// The status of success.
  package var status: Int

  /// What the path of an S3 request addresses.
  package enum Target: Sendable, Hashable {
    case service, bucket, object
  }

  package init(_ method: String, _ target: Target, selector: [String] = [], status: Int = 200) {
    self.method = method
    self.target = target
    self.selector = selector
    self.status = status
  }
}

/// One permission that a call needs: an IAM action on a resource.
package struct AuthorizationRule: Sendable {
  /// The IAM action, which is not always the operation's name (HeadBucket needs `s3:ListBucket`).
  package var action: String
  package var resource: Resource
  /// The rule holds only where this input member is present (`VersionId`), or absent; `nil` for always.
  package var condition: Condition?

  /// What makes a rule apply.
  package enum Condition: Sendable, Hashable {
    case present(String)
    case absent(String)
  }

  /// The resource of a permission, before the call's parameters are put in.
  package enum Resource: Sendable, Hashable {
    /// `*`: the action knows no resource.
    case any
    /// An IAM entity of the caller's account whose name is in this parameter; its path is known only to the account.
    case iam(IAMEntity, name: String)
    /// The ARN in this parameter (`PolicyArn`, `RoleArn`).
    case arn(parameter: String)
    /// `arn:aws:s3:::bucket`, from the parameter `Bucket`.
    case bucket
    /// `arn:aws:s3:::bucket/key`, from the parameters `Bucket` and `Key`.
    case object
    /// The source of a copy, from the parameter `CopySource`.
    case copySource
  }

  /// The kinds of IAM entity, named as their ARNs name them.
  package enum IAMEntity: String, Sendable, Hashable, CaseIterable {
    case user, group, role, policy
    case instanceProfile = "instance-profile"
    case mfa
    case oidcProvider = "oidc-provider"
    case samlProvider = "saml-provider"
    case serverCertificate = "server-certificate"
  }

  package init(_ action: String, on resource: Resource = .any, when condition: Condition? = nil) {
    self.action = action
    self.resource = resource
    self.condition = condition
  }
}

/// The call that takes back another one's effect.
package struct Undo: Sendable {
  /// The operation's name in the same service.
  package var operation: String
  /// Where each parameter of it comes from.
  package var parameters: [(name: String, source: Source)]
  /// Whether the thing must be emptied before (a bucket of its objects and their versions).
  package var emptiesFirst: Bool

  /// Where a parameter of the undoing call comes from.
  package enum Source: Sendable, Hashable {
    /// The parameter of this name of the call that is undone.
    case parameter(String)
    /// The member at this path of its answer, `AccessKey/AccessKeyId`; left out where the answer has none.
    case answer(String)
    case constant(String)
  }

  package init(_ operation: String, _ parameters: KeyValuePairs<String, Source>, emptiesFirst: Bool = false) {
    self.operation = operation
    self.parameters = parameters.map { (name: $0.key, source: $0.value) }
    self.emptiesFirst = emptiesFirst
  }

  /// An undo that hands on parameters of the same names.
  package init(_ operation: String, same names: String...) {
    self.operation = operation
    self.parameters = names.map { (name: $0, source: .parameter($0)) }
    self.emptiesFirst = false
  }
}
