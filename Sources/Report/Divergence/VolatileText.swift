/// Text without what is another one in every run: times, ids that AWS makes up, hexadecimal names.
enum VolatileText {
  static func settled(_ text: String) -> String {
    var result = ""
    var word = ""
    for scalar in text.unicodeScalars {
      if isWord(scalar) {
        word.unicodeScalars.append(scalar)
      } else {
        result += settled(word: word)
        word = ""
        result.unicodeScalars.append(scalar)
      }
    }
    return result + settled(word: word)
  }

  /// The same of what `aws s3 ls` prints, which has times in a form of its own.
  static func settledListing(_ text: String) -> String {
    settled(text.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, with: "‹time›"))
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" || scalar == ":")
      || scalar == "."
  }

  private static func settled(word: String) -> String {
    if isTime(word) { return "‹time›" }
    if isUUID(word) || isCanonicalUserID(word) { return "‹id›" }
    // AKIA…, AROA…, AIDA…: four letters that say what it is, and at least twelve more.
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { part -> String in
      isUniqueID(part) ? part.prefix(4) + "‹id›" : String(part)
    }
    return parts.joined(separator: ":")
  }

  /// `2026-01-31T12:00:00Z`, with or without a fraction.
  private static func isTime(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":")
    else { return false }
    return bytes.prefix(4).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isUUID(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
  }

  /// The 64 hexadecimal digits by which S3 names an account in owners and grants.
  private static func isCanonicalUserID(_ word: String) -> Bool {
    word.utf8.count == 64
      && word.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  private static func isUniqueID(_ part: Substring) -> Bool {
    part.utf8.count >= 16 && part.hasPrefix("A")
      && part.utf8.allSatisfy {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
  }
}
