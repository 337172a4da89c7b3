/// Why bytes are not a JSON text, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public var message: String
  /// The byte at which it is, from 0.
  public var offset: Int
  /// The line, from 1.
  public var line: Int
  /// The column in bytes, from 1.
  public var column: Int

  /// An error at `offset` of `source`.
  init(_ message: String, at offset: Int, of source: UnsafeBufferPointer<UInt8>) {
    self.message = message
    self.offset = offset
    let before = source[..<min(offset, source.count)]
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    column = offset - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
  }

  /// The message with its place.
  public var description: String { "line \(line), column \(column): \(message)" }
}

/// What a JSON text may be at most.
public struct JSONLimits: Sendable {
  /// Size of the text in bytes.
  public var bytes: Int
  /// Arrays and objects within each other.
  public var depth: Int

  /// Limits of 16 MiB and 128 levels unless others are given.
  public init(bytes: Int = 16 << 20, depth: Int = 128) {
    self.bytes = bytes
    self.depth = depth
  }
}
