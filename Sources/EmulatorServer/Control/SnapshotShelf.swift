import Emulator
import Synchronization

/// States that can be gone back to. A state is a value that shares what did not change, so keeping one costs little.
final class SnapshotShelf: Sendable {
  /// What there was when the server started.
  let initial: EmulatorState
  static let capacity = 64
  private let shelf = Mutex<(next: Int, states: [String: EmulatorState])>((next: 1, states: [:]))

  init(initial: EmulatorState) { self.initial = initial }

  subscript(id: String) -> EmulatorState? { shelf.withLock { $0.states[id] } }

  /// - Returns: the id to go back by; `nil` where there is no room.
  func add(_ state: EmulatorState) -> String? {
    shelf.withLock { shelf in
      guard shelf.states.count < Self.capacity else { return nil }
      let id = String(shelf.next)
      shelf.next += 1
      shelf.states[id] = state
      return id
    }
  }

  func remove(_ id: String) -> Bool {
    shelf.withLock { $0.states.removeValue(forKey: id) } != nil
  }
}
