package import FoundationEssentials
import Synchronization

/// The time as the emulator sees it. It never goes back.
package final class EmulatorClock: Sendable {
  /// The point a fixed clock stands at; `nil` where the clock goes with the machine's.
  private let start: Date?
  /// What was added by hand.
  private let offset = Mutex<TimeInterval>(0)

  private init(start: Date?) {
    self.start = start
  }

  /// A clock that stands still until it is advanced.
  package static func fixed(_ start: Date) -> EmulatorClock { EmulatorClock(start: start) }

  /// A clock that goes with the machine's, ahead of it by what it was advanced.
  package static func system() -> EmulatorClock { EmulatorClock(start: nil) }

  package var now: Date {
    (start ?? Date()).addingTimeInterval(offset.withLock { $0 })
  }

  /// Moves the clock forward; a negative duration moves nothing.
  package func advance(by duration: Duration) {
    guard duration > .zero else { return }
    offset.withLock { $0 += duration.seconds }
  }
}
