import FoundationEssentials
import SigV4

/// The codes of virtual MFA devices: RFC 6238 with SHA-1, six digits, 30 seconds.
enum OneTimeCode {
  /// - Returns: `nil` where `seed` is not base32.
  static func code(_ seed: String, _ time: Date) -> String? {
    guard let key = decode(unwrapped(seed)) else { return nil }
    let counter = UInt64(max(0, time.timeIntervalSince1970 / 30))
    let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
    let digest = DigestAlgorithm.sha1.hmac(message, key: key)
    let offset = Int(digest[19] & 15)
    var value: UInt32 = 0
    for byte in digest[offset..<offset + 4] { value = value << 8 | UInt32(byte) }
    let digits = String((value & 0x7FFF_FFFF) % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// IAM hands the base32 seed out in base64; a seed that was typed is base32 itself.
  private static func unwrapped(_ seed: String) -> String {
    guard let bytes = Base64Text.decode(seed), let text = String(validating: bytes, as: UTF8.self), decode(text) != nil
    else { return seed }
    return text
  }

  private static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a")
      case UInt8(ascii: "2")...UInt8(ascii: "7"): value = byte - UInt8(ascii: "2") + 26
      default: return nil
      }
      bits = bits << 5 | UInt32(value)
      count += 5
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(bits >> count & 255))
      }
    }
    return bytes.isEmpty ? nil : bytes
  }
}
