import HTTP

/// Reads the fields of a head, and keeps of them what the server itself goes by.
struct FieldReader {
  private(set) var fields: [HTTPHeaders.Field] = []
  private(set) var hosts = 0
  private(set) var expectsContinue = false
  private(set) var connection: ConnectionOptions?
  private var contentLength: Int64?
  private var isChunked = false
  /// Room for the fields that clients of AWS send.
  private static let usual = 12

  /// What a `Connection` field asks for.
  struct ConnectionOptions {
    var closes = false
    var keeps = false

    func keepsAlive(default isCurrent: Bool) -> Bool { closes ? false : keeps || isCurrent }
  }

  /// Reads one line.
  mutating func read(_ line: UnsafeBufferPointer<UInt8>, limits: ServerLimits) throws(RequestFailure) {
    guard fields.count < limits.fields else { throw .headTooLarge }
    // A line that starts with white space would continue the one before (obs-fold); white space before the colon is how
    // requests are smuggled past a proxy. A colon is no character of a token, so the first of either ends the name.
    let end = line.firstIndex { !$0.isTokenCharacter } ?? line.count
    guard end > 0, end < line.count, line[end] == UInt8(ascii: ":") else {
      throw RequestFailure("A header field's name is malformed.")
    }
    let (name, value) = (line.part(..<end), Self.trimmed(line[(end + 1)...]))
    let text = try Self.text(value)
    try note(name, value)
    if fields.isEmpty { fields.reserveCapacity(Self.usual) }
    fields.append(HTTPHeaders.Field(name: String(decoding: name, as: UTF8.self), value: text))
  }

  /// How the body ends.
  func framing(isCurrent: Bool, limits: ServerLimits) throws(RequestFailure) -> BodyFraming {
    guard isChunked else {
      let length = contentLength ?? 0
      guard length <= limits.bodyBytes else { throw .bodyTooLarge }
      return .length(length)
    }
    guard contentLength == nil else { throw RequestFailure("A body has either a length or a transfer coding.") }
    guard isCurrent else { throw RequestFailure("HTTP/1.0 has no transfer codings.") }
    return .chunked
  }

  private mutating func note(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) throws(RequestFailure) {
    // The lengths of the names tell most fields apart from these.
    switch name.count {
    case 4 where name.equalsIgnoringASCIICase("host"): hosts += 1
    case 6 where name.equalsIgnoringASCIICase("expect"):
      guard value.equalsIgnoringASCIICase("100-continue") else {
        throw RequestFailure(417, "Only 100-continue can be expected.")
      }
      expectsContinue = true
    case 10 where name.equalsIgnoringASCIICase("connection"): noteConnection(value)
    case 14 where name.equalsIgnoringASCIICase("content-length"): try noteLength(value)
    case 17 where name.equalsIgnoringASCIICase("transfer-encoding"):
      guard !isChunked, value.equalsIgnoringASCIICase("chunked") else {
        throw RequestFailure("The transfer coding is not known.")
      }
      isChunked = true
    default: break
    }
  }

  private mutating func noteLength(_ value: UnsafeBufferPointer<UInt8>) throws(RequestFailure) {
    guard contentLength == nil, (1...18).contains(value.count),
      value.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { throw RequestFailure("A body has one length, in digits.") }
    contentLength = value.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private mutating func noteConnection(_ value: UnsafeBufferPointer<UInt8>) {
    var options = connection ?? ConnectionOptions()
    for piece in value.split(separator: UInt8(ascii: ",")) {
      piece.filter { !Self.isSpace($0) }.withUnsafeBufferPointer { option in
        if option.equalsIgnoringASCIICase("close") { options.closes = true }
        if option.equalsIgnoringASCIICase("keep-alive") { options.keeps = true }
      }
    }
    connection = options
  }

  private static func trimmed(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (value.startIndex, value.endIndex)
    while start < end, isSpace(value[start]) { start += 1 }
    while start < end, isSpace(value[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: value[start..<end])
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// The value as text. What is not UTF-8 is Latin-1, as which clients sign and send it.
  private static func text(_ value: UnsafeBufferPointer<UInt8>) throws(RequestFailure) -> String {
    if value.isPrintable { return String(decoding: value, as: UTF8.self) }
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == UInt8(ascii: "\t") }) else {
      throw RequestFailure("A header field's value has a control character.")
    }
    return String(validating: value, as: UTF8.self)
      ?? String(String.UnicodeScalarView(value.map { Unicode.Scalar($0) }))
  }
}

extension UInt8 {
  /// Whether the byte may stand in a method or in a field's name (RFC 9110, section 5.6.2): a letter, a digit or one of
  /// ``!#$%&'*+-.^_`|~``.
  var isTokenCharacter: Bool {
    // A bit for each byte up to 63, and for each up to 127.
    let set: UInt64 = self < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
    return self < 128 && set >> UInt64(self & 63) & 1 == 1
  }
}
