/// How values stand in a row: each begins with a byte that tells what it is.
///
/// Structures carry the names of their members, so that a later version may add members that are optional, and read what
/// an earlier one wrote.
enum StateFormat {
  /// What a value is.
  enum Tag: UInt8 {
    case null, no, yes
    /// A number in the zigzag form, seven bits a byte.
    case integer
    /// Eight bytes, the lowest first.
    case real
    /// The number of bytes, and UTF-8.
    case text
    /// The number of bytes, and the bytes.
    case bytes
    /// Four bytes for the length of the rest; names, each behind its length, with their values.
    case record
    /// Four bytes for the length of the rest; values.
    case list
    /// A map that has rows of its own: its name in this row as a text, which is empty for a map without entries.
    case map
  }

  static func zigzag(_ number: Int64) -> UInt64 { UInt64(bitPattern: number << 1 ^ number >> 63) }

  static func number(_ zigzag: UInt64) -> Int64 { Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1) }
}

/// A row does not hold what its type needs.
package struct StateFormatError: Error, Sendable, Hashable, CustomStringConvertible {
  package var description: String

  init(_ description: String) { self.description = description }
}
