import TestSupport
import Testing

@testable import Emulator

@Suite("CRCs")
struct CyclicRedundancyCheckTests {
  /// A check, the text, and its value: from the catalogue of parametrised CRC algorithms ("check" is that of `123456789`),
  /// the others from RFC 3720, appendix B.4, and AWS's published test values.
  static let vectors: [(name: String, check: CyclicRedundancyCheck, bytes: [UInt8], value: UInt64)] = [
    ("CRC-32 check", .crc32, Array("123456789".utf8), 0xCBF4_3926),
    ("CRC-32 of nothing", .crc32, [], 0),
    ("CRC-32 of a", .crc32, Array("a".utf8), 0xE8B7_BE43),
    ("CRC-32 of a sentence", .crc32, Array("The quick brown fox jumps over the lazy dog".utf8), 0x414F_A339),
    ("CRC-32C check", .crc32c, Array("123456789".utf8), 0xE306_9283),
    ("CRC-32C, 32 bytes of zero", .crc32c, [UInt8](repeating: 0, count: 32), 0x8A91_36AA),
    ("CRC-32C, 32 bytes of ones", .crc32c, [UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
    ("CRC-32C, 32 bytes rising", .crc32c, Array(0..<32), 0x46DD_794E),
    ("CRC-64/NVME check", .crc64nvme, Array("123456789".utf8), 0xAE8B_1486_0A79_9888),
    ("CRC-64/NVME of nothing", .crc64nvme, [], 0),
    ("CRC-64/NVME, 4096 bytes of zero", .crc64nvme, [UInt8](repeating: 0, count: 4096), 0x6482_D367_EB22_B64E),
    ("CRC-64/NVME, 4096 bytes of ones", .crc64nvme, [UInt8](repeating: 0xFF, count: 4096), 0xC0DD_BA73_02EC_A3AC),
  ]

  @Test("known values", arguments: vectors.indices)
  func knownValues(index: Int) {
    let vector = Self.vectors[index]
    let value = vector.bytes.withUnsafeBytes { vector.check.update(vector.check.empty, with: $0) }
    #expect(value == vector.value, "\(vector.name): \(String(value, radix: 16))")
    #expect(vector.check.check(from: vector.check.bytes(of: value)) == value)
  }

  @Test("in pieces and joined from the pieces' values, the same", arguments: [1, 2, 3] as [UInt64])
  func piecesAndCombination(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for check in [CyclicRedundancyCheck.crc32, .crc32c, .crc64nvme] {
      for _ in 0..<60 {
        let bytes = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        let cut = Int.random(in: 0...bytes.count, using: &generator)
        let whole = bytes.withUnsafeBytes { check.update(check.empty, with: $0) }
        let first = bytes[..<cut].withUnsafeBytes { check.update(check.empty, with: $0) }
        let second = bytes[cut...].withUnsafeBytes { check.update(check.empty, with: $0) }
        #expect(bytes[cut...].withUnsafeBytes { check.update(first, with: $0) } == whole)
        #expect(check.combine(first, second, length: Int64(bytes.count - cut)) == whole)
      }
    }
  }

  /// Runs of fewer than 128 bytes are never folded.
  @Test("long runs, which are folded, as in short pieces, which are not", arguments: [1, 2, 3] as [UInt64])
  func folding(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for check in [CyclicRedundancyCheck.crc32, .crc32c, .crc64nvme] {
      for length in Array(120..<300) + [4095, 4096, 4097, 65_536 + 13] {
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        // From an odd place in memory, and from what came before.
        let start = Int.random(in: 0..<16, using: &generator)
        let before = UInt64.random(in: 0...UInt64(UInt32.max), using: &generator)
        let long = bytes[start...].withUnsafeBytes { check.update(before, with: $0) }
        var short = before
        for piece in stride(from: start, to: length, by: 100) {
          short = bytes[piece..<min(piece + 100, length)].withUnsafeBytes { check.update(short, with: $0) }
        }
        #expect(long == short, "CRC-\(check.width), \(length - start) bytes")
      }
    }
  }

  @Test("the wire has the most significant byte first")
  func bytesOnTheWire() {
    #expect(CyclicRedundancyCheck.crc32.bytes(of: 0xCBF4_3926) == [0xCB, 0xF4, 0x39, 0x26])
    #expect(ObjectChecksum(.crc32, [0xCB, 0xF4, 0x39, 0x26]).text == "y/Q5Jg==")
    #expect(ObjectChecksum(.crc32, [0xCB, 0xF4, 0x39, 0x26], type: .composite, partCount: 3).text == "y/Q5Jg==-3")
    #expect(CyclicRedundancyCheck.crc64nvme.check(from: [1, 2, 3]) == nil)
  }
}
