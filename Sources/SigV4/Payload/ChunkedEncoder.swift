package import HTTP

/// Writes a body as `aws-chunked`, piece by piece.
package struct ChunkedEncoder: Sendable {
  private let format: ChunkedFormat
  private var signer: ChunkSigner?

  /// - Parameter signer: the beginning of the chain of signatures; not used where the chunks are not signed.
  package init(_ format: ChunkedFormat, signer: ChunkSigner?) {
    self.format = format
    self.signer = format.isSigned ? signer : nil
  }

  /// One chunk. Of signed ones, every chunk but the last must have at least ``ChunkedDecoder/smallestChunk`` bytes.
  package mutating func chunk(_ bytes: [UInt8]) -> [UInt8] {
    bytes.isEmpty ? [] : head(of: bytes) + bytes + "\r\n".utf8
  }

  /// What stands behind the last chunk: an empty one, and the fields that `x-amz-trailer` announced.
  package mutating func end(trailers: HTTPHeaders = [:]) -> [UInt8] {
    var result = head(of: [])
    guard format.hasTrailer, !trailers.fields.isEmpty else { return result + "\r\n".utf8 }
    for field in trailers.fields { result += Array((field.name + ":" + field.value + "\r\n").utf8) }
    if signer != nil {
      let digest = DigestAlgorithm.sha256.digest(Array(ChunkSigner.trailerText(trailers).utf8))
      let signature = sign { $0.stringToSign(trailer: digest) }
      result += Array("x-amz-trailer-signature:\(signature)\r\n".utf8)
    }
    return result + "\r\n".utf8
  }

  private mutating func head(of bytes: [UInt8]) -> [UInt8] {
    let size = String(bytes.count, radix: 16)
    guard signer != nil else { return Array("\(size)\r\n".utf8) }
    let digest = DigestAlgorithm.sha256.digest(bytes)
    return Array("\(size);chunk-signature=\(sign { $0.stringToSign(chunk: digest) })\r\n".utf8)
  }

  private mutating func sign(_ stringToSign: (ChunkSigner) -> String) -> String {
    guard var signer else { return "" }
    let signature = signer.sign(stringToSign(signer))
    self.signer = signer
    return signature
  }
}
