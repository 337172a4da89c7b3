/// As much of DER (X.690) as public keys and signatures need.
enum DER {
  /// A value of this tag.
  static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

  static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, parts.flatMap { $0 }) }

  /// A positive number, from its bytes with the most significant first.
  static func integer(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var content = Array(bytes.drop { $0 == 0 })
    // A first bit would make it negative.
    if content.first.map({ $0 >= 0x80 }) ?? true { content.insert(0, at: 0) }
    return value(0x02, content)
  }

  /// Bytes as a string of bits.
  static func bitString(_ bytes: [UInt8]) -> [UInt8] { value(0x03, [0] + bytes) }

  private static func length(_ count: Int) -> [UInt8] {
    guard count >= 0x80 else { return [UInt8(count)] }
    var bytes: [UInt8] = []
    var rest = count
    while rest > 0 {
      bytes.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    }
    return [0x80 | UInt8(bytes.count)] + bytes
  }

  // What public keys say of their kind (RFC 3279, RFC 5480).
  static let rsaAlgorithm: [UInt8] = [
    0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
  ]

  static func algorithm(of curve: SignatureAlgorithm.Curve) -> [UInt8] {
    let isOnCurve: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
    let name: [UInt8] =
      switch curve {
      case .p256: [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
      case .p384: [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
      }
    return sequence(isOnCurve, name)
  }
}

/// A signature on a curve: two numbers, as tokens and as libcrypto write them.
enum CurveSignature {
  /// From the numbers side by side (RFC 7518, section 3.4); `nil` where they have not the curve's length.
  static func der(_ plain: some Collection<UInt8>, _ curve: SignatureAlgorithm.Curve) -> [UInt8]? {
    let length = curve.coordinateLength
    guard plain.count == 2 * length else { return nil }
    return DER.sequence(DER.integer(plain.prefix(length)), DER.integer(plain.suffix(length)))
  }

  /// To the numbers side by side; `nil` where `der` is no signature on the curve.
  static func plain(_ der: [UInt8], _ curve: SignatureAlgorithm.Curve) -> [UInt8]? {
    var rest = der[...]
    guard rest.popFirst() == 0x30, let length = rest.popFirst(), Int(length) == rest.count else { return nil }
    var plain: [UInt8] = []
    for _ in 0..<2 {
      guard rest.popFirst() == 0x02, let count = rest.popFirst(), Int(count) <= rest.count else { return nil }
      let number = rest.prefix(Int(count)).drop { $0 == 0 }
      rest = rest.dropFirst(Int(count))
      guard number.count <= curve.coordinateLength else { return nil }
      plain += [UInt8](repeating: 0, count: curve.coordinateLength - number.count) + number
    }
    return rest.isEmpty ? plain : nil
  }
}
