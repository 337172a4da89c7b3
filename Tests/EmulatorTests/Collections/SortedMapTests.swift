import TestSupport
import Testing

@testable import Emulator

@Suite("SortedMap")
struct SortedMapTests {
  /// A map and the dictionary it must agree with.
  struct Pair {
    var map = SortedMap<Int, String>()
    var model: [Int: String] = [:]

    func check(_ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
      let expected = model.sorted { $0.key < $1.key }
      #expect(map.count == expected.count, comment, sourceLocation: sourceLocation)
      #expect(map.map(\.key) == expected.map(\.key), comment, sourceLocation: sourceLocation)
      #expect(map.map(\.value) == expected.map(\.value), comment, sourceLocation: sourceLocation)
      #expect(map.first?.key == expected.first?.key, comment, sourceLocation: sourceLocation)
      #expect(map.last?.key == expected.last?.key, comment, sourceLocation: sourceLocation)
      expectWellFormed(map.root, isRoot: true, sourceLocation: sourceLocation)
    }

    /// Every node but the root is at least half full, none is too full, and all leaves are at one depth.
    @discardableResult
    func expectWellFormed(
      _ node: SortedMap<Int, String>.Node, isRoot: Bool = false, sourceLocation: SourceLocation
    ) -> Int {
      #expect(node.slots.count <= SortedMap<Int, String>.Node.maximum, sourceLocation: sourceLocation)
      #expect(isRoot || node.slots.count >= SortedMap<Int, String>.Node.minimum, sourceLocation: sourceLocation)
      #expect(node.slots.allSatisfy { $0.value != nil }, sourceLocation: sourceLocation)
      guard !node.isLeaf else { return 0 }
      #expect(node.children.count == node.slots.count + 1, sourceLocation: sourceLocation)
      let depths = Set(node.children.map { expectWellFormed($0, sourceLocation: sourceLocation) })
      #expect(depths.count == 1, sourceLocation: sourceLocation)
      return (depths.first ?? 0) + 1
    }

