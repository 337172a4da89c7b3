import HTTP
import JSON
import Synchronization
import XML

/// The one place that all output passes: it knows every secret that was seen, in each form in which text may carry it.
package final class Redactor: Sendable {
  private let needles = Mutex<[[UInt8]]>([])
  package static let mask = "****"
  /// Shorter texts are no secrets: replacing them would tear other words apart.
  private static let shortest = 6

  package init() {}

  /// Keeps `secret` out of everything that is written from now on.
  package func add(_ secret: String) {
    guard secret.utf8.count >= Self.shortest else { return }
    let forms = Self.forms(of: secret)
    needles.withLock { needles in
      for form in forms where !needles.contains(form) { needles.append(form) }
      // A secret within another one must not leave the longer one's rest.
      needles.sort { $0.count > $1.count }
    }
  }

  /// `text` with every secret masked.
  package func redact(_ text: String) -> String {
    let needles = needles.withLock { $0 }
    guard !needles.isEmpty else { return text }
    var bytes = Array(text.utf8)
    for needle in needles { Self.replace(needle, in: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func replace(_ needle: [UInt8], in bytes: inout [UInt8]) {
    guard var found = position(of: needle, in: bytes, from: 0) else { return }
    var result: [UInt8] = []
    var start = 0
    while true {
      result += bytes[start..<found]
      result += mask.utf8
      start = found + needle.count
      guard let next = position(of: needle, in: bytes, from: start) else { break }
      found = next
    }
    result += bytes[start...]
    bytes = result
  }

  private static func position(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        guard bytes.count - start >= needle.count else { return nil }
        let (first, last) = (needle[0], needle[needle.count - 1])
        var index = start
        let end = bytes.count - needle.count
        while index <= end {
          if bytes[index] == first, bytes[index + needle.count - 1] == last,
            (1..<needle.count).allSatisfy({ bytes[index + $0] == needle[$0] })
          {
            return index
          }
          index += 1
        }
        return nil
      }
    }
  }

  /// The secret as it is, and as URLs, JSON, XML and base64 carry it.
  private static func forms(of secret: String) -> Set<[UInt8]> {
    let once = PercentEncoding.encode(secret)
    var json: [UInt8] = []
    JSONValue.write(secret, to: &json)
    var xml = XMLWriter()
    xml.text(secret)
    var forms: Set<[UInt8]> = [
      Array(secret.utf8), Array(once.utf8), Array(PercentEncoding.encode(once).utf8),
      Array(PercentEncoding.encode(secret, keeping: "/").utf8), Array(json.dropFirst().dropLast()), xml.bytes,
      Array(json.dropFirst().dropLast().split(separator: UInt8(ascii: "/")).joined(separator: Array("\\/".utf8))),
      Array(
        secret.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).joined(separator: [0x2B])),
    ]
    for offset in 0..<3 {
      // What surrounds the secret in a base64 text moves it by up to two bytes and mixes into its first and last digits.
      let digits = Base64Text.encode([UInt8](repeating: 0, count: offset) + Array(secret.utf8))
      let inner = digits.dropFirst(offset == 0 ? 0 : offset + 1).prefix { $0 != UInt8(ascii: "=") }
      if inner.count > 12 { forms.insert(Array(inner.dropLast(1))) }
    }
    return forms.filter { $0.count >= shortest }
  }
}

/// Standard base64.
enum Base64Text {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count): (UInt32, UInt32) = (0, 0)
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let value = digits.firstIndex(of: byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(bits >> count & 255))
      }
    }
    return bytes
  }

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var value: UInt32 = 0
      for byte in group { value = value << 8 | UInt32(byte) }
      value <<= UInt32(8 * (3 - group.count))
      for index in 0..<4 {
        result.append(index <= group.count ? digits[Int(value >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
      }
    }
    return result
  }
}
