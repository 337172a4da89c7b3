import Glibc

/// A text that is ordered and compared by its UTF-8 bytes.
///
/// S3 lists keys in that order and takes two keys for the same only where their bytes are; `String` orders by Unicode
/// and takes `é` and `e` with an accent for the same.
package struct UTF8Key: Sendable, Codable {
  package var string: String

  package init(_ string: String) { self.string = string }

  /// Whether the bytes begin with those of `prefix`.
  package func hasPrefix(_ prefix: UTF8Key) -> Bool {
    withBytes { bytes in
      prefix.withBytes { $0.count <= bytes.count && bytes.prefix($0.count).elementsEqual($0) }
    }
  }

  /// Calls `body` with the bytes, which are valid only inside it.
  func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    if let result = string.utf8.withContiguousStorageIfAvailable(body) { return result }
    var native = string
    return native.withUTF8(body)
  }
}

extension UTF8Key: Comparable, Hashable {
  package static func == (left: UTF8Key, right: UTF8Key) -> Bool {
    left.string.utf8.count == right.string.utf8.count && left.order(before: right) == 0
  }

  package static func < (left: UTF8Key, right: UTF8Key) -> Bool {
    let order = left.order(before: right)
    return order == 0 ? left.string.utf8.count < right.string.utf8.count : order < 0
  }

  /// Less than zero where the first differing byte is less than the other's; zero where one begins with the other.
  private func order(before other: UTF8Key) -> Int32 {
    withBytes { bytes in
      other.withBytes { others in
        guard let left = bytes.baseAddress, let right = others.baseAddress else { return 0 }
        return memcmp(left, right, min(bytes.count, others.count))
      }
    }
  }

  package func hash(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension UTF8Key: ExpressibleByStringLiteral, CustomStringConvertible {
  package init(stringLiteral value: String) { self.init(value) }
  package var description: String { string }
}
