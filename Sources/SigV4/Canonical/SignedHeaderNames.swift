import HTTP

/// The names of the headers that a signature covers.
///
/// One text, as clients send it, and no list of texts: every request brings one, and it is read where it lies.
package struct SignedHeaderNames: Sendable, Hashable {
  /// The names in lower case and in their order, joined by semicolons. None of them is empty.
  package let text: String

  /// Reads a list that is separated by semicolons. Letters may be of either case there, and names empty: these are passed
  /// over.
  package init(list: String) {
    let isPlain = list.withBytes { bytes in
      // An empty name would stand beside such a semicolon.
      var former = UInt8(ascii: ";")
      for byte in bytes {
        if byte != byte.asciiLowercased || (byte == UInt8(ascii: ";") && former == byte) { return false }
        former = byte
      }
      return former != UInt8(ascii: ";")
    }
    text = isPlain ? list : Self.plain(list)
  }

  private static func plain(_ list: String) -> String {
    names(in: list).map { String(decoding: $0.utf8.map(\.asciiLowercased), as: UTF8.self) }.joined(separator: ";")
  }

  private static func names(in list: String) -> [String] {
    list.utf8.split(separator: UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The names that are given.
  package init(_ names: [String]) { self.init(list: names.joined(separator: ";")) }

  /// The same names in the order of their bytes. Most clients list them so.
  package var sorted: SignedHeaderNames {
    let isSorted = text.withBytes { text in
      var former: UnsafeBufferPointer<UInt8>?
      return Self.allSatisfy(in: text) { name in
        defer { former = name }
        return former.map { $0.order(name) <= 0 } ?? true
      }
    }
    guard !isSorted else { return self }
    return SignedHeaderNames(Self.names(in: text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  package func contains(_ name: String) -> Bool {
    name.withBytes { name in
      text.withBytes { text in !Self.allSatisfy(in: text) { !$0.equalsIgnoringASCIICase(name) } }
    }
  }

  /// Calls `body` with each name, in their order.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    text.withBytes { text in
      _ = Self.allSatisfy(in: text) { name in
        body(name)
        return true
      }
    }
  }

  /// Whether `body` holds for each name in `text`; none is looked at behind one for which it does not.
  private static func allSatisfy(
    in text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var start = 0
    while start < text.count {
      let end = text.end(before: UInt8(ascii: ";"), from: start)
      guard body(text.part(start..<end)) else { return false }
      start = end + 1
    }
    return true
  }
}
