/// The rules for the names of general purpose buckets.
///
/// From the S3 User Guide, "General purpose bucket naming rules". One rule is left out on purpose: AWS reserves the prefix
/// `amzn-s3-demo-` for its documentation, and scenarios are documentation, so the emulator lets them use it.
enum BucketName {
  static let length = 3...63
  /// Prefixes AWS reserves.
  static let reservedPrefixes = ["xn--", "sthree-"]
  /// Suffixes AWS reserves, for access points, directory buckets, table buckets and the like.
  static let reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

  /// Whether a bucket may be created under `name`.
  static func isValid(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard length.contains(bytes.count), let first = bytes.first, let last = bytes.last,
      isAlphanumeric(first), isAlphanumeric(last), bytes.allSatisfy(isAllowed),
      !zip(bytes, bytes.dropFirst()).contains(where: { $0 == UInt8(ascii: ".") && $1 == UInt8(ascii: ".") }),
      !isAddress(bytes)
    else { return false }
    return !reservedPrefixes.contains(where: name.hasPrefix) && !reservedSuffixes.contains(where: name.hasSuffix)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// Whether the name has the form of an IPv4 address, `192.168.5.4`.
  private static func isAddress(_ bytes: [UInt8]) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(isDigit) }
  }
}
