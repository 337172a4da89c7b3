package import AWSAPI
package import FoundationEssentials
package import HTTP

/// A request that was routed, authenticated, decoded and validated: what permissions and handlers work on.
package struct Call: Sendable {
  package var operation: AWSAPI.Operation
  package var parameters: AWSStructure
  package var caller: Caller
  /// The request as it came, for the headers that stand outside of the operation's description.
  package var request: HTTPRequest
  package var requestID: String
  /// When the request arrived.
  package var now: Date
  /// When the credentials were made that the request is signed with.
  package var credentialDate: Date?
  /// The region that the request was signed for; the emulator's where it was not signed.
  package var region: String
}

extension Call {
  /// The parameter `name`, where it is given and a text.
  package func string(_ name: String) -> String? { parameters[name]?.string }
  /// The parameter `name`, where it is given and a number.
  package func integer(_ name: String) -> Int? { parameters[name]?.integer }
  /// The parameter `name`, where it is given and a truth value.
  package func boolean(_ name: String) -> Bool? { parameters[name]?.boolean }
}
