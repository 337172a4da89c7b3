import AWSAPI
import FoundationEssentials

/// The state at one moment, with the number of the change that led to it.
///
/// A class, because every request takes one and hands it on, and the state's own copy has the generator of ids besides its box.
final class StateSnapshot: Sendable {
  let state: EmulatorState
  let number: UInt64

  init(_ state: EmulatorState, number: UInt64) {
    self.state = state
    self.number = number
  }
}

/// The newest state, and what requests share: the snapshot all between two changes, the second all that arrive in it.
struct CurrentState {
  private(set) var numbered: NumberedState
  private var shared: StateSnapshot?
  private var latest: AWSSecond?

  init(_ numbered: NumberedState) { self.numbered = numbered }

  var state: EmulatorState { numbered.state }
  var number: UInt64 { numbered.number }

  /// Where ids come from. Taking one is no change: nobody asks a snapshot for ids.
  var identifiers: IdentifierGenerator {
    get { numbered.state.identifiers }
    set { numbered.state.identifiers = newValue }
  }

  /// The state as it is.
  mutating func snapshot() -> StateSnapshot {
    if let shared { return shared }
    let snapshot = StateSnapshot(numbered.state, number: numbered.number)
    shared = snapshot
    return snapshot
  }

  /// The second that `date` is in.
  mutating func second(of date: Date) -> AWSSecond {
    if let latest, latest.number == AWSSecond.number(of: date) { return latest }
    let second = AWSSecond(date)
    latest = second
    return second
  }

  /// Puts `state` in the place of the newest, as the next change.
  mutating func change(to state: EmulatorState) {
    numbered.state = state
    numbered.number += 1
    shared = nil
  }

  /// Changes the newest state in place.
  mutating func change(_ body: (inout EmulatorState) -> Void) {
    shared = nil
    body(&numbered.state)
    numbered.number += 1
  }
}
