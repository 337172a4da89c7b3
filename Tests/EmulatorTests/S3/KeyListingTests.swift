import TestSupport
import Testing

@testable import Emulator

@Suite("Listing keys")
struct KeyListingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var keys: [String]
    var listing: KeyListing
    /// Keys as they are, rolled up prefixes in brackets.
    var expected: [String]
    var truncated = false
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "everything, in the order of bytes", keys: ["b", "a", "B", "é", "a/b", "a-b", "a b"],
      listing: KeyListing(), expected: ["B", "a", "a b", "a-b", "a/b", "b", "é"]),
    Case(
      name: "a key that equals the prefix is listed", keys: ["photos/", "photos/a", "photos"],
      listing: KeyListing(prefix: "photos/", delimiter: "/"), expected: ["photos/", "photos/a"]),
    Case(
      name: "the delimiter is sought behind the prefix only", keys: ["a/b/c", "a/b/d", "a/e"],
      listing: KeyListing(prefix: "a/b", delimiter: "/"), expected: ["(a/b/)"]),
    Case(
      name: "a prefix without its delimiter rolls up to itself with it", keys: ["a/1", "a/2", "ab/1", "b"],
      listing: KeyListing(prefix: "a", delimiter: "/"), expected: ["(a/)", "(ab/)"]),
    Case(
      name: "a key that begins with the delimiter", keys: ["/a", "/b", "c"],
      listing: KeyListing(delimiter: "/"), expected: ["(/)", "c"]),
    Case(
      name: "keys between the delimiter and its neighbours stand apart", keys: ["a-1", "a/1", "a/2", "a0", "a"],
      listing: KeyListing(delimiter: "/"), expected: ["a", "a-1", "(a/)", "a0"]),
    Case(
      name: "a delimiter of several characters", keys: ["a--b", "a-b", "a--c", "--"],
      listing: KeyListing(delimiter: "--"), expected: ["(--)", "(a--)", "a-b"]),
    Case(
      name: "a delimiter that is part of the prefix", keys: ["x/y/z", "x/y"],
      listing: KeyListing(prefix: "x/y", delimiter: "y"), expected: ["x/y", "x/y/z"]),
    Case(
      name: "no more than the limit, a rolled up prefix counting as one", keys: ["a/1", "a/2", "b/1", "c"],
      listing: KeyListing(delimiter: "/", limit: 2), expected: ["(a/)", "(b/)"], truncated: true),
    Case(
      name: "not truncated where the limit is met exactly", keys: ["a/1", "a/2", "b"],
      listing: KeyListing(delimiter: "/", limit: 2), expected: ["(a/)", "b"]),
    Case(
      name: "a limit of nothing is not truncated", keys: ["a"], listing: KeyListing(limit: 0), expected: []),
    Case(
      name: "behind a key, it excluded", keys: ["a", "b", "c"],
      listing: KeyListing(start: .key("b")), expected: ["c"]),
    Case(
      name: "behind a key that is not there", keys: ["a", "c"], listing: KeyListing(start: .key("b")), expected: ["c"]),
    Case(
      name: "behind a key inside a prefix, which still shows", keys: ["a/1", "a/2", "b"],
      listing: KeyListing(delimiter: "/", start: .key("a/1")), expected: ["(a/)", "b"]),
    Case(
      name: "behind the last key inside a prefix, which is over", keys: ["a/1", "a/2", "b"],
      listing: KeyListing(delimiter: "/", start: .key("a/2")), expected: ["b"]),
    Case(
      name: "behind a rolled up prefix, all of it over", keys: ["a/1", "a/2", "b"],
      listing: KeyListing(delimiter: "/", start: .entry("a/")), expected: ["b"]),
    Case(
      name: "behind an entry inside a rolled up prefix, all of it over", keys: ["a/1", "a/2", "b"],
      listing: KeyListing(delimiter: "/", start: .entry("a/1")), expected: ["b"]),
    Case(
      name: "a start before the prefix changes nothing", keys: ["a", "p/1", "p/2"],
      listing: KeyListing(prefix: "p/", start: .key("a")), expected: ["p/1", "p/2"]),
    Case(
      name: "a start behind the prefix leaves nothing", keys: ["a", "p/1", "q"],
      listing: KeyListing(prefix: "p/", start: .key("q")), expected: []),
    Case(
      name: "composed and decomposed letters are different prefixes", keys: ["\u{E9}1", "e\u{301}1"],
      listing: KeyListing(prefix: "\u{E9}"), expected: ["\u{E9}1"]),
  ]

  @Test("named cases", arguments: cases)
  func named(_ test: Case) {
    let page = test.listing.page(of: SortedMap(test.keys.map { (UTF8Key($0), 0) })) { _, value in value }
    #expect(page.entries.map(Self.text) == test.expected)
    #expect(page.isTruncated == test.truncated)
  }

  static func text(_ entry: KeyListing.Entry<Int>) -> String {
    switch entry {
    case .key(let key, _): key.string
    case .commonPrefix(let prefix): "(\(prefix))"
    }
  }

  @Test("page after page gives what one page gives, and what a plain walk gives", arguments: [1, 2, 3, 4] as [UInt64])
  func pages(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let letters = ["a", "b", "/", "-", "é", "\u{10000}"]
      func word(_ range: Range<Int>) -> String {
        (0..<Int.random(in: range, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "" }
          .joined()
      }
      let keys = Set((0..<40).map { _ in UTF8Key(word(1..<6)) })
      let map = SortedMap(keys.map { ($0, Int.random(in: 0..<4, using: &generator)) })
      var listing = KeyListing(prefix: word(0..<3), delimiter: Bool.random(using: &generator) ? "/" : word(0..<2))
      let expected = Self.plainWalk(map, listing)
      listing.limit = Int.random(in: 1..<5, using: &generator)
      var collected: [String] = []
      var isTruncated = true
      while isTruncated, collected.count <= expected.count {
        let page = listing.page(of: map) { _, value in value == 0 ? nil : value }
        collected += page.entries.map(Self.text)
        isTruncated = page.isTruncated
        #expect(page.entries.count <= listing.limit && (!isTruncated || page.entries.count == listing.limit))
        listing.start = page.entries.last.map { .entry($0.name) } ?? listing.start
      }
      #expect(collected == expected, "prefix \(listing.prefix), delimiter \(listing.delimiter)")
    }
  }

  /// The definition of a listing, without stepping over anything. Values of 0 stand for keys that do not show.
  static func plainWalk(_ map: SortedMap<UTF8Key, Int>, _ listing: KeyListing) -> [String] {
    var lines: [String] = []
    for (key, value) in map where value != 0 && key.hasPrefix(UTF8Key(listing.prefix)) {
      let line = listing.commonPrefix(of: key.string).map { "(\($0))" } ?? key.string
      if lines.last != line || !line.hasPrefix("(") { lines.append(line) }
    }
    return lines
  }
}
