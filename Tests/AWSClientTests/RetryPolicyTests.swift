import AWSClient
import Testing

@Suite("Retries") struct RetryPolicyTests {
  private let policy = RetryPolicy(attempts: 4, base: .milliseconds(100), cap: .seconds(1))

  @Test(
    "what is worth repeating",
    arguments: [
      ("throttled create", RetryPolicy.Failure.answered(status: 400, code: "Throttling"), false, true),
      ("S3 asks to slow down", .answered(status: 503, code: "SlowDown"), false, true),
      ("busy without a code", .answered(status: 503, code: nil), false, true),
      ("a read that failed inside", .answered(status: 500, code: "InternalFailure"), true, true),
      ("a create that failed inside", .answered(status: 500, code: "InternalFailure"), false, false),
      ("a refusal", .answered(status: 403, code: "AccessDenied"), true, false),
      ("a limit of the account", .answered(status: 409, code: "LimitExceeded"), true, false),
      ("nobody listens", .transport(.notConnected), false, true),
      ("a read whose connection broke", .transport(.broken), true, true),
      ("a create whose connection broke", .transport(.broken), false, false),
      ("a create that took too long", .transport(.timedOut), false, false),
      ("an answer that is too large", .transport(.tooLarge), true, false),
    ])
  func worth(name: String, failure: RetryPolicy.Failure, isRepeatable: Bool, isRepeated: Bool) {
    let pause = policy.pause(afterAttempt: 1, failure, isRepeatable: isRepeatable, jitter: 0.5)
    #expect((pause != nil) == isRepeated, "\(name)")
  }

  @Test("the pause doubles up to the cap and is spread over all of it")
  func backoff() {
    let throttled = RetryPolicy.Failure.answered(status: 400, code: "Throttling")
    let many = RetryPolicy(attempts: 100, base: .milliseconds(100), cap: .seconds(1))
    func pause(_ attempt: Int, _ jitter: Double) -> Duration? {
      many.pause(afterAttempt: attempt, throttled, isRepeatable: false, jitter: jitter)
    }
    #expect(pause(1, 0) == .zero)
    #expect(pause(1, 0.5) == .milliseconds(50))
    #expect(pause(2, 0.5) == .milliseconds(100))
    #expect(pause(4, 0.5) == .milliseconds(400))
    #expect(pause(5, 0.5) == .milliseconds(500))
    #expect(pause(99, 0.5) == .milliseconds(500))
  }

  @Test("the last attempt has no pause after it, and Retry-After is kept to up to the cap")
  func bounds() {
    let throttled = RetryPolicy.Failure.answered(status: 429, code: nil)
    #expect(policy.pause(afterAttempt: 4, throttled, isRepeatable: true, jitter: 0) == nil)
    #expect(RetryPolicy.never.pause(afterAttempt: 1, throttled, isRepeatable: true, jitter: 0) == nil)
    let short = policy.pause(afterAttempt: 1, throttled, isRepeatable: true, retryAfter: .milliseconds(700), jitter: 0)
    #expect(short == .milliseconds(700))
    let long = policy.pause(afterAttempt: 1, throttled, isRepeatable: true, retryAfter: .seconds(900), jitter: 0)
    #expect(long == .seconds(1))
  }
}
