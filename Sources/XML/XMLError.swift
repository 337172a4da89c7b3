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
package struct XMLLimits: Sendable {
  /// Size of the document in bytes.
  package var bytes: Int
  /// Elements within elements.
  package var depth: Int

  /// libxml2 itself stops at 256 levels, so a larger `depth` changes nothing.
  package init(bytes: Int = 16 << 20, depth: Int = 128) {
    self.bytes = bytes
    self.depth = depth
  }

  package static let `default` = XMLLimits()
}
