package import FoundationEssentials
import Synchronization

/// The time as the emulator sees it. It never goes back.
package final class EmulatorClock: Sendable {
  /// The point a fixed clock stands at; `nil` where the clock goes with the machine's.
  private let start: Date?
  private let state = Mutex(State())

  private struct State {
    /// What was added by hand.
    var offset: TimeInterval = 0
    /// The steps of which ``offset`` was made lately, the oldest first.
    var steps: [Step] = []
  }

  /// One step forward.
  package struct Step: Sendable, Hashable, Codable {
    /// When it was made, by the machine's clock.
    package var machineTime: Date
    package var seconds: TimeInterval
  }

  /// Steps beyond this number are joined.
  private static let mostSteps = 1000

  private init(start: Date?) {
    self.start = start
  }

  /// A clock that stands still until it is advanced.
  package static func fixed(_ start: Date) -> EmulatorClock { EmulatorClock(start: start) }

  /// A clock that goes with the machine's, ahead of it by what it was advanced.
  package static func system() -> EmulatorClock { EmulatorClock(start: nil) }

  package var now: Date {
    (start ?? Date()).addingTimeInterval(state.withLock { $0.offset })
  }

  /// Moves the clock forward; a negative duration moves nothing.
  package func advance(by duration: Duration) {
    guard duration > .zero else { return }
    let step = Step(machineTime: Date(), seconds: duration.seconds)
    state.withLock { state in
      state.offset += step.seconds
      state.steps.append(step)
      guard state.steps.count > Self.mostSteps else { return }
      state.steps[1].seconds += state.steps[0].seconds
      state.steps.removeFirst()
    }
  }

  /// Goes on from where a clock was that was kept.
  /// - Parameters:
  ///   - offset: what it was advanced by, in seconds.
  ///   - steps: its ``steps``.
  func resume(_ offset: TimeInterval, _ steps: [Step]) {
    state.withLock { state in
      state.offset += offset
      state.steps = steps + state.steps
    }
  }

  /// The steps forward, so far as they are known one by one.
  var steps: [Step] { state.withLock { $0.steps } }

  /// What the clock was advanced by since the machine's clock stood at `date`, in seconds.
  func advance(since date: Date) -> TimeInterval {
    state.withLock { state in
      state.steps.reversed().prefix { $0.machineTime >= date }.reduce(0) { $0 + $1.seconds }
    }
  }
}
