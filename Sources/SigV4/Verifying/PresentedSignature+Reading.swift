import FoundationEssentials
package import HTTP

extension PresentedSignature {
  /// What `request` presents; `nil` where it is not signed at all.
  /// - Throws: ``SignatureFailure`` where it is signed, but not in the way that AWS reads.
  package static func read(from request: HTTPRequest) throws(SignatureFailure) -> PresentedSignature? {
    let headers = request.headers.values("Authorization")
    let query = SignatureQuery(of: request)
    switch (headers.first, query) {
    case (nil, nil): return nil
    case (let header?, nil) where headers.count == 1: return try PresentedSignature(header: header, of: request)
    case (nil, let query?): return try PresentedSignature(query: query)
    default: throw .signedTwice
    }
  }

  /// The service that `request` says it is signed for, however badly the rest is signed: on an endpoint that serves many,
  /// it tells which of them words the answer.
  package static func claimedService(of request: HTTPRequest) -> String? {
    let credential = request.headers["Authorization"].map { header in
      header.split { $0 == " " || $0 == "," }.first { $0.hasPrefix("Credential=") }?.dropFirst("Credential=".count)
    }
    guard let credential = credential ?? SignatureQuery(of: request)?["X-Amz-Credential"].map({ $0[...] }) else {
      return nil
    }
    let parts = credential.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 3 ? String(parts[3]) : nil
  }

  private static let algorithm = "AWS4-HMAC-SHA256"

