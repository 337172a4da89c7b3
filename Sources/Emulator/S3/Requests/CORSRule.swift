import AWSAPI

/// A rule for requests that a page of another origin makes.
struct CORSRule: Sendable, Hashable {
  var methods: [String]
  var origins: [String]
  var headers: [String]
  var exposed: [String]
  /// Seconds for which a browser may rely on the answer.
  var maxAge: Int?

  static let methods: Set<String> = ["GET", "PUT", "HEAD", "POST", "DELETE"]

  init(_ rule: AWSStructure) {
    methods = Self.texts(rule, "AllowedMethods")
    origins = Self.texts(rule, "AllowedOrigins")
    headers = Self.texts(rule, "AllowedHeaders")
    exposed = Self.texts(rule, "ExposeHeaders")
    maxAge = rule["MaxAgeSeconds"]?.integer
  }

  /// Holds the rule against S3's rules for rules.
  func check() throws(AWSError) {
    for method in methods where !Self.methods.contains(method) {
      throw .invalidRequest("Found unsupported HTTP method in CORS config. Unsupported method is \(method)")
    }
    for origin in origins where origin.utf8.count(where: { $0 == UInt8(ascii: "*") }) > 1 {
      throw .invalidRequest("AllowedOrigin \"\(origin)\" can not have more than one wildcard.")
    }
    for header in headers where header.utf8.count(where: { $0 == UInt8(ascii: "*") }) > 1 {
      throw .invalidRequest("AllowedHeader \"\(header)\" can not have more than one wildcard.")
    }
    for header in exposed where header.utf8.contains(UInt8(ascii: "*")) {
      throw .invalidRequest(
        "ExposeHeader \"\(header)\" contains wildcard. We currently do not support wildcard for ExposeHeader.")
    }
    guard !methods.isEmpty, !origins.isEmpty else { throw .malformedXML }
  }

  private static func texts(_ rule: AWSStructure, _ member: String) -> [String] {
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
