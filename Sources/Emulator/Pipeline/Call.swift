package import AWSAPI
package import FoundationEssentials
package import HTTP

/// A request that was routed, authenticated, decoded and validated: what permissions and handlers work on.
///
/// A class, because nothing changes it and all steps hand it on: a copy costs one reference count.
package final class Call: Sendable {
  package let operation: AWSAPI.Operation
  package let parameters: AWSStructure
  /// Who signed, and what follows from that in the state that the call is authorized on; `nil` where nobody did.
  let signer: KnownCaller?
  /// Who makes the call.
  package let caller: Caller
  /// The request as it came, for the headers that stand outside of the operation's description.
  package let request: HTTPRequest
  package let requestID: String
  /// When the request arrived.
  package let now: Date
  /// The second of that.
  let second: AWSSecond
  /// The region that the request was signed for; the emulator's where it was not signed.
  package let region: String

  init(
    _ operation: AWSAPI.Operation, _ parameters: AWSStructure, signer: KnownCaller?, request: HTTPRequest,
    stamp: ResponseStamp, now: Date, region: String
  ) {
    self.operation = operation
    self.parameters = parameters
    self.signer = signer
    caller = signer?.caller ?? .anonymous
    self.request = request
    requestID = stamp.requestID
    second = stamp.second
    self.now = now
    self.region = region
  }
}

extension Call {
  /// The policies that bear on the caller.
  var policies: CallerPolicies { signer?.policies ?? CallerPolicies() }

  /// The parameter `name`, where it is given and a text.
  package func string(_ name: String) -> String? { parameters[name]?.string }
  /// The parameter `name`, where it is given and a number.
  package func integer(_ name: String) -> Int? { parameters[name]?.integer }
  /// The parameter `name`, where it is given and a truth value.
  package func boolean(_ name: String) -> Bool? { parameters[name]?.boolean }
}
