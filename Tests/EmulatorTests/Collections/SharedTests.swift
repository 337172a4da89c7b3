import FoundationEssentials
import Testing

@testable import Emulator

@Suite("Values in a box that copies share")
struct SharedTests {
  @Test("a change is seen by one copy alone, and made in place where there is none")
  func copies() {
    var first = Shared([1, 2, 3])
    let second = first
    first.value.append(4)
    #expect(first.value == [1, 2, 3, 4])
    #expect(second.value == [1, 2, 3])
    let place = first.value.withUnsafeBufferPointer { $0.baseAddress }
    first.value[0] = 9
    #expect(first.value.withUnsafeBufferPointer { $0.baseAddress } == place)
    #expect(second.value == [1, 2, 3])
  }

  @Test("what is in the box goes with the last copy")
  func lifetime() {
    final class Probe: Sendable {}
    weak var probe: Probe?
    var copies: [Shared<Probe?>] = []
    do {
      let strong = Probe()
      probe = strong
      copies = [Shared(strong)]
      copies.append(copies[0])
    }
    copies[0].value = nil
    #expect(probe != nil)
    copies.removeAll()
    #expect(probe == nil)
  }

  @Test("a state and its copies share their tables until one of them changes")
  func states() {
    var state = EmulatorState(identifiers: IdentifierGenerator(.seeded(1)))
    let snapshot = state
    state.accounts["111111111111"] = AccountState(id: "111111111111", createDate: .init(timeIntervalSince1970: 0))
    state.clockAdvance = 5
    #expect(snapshot.accounts.isEmpty)
    #expect(snapshot.clockAdvance == 0)
    #expect(state.accounts.count == 1)
  }
}
