import Glibc

/// Looks for the end of a head in bytes that come piece by piece, each byte once.
struct HeadScanner {
  /// How many bytes were looked at.
  private var position = 0
  /// Where the line began that is not complete.
  private var lineStart = 0

  /// Whether nothing of a head has come.
  var isAtStart: Bool { position == 0 }

  /// The length of the head with the empty line behind it; `nil` where it is not complete.
  /// - Throws: where a line does not end as it should, or the head is too large.
  mutating func end(in bytes: UnsafeBufferPointer<UInt8>, limits: ServerLimits) throws(RequestFailure) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    while position < bytes.count,
      let found = memchr(base + position, Int32(UInt8(ascii: "\n")), bytes.count - position)
    {
      let newline = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      guard newline > lineStart, bytes[newline - 1] == UInt8(ascii: "\r") else { throw .bareLineFeed }
      let isEmpty = newline - 1 == lineStart
      position = newline + 1
      lineStart = position
      if isEmpty {
        guard position <= limits.headBytes else { throw .headTooLarge }
        return position
      }
    }
    position = bytes.count
    guard position <= limits.headBytes else { throw .headTooLarge }
    return nil
  }
}
