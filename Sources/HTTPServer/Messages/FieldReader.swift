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
    let name = UnsafeBufferPointer(rebasing: line[..<(line.firstIndex(of: UInt8(ascii: ":")) ?? line.count)])
    // A line that starts with white space would continue the one before (obs-fold); white space before the colon is how
    // requests are smuggled past a proxy.
    guard !name.isEmpty, name.count < line.count, name.allSatisfy(\.isTokenCharacter) else {
      throw RequestFailure("A header field's name is malformed.")
    }
    let value = UnsafeBufferPointer(rebasing: Self.trimmed(line[(name.count + 1)...]))
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == UInt8(ascii: "\t") }) else {
      throw RequestFailure("A header field's value has a control character.")
    }
    if fields.isEmpty { fields.reserveCapacity(Self.usual) }
    let field = HTTPHeaders.Field(name: String(decoding: name, as: UTF8.self), value: Self.text(value))
    try note(field)
    fields.append(field)
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

  private mutating func note(_ field: HTTPHeaders.Field) throws(RequestFailure) {
    // The lengths of the names tell most fields apart from these.
    switch field.name.utf8.count {
    case 4 where field.name.equalsIgnoringASCIICase("Host"): hosts += 1
    case 6 where field.name.equalsIgnoringASCIICase("Expect"):
      guard field.value.equalsIgnoringASCIICase("100-continue") else {
        throw RequestFailure(417, "Only 100-continue can be expected.")
      }
      expectsContinue = true
    case 10 where field.name.equalsIgnoringASCIICase("Connection"): noteConnection(field.value)
    case 14 where field.name.equalsIgnoringASCIICase("Content-Length"): try noteLength(field.value)
    case 17 where field.name.equalsIgnoringASCIICase("Transfer-Encoding"):
      guard !isChunked, field.value.equalsIgnoringASCIICase("chunked") else {
        throw RequestFailure("The transfer coding is not known.")
      }
      isChunked = true
    default: break
    }
  }

  private mutating func noteLength(_ value: String) throws(RequestFailure) {
    guard contentLength == nil, !value.isEmpty, value.utf8.count <= 18,
      value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let length = Int64(value)
    else { throw RequestFailure("A body has one length, in digits.") }
    contentLength = length
  }

  private mutating func noteConnection(_ value: String) {
    var options = connection ?? ConnectionOptions()
    for piece in value.utf8.split(separator: UInt8(ascii: ",")) {
      let option = Substring(piece).filter { $0 != " " && $0 != "\t" }
      if option.equalsIgnoringASCIICase("close") { options.closes = true }
      if option.equalsIgnoringASCIICase("keep-alive") { options.keeps = true }
    }
    connection = options
  }

  private static func trimmed(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let start = value.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start.prefix(0) }
    return start[...last]
  }

  /// The value as text. What is not UTF-8 is Latin-1, as which clients sign and send it.
  private static func text(_ value: UnsafeBufferPointer<UInt8>) -> String {
    if value.allSatisfy({ $0 < 0x80 }) { return String(decoding: value, as: UTF8.self) }
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
