import CChecksums

/// A reflected CRC whose register starts at, and is finished with, all ones: CRC-32, CRC-32C and CRC-64/NVME are of this kind.
///
/// Works on eight bytes a step ("slicing by eight"). The 32-bit ones run in the same 64-bit register, whose upper half they
/// leave at zero, so that all three are one loop. Where the processor multiplies without carries, long runs are folded first.
struct CyclicRedundancyCheck: Sendable {
  /// 32 or 64.
  let width: Int
  /// The polynomial with its bits reversed and without the highest one.
  let polynomial: UInt64
  /// Eight tables of 256: what a byte does to the register, followed by none to seven further bytes of zero.
  private let tables: [UInt64]
  /// What folding needs; `nil` where the processor cannot.
  private let powers: iamdrill_crc_powers?

  init(width: Int, polynomial: UInt64) {
    self.width = width
    self.polynomial = polynomial
    var tables = [UInt64](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var register = UInt64(byte)
      for _ in 0..<8 { register = (register >> 1) ^ (register & 1 == 1 ? polynomial : 0) }
      tables[byte] = register
    }
    for index in 256..<tables.count {
      let before = tables[index - 256]
      tables[index] = tables[Int(before & 0xFF)] ^ (before >> 8)
    }
    self.tables = tables
    func power(_ exponent: Int) -> UInt64 {
      var register: UInt64 = 1 << UInt64(width - 1)
      for _ in 0..<exponent { register = (register >> 1) ^ (register & 1 == 1 ? polynomial : 0) }
      return register << UInt64(64 - width)
    }
    // One less than the bits that a lane moves by, because the product of two reflected lanes stands one bit too low.
    powers =
      iamdrill_crc_can_fold() == 0
      ? nil
      : iamdrill_crc_powers(
        far_early: power(512 + 63), far_late: power(511), near_early: power(128 + 63), near_late: power(127))
  }

  /// Runs from this length on are folded.
  private static let folded = 128

  /// The check of `ISO 3309`, gzip and Ethernet.
  static let crc32 = CyclicRedundancyCheck(width: 32, polynomial: 0xEDB8_8320)
  /// Castagnoli's, as iSCSI (RFC 3720) uses it.
  static let crc32c = CyclicRedundancyCheck(width: 32, polynomial: 0x82F6_3B78)
  /// The 64-bit check of the NVM Express command set, S3's own choice where the client makes none.
  static let crc64nvme = CyclicRedundancyCheck(width: 64, polynomial: 0x9A6C_9329_AC4B_C9B5)

  private var ones: UInt64 { width == 64 ? .max : (1 << UInt64(width)) - 1 }

  /// The check of no bytes.
  var empty: UInt64 { 0 }

  /// The check of some bytes whose check is `check`, followed by `bytes`.
  func update(_ check: UInt64, with bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard var pointer = bytes.baseAddress else { return check }
    var (register, remaining) = (check ^ ones, bytes.count)
    if var powers, remaining >= Self.folded {
      var rest: (UInt64, UInt64) = (0, 0)
      let length = remaining & ~15
      withUnsafeMutableBytes(of: &rest) { rest in
        guard let base = rest.baseAddress else { return }
        iamdrill_crc_fold(
          pointer.assumingMemoryBound(to: UInt8.self), length, register, &powers,
          base.assumingMemoryBound(to: UInt8.self))
        register = tabled(0, UnsafeRawPointer(base), rest.count)
      }
      pointer += length
      remaining -= length
    }
    return tabled(register, pointer, remaining) ^ ones
  }

  /// The register behind `count` bytes, by the tables.
  private func tabled(_ start: UInt64, _ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var (register, pointer, remaining) = (start, bytes, count)
    tables.withUnsafeBufferPointer { tables in
      guard let table = tables.baseAddress else { return }
      while remaining >= 8 {
        let word = register ^ UInt64(littleEndian: pointer.loadUnaligned(as: UInt64.self))
        let near =
          table[0x700 + Int(word & 0xFF)] ^ table[0x600 + Int((word >> 8) & 0xFF)]
          ^ table[0x500 + Int((word >> 16) & 0xFF)] ^ table[0x400 + Int((word >> 24) & 0xFF)]
        let far =
          table[0x300 + Int((word >> 32) & 0xFF)] ^ table[0x200 + Int((word >> 40) & 0xFF)]
          ^ table[0x100 + Int((word >> 48) & 0xFF)] ^ table[Int(word >> 56)]
        register = near ^ far
        pointer += 8
        remaining -= 8
      }
      while remaining > 0 {
        let byte = pointer.load(as: UInt8.self)
        register = table[Int((register ^ UInt64(byte)) & 0xFF)] ^ (register >> 8)
        pointer += 1
        remaining -= 1
      }
    }
    return register
  }

  /// The check of two runs of bytes one after the other, from the check of each and the length of the second.
  ///
  /// A run of bytes multiplies what came before it by `x` to the number of its bits; so a whole object's check follows from
  /// those of its parts, without reading them again.
  func combine(_ first: UInt64, _ second: UInt64, length: Int64) -> UInt64 {
    multiply(power(bytes: UInt64(clamping: length)), first) ^ second
  }

  /// The product of two polynomials modulo ours; the highest bit of a register stands for `x` to the power of 0.
  private func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var (result, shifted, mask): (UInt64, UInt64, UInt64) = (0, right, 1 << UInt64(width - 1))
    while mask != 0 {
      if left & mask != 0 { result ^= shifted }
      shifted = (shifted >> 1) ^ (shifted & 1 == 1 ? polynomial : 0)
      mask >>= 1
    }
    return result
  }

  /// `x` to the power of eight times `bytes`, modulo our polynomial, by squaring.
  private func power(bytes: UInt64) -> UInt64 {
    var result: UInt64 = 1 << UInt64(width - 1)
    var square: UInt64 = 1 << UInt64(width - 1 - 8)
    var remaining = bytes
    while remaining != 0 {
      if remaining & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      remaining >>= 1
    }
    return result
  }

  /// The check as the bytes S3 writes in base64: the most significant first.
  func bytes(of check: UInt64) -> [UInt8] {
    stride(from: width - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: check >> UInt64($0)) }
  }

  /// The check behind those bytes; `nil` where their number is not the width's.
  func check(from bytes: [UInt8]) -> UInt64? {
    bytes.count == width / 8 ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : nil
  }
}
