/// The words of S3 for bodies. Source: answers quoted in public issue trackers.
extension PayloadFailure {
  var s3Error: SignatureError {
    switch self {
    case .hashMismatch(let claimed, let computed):
      SignatureError(
        "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.",
        status: 400, fields: ["ClientComputedContentSHA256": claimed, "S3ComputedContentSHA256": computed])
    case .missingDecodedLength:
      SignatureError("MissingContentLength", "You must provide the Content-Length HTTP header.", status: 411)
    case .lengthMismatch(let expected, let provided):
      SignatureError(
        "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header",
        status: 400, fields: ["NumberBytesExpected": String(expected), "NumberBytesProvided": String(provided)])
    case .incomplete: SignatureError("IncompleteBody", "The request body terminated unexpectedly", status: 400)
    case .chunkTooSmall(let number, let length):
      SignatureError(
        "InvalidChunkSizeError",
        "Only the last chunk is allowed to have a size less than \(ChunkedDecoder.smallestChunk) bytes", status: 403,
        fields: ["Chunk": String(number), "BadChunkSize": String(length)])
    case .chunkMismatch(let mismatch): mismatch.s3Error
    case .malformedTrailer:
      SignatureError(
        "MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        status: 400)
    }
  }
}

extension SignatureFailure.Mismatch {
  var s3Error: SignatureError {
    var error = SignatureError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      status: 403,
      fields: [
        "AWSAccessKeyId": accessKeyID, "StringToSign": stringToSign, "SignatureProvided": signatureProvided,
        "StringToSignBytes": Self.spacedHex(stringToSign),
      ])
    if let canonicalRequest {
      error.fields.append(.init(name: "CanonicalRequest", value: canonicalRequest))
      error.fields.append(.init(name: "CanonicalRequestBytes", value: Self.spacedHex(canonicalRequest)))
    }
    return error
  }

  private static func spacedHex(_ text: String) -> String {
    text.utf8.map { CryptoBytes.hex([$0]) }.joined(separator: " ")
  }
}