  private init(header: String, of request: HTTPRequest) throws(SignatureFailure) {
    let bytes = Array(header.utf8)
    let algorithm = bytes.prefix { $0 != UInt8(ascii: " ") }
    guard algorithm.elementsEqual(Self.algorithm.utf8) else {
      throw .unsupportedAlgorithm(String(decoding: algorithm, as: UTF8.self), .header)
    }
    var credential = "", signedHeaders = "", signature = ""
    var position = algorithm.endIndex
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: UInt8(ascii: ",")) ?? bytes.count
      let piece = bytes[position..<end]
      position = end + 1
      guard !piece.isEmpty else { continue }
      let pair = Self.trimmed(piece)
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else {
        throw .notAPair(piece: String(decoding: pair, as: UTF8.self), header: header)
      }
      let value = String(decoding: pair[equals...].dropFirst(), as: UTF8.self)
      switch String(decoding: pair[..<equals], as: UTF8.self) {
      case "Credential": credential = value
      case "SignedHeaders": signedHeaders = value
      case "Signature": signature = value
      default: continue
      }
    }
    let (amazonDate, date) = (request.headers["X-Amz-Date"], request.headers["Date"])
    let stamp = amazonDate ?? date ?? ""
    if credential.isEmpty || signature.isEmpty || signedHeaders.isEmpty || stamp.isEmpty {
      let required = [
        ("Credential", credential), ("Signature", signature), ("SignedHeaders", signedHeaders), ("X-Amz-Date", stamp),
      ]
      throw .missingParameters(required.filter(\.1.isEmpty).map(\.0), header: header)
    }
    try self.init(
      credential: credential, signedHeaders: signedHeaders, signature: signature, date: stamp,
      isHTTPDate: amazonDate == nil, token: request.headers["X-Amz-Security-Token"], place: .header)
  }

  private init(query: SignatureQuery) throws(SignatureFailure) {
    if let algorithm = query["X-Amz-Algorithm"], algorithm != Self.algorithm {
      throw .unsupportedAlgorithm(algorithm, .query)
    }
    let names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"]
    var missing = names.filter { (query[$0] ?? "").isEmpty }
    let isS3 =
      query["X-Amz-Credential"]?.utf8.split(separator: UInt8(ascii: "/")).dropFirst(3).first
      .map { $0.elementsEqual("s3".utf8) } ?? false
    // IAM and STS do not need it, and do not look at it: such a request lives for 15 minutes.
    if isS3, query["X-Amz-Expires"] == nil { missing.append("X-Amz-Expires") }
    guard missing.isEmpty else { throw .missingParameters(missing, header: nil) }
    try self.init(
      credential: query["X-Amz-Credential"] ?? "", signedHeaders: query["X-Amz-SignedHeaders"] ?? "",
      signature: query["X-Amz-Signature"] ?? "", date: query["X-Amz-Date"] ?? "", isHTTPDate: false,
      token: query["X-Amz-Security-Token"], place: .query)
    guard isS3, let text = query["X-Amz-Expires"] else { return }
    guard let expires = Int(text), (0...Self.longestLife).contains(expires) else { throw .invalidExpires(text) }
    self.expires = expires
  }

  private init(
    credential: String, signedHeaders: String, signature: String, date: String, isHTTPDate: Bool, token: String?,
    place: SignatureFailure.Place
  ) throws(SignatureFailure) {
    self.signedHeaders = Self.pieces(of: signedHeaders, separator: UInt8(ascii: ";")) { name in
      String(decoding: name.map { $0.asciiLowercased }, as: UTF8.self)
    }.filter { !$0.isEmpty }
    guard self.signedHeaders.contains("host") || self.signedHeaders.contains(":authority") else { throw .hostNotSigned }
    if let signedAt = AmazonDate.parse(date) {
      (self.date, self.signedAt) = (date, signedAt)
    } else if isHTTPDate, let signedAt = AmazonDate.parseHTTPDate(date) {
      (self.date, self.signedAt) = (AmazonDate.string(signedAt), signedAt)
    } else {
      throw .malformedDate(date, place)
    }
    let parts = Self.pieces(of: credential, separator: UInt8(ascii: "/")) { String(decoding: $0, as: UTF8.self) }
    let part = { (index: Int) in index < parts.count ? parts[index] : "" }
    accessKeyID = part(0)
    scope = CredentialScope(day: part(1), region: part(2), service: part(3))
    terminator = parts.count == 5 ? part(4) : ""
    isCredentialWellFormed = parts.count == 5
    self.credential = credential
    self.signature = signature
    sessionToken = token.map(Secret.init)
    self.place = place
  }

  /// What stands between the separators, which may be nothing.
  private static func pieces(
    of text: String, separator: UInt8, _ read: (UnsafeBufferPointer<UInt8>) -> String
  ) -> [String] {
    var (text, pieces) = (text, [String]())
    pieces.reserveCapacity(8)
    text.withUTF8 { bytes in
      var start = 0
      for index in bytes.indices where bytes[index] == separator {
        pieces.append(read(UnsafeBufferPointer(rebasing: bytes[start..<index])))
        start = index + 1
      }
      pieces.append(read(UnsafeBufferPointer(rebasing: bytes[start...])))
    }
    return pieces
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let start = bytes.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start.prefix(0) }
    return start[...last]
  }
}

/// The `X-Amz-…` parameters of a query string; all the others, in whatever encoding, do not matter here.
struct SignatureQuery {
  private var values: [String: String] = [:]

  /// - Returns: `nil` where none of them says that the request is signed in its query.
  init?(of request: HTTPRequest) {
    guard let mark = request.target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    for piece in request.target.utf8[mark...].dropFirst().split(separator: UInt8(ascii: "&")) {
      guard piece.first == UInt8(ascii: "X") else { continue }
      let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
      let name = String(decoding: PercentEncoding.decode(bytes: piece[..<equals]), as: UTF8.self)
      guard name.hasPrefix("X-Amz-"), values[name] == nil else { continue }
      values[name] = String(decoding: PercentEncoding.decode(bytes: piece[equals...].dropFirst()), as: UTF8.self)
    }
    let telling = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"]
    guard telling.contains(where: { values[$0] != nil }) else { return nil }
  }

  subscript(name: String) -> String? { values[name] }
}
