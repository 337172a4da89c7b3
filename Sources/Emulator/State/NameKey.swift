import HTTP

/// A name as IAM tells names apart: without regard to ASCII case, in the order of their lower-case bytes.
package struct NameKey: Sendable, Hashable, Comparable, Codable {
  private var folded: UTF8Key

  package init(_ name: String) {
    let isFolded = name.utf8.allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    folded = UTF8Key(isFolded ? name : String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self))
  }

  package static func < (left: NameKey, right: NameKey) -> Bool { left.folded < right.folded }

  /// The name in lower case.
  package var text: String { folded.string }
}
