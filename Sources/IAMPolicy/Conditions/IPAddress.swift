/// An address of version 4 or 6, as its bytes.
struct IPAddress: Sendable, Hashable {
  let bytes: [UInt8]

  init?(_ text: String) {
    guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else { return nil }
    self.bytes = bytes
  }

  /// Four numbers of up to three digits.
  private static func version4(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4)
    var (value, digits) = (0, 0)
    func end() -> Bool {
      guard (1...3).contains(digits), value <= 255, bytes.count < 4 else { return false }
      bytes.append(UInt8(value))
      (value, digits) = (0, 0)
      return true
    }
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") {
        guard end() else { return nil }
      } else {
        guard ASCII.isDigit(byte), digits < 3 else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
      }
    }
    return end() && bytes.count == 4 ? bytes : nil
  }

  private static func version6(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard let gap = (0..<max(0, bytes.count - 1)).first(where: { bytes[$0] == 0x3A && bytes[$0 + 1] == 0x3A }) else {
      guard let all = groups(text[...]), all.count == 16 else { return nil }
      return all
    }
    guard let left = groups(text.utf8.prefix(gap)), let right = groups(text.utf8.dropFirst(gap + 2)) else { return nil }
    // `::` stands for at least one group.
    guard left.count + right.count <= 14 else { return nil }
    return left + [UInt8](repeating: 0, count: 16 - left.count - right.count) + right
  }

  private static func groups(_ text: Substring.UTF8View) -> [UInt8]? { groups(Substring(text)) }

  /// Groups of up to four hexadecimal digits, the last of which may be an address of version 4.
  private static func groups(_ text: Substring) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(".") {
        guard let tail = version4(String(part)) else { return nil }
        bytes += tail
        continue
      }
      guard (1...4).contains(part.utf8.count), part.first != "+", let value = UInt16(part, radix: 16) else {
        return nil
      }
      bytes += [UInt8(value >> 8), UInt8(value & 255)]
    }
    return bytes
  }
}

/// A range of addresses, `203.0.113.0/24`; an address alone is a range of one.
struct IPNetwork: Sendable, Hashable {
  private let address: IPAddress
  private let length: Int

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let address = IPAddress(String(parts[0])) else { return nil }
    let bits = address.bytes.count * 8
    guard parts.count == 2 else {
      (self.address, length) = (address, bits)
      return
    }
    guard parts[1].utf8.allSatisfy(ASCII.isDigit), let length = Int(parts[1]), length <= bits else { return nil }
    (self.address, self.length) = (address, length)
  }

  /// Whether `other` lies in the range. An address of the other version does not.
  func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    for index in 0..<address.bytes.count {
      let bits = min(8, max(0, length - index * 8))
      let mask = bits == 0 ? 0 : UInt8.max << UInt8(8 - bits)
      if (address.bytes[index] ^ other.bytes[index]) & mask != 0 { return false }
    }
    return true
  }
}
