/// A place in a file.
package struct YAMLMark: Sendable, Hashable {
  /// Counts from 1. Lines end with LF, CR LF or CR, as editors count them; libyaml also ends them at U+0085, U+2028 and
  /// U+2029.
  package var line: Int
  /// Counts from 1, in Unicode scalars of the line. A byte order mark before the first has no column.
  package var column: Int
  /// Counts from 0, in bytes of the file.
  package var offset: Int

  package init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }
}

extension YAMLMark: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.offset < right.offset }
}

extension YAMLMark: CustomStringConvertible {
  /// `41:17`, as compilers write places.
  package var description: String { "\(line):\(column)" }
}

/// A stretch of a file, from `start` up to but not including `end`.
package struct YAMLRange: Sendable, Hashable {
  package var start: YAMLMark
  package var end: YAMLMark

  package init(start: YAMLMark, end: YAMLMark) {
    self.start = start
    self.end = end
  }
}

extension YAMLRange: CustomStringConvertible {
  package var description: String { "\(start)-\(end)" }
}
