import AWSAPI
import HTTP

/// What a request says of the bytes it sends: the digests to hold them against, and the checksum to keep.
struct RequestedDigests: Sendable {
  /// 16 bytes of `Content-MD5`.
  var md5: [UInt8]?
  /// The checksum the client names, with its value unless that follows in a trailer.
  var checksum: (algorithm: ChecksumAlgorithm, value: [UInt8]?)?

  /// Reads the digests of a call that carries a payload.
  /// - Throws: `InvalidDigest` and `InvalidRequest` where they cannot be what they are said to be.
  init(_ call: Call) throws(AWSError) {
    if let text = call.string("ContentMD5") ?? call.request.headers["Content-MD5"] {
      guard let bytes = Base64.decode(text), bytes.count == 16 else { throw .invalidMD5(text) }
      md5 = bytes
    }
    checksum = try Self.checksum(of: call)
  }

  private static func checksum(
    of call: Call
  ) throws(AWSError) -> (algorithm: ChecksumAlgorithm, value: [UInt8]?)? {
    var named: [(algorithm: ChecksumAlgorithm, value: [UInt8]?)] = []
    for algorithm in ChecksumAlgorithm.allCases {
      guard let text = call.string(algorithm.member) ?? call.request.headers[algorithm.header] else { continue }
      named.append((algorithm, try Self.value(text, of: algorithm)))
    }
    for trailer in call.request.headers.values("x-amz-trailer").flatMap({ $0.split(separator: ",") }) {
      let name = trailer.trimmingPrefix(" ").lowercased()
      guard let algorithm = ChecksumAlgorithm.allCases.first(where: { $0.header == name }) else { continue }
      named.append((algorithm, nil))
    }
    guard named.count <= 1 else {
      throw .invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
    }
    let announced = call.request.headers["x-amz-sdk-checksum-algorithm"]
    guard let announced else { return named.first }
    guard let algorithm = ChecksumAlgorithm(rawValue: announced.uppercased()) else { throw .unsupportedChecksum }
    guard let first = named.first else {
      throw .invalidRequest(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
      )
    }
    guard first.algorithm == algorithm else {
      throw .invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.")
    }
    return first
  }

  /// The bytes of a checksum as a header gives it.
  static func value(_ text: String, of algorithm: ChecksumAlgorithm) throws(AWSError) -> [UInt8] {
    guard let bytes = Base64.decode(text), bytes.count == algorithm.length else {
      throw .invalidRequest("Value for \(algorithm.header) header is invalid.")
    }
    return bytes
  }
}

extension AWSError {
  static let unsupportedChecksum = invalidRequest(
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
      + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
}
