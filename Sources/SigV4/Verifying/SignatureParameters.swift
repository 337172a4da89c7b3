import HTTP

/// What an `Authorization` header says behind its algorithm; a parameter that it does not have is empty.
struct HeaderParameters {
  var credential = ""
  var signedHeaders = ""
  var signature = ""

  var isIncomplete: Bool { credential.isEmpty || signature.isEmpty || signedHeaders.isEmpty }

  static func read(_ header: String) throws(SignatureFailure) -> HeaderParameters {
    let result = header.withBytes { bytes -> Result<HeaderParameters, SignatureFailure> in
      let space = bytes.end(before: UInt8(ascii: " "))
      guard bytes.part(..<space).isText("AWS4-HMAC-SHA256") else {
        return .failure(.unsupportedAlgorithm(String(decoding: bytes[..<space], as: UTF8.self), .header))
      }
      var parameters = HeaderParameters()
      var position = space
      while position < bytes.count {
        let end = bytes.end(before: UInt8(ascii: ","), from: position)
        let piece = bytes[position..<end]
        position = end + 1
        guard piece.isEmpty || parameters.take(trimmed(piece)) else {
          return .failure(.notAPair(piece: String(decoding: trimmed(piece), as: UTF8.self), header: header))
        }
      }
      return .success(parameters)
    }
    return try result.get()
  }

  /// - Returns: `false` where the piece is not of the form `name=value`.
  private mutating func take(_ pair: UnsafeBufferPointer<UInt8>) -> Bool {
    let equals = pair.end(before: UInt8(ascii: "="))
    guard equals < pair.count else { return false }
    let (name, value) = (pair.part(..<equals), pair.part((equals + 1)...))
    if name.isText("Credential") {
      credential = String(decoding: value, as: UTF8.self)
    } else if name.isText("SignedHeaders") {
      signedHeaders = String(decoding: value, as: UTF8.self)
    } else if name.isText("Signature") {
      signature = String(decoding: value, as: UTF8.self)
    }
    return true
  }

  private static func trimmed(_ piece: Slice<UnsafeBufferPointer<UInt8>>) -> UnsafeBufferPointer<UInt8> {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let start = piece.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else {
      return UnsafeBufferPointer(rebasing: start.prefix(0))
    }
    return UnsafeBufferPointer(rebasing: start[...last])
  }
}

/// The parts of a credential, `key/day/region/service/aws4_request`; those that are not there are empty.
struct CredentialParts {
  var accessKeyID = ""
  var day = ""
  var region = ""
  var service = ""
  var terminator = ""
  /// How many there are; there may be more than belong there.
  var count = 0

  init(_ credential: String) {
    credential.withBytes { bytes in
      var start = 0
      while start <= bytes.count {
        let end = bytes.end(before: UInt8(ascii: "/"), from: start)
        add(String(decoding: bytes.part(start..<end), as: UTF8.self))
        start = end + 1
      }
    }
  }

  private mutating func add(_ part: String) {
    switch count {
    case 0: accessKeyID = part
    case 1: day = part
    case 2: region = part
    case 3: service = part
    case 4: terminator = part
    default: break
    }
    count += 1
  }
}

/// The `X-Amz-…` parameters of a query string; all the others, in whatever encoding, do not matter here.
struct SignatureQuery {
  private var values: [String: String] = [:]

  /// - Returns: `nil` where none of them says that the request is signed in its query.
  init?(target: String) {
    target.withBytes { target in
      var start = target.end(before: UInt8(ascii: "?")) + 1
      while start < target.count {
        let end = target.end(before: UInt8(ascii: "&"), from: start)
        if target[start] == UInt8(ascii: "X") { take(target.part(start..<end)) }
        start = end + 1
      }
    }
    guard !values.isEmpty else { return nil }
    let telling = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"]
    guard telling.contains(where: { values[$0] != nil }) else { return nil }
  }

  /// Takes a parameter up, unless there was one of its name before.
  private mutating func take(_ piece: UnsafeBufferPointer<UInt8>) {
    let equals = piece.end(before: UInt8(ascii: "="))
    let name = String(decoding: PercentEncoding.decode(bytes: piece[..<equals]), as: UTF8.self)
    guard name.hasPrefix("X-Amz-"), values[name] == nil else { return }
    values[name] = String(decoding: PercentEncoding.decode(bytes: piece[equals...].dropFirst()), as: UTF8.self)
  }

  subscript(name: String) -> String? { values[name] }
}
