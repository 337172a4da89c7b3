/// Makes the ids, keys and secrets that AWS makes.
///
/// Every kind of id has its own sequence, so a scenario that gains a step in the middle does not change the ids of what is
/// made after it. Part of the state, so that a state that is restored goes on where it was.
package struct IdentifierGenerator: Sendable, Codable {
  private var source: EmulatorConfiguration.IdentifierSource
  /// How many ids each sequence has given: a fixed piece of memory, because every request takes an id and a dictionary
  /// that a snapshot shares would be copied each time.
  private var counters = SIMD16<UInt64>()

  /// The kinds of id, each a sequence of its own.
  package enum Sequence: Int, Sendable, Hashable {
    case user, role, group, policy, instanceProfile, longTermKey, temporaryKey, request, s3Request, s3Version, s3Upload,
      administrator, administratorKey, other
  }

  package init(_ source: EmulatorConfiguration.IdentifierSource) {
    self.source = source
  }

  /// Passes over the ids of requests that were answered without a change, after which nothing is kept: there are fewer.
  mutating func passOverRequests() {
    for sequence in [Sequence.request, .s3Request] { counters[sequence.rawValue] += 1 << 40 }
  }

  /// The next `count` bits-worth of words of `sequence`.
  package mutating func words(_ sequence: Sequence) -> IdentifierWords {
    switch source {
    case .random: IdentifierWords(state: 0, isRandom: true)
    case .seeded(let seed): words(sequence, seed: seed)
    }
  }

  /// Those of the next request. Its id is no secret: where ids are random they follow from one random number of the process,
  /// which spares each request the system's randomness.
  package mutating func requestWords(_ sequence: Sequence) -> IdentifierWords {
    switch source {
    case .random: words(sequence, seed: Self.requestSeed)
    case .seeded(let seed): words(sequence, seed: seed)
    }
  }

  private static let requestSeed = UInt64.random(in: 0 ... .max)

  private mutating func words(_ sequence: Sequence, seed: UInt64) -> IdentifierWords {
    let counter = counters[sequence.rawValue]
    counters[sequence.rawValue] = counter + 1
    var words = IdentifierWords(state: seed, isRandom: false)
    let mixed = words.next() ^ (UInt64(sequence.rawValue + 1) &* 0x9E37_79B9_7F4A_7C15)
    words = IdentifierWords(state: mixed, isRandom: false)
    return IdentifierWords(state: words.next() ^ (counter &* 0xD1B5_4A32_D192_ED03), isRandom: false)
  }
}

/// The randomness behind one id: SplitMix64 where ids repeat from run to run, else the system's.
package struct IdentifierWords: RandomNumberGenerator {
  var state: UInt64
  var isRandom: Bool

  package mutating func next() -> UInt64 {
    if isRandom { return RandomWords.next() }
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// `count` characters of `alphabet`, and one behind them where one is given.
  package mutating func text(_ count: Int, of alphabet: StaticString, then end: UInt8? = nil) -> String {
    alphabet.withUTF8Buffer { letters in
      String(unsafeUninitializedCapacity: count + 1) { buffer in
        // A word holds at least ten letters: no alphabet here has more than 64.
        var (word, left) = (UInt64(0), 0)
        // Division by a power of two is a shift, of which each request needs many.
        let shift: UInt64? = letters.count.nonzeroBitCount == 1 ? UInt64(letters.count.trailingZeroBitCount) : nil
        let base = UInt64(letters.count)
        for index in 0..<count {
          if left == 0 { (word, left) = (next(), 10) }
          let letter: UInt64
          if let shift {
            letter = word & (base - 1)
            word >>= shift
          } else {
            (word, letter) = word.quotientAndRemainder(dividingBy: base)
          }
          buffer[index] = letters[Int(letter)]
          left -= 1
        }
        guard let end else { return count }
        buffer[count] = end
        return count + 1
      }
    }
  }
}

extension StaticString {
  /// The letters of AWS's unique ids: base 32, upper case.
  package static let base32: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
  package static let upperAlphanumeric: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
  package static let base64: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  package static let lowerHexadecimal: StaticString = "0123456789abcdef"
}

extension IdentifierGenerator {
  /// A UUID, of the form that the query services' request ids have.
  package mutating func requestID(_ sequence: Sequence) -> String {
    var words = words(sequence)
    return words.requestID()
  }
}

extension IdentifierWords {
  /// The request id of the query services: a UUID.
  package mutating func requestID() -> String {
    let (high, low) = (next(), next())
    return Self.uuid(high, low)
  }

  /// The request id of S3, 16 characters, and its host id.
  package mutating func s3RequestID() -> (request: String, host: String) {
    (text(16, of: .upperAlphanumeric), text(75, of: .base64, then: UInt8(ascii: "=")))
  }

  /// A version 4 UUID of these words.
  private static func uuid(_ high: UInt64, _ low: UInt64) -> String {
    let high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return String(unsafeUninitializedCapacity: 36) { buffer in
      var position = 0
      for (word, other) in [(high, 0), (low, 1)] {
        for nibble in 0..<16 {
          if other == 0 ? (nibble == 8 || nibble == 12) : (nibble == 0 || nibble == 4) {
            buffer[position] = UInt8(ascii: "-")
            position += 1
          }
          let digit = UInt8(truncatingIfNeeded: word >> UInt64((15 - nibble) * 4)) & 15
          buffer[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
          position += 1
        }
      }
      return position
    }
  }
}
