import IAMPolicy
import Testing

/// Policies and requests written short.
enum Fixture {
  static let account = "111111111111"
  static let other = "999999999999"
  static let user = "arn:aws:iam::111111111111:user/team/David"
  static let session = "arn:aws:sts::111111111111:assumed-role/Role/session"
  static let role = "arn:aws:iam::111111111111:role/Role"
  static let federated = "arn:aws:sts::111111111111:federated-user/Fed"
  static let bucketObject = "arn:aws:s3:::bucket/key"
  static let trustedRole = "arn:aws:iam::111111111111:role/Trusted"

  static func policy(_ statements: String..., version: String = "2012-10-17") throws -> AttachedPolicy {
    try policy(statements, version: version)
  }

  static func policy(_ statements: [String], version: String = "2012-10-17") throws -> AttachedPolicy {
    let text = "{\"Version\":\"\(version)\",\"Statement\":[\(statements.joined(separator: ","))]}"
    return AttachedPolicy(CompiledPolicy(try PolicyDocument(parsing: Array(text.utf8))), name: "P")
  }

  static let allowAll = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
  static let denyAll = #"{"Effect":"Deny","Action":"*","Resource":"*"}"#

  /// A statement of a resource's policy for `principal`, which is JSON.
  static func grant(_ principal: String, effect: String = "Allow", element: String = "Principal") -> String {
    #"{"Effect":"\#(effect)","\#(element)":\#(principal),"Action":"*","Resource":"*"}"#
  }

  static func principal(_ arn: String) throws -> RequestPrincipal { try #require(RequestPrincipal(arn: arn)) }

  static func request(
    _ arn: String = user, action: String = "s3:GetObject", resource: String = bucketObject, owner: String? = nil,
    context: [String: [String]] = [:]
  ) throws -> AuthorizationRequest {
    AuthorizationRequest(
      principal: try principal(arn), action: action, resource: resource, resourceAccount: owner,
      context: self.context(context))
  }

  static func context(_ keys: [String: [String]]) -> RequestContext {
    var context = RequestContext()
    for (key, values) in keys { context[key] = values }
    return context
  }
}