    /// One random change by a random way in.
    mutating func change(keys: Int, removing: Int, using generator: inout SeededGenerator) {
      let key = Int.random(in: 0..<keys, using: &generator)
      let value = String(generator.next(), radix: 36)
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<removing:
        #expect(map.removeValue(forKey: key) == model.removeValue(forKey: key))
      case 9:
        map[key]?.append(value)
        model[key]?.append(value)
      case 8:
        map[key, default: "new"].append(value)
        model[key, default: "new"].append(value)
      case 7:
        let replacement = Bool.random(using: &generator) ? value : nil
        map[key] = replacement
        model[key] = replacement
      default:
        #expect(map.updateValue(value, forKey: key) == model.updateValue(value, forKey: key))
      }
    }
  }

  @Test(
    "agrees with a sorted dictionary, and a copy never sees what came after it",
    arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func agreesWithDictionary(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var pair = Pair()
    var snapshots: [Pair] = []
    // Grows first, then shrinks to almost nothing: splits, borrows from both sides, joins and a falling root all happen.
    for removing in [1, 3, 6, 7] {
      for _ in 0..<2_000 { pair.change(keys: 1_500, removing: removing, using: &generator) }
      pair.check("seed \(seed), removing \(removing) of 10")
      snapshots.append(pair)
    }
    for key in pair.model.keys.sorted() {
      #expect(pair.map.removeValue(forKey: key) == pair.model.removeValue(forKey: key))
    }
    pair.check("emptied")
    #expect(pair.map.isEmpty)
    for snapshot in snapshots { snapshot.check("snapshot, seed \(seed)") }
  }

  @Test("reads every key that is there and none that is not", arguments: [0, 1, 31, 32, 33, 1_000, 5_000])
  func reads(size: Int) {
    let map = SortedMap((0..<size).map { ($0 * 2, $0) })
    #expect(map.count == size)
    #expect((-1...(size * 2)).allSatisfy { map[$0] == ($0 >= 0 && $0 < size * 2 && $0 % 2 == 0 ? $0 / 2 : nil) })
  }

  @Test("walks from a lower bound", arguments: [0, 1, 31, 500, 2_000])
  func walksFromLowerBound(size: Int) {
    let map = SortedMap((0..<size).map { ($0 * 2, $0) })
    let all = map.keys
    for bound in stride(from: -1, through: size * 2 + 1, by: 7) {
      #expect(map.elements(from: bound).map(\.key) == all.filter { $0 >= bound })
      #expect(map.elements(after: bound).map(\.key) == all.filter { $0 > bound })
      #expect(map.elements(skipping: { $0 / 10 <= bound / 10 }).map(\.key) == all.filter { $0 / 10 > bound / 10 })
    }
  }

  @Test("a value changed in place is not copied while nobody shares it")
  func changesInPlace() {
    final class Witness {}
    struct Owner { var witness = Witness() }
    var map = SortedMap((0..<500).map { ($0, Owner()) })
    var unique = 0
    for key in 0..<500 {
      if let isUnique = map[key].mutate({ isKnownUniquelyReferenced(&$0.witness) }), isUnique { unique += 1 }
    }
    #expect(unique == 500)
    let copy = map
    #expect(map[7].mutate { isKnownUniquelyReferenced(&$0.witness) } == false)
    #expect(copy.count == 500)
  }

  @Test("maps that are identical in memory are equal, and a change anywhere ends it", arguments: [1, 40, 2_000])
  func identity(size: Int) {
    let map = SortedMap((0..<size).map { ($0, $0) })
    let copy = map
    #expect(map.isIdentical(to: copy))
    for key in stride(from: 0, to: size, by: max(size / 50, 1)) {
      var changed = copy
      changed[key] = -1
      #expect(!changed.isIdentical(to: map), "\(key) changed")
      changed[key] = key
      #expect(changed == map && map.isIdentical(to: copy), "\(key) changed back")
      var shorter = copy
      shorter[key] = nil
      #expect(!shorter.isIdentical(to: map), "\(key) removed")
    }
    #expect(SortedMap<Int, Int>().isIdentical(to: [:]))
  }

  @Test("removing what is not there changes nothing")
  func removesNothing() {
    var map: SortedMap<Int, Int> = [1: 1, 2: 2]
    #expect(map.removeValue(forKey: 3) == nil)
    map[4] = nil
    #expect(map == [1: 1, 2: 2])
    map.removeAll()
    #expect(map.isEmpty && map.first == nil && map.last == nil)
  }
}

extension Optional {
  fileprivate mutating func mutate<R>(_ body: (inout Wrapped) -> R) -> R? {
    guard var wrapped = take() else { return nil }
    defer { self = wrapped }
    return body(&wrapped)
  }
}

@Suite("UTF8Key")
struct UTF8KeyTests {
  @Test("orders by bytes, not by Unicode")
  func ordersByBytes() {
    let composed = UTF8Key("\u{E9}")
    let decomposed = UTF8Key("e\u{301}")
    #expect(composed != decomposed)
    #expect(decomposed < composed)
    #expect(UTF8Key("Z") < "a")
    #expect(UTF8Key("a") < "a/" && UTF8Key("a-") < "a/")
    // UTF-16 would put the surrogates of U+10000 before U+FFFD.
    #expect(UTF8Key("\u{FFFD}") < "\u{10000}")
    #expect(Set([composed, decomposed]).count == 2)
  }

  @Test("is total and agrees with the bytes", arguments: [11, 12, 13] as [UInt64])
  func agreesWithBytes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = ["a", "b", "/", "é", "e\u{301}", "\u{10000}", "ÿ", ""]
    let keys = (0..<300).map { _ in
      UTF8Key(
        (0..<Int.random(in: 0..<9, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "" }
          .joined())
    }
    for (left, right) in zip(keys, keys.reversed()) {
      #expect((left < right) == left.string.utf8.lexicographicallyPrecedes(right.string.utf8))
      #expect((left == right) == (Array(left.string.utf8) == Array(right.string.utf8)))
      #expect(left.hasPrefix(right) == left.string.utf8.starts(with: right.string.utf8))
    }
  }
}
