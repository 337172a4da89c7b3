/// Why a document was refused or an XPath expression could not be evaluated.
package struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
  package var message: String
  /// 1-based; `nil` where the cause has no place in a document.
  package var line: Int?
  package var column: Int?

  package init(_ message: String, line: Int? = nil, column: Int? = nil) {
    self.message = message
    self.line = line
    self.column = column
  }

  package var description: String {
    guard let line else { return message }
    return "line \(line)" + (column.map { ", column \($0)" } ?? "") + ": " + message
  }
}

/// What a document may be at most. Responses are not trusted, and neither are request bodies.
///
/// The largest answers of IAM, STS and S3 are pages of 1000 entries: some 20,000 tags in 500 KiB, with an attribute here
/// and there.
package struct XMLLimits: Sendable, Hashable {
  /// Size of the document in bytes.
  package var bytes: Int
  /// Elements within elements. libxml2 itself stops at 256.
  package var depth: Int
  /// Start tags, end tags, comments and the like: every `<`.
  package var tags: Int
  package var attributes: Int
  package var attributesOfElement: Int
  /// Namespace declarations, used or not.
  package var namespaces: Int

  package init(
    bytes: Int = 16 << 20, depth: Int = 128, tags: Int = 200_000, attributes: Int = 100_000,
    attributesOfElement: Int = 1_000, namespaces: Int = 1_000
  ) {
    self.bytes = bytes
    self.depth = depth
    self.tags = tags
    self.attributes = attributes
    self.attributesOfElement = attributesOfElement
    self.namespaces = namespaces
  }

  package static let `default` = XMLLimits()
}
