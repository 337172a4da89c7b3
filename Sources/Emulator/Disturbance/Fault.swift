/// Something that goes wrong on purpose, so that clients can be tested against it.
package struct Fault: Sendable, Hashable {
  /// What is disturbed: `s3:PutObject`, every operation of a service (`iam:*`), or all (`*`).
  package var operation: String
  package var effect: Effect
  /// How many more requests are disturbed; `nil` for all that come.
  package var count: Int?

  package enum Effect: Sendable, Hashable {
    /// The service's own answer to too many requests.
    case throttling
    /// 500, as the service words it.
    case internalError
    /// 503: S3's SlowDown, ServiceUnavailable of the others.
    case unavailable
    /// The answer comes later by this many seconds.
    case delay(Double)
    /// The connection is reset without an answer, before or after the operation was carried out.
    case connectionReset(afterwards: Bool)
  }

  package init(_ effect: Effect, of operation: String, count: Int? = nil) {
    self.operation = operation
    self.effect = effect
    self.count = count
  }

  func concerns(_ qualifiedName: String) -> Bool {
    if operation == "*" || operation == qualifiedName { return true }
    return operation.hasSuffix(":*") && qualifiedName.hasPrefix(operation.dropLast())
  }
}
