/// What was probably meant by a name that is unknown.
package enum NearestName {
  /// Longer words are nobody's typing error; comparing them would cost the square of their length.
  private static let longestWord = 128

  /// The one of `candidates` that is closest to `word`; `nil` where none is close enough to be a typing error.
  ///
  /// Close are names that differ in case alone, or in few letters added, left out, changed or swapped with a neighbour: one
  /// in words of up to seven letters, then one more for every four. Of equally close ones the first is taken.
  package static func of(_ word: String, among candidates: some Sequence<String>) -> String? {
    let typed = folded(word)
    guard !typed.isEmpty, typed.count <= longestWord else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let name = folded(candidate)
      let limit = min(max(1, min(typed.count, name.count) / 4), (best?.distance ?? .max) - 1)
      guard limit >= 0, name.count <= longestWord, abs(name.count - typed.count) <= limit else { continue }
      let distance = distance(typed, name)
      if distance <= limit { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func folded(_ text: String) -> [UInt8] { text.utf8.map(\.asciiLowercasedLetter) }

  /// The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in right.indices {
        let substituted = last[column] + (left[row] == right[column] ? 0 : 1)
        var cheapest = min(substituted, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cheapest = min(cheapest, beforeLast[column - 1] + 1)
        }
        current.append(cheapest)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}

extension UInt8 {
  fileprivate var asciiLowercasedLetter: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
