// Ids and keys in the forms that AWS gives them (IAM User Guide, "IAM identifiers").
extension IdentifierGenerator {
  /// A unique id: a prefix that tells what it is, and 17 characters.
  package mutating func uniqueID(_ kind: UniqueIDKind) -> String {
    var words = words(kind.sequence)
    return kind.rawValue + words.text(17, of: .base32)
  }

  /// The unique id of an account's administrator, whose sequence is its own so that scenarios' users begin at the first.
  mutating func administratorID() -> String {
    var words = words(.administrator)
    return UniqueIDKind.user.rawValue + words.text(17, of: .base32)
  }

  package mutating func uniqueID(_ kind: EntityKind) -> String {
    switch kind {
    case .user: uniqueID(UniqueIDKind.user)
    case .group: uniqueID(UniqueIDKind.group)
    case .role: uniqueID(UniqueIDKind.role)
    }
  }

  /// What a unique id is of, by its prefix.
  package enum UniqueIDKind: String, Sendable {
    case user = "AIDA"
    case role = "AROA"
    case group = "AGPA"
    case policy = "ANPA"
    case instanceProfile = "AIPA"

    var sequence: Sequence {
      switch self {
      case .user: .user
      case .role: .role
      case .group: .group
      case .policy: .policy
      case .instanceProfile: .instanceProfile
      }
    }
  }

  /// An access key id, `AKIA…` or `ASIA…`, in which the account can be read (see ``AccessKeyID``).
  package mutating func accessKeyID(_ sequence: Sequence, account: String) -> String {
    var words = words(sequence)
    let prefix = sequence == .temporaryKey ? "ASIA" : "AKIA"
    return prefix + AccessKeyID.text(account: UInt64(account) ?? 0, random: words.next())
  }

  /// 40 characters.
  package mutating func secretAccessKey(_ sequence: Sequence) -> String {
    var words = words(sequence)
    return words.text(40, of: .base64)
  }

  /// A session token: opaque, and as long as those that AWS hands out.
  package mutating func sessionToken() -> String {
    var words = words(.temporaryKey)
    return words.text(356, of: .base64)
  }
}

/// The form of an access key id: 16 characters of base 32 behind the prefix, whose bits hold the account.
///
/// AWS documents only that `GetAccessKeyInfo` tells the account of any key; that the account stands in 40 of the 80 bits,
/// behind a leading one, was found out by others and has held for keys made since 2019.
package enum AccessKeyID {
  /// The 16 characters for `account`, told apart by 39 of the bits of `random`.
  static func text(account: UInt64, random: UInt64) -> String {
    let low = random & 0x7F_FFFF_FFFF
    // 80 bits: one that is set, 40 of the account, 39 at random. Five bits a character.
    let alphabet: StaticString = .base32
    return alphabet.withUTF8Buffer { letters in
      String(unsafeUninitializedCapacity: 16) { buffer in
        for index in 0..<16 {
          buffer[index] = letters[Int((0..<5).reduce(0) { $0 << 1 | bit(79 - index * 5 - $1, account, low) })]
        }
        return 16
      }
    }
  }

  private static func bit(_ position: Int, _ account: UInt64, _ low: UInt64) -> UInt64 {
    if position == 79 { return 1 }
    return position >= 39 ? account >> UInt64(position - 39) & 1 : low >> UInt64(position) & 1
  }

  /// The account that stands in the key id; `nil` for what is not of that form.
  package static func account(of id: String) -> String? {
    let bytes = Array(id.utf8)
    guard bytes.count == 20, id.hasPrefix("AKIA") || id.hasPrefix("ASIA") else { return nil }
    var bits: UInt64 = 0
    // The first nine characters are 45 bits: the leading one, the account, and four that are not needed.
    for byte in bytes[4..<13] {
      guard let value = digit(byte) else { return nil }
      bits = bits << 5 | value
    }
    guard bytes[13...].allSatisfy({ digit($0) != nil }), bits >> 44 == 1 else { return nil }
    let account = bits >> 4 & 0xFF_FFFF_FFFF
    guard account < 1_000_000_000_000 else { return nil }
    let digits = String(account)
    return String(repeating: "0", count: 12 - digits.utf8.count) + digits
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "2")...UInt8(ascii: "7"): UInt64(byte - UInt8(ascii: "2")) + 26
    default: nil
    }
  }
}

extension IdentifierGenerator {
  /// `count` bytes of a key.
  mutating func bytes(_ count: Int) -> [UInt8] {
    var words = words(.other)
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: words.next() >> 32) }
  }

  /// `count` lower-case letters and digits, as organizations' ids have them.
  mutating func lowercaseID(_ count: Int) -> String {
    var words = words(.other)
    return words.text(count, of: "abcdefghijklmnopqrstuvwxyz0123456789")
  }
}
