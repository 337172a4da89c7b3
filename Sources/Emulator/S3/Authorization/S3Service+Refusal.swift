package import AWSAPI
import IAMPolicy

extension S3Service {
  /// S3 quotes the ARN where the other services do not, and tells the reason only inside of an account or an organization.
  ///
  /// Source: S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors".
  package static func refusal(of check: PermissionCheck, for call: Call, in state: EmulatorState) -> AWSError {
    guard isTold(to: call.caller, by: check.request.resourceAccount, in: state) else { return .accessDenied }
    let resource = check.permission.resource
    let message = RefusalMessage(
      check, caller: call.caller.arn, resource: resource == allBuckets ? "" : "\"\(resource)\"")
    return AWSError("AccessDenied", message.text, status: 403)
  }

  private static func isTold(to caller: Caller, by owner: String, in state: EmulatorState) -> Bool {
    guard let account = caller.accountID else { return false }
    if account == owner { return true }
    guard let organization = state.organization else { return false }
    return organization.path(of: account) != nil && organization.path(of: owner) != nil
  }
}
