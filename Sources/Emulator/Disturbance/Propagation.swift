package import FoundationEssentials
import Synchronization

/// The time that IAM takes to make a change known everywhere, which AWS calls eventual consistency.
///
/// Changes are there for whoever reads them at once; who a request comes from and what it may do is judged by what was known a
/// while before. Temporary credentials carry their own proof and are known at once.
package final class Propagation: Sendable {
  /// What IAM says of callers.
  struct Knowledge: Sendable {
    var accounts: SortedMap<String, AccountState>
    var credentials: SortedMap<UTF8Key, Credential>
    var entities: SortedMap<UTF8Key, EntityReference>

    init(_ state: EmulatorState) {
      accounts = state.accounts
      credentials = state.credentials
      entities = state.entities
    }
  }

  private struct State {
    var delay: TimeInterval = 0
    /// What was known up to a point in time, the oldest first.
    var former: [(until: Date, knowledge: Knowledge)] = []
  }

  private let state = Mutex(State())
  private let isInUse = Atomic(false)
  /// The longest delay, in seconds.
  package static let longestDelay: TimeInterval = 86_400

  package init() {}

  /// How long a change takes to be known, in seconds of the emulator's clock.
  package var delay: TimeInterval {
    get { state.withLock { $0.delay } }
    set {
      let delay = min(max(newValue, 0), Self.longestDelay)
      state.withLock { state in
        state.delay = delay
        if delay == 0 { state.former = [] }
      }
      isInUse.store(delay > 0, ordering: .relaxed)
    }
  }

  var isActive: Bool { isInUse.load(ordering: .relaxed) }

  /// Notes what was known until a change at `date`.
  func note(_ knowledge: Knowledge, until date: Date) {
    state.withLock { state in
      guard state.delay > 0 else { return }
      state.former.append((until: date, knowledge: knowledge))
      let limit = date.addingTimeInterval(-state.delay)
      if let first = state.former.firstIndex(where: { $0.until > limit }), first > 0 {
        state.former.removeSubrange(..<first)
      }
    }
  }

  /// Forgets what was: all is known as it is.
  package func forget() { state.withLock { $0.former = [] } }

  /// `present` with what is known of IAM at `now`.
  /// - Parameter key: the access key that the request is signed with.
  func known(_ present: StateSnapshot, at now: Date, key: String?) -> StateSnapshot {
    guard isActive else { return present }
    let knowledge = state.withLock { state in
      let limit = now.addingTimeInterval(-state.delay)
      return state.former.first { $0.until > limit }?.knowledge
    }
    guard let knowledge else { return present }
    var known = present.state
    known.accounts = knowledge.accounts
    known.credentials = knowledge.credentials
    known.entities = knowledge.entities
    if let key = key.map({ UTF8Key($0) }), let credential = present.state.credentials[key], credential.session != nil {
      known.credentials[key] = credential
    }
    return StateSnapshot(known, number: present.number)
  }
}
