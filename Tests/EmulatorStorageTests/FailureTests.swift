import AWSAPI
import Synchronization
import Testing

@testable import Emulator

@Suite("A store that fails")
struct FailureTests {
  /// Keeps rows in memory, and refuses to while it is told to.
  private final class FlakyStore: StateStore {
    struct Full: Error {}
    let isFull = Mutex(false)
    let kept = Mutex<[StateRow: [UInt8]]>([:])

    func apply(_ changes: [StateRow]) throws {
      if isFull.withLock({ $0 }) { throw Full() }
      kept.withLock { kept in
        for var change in changes {
          let value = change.value
          change.value = nil
          kept[change] = value
        }
      }
    }

    func close() {}

    func rows(of map: String, _ body: (String, [UInt8]) throws -> Void) throws {
      for (row, value) in kept.withLock({ $0 }) where row.map == map { try body(row.key, value) }
    }
  }

  @Test("gives errors, takes back what it did not keep, and goes on when there is room again")
  func full() throws {
    let store = FlakyStore()
    let configuration = EmulatorConfiguration(accounts: [.init(id: Scratch.account)])
    let emulator = try Emulator(configuration, keptIn: store)
    let client = try Client(emulator)
    try client.call("iam:CreateUser", ["UserName": "before"])
    store.isFull.withLock { $0 = true }
    #expect(try client.refusal("iam:CreateUser", ["UserName": "lost"]) == "InternalError")
    #expect(emulator.snapshot.accounts[Scratch.account]?.users[NameKey("lost")] == nil)
    // Reading what is kept goes on.
    try client.call("iam:GetUser", ["UserName": "before"])
    #expect(try client.refusal("iam:GetUser", ["UserName": "lost"]) == "NoSuchEntity")
    store.isFull.withLock { $0 = false }
    try client.call("iam:CreateUser", ["UserName": "lost"])
    let again = try Emulator(configuration, keptIn: store)
    #expect(again.snapshot.accounts[Scratch.account]?.users.keys.map(\.text).contains("lost") == true)
    let (kept, known) = (try again.snapshot.changes(since: nil), try emulator.snapshot.changes(since: nil))
    #expect(Set(kept.filter { $0.map != "" }) == Set(known.filter { $0.map != "" }))
  }
}
