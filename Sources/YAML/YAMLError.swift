/// Why a file was refused, and where.
package struct YAMLError: Error, Sendable, Hashable {
  /// A further place that the error is about.
  package struct Related: Sendable, Hashable {
    package var message: String
    package var range: YAMLRange

    package init(_ message: String, at range: YAMLRange) {
      self.message = message
      self.range = range
    }
  }

  package var message: String
  /// `nil` where the file as a whole is refused.
  package var range: YAMLRange?
  package var related: Related?

  /// The longest text of the file that a message repeats, in scalars.
  private static let quotedLength = 60

  /// Text of the file as part of a message: not too long, and nothing in it that a terminal would obey.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.lazy.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
    let isLong = text.utf8.count > Self.quotedLength && text.unicodeScalars.count > Self.quotedLength
    let shown = String(String.UnicodeScalarView(scalars.prefix(Self.quotedLength)))
    return "`\(shown)\(isLong ? "…" : "")`"
  }

  package init(_ message: String, at range: YAMLRange? = nil, related: Related? = nil) {
    self.message = message
    self.range = range
    self.related = related
  }
}

extension YAMLError: CustomStringConvertible {
  package var description: String {
    (range.map { "\($0.start): " } ?? "") + message + (related.map { " (\($0.range.start): \($0.message))" } ?? "")
  }
}

/// What a file may be at most. Scenarios may come from a stranger's pull request.
package struct YAMLLimits: Sendable, Hashable {
  /// Size of the file in bytes.
  package var bytes: Int
  /// Collections within collections. More than ``maximumDepth`` are never accepted, since reading recurses.
  package var depth: Int
  /// Scalars, sequences and mappings, keys included; an alias counts as all that it stands for.
  package var nodes: Int

  package static let maximumDepth = 256

  package init(bytes: Int = 4 << 20, depth: Int = 64, nodes: Int = 200_000) {
    self.bytes = bytes
    self.depth = min(depth, Self.maximumDepth)
    self.nodes = nodes
  }

  package static let `default` = YAMLLimits()
}
