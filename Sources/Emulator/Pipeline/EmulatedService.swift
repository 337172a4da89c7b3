package import AWSAPI

/// What a service brings to the pipeline besides the descriptions of its operations.
package protocol EmulatedService: Sendable {
  /// What carries out each operation, by its name. An operation without one is answered as AWS answers what it does not
  /// know.
  static var handlers: [String: Handler] { get }

  /// The permissions that `call` needs, all of them, with what `state` knows of each resource.
  static func permissions(of call: Call, in state: EmulatorState) throws(AWSError) -> [Permission]

  /// The error that answers a permission which was refused.
  static func refusal(of check: PermissionCheck, for call: Call, in state: EmulatorState) -> AWSError
}

extension EmulatedService {
  package static func refusal(of check: PermissionCheck, for call: Call, in state: EmulatorState) -> AWSError {
    .accessDenied(RefusalMessage(check, caller: call.caller.arn).text)
  }
}
