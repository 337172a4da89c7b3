/// Takes the bytes of a body out of what comes behind a head.
struct BodyDecoder {
  private enum State {
    case counted(remaining: Int64)
    case chunkSize
    case chunk(remaining: Int64)
    case chunkEnd
    case trailer
    case end
  }

  private var state: State
  private let limits: ServerLimits
  /// The bytes that were taken out so far.
  private(set) var decoded: Int64 = 0
  private var trailerBytes = 0

  init(_ framing: BodyFraming, limits: ServerLimits) {
    self.limits = limits
    state =
      switch framing {
      case .length(0): .end
      case .length(let length): .counted(remaining: length)
      case .chunked: .chunkSize
      }
  }

  var isComplete: Bool {
    if case .end = state { return true }
    return false
  }

  /// The bytes that are still to come and lie on the wire as they are; 0 where the next are not bytes of the body.
  var plainBytes: Int64 {
    switch state {
    case .counted(let remaining), .chunk(let remaining): remaining
    default: 0
    }
  }

  /// Notes that `count` of the ``plainBytes`` were read past this decoder.
  mutating func skip(_ count: Int) throws(RequestFailure) {
    decoded += Int64(count)
    guard decoded <= limits.bodyBytes else { throw .bodyTooLarge }
    switch state {
    case .counted(let remaining):
      state = remaining == Int64(count) ? .end : .counted(remaining: remaining - Int64(count))
    case .chunk(let remaining):
      state = remaining == Int64(count) ? .chunkEnd : .chunk(remaining: remaining - Int64(count))
    default: break
    }
  }

  /// Moves what `input` has of the body to `output`, at most until that holds `limit` bytes.
  mutating func decode(
    _ input: inout InputBuffer, into output: inout [UInt8], limit: Int = .max
  ) throws(RequestFailure) {
    while !isComplete {
      if plainBytes > 0 {
        let count = Int(min(plainBytes, Int64(min(input.count, limit - output.count))))
        guard count > 0 else { return }
        input.withBytes { output.append(contentsOf: $0[..<count]) }
        input.consume(count)
        try skip(count)
      } else {
        guard let line = try takeLine(&input) else { return }
        try read(line)
      }
    }
  }

  private func takeLine(_ input: inout InputBuffer) throws(RequestFailure) -> [UInt8]? {
    let found = input.withBytes { bytes -> (line: [UInt8], end: Int)? in
      guard let end = bytes.prefix(limits.chunkLineBytes).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      return (Array(bytes[..<end]), end)
    }
    guard let found else {
      guard input.count < limits.chunkLineBytes else { throw .malformedChunk }
      return nil
    }
    guard found.line.last == UInt8(ascii: "\r") else { throw .malformedChunk }
    input.consume(found.end + 1)
    return found.line.dropLast()
  }

  private mutating func read(_ line: [UInt8]) throws(RequestFailure) {
    switch state {
    case .chunkSize:
      let size = try Self.size(line)
      state = size == 0 ? .trailer : .chunk(remaining: size)
    case .chunkEnd:
      guard line.isEmpty else { throw .malformedChunk }
      state = .chunkSize
    case .trailer:
      // Fields behind a body are not signed, so nobody goes by them.
      trailerBytes += line.count + 2
      guard trailerBytes <= limits.trailerBytes else { throw .malformedChunk }
      if line.isEmpty { state = .end }
    case .counted, .chunk, .end: break
    }
  }

  /// The size before a chunk; extensions behind it are passed over.
  private static func size(_ line: [UInt8]) throws(RequestFailure) -> Int64 {
    let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    let isHex = digits.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
    let rest = line[digits.endIndex...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard isHex, (1...15).contains(digits.count), rest.isEmpty || rest.first == UInt8(ascii: ";"),
      line.allSatisfy({ $0 >= 0x20 || $0 == UInt8(ascii: "\t") }),
      let size = Int64(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw .malformedChunk }
    return size
  }
}
