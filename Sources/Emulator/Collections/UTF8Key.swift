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
    left.withBytes { left in
      right.withBytes { left.count == $0.count && left.elementsEqual($0) }
    }
  }

  package static func < (left: UTF8Key, right: UTF8Key) -> Bool {
    left.withBytes { left in
      right.withBytes { right in
        let common = min(left.count, right.count)
        var index = 0
        while index < common {
          if left[index] != right[index] { return left[index] < right[index] }
          index += 1
        }
        return left.count < right.count
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
