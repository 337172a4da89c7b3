import Emulator
package import FoundationEssentials
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The time that a run goes by on a target whose clock is not in this process.
package final class RemoteClock: Sendable {
  /// How far the run's time is from `time`; `nil` until it was asked for the first time.
  private let offset = Mutex<Duration?>(nil)
  private let firstOffset: @Sendable () -> Duration
  private let time: @Sendable () -> Date
  private let sleep: @Sendable (Duration) -> Void
  private let steady: @Sendable () -> Duration
  private let move: (@Sendable (Duration) -> Bool)?
  /// Whether `time` follows by itself when the clock is moved.
  private let isMovedAtItsSource: Bool

  /// - Parameters:
  ///   - time: the time, without what was advanced.
  ///   - ahead: how far the target's clock was ahead before the run; asked when the time is first told.
  ///   - sleep: lets time pass.
  ///   - move: moves the target's own clock; `nil` where nothing does.
  package init(
    time: @escaping @Sendable () -> Date = { Date() }, ahead: @escaping @Sendable () -> Duration = { .zero },
    sleep: @escaping @Sendable (Duration) -> Void = { Interruption.sleep($0) },
    move: (@Sendable (Duration) -> Bool)? = nil
  ) {
    self.time = time
    let start = ContinuousClock.now
    steady = { ContinuousClock.now - start }
    firstOffset = ahead
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
    steady = { Duration(seconds: source().timeIntervalSince1970) }
    firstOffset = { .zero }
    self.sleep = sleep
    self.move = move
    isMovedAtItsSource = true
  }

  package var now: Date {
    time().addingTimeInterval(currentOffset().seconds)
  }

  private func currentOffset() -> Duration {
    offset.withLock { offset in
      let known = offset ?? firstOffset()
      offset = known
      return known
    }
  }

  package func wait(_ duration: Duration) { sleep(duration) }

  /// Time that only goes forward. Where the clock is the target's own and is moved for a run, it goes with that.
  package var elapsed: Duration { steady() }

  /// - Returns: `false` where the clock cannot be moved.
  func advance(_ duration: Duration) -> Bool {
    guard let move else { return false }
    // The target's clock is read before it is moved: a first look afterwards would count the move twice.
    let before = currentOffset()
    guard move(duration) else { return false }
    if !isMovedAtItsSource { offset.withLock { $0 = before + duration } }
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
