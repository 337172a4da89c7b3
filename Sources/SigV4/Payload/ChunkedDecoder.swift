package import HTTP

/// Takes `aws-chunked` bodies apart as their bytes come in, and checks them.
///
/// Memory stays flat: the bytes of a chunk are handed on before its signature has come in and was checked, so the reader
/// must not believe them before ``finish()``.
package struct ChunkedDecoder: ~Copyable {
  /// A line of a chunk's head or of the trailer may be this long, without its end.
  package static let largestLine = 8 * 1024
  /// The trailer may have this many fields.
  package static let mostTrailers = 16
  /// Every signed chunk but the last must have at least this many bytes.
  ///
  /// Source: S3's `InvalidChunkSizeError`.
  package static let smallestChunk: Int64 = 8192

  private enum State {
    case head
    case data(remaining: Int64, signature: String)
    case dataEnd
    case trailer
    case end
  }

  private let format: ChunkedFormat
  let decodedLength: Int64
  private let announced: [String]
  private var signer: ChunkSigner?
  private var digest = IncrementalDigest(.sha256)

  private var state = State.head
  private var line: [UInt8] = []
  private var decoded: Int64 = 0
  private var chunkNumber = 0
  private var previousChunk: Int64?
  private var trailerSignature: String?
  /// The fields behind the last chunk; complete after ``finish()``.
  package private(set) var trailers = HTTPHeaders()

  /// - Parameters:
  ///   - decodedLength: `x-amz-decoded-content-length`.
  ///   - trailers: the names in `x-amz-trailer`, in lower case.
  ///   - signer: the beginning of the chain; `nil` where the chunks are not signed.
  package init(_ format: ChunkedFormat, decodedLength: Int64, trailers: [String], signer: ChunkSigner?) {
    self.format = format
    self.decodedLength = decodedLength
    announced = trailers
    self.signer = signer
  }

  /// What `bytes` bring of the body itself; may be nothing.
  package mutating func decode(_ bytes: [UInt8]) throws(PayloadFailure) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      if case .end = state { throw .incomplete }
      if case .data(let remaining, let signature) = state {
        let part = rest.prefix(Int(min(remaining, Int64(rest.count))))
        rest = rest.dropFirst(part.count)
        result.append(contentsOf: part)
        if signer != nil { digest.update(part) }
        let left = remaining - Int64(part.count)
        state = .data(remaining: left, signature: signature)
        if left == 0 { try endData(signature: signature) }
      } else if let line = try takeLine(from: &rest) {
        try read(line)
      }
    }
    return result
  }

  /// To be called behind the last byte.
  /// - Throws: ``PayloadFailure`` where the body is not complete, or not the announced.
  package mutating func finish() throws(PayloadFailure) {
    guard case .end = state else { throw .incomplete }
    guard decoded == decodedLength else { throw .lengthMismatch(expected: decodedLength, provided: decoded) }
    let names = trailers.fields.map { $0.name.lowercased() }
    guard Set(names) == Set(announced), names.count == Set(names).count else { throw .malformedTrailer }
  }

  // MARK: Lines

  /// The next line without its end, once it is complete.
  private mutating func takeLine(from rest: inout ArraySlice<UInt8>) throws(PayloadFailure) -> [UInt8]? {
    let end = rest.firstIndex(of: UInt8(ascii: "\n"))
    let part = rest[..<(end ?? rest.endIndex)]
    guard line.count + part.count <= Self.largestLine else { throw .incomplete }
    line.append(contentsOf: part)
    rest = rest[part.endIndex...].dropFirst()
    guard end != nil else { return nil }
    defer { line.removeAll(keepingCapacity: true) }
    if line.last == UInt8(ascii: "\r") { return Array(line.dropLast()) }
    // AWS's own example ends a field of the trailer with a mere line feed.
    guard case .trailer = state else { throw .incomplete }
    return line
  }

  private mutating func read(_ line: [UInt8]) throws(PayloadFailure) {
    switch state {
    case .head: try readHead(line)
    case .dataEnd:
      guard line.isEmpty else { throw .incomplete }
      state = .head
    case .trailer: try readTrailer(line)
    case .data, .end: throw .incomplete
    }
  }

  // MARK: Chunks

  /// `10000;chunk-signature=…`, or `10000` where chunks are not signed.
  private mutating func readHead(_ line: [UInt8]) throws(PayloadFailure) {
    let semicolon = line.firstIndex(of: UInt8(ascii: ";")) ?? line.endIndex
    guard (1...16).contains(semicolon), let text = String(validating: line[..<semicolon], as: UTF8.self),
      text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }), let length = Int64(text, radix: 16)
    else { throw .incomplete }
    let signature = String(decoding: line[semicolon...], as: UTF8.self)
    let prefix = ";chunk-signature="
    guard signer == nil ? signature.isEmpty : signature.hasPrefix(prefix) else { throw .incomplete }
    try startChunk(length, signature: String(signature.dropFirst(prefix.utf8.count)))
  }

  private mutating func startChunk(_ length: Int64, signature: String) throws(PayloadFailure) {
    chunkNumber += 1
    let (total, overflow) = decoded.addingReportingOverflow(length)
    guard !overflow, total <= decodedLength else {
      throw .lengthMismatch(expected: decodedLength, provided: overflow ? .max : total)
    }
    if let previousChunk, signer != nil, length > 0, previousChunk < Self.smallestChunk {
      throw .chunkTooSmall(number: chunkNumber, length: previousChunk)
    }
    decoded = total
    previousChunk = length
    if length > 0 {
      state = .data(remaining: length, signature: signature)
    } else {
      try check(signature)
      state = .trailer
    }
  }

  private mutating func endData(signature: String) throws(PayloadFailure) {
    try check(signature)
    state = .dataEnd
  }

  /// Holds the signature of the chunk whose bytes are in the digest against the one that came with it.
  private mutating func check(_ signature: String) throws(PayloadFailure) {
    guard let stringToSign = signer?.stringToSign(chunk: digest.finish()) else { return }
    digest.restart()
    try check(signature, stringToSign)
  }

  private mutating func check(_ signature: String, _ stringToSign: String) throws(PayloadFailure) {
    guard var signer else { return }
    let expected = signer.sign(stringToSign)
    self.signer = signer
    guard CryptoBytes.areEqual(expected, signature) else {
      throw .chunkMismatch(
        SignatureFailure.Mismatch(
          accessKeyID: signer.accessKeyID, stringToSign: stringToSign, signatureProvided: signature,
          canonicalRequest: nil))
    }
  }

  // MARK: Trailer

  private mutating func readTrailer(_ line: [UInt8]) throws(PayloadFailure) {
    guard !line.isEmpty else {
      // Behind AWS's own example of a field stands an empty line more, before the signature.
      if format == .signedWithTrailer, trailerSignature == nil, !trailers.fields.isEmpty { return }
      return try endTrailer()
    }
    guard format.hasTrailer, trailerSignature == nil, trailers.fields.count < Self.mostTrailers,
      let text = String(validating: line, as: UTF8.self), let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      colon > text.startIndex
    else { throw .malformedTrailer }
    let name = String(text[..<colon])
    let value = Self.trimmed(text[colon...].dropFirst())
    if signer != nil, name.equalsIgnoringASCIICase("x-amz-trailer-signature") {
      trailerSignature = value
    } else {
      trailers.append(name, value)
    }
  }

  private mutating func endTrailer() throws(PayloadFailure) {
    state = .end
    guard let signer, format.hasTrailer, !trailers.fields.isEmpty else { return }
    guard let trailerSignature else { throw .malformedTrailer }
    let text = ChunkSigner.trailerText(trailers)
    try check(trailerSignature, signer.stringToSign(trailer: DigestAlgorithm.sha256.digest(Array(text.utf8))))
  }

  private static func trimmed(_ text: Substring) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let bytes = text.utf8.drop(while: isSpace)
    let end = bytes.lastIndex { !isSpace($0) }.map { bytes.index(after: $0) } ?? bytes.startIndex
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}
