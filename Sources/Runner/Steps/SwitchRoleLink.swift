import AWSAPI
import HTTP
import IAMPolicy

/// The Management Console's link that switches to a role, and its rules (IAM User Guide, "Switch to an IAM role (console)").
package struct SwitchRoleLink: Sendable, Hashable {
  package var account: String
  /// Path and name, without the leading slash.
  package var roleName: String
  package var displayName: String?

  /// More than this the console's form does not take, path and name together.
  package static let longestName = 64

  /// Why the console refuses to switch.
  package struct Refusal: Error, Sendable, Hashable {
    package var reason: String
  }

  package init(account: String, roleName: String, displayName: String? = nil) throws(Refusal) {
    guard roleName.utf8.count <= Self.longestName else {
      throw Refusal(
        reason: "the console switches only to roles whose path and name have at most \(Self.longestName) characters")
    }
    guard displayName?.utf8.count ?? 0 <= Self.longestName else {
      throw Refusal(reason: "the console shows names of at most \(Self.longestName) characters")
    }
    self.account = account
    self.roleName = roleName
    self.displayName = displayName
  }

  /// The link that does what `call` does.
  /// - Returns: `nil` where the call assumes no role.
  /// - Throws: why the console cannot.
  package init?(_ call: AWSCall) throws(Refusal) {
    guard call.operation.qualifiedName == "sts:AssumeRole",
      let arn = call.parameters["RoleArn"]?.string.flatMap({ ARN($0) }), arn.resource.hasPrefix("role/")
    else { return nil }
    guard call.parameters["ExternalId"] == nil else {
      throw Refusal(reason: "the console cannot give an external id")
    }
    try self.init(
      account: arn.account, roleName: String(arn.resource.dropFirst("role/".count)),
      displayName: call.parameters["RoleSessionName"]?.string)
  }

  package var url: String {
    var link =
      "https://signin.aws.amazon.com/switchrole?account=\(PercentEncoding.encode(account))"
      + "&roleName=\(PercentEncoding.encode(roleName))"
    if let displayName { link += "&displayName=\(PercentEncoding.encode(displayName))" }
    return link
  }
}
