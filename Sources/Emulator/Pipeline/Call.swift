package import AWSAPI
package import FoundationEssentials
package import HTTP

/// A request that was routed, authenticated, decoded and validated: what permissions and handlers work on.
///
/// A class, because nothing changes it and all steps hand it on: a copy costs one reference count.
package final class Call: Sendable {
  package let operation: AWSAPI.Operation
  package let parameters: AWSStructure
  package let caller: Caller
  /// The policies that bear on the caller, in the state that the call is authorized on.
  let policies: CallerPolicies
  /// The request as it came, for the headers that stand outside of the operation's description.
  package let request: HTTPRequest
  package let requestID: String
  /// When the request arrived.
  package let now: Date
  /// When the credentials were made that the request is signed with.
  package let credentialDate: Date?
  /// The region that the request was signed for; the emulator's where it was not signed.
  package let region: String

  /// - Parameter signer: who signed; `nil` where nobody did.
  init(
    _ operation: AWSAPI.Operation, _ parameters: AWSStructure, signer: KnownCaller?, request: HTTPRequest,
    requestID: String,
    now: Date, region: String
  ) {
    self.operation = operation
    self.parameters = parameters
    caller = signer?.caller ?? .anonymous
    policies = signer?.policies ?? CallerPolicies()
    self.request = request
    self.requestID = requestID
    self.now = now
    credentialDate = signer?.credential.createDate
    self.region = region
  }
}

extension Call {
  /// The parameter `name`, where it is given and a text.
  package func string(_ name: String) -> String? { parameters[name]?.string }
  /// The parameter `name`, where it is given and a number.
  package func integer(_ name: String) -> Int? { parameters[name]?.integer }
  /// The parameter `name`, where it is given and a truth value.
  package func boolean(_ name: String) -> Bool? { parameters[name]?.boolean }
}
