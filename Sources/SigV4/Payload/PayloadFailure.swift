/// Why a body is not the one that its request announced.
package enum PayloadFailure: Error, Sendable, Hashable {
  /// The body's SHA-256 is another.
  case hashMismatch(claimed: String, computed: String)
  /// A body in chunks does not say how long it is without them.
  case missingDecodedLength
  /// The chunks together are not as long as announced.
  case lengthMismatch(expected: Int64, provided: Int64)
  /// The body ends too early, or its chunks are not written as chunks are.
  case incomplete
  /// A chunk that is not the last is shorter than S3 takes: the number of the chunk behind it, and its own length.
  case chunkTooSmall(number: Int, length: Int64)
  /// A chunk, or the trailer, is not the one that was signed.
  case chunkMismatch(SignatureFailure.Mismatch)
  /// The fields behind the last chunk are not those that `x-amz-trailer` announced, or no fields at all.
  case malformedTrailer
}
