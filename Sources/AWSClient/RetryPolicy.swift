/// Whether a call is tried again, and after what pause: capped exponential backoff with full jitter, as AWS's SDKs do it.
package struct RetryPolicy: Sendable {
  /// How often a call is tried at most, the first time included.
  package var attempts: Int
  package var base: Duration
  /// The longest pause.
  package var cap: Duration

  package init(attempts: Int = 4, base: Duration = .milliseconds(100), cap: Duration = .seconds(20)) {
    self.attempts = attempts
    self.base = base
    self.cap = cap
  }

  /// Every call is tried once.
  package static let never = RetryPolicy(attempts: 1)

  /// How an attempt went wrong.
  package enum Failure: Sendable, Hashable {
    /// An answer with this status and, where the body names one, this code.
    case answered(status: Int, code: String?)
    case transport(TransportError.Kind)
  }

  /// The pause before the next attempt, or `nil` where there is none.
  /// - Parameters:
  ///   - attempt: how many were made, from 1.
  ///   - isRepeatable: whether the call may be made twice without doing more than once.
  ///   - retryAfter: what the answer asked for; it is kept to, up to the cap.
  ///   - jitter: from 0 up to 1.
  package func pause(
    afterAttempt attempt: Int, _ failure: Failure, isRepeatable: Bool, retryAfter: Duration? = nil, jitter: Double
  ) -> Duration? {
    guard attempt < attempts, Self.isWorthRepeating(failure, isRepeatable: isRepeatable) else { return nil }
    if let retryAfter { return min(retryAfter, cap) }
    // 2^20 times the base is beyond every cap.
    let ceiling = min(base * (1 << min(max(0, attempt - 1), 20)), cap)
    return ceiling * jitter
  }

  /// Throttling was answered before anything was done, so it is worth repeating whatever the call is. After another fault
  /// of the server, or a connection that broke, the call may have been carried out.
  private static func isWorthRepeating(_ failure: Failure, isRepeatable: Bool) -> Bool {
    switch failure {
    case .answered(let status, let code):
      isThrottling(status: status, code: code) || (isRepeatable && [500, 502, 504].contains(status))
    case .transport(.notConnected): true
    case .transport(.broken), .transport(.timedOut): isRepeatable
    case .transport(.untrusted), .transport(.tooLarge), .transport(.invalidRequest), .transport(.other): false
    }
  }

  /// The codes that botocore's standard retry mode takes for throttling.
  private static let throttlingCodes: Set<String> = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "TooManyRequestsException",
    "ProvisionedThroughputExceededException", "TransactionInProgressException", "RequestLimitExceeded",
    "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
    "EC2ThrottledException",
  ]

  private static func isThrottling(status: Int, code: String?) -> Bool {
    if let code { return throttlingCodes.contains(code) || (status == 503 && code == "ServiceUnavailable") }
    return status == 429 || status == 503
  }
}
