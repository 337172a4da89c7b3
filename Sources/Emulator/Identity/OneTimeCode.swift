import FoundationEssentials
import SigV4

/// The codes that a virtual MFA device shows: RFC 6238 with SHA-1, six digits, a new one every 30 seconds.
package enum OneTimeCode {
  /// Seconds that a code is shown.
  static let step = 30.0
  /// How many steps a device's clock may be off, either way.
  static let allowedDrift = 1

  static func counter(at date: Date) -> UInt64 {
    UInt64(max(0, date.timeIntervalSince1970 / step))
  }

  /// The code of a device with this key, as a number of six digits.
  package static func code(key: [UInt8], counter: UInt64) -> String {
    let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
    let digest = DigestAlgorithm.sha1.hmac(message, key: key)
    let offset = Int(digest[19] & 15)
    let value = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let digits = String(value % 1_000_000)
    return String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  /// The step at which a device with this key shows `code`, near to `date`; `nil` where it shows another.
  static func counter(of code: String, key: [UInt8], near date: Date) -> UInt64? {
    let now = counter(at: date)
    let range = now - min(now, UInt64(allowedDrift))...now + UInt64(allowedDrift)
    return range.first { CryptoBytes.areEqual(self.code(key: key, counter: $0), code) }
  }

  /// Base 32 (RFC 4648) without padding, in which people copy keys.
  static func base32(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    let letters: StaticString = .base32
    letters.withUTF8Buffer { letters in
      for byte in bytes {
        bits = bits << 8 | UInt32(byte)
        count += 8
        while count >= 5 {
          count -= 5
          text.append(letters[Int(bits >> UInt32(count) & 31)])
        }
      }
      if count > 0 { text.append(letters[Int(bits << UInt32(5 - count) & 31)]) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
