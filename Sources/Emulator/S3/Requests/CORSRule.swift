import AWSAPI
import HTTP

/// A rule for requests that a page of another origin makes.
enum CORSRule {
  static let methods: Set<String> = ["GET", "PUT", "HEAD", "POST", "DELETE"]

  /// Holds a rule that is to be kept against S3's rules for rules.
  static func check(_ rule: AWSValue) throws(AWSError) {
    let structure = rule.structure ?? [:]
    for method in texts(structure, "AllowedMethods") where !methods.contains(method) {
      throw .invalidRequest("Found unsupported HTTP method in CORS config. Unsupported method is \(method)")
    }
    for origin in texts(structure, "AllowedOrigins") where origin.utf8.count(where: { $0 == UInt8(ascii: "*") }) > 1 {
      throw .invalidRequest("AllowedOrigin \"\(origin)\" can not have more than one wildcard.")
    }
    for header in texts(structure, "AllowedHeaders") where header.utf8.count(where: { $0 == UInt8(ascii: "*") }) > 1 {
      throw .invalidRequest("AllowedHeader \"\(header)\" can not have more than one wildcard.")
    }
    for header in texts(structure, "ExposeHeaders") where header.utf8.contains(UInt8(ascii: "*")) {
      throw .invalidRequest(
        "ExposeHeader \"\(header)\" contains wildcard. We currently do not support wildcard for ExposeHeader.")
    }
    guard !texts(structure, "AllowedMethods").isEmpty, !texts(structure, "AllowedOrigins").isEmpty else {
      throw .malformedXML
    }
  }

  static func texts(_ rule: AWSStructure, _ member: String) -> [String] {
    rule[member]?.list?.compactMap(\.string) ?? []
  }

  /// Whether `text` is what `pattern`, with at most one `*`, means.
  static func matches(_ pattern: String, _ text: String, ignoringCase: Bool = false) -> Bool {
    let (pattern, text) = ignoringCase ? (pattern.lowercased(), text.lowercased()) : (pattern, text)
    guard let star = pattern.firstIndex(of: "*") else { return pattern == text }
    let (start, end) = (pattern[..<star], pattern[pattern.index(after: star)...])
    return text.utf8.count >= start.utf8.count + end.utf8.count && text.hasPrefix(start) && text.hasSuffix(end)
  }
}
