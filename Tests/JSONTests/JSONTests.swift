import JSON
import Testing

@Suite("JSON") struct JSONTests {
  @Test("every value knows its place in the source")
  func places() throws {
    let source = #" { "a": [1, "é"], "b": {"c": null} } "#
    let value = try JSONValue(parsing: Array(source.utf8))
    func text(_ value: JSONValue?) -> String? {
      value.map { String(decoding: Array(source.utf8)[$0.range], as: UTF8.self) }
    }
    #expect(text(value) == #"{ "a": [1, "é"], "b": {"c": null} }"#)
    #expect(text(value["a"]?.array?[1]) == #""é""#)
    #expect(text(value["b"]?["c"]) == "null")
    let name = try #require(value.object?[1].nameRange)
    #expect(String(decoding: Array(source.utf8)[name], as: UTF8.self) == #""b""#)
  }

  @Test(
    "strings and numbers",
    arguments: [
      ("escapes", #""\"\\\/\b\f\n\r\t\u0041""#, "\"\\/\u{8}\u{c}\n\r\tA"),
      ("surrogate pair", #""\ud83d\ude00""#, "😀"),
      ("plain UTF-8", "\"aé😀\"", "aé😀"),
    ])
  func strings(name: String, source: String, expected: String) throws {
    #expect(try JSONValue(parsing: Array(source.utf8)).string == expected)
  }

  @Test(
    "what is not JSON is refused with its place",
    arguments: [
      ("empty", "", 1, 1), ("trailing comma", "[1,]", 1, 4), ("comment", "{\n// x\n}", 2, 1),
      ("bare word", "yes", 1, 1),
      ("single quotes", "'a'", 1, 1), ("unfinished object", "{\"a\":1", 1, 7), ("two values", "1 2", 1, 3),
      ("leading zero", "01", 1, 2), ("plus", "+1", 1, 1), ("dot alone", "1.", 1, 3), ("unknown escape", #""\x""#, 1, 2),
      ("half a pair", #""\ud83d""#, 1, 2), ("control character", "\"a\u{1}\"", 1, 3),
      ("unfinished string", "\"a", 1, 1),
      ("no colon", "{\"a\" 1}", 1, 6), ("name without quotes", "{a:1}", 1, 2),
    ])
  func refused(name: String, source: String, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(source.utf8)) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test("depth and size are bounded, and bytes that are not UTF-8 refused")
  func bounds() {
    let deep = Array(repeating: UInt8(ascii: "["), count: 200_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array("[1]".utf8), limits: JSONLimits(bytes: 2)) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
  }

  @Test("what is written is read back the same, members in their order, repetitions kept")
  func roundTrip() throws {
    let source = #"{"b":[1.50,-2e3,true,false,null],"a":"x\"\\\n\u0001é","b":{},"c":[]}"#
    let value = try JSONValue(parsing: Array(source.utf8))
    #expect(value.compact == source)
    #expect(try JSONValue(parsing: Array(value.pretty.utf8)).compact == source)
    #expect(value["b"]?.object?.isEmpty == true)
  }

  @Test("the pretty form is indented by two")
  func pretty() {
    let value: JSONValue = ["a": [1, 2], "b": [:]]
    #expect(value.pretty == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}")
  }
}
