package import FoundationEssentials
import Synchronization

/// Keeps what runs are about to make, made, and took back.
///
/// Every method returns only when what it wrote would survive the end of the process.
package protocol LedgerStore: Sendable {
  /// Notes that a run begins, and holds it as running until ``end(_:)`` or the end of the process.
  func begin(_ run: LedgerRun) throws(Problem)
  func end(_ run: RunID) throws(Problem)
  /// Notes what is about to be made.
  /// - Returns: the entry's id.
  func intend(_ entry: LedgerEntry) throws(Problem) -> Int64
  /// Notes what became of it.
  func settle(_ id: Int64, _ state: LedgerEntry.State, inverse: LedgerEntry.Inverse?) throws(Problem)
  /// The runs at `place` that are not known to have left nothing, the oldest first.
  func openRuns(at place: String) throws(Problem) -> [LedgerRun]
  /// What `run` may have left behind, in the order in which it was made.
  func openEntries(of run: RunID) throws(Problem) -> [LedgerEntry]
  /// Whether a process still carries the run on.
  func isRunning(_ run: RunID) throws(Problem) -> Bool
}

/// A run as its ledger knows it.
package struct LedgerRun: Sendable {
  package var id: RunID
  package var scenario: String
  package var target: String
  package var place: String
  package var time: Date

  package init(id: RunID, scenario: String, target: String, place: String, time: Date) {
    self.id = id
    self.scenario = scenario
    self.target = target
    self.place = place
    self.time = time
  }
}

/// A ledger that ends with the process.
package final class MemoryLedger: LedgerStore {
  private struct State {
    var runs: [LedgerRun] = []
    var entries: [LedgerEntry] = []
    var running: Set<RunID> = []
  }
  private let state = Mutex(State())

  package init() {}

  package func begin(_ run: LedgerRun) {
    state.withLock { state in
      state.runs.append(run)
      state.running.insert(run.id)
    }
  }

  package func end(_ run: RunID) {
    state.withLock { state in
      state.running.remove(run)
      let isOpen = state.entries.contains { $0.run == run && ($0.state == .made || $0.state == .intended) }
      if !isOpen { state.runs.removeAll { $0.id == run } }
    }
  }

  package func intend(_ entry: LedgerEntry) -> Int64 {
    state.withLock { state in
      var entry = entry
      entry.id = Int64(state.entries.count) + 1
      state.entries.append(entry)
      return entry.id
    }
  }

  package func settle(_ id: Int64, _ newState: LedgerEntry.State, inverse: LedgerEntry.Inverse?) {
    state.withLock { state in
      guard state.entries.indices.contains(Int(id) - 1) else { return }
      state.entries[Int(id) - 1].state = newState
      if let inverse { state.entries[Int(id) - 1].inverse = inverse }
    }
  }

  package func openRuns(at place: String) -> [LedgerRun] {
    state.withLock { $0.runs.filter { $0.place == place } }
  }

  package func openEntries(of run: RunID) -> [LedgerEntry] {
    state.withLock { $0.entries.filter { $0.run == run && ($0.state == .made || $0.state == .intended) } }
  }

  package func isRunning(_ run: RunID) -> Bool { state.withLock { $0.running.contains(run) } }

  /// What happens to whoever held the runs of this process: they are not carried on any more.
  package func abandon() { state.withLock { $0.running.removeAll() } }
}
