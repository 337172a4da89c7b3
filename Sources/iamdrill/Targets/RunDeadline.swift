import Glibc
import Runner
import Scenario

/// Ends a run after a time, as an interruption does.
struct RunDeadline {
  private let seconds: UInt32

  /// - Returns: `nil` where the command line sets none.
  init?(_ arguments: ParsedArguments) throws(UsageError) {
    guard let text = arguments.value("timeout") else { return nil }
    guard let value = DurationValue(text), value.duration > .zero else {
      throw UsageError("--timeout needs \(DurationValue.form)", command: "run")
    }
    seconds = UInt32(clamping: max(1, value.duration.components.seconds))
  }

  /// The signal comes when the time is over, and does what an interruption from the terminal does.
  func start() {
    signal(SIGALRM) { _ in Interruption.request() }
    alarm(seconds)
  }
}
