import AWSAPI
import Synchronization

/// Where the rows of a state are kept, so that they outlive the process.
package protocol StateStore: StateRows, AnyObject, Sendable {
  /// Makes these changes, all or none, and returns once they cannot be lost any more.
  /// - Throws: what keeps it from that; then it has made none.
  func apply(_ changes: [StateRow]) throws

  /// Nothing is changed any more; the state that is kept, and its payloads, are to stay.
  func close()
}

/// A state with the number of the change that led to it. Numbers go up and are never used again.
package struct NumberedState: Sendable {
  package var state: EmulatorState
  package var number: UInt64
}

/// Holds answers back until everything they rest on is kept.
///
/// Whoever comes first keeps the newest state, with the changes of all who wait behind it: the store sees the difference
/// between the state it has and the newest one, so the order of changes cannot get lost, and one write to the disk serves
/// many requests. Where the store fails, all changes that are not kept are taken back, and their requests fail.
final class StateKeeper: Sendable {
  private let store: any StateStore
  private let progress: Mutex<Progress>
  /// The newest number that is kept, for those who need not wait.
  private let keptNumber: Atomic<UInt64>
  private let hasLost = Atomic(false)

  private struct Progress {
    /// What the store has. It also holds on to the payloads that the store's rows still refer to.
    var kept: NumberedState
    /// The numbers of changes that were taken back.
    var lost: [ClosedRange<UInt64>] = []
  }

  /// - Parameter kept: the state whose rows `store` has.
  init(_ store: any StateStore, kept: NumberedState) {
    self.store = store
    progress = Mutex(Progress(kept: kept))
    keptNumber = Atomic(kept.number)
  }

  deinit {
    // Before the last state goes, and its payloads with it.
    store.close()
  }

  /// Returns once the change `number` and all before it are kept.
  /// - Parameters:
  ///   - newest: tells the newest state.
  ///   - takeBack: puts the state that is kept in the place of the newest, and returns the number it gets and the
  ///     highest that was lost.
  /// - Throws: `InternalError` where the change could not be kept, whatever the store said.
  func settle(
    _ number: UInt64, newest: () -> NumberedState, takeBack: (EmulatorState) -> (number: UInt64, lost: UInt64)
  ) throws(AWSError) {
    // In this order: a number behind a loss is only seen together with the loss.
    let isKept = number <= keptNumber.load(ordering: .sequentiallyConsistent)
    if isKept, !hasLost.load(ordering: .sequentiallyConsistent) { return }
    // What only the former state referred to is freed after the lock: that may be a lot, and files.
    var former: EmulatorState?
    let isLost = progress.withLock { progress in
      if number > progress.kept.number {
        former = progress.kept.state
        keep(newest(), &progress, takeBack)
      }
      return progress.lost.contains { $0.contains(number) }
    }
    _ = former
    if isLost { throw .notKept }
  }

  private func keep(
    _ newest: NumberedState, _ progress: inout Progress,
    _ takeBack: (EmulatorState) -> (number: UInt64, lost: UInt64)
  ) {
    do {
      let changes = try newest.state.changes(since: progress.kept.state)
      if !changes.isEmpty { try store.apply(changes) }
      progress.kept = newest
    } catch {
      hasLost.store(true, ordering: .sequentiallyConsistent)
      let (number, lost) = takeBack(progress.kept.state)
      progress.lost.append((progress.kept.number + 1)...lost)
      progress.kept.number = number
    }
    keptNumber.store(progress.kept.number, ordering: .sequentiallyConsistent)
  }
}

extension AWSError {
  /// The answer to a request whose change could not be kept: the disk is full or broken.
  static let notKept = AWSError(
    "InternalError", "We encountered an internal error. Please try again. The change could not be kept.", status: 500)
}
