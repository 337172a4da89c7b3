/// The `name=value` pairs of a query string or of a form body, in their order, still to be decoded by whoever knows
/// whether `+` is a space there (in a form body it is, in a signed query string it is not).
package struct QueryItems: Sendable, Hashable {
  /// One pair; `value` is `nil` where there was no `=` (`?acl`).
  package struct Item: Sendable, Hashable {
    /// The decoded name.
    package var name: String
    /// The decoded value; `nil` where there was no `=`.
    package var value: String?

    /// A pair whose sides are not encoded yet.
    package init(name: String, value: String?) {
      self.name = name
      self.value = value
    }
  }

  /// The pairs in the order they stand.
  package var items: [Item]

  /// Pairs that are not encoded yet.
  package init(_ items: [Item] = []) {
    self.items = items
  }

  /// Splits `text` at `&` and each piece at its first `=`, and decodes both sides.
  /// - Returns: `nil` where the decoded bytes are not UTF-8. Empty pieces (`a&&b`) are passed over, as AWS does.
  @inlinable
  package init?(parsing text: some StringProtocol, plusIsSpace: Bool) {
    self.init(parsing: Array(text.utf8), plusIsSpace: plusIsSpace)
  }

  /// Splits `bytes` at `&` and each piece at its first `=`, and decodes both sides.
  /// - Returns: `nil` where the decoded bytes are not UTF-8. Empty pieces (`a&&b`) are passed over, as AWS does.
  @usableFromInline
  package init?(parsing bytes: [UInt8], plusIsSpace: Bool) {
    items = []
    let isWhole = bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
        defer { start = end + 1 }
        guard start < end else { continue }
        guard let item = Self.item(UnsafeBufferPointer(rebasing: bytes[start..<end]), plusIsSpace: plusIsSpace) else {
          return false
        }
        items.append(item)
      }
      return true
    }
    guard isWhole else { return nil }
  }

  private static func item(_ piece: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> Item? {
    let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.count
    let (name, rest) = (UnsafeBufferPointer(rebasing: piece[..<equals]), piece[equals...].dropFirst())
    guard let name = PercentEncoding.decodeText(name, plusIsSpace: plusIsSpace) else { return nil }
    guard equals < piece.count else { return Item(name: name, value: nil) }
    let value = PercentEncoding.decodeText(UnsafeBufferPointer(rebasing: rest), plusIsSpace: plusIsSpace)
    return value.map { Item(name: name, value: $0) }
  }

  /// The value of the first pair named `name`, the empty string where that pair has no `=`; `nil` where there is none.
  package subscript(name: String) -> String? {
    items.first { $0.name == name }.map { $0.value ?? "" }
  }

  /// The pairs joined and percent-encoded; a pair without a value has no `=`.
  package var encoded: String {
    items.map { item in
      guard let value = item.value else { return PercentEncoding.encode(item.name) }
      return PercentEncoding.encode(item.name) + "=" + PercentEncoding.encode(value)
    }.joined(separator: "&")
  }
}
