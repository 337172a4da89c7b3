package import FoundationEssentials
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The time that a run goes by on a target whose clock is not in this process.
package final class RemoteClock: Sendable {
  private let offset = Mutex(Duration.zero)
  private let time: @Sendable () -> Date
  private let sleep: @Sendable (Duration) -> Void
  private let move: (@Sendable (Duration) -> Bool)?
  /// Whether `time` follows by itself when the clock is moved.
  private let isMovedAtItsSource: Bool

  /// - Parameters:
  ///   - time: the time, without what was advanced.
  ///   - sleep: lets time pass.
  ///   - move: moves the target's own clock; `nil` where nothing does.
  package init(
    time: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) -> Void = { Interruption.sleep($0) },
    move: (@Sendable (Duration) -> Bool)? = nil
  ) {
    self.time = time
    self.sleep = sleep
    self.move = move
    isMovedAtItsSource = false
  }

  /// - Parameters:
  ///   - source: the target's own time.
  ///   - move: moves it.
  package init(
    source: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) -> Void,
    move: (@Sendable (Duration) -> Bool)?
  ) {
    time = source
    self.sleep = sleep
    self.move = move
    isMovedAtItsSource = true
  }

  package var now: Date {
    let (seconds, attoseconds) = offset.withLock { $0 }.components
    return time().addingTimeInterval(Double(seconds) + Double(attoseconds) / 1e18)
  }

  package func wait(_ duration: Duration) { sleep(duration) }

  /// - Returns: `false` where the clock cannot be moved.
  func advance(_ duration: Duration) -> Bool {
    guard let move, move(duration) else { return false }
    if !isMovedAtItsSource { offset.withLock { $0 += duration } }
    return true
  }
}

extension Interruption {
  private static let slice = Duration.milliseconds(50)

  /// Sleeps; an interruption that comes meanwhile ends it. Teardown, which an interruption begins, sleeps to the end.
  package static func sleep(_ duration: Duration) {
    let clock = ContinuousClock()
    let end = clock.now + duration
    let wasRequested = isRequested
    while clock.now < end, wasRequested || !isRequested {
      let (seconds, attoseconds) = min(slice, max(.zero, end - clock.now)).components
      usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
    }
  }
}
