import FoundationEssentials
import Testing

@testable import SQLite

/// A database file in a folder of its own, which goes with it.
private final class Scratch {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID().uuidString)").path
  var path: String { folder + "/test.sqlite" }

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

@Suite struct SQLiteTests {
  @Test(arguments: [
    ("nothing", SQLiteValue.null), ("a number", .integer(.min)), ("a fraction", .real(0.1)),
    ("a text with a NUL and an accent", .text("a\u{0}e\u{301}")), ("an empty text", .text("")),
    ("bytes", .blob([0, 255, 0])), ("no bytes", .blob([])),
  ])
  func `values come back as they were bound`(name: String, value: SQLiteValue) throws {
    let connection = try SQLiteConnection(path: ":memory:")
    try connection.execute("CREATE TABLE t (v ANY) STRICT")
    try connection.run("INSERT INTO t VALUES (?)", value)
    var found: [SQLiteValue] = []
    try connection.prepare("SELECT v, typeof(v) FROM t").rows { row in
      switch row.text(1) {
      case "null": found.append(row.isNull(0) ? .null : .text("not null"))
      case "integer": found.append(.integer(row.integer(0)))
      case "real": found.append(.real(row.real(0)))
      case "text": found.append(.text(row.text(0)))
      default: found.append(.blob(row.blob(0)))
      }
    }
    #expect(found == [value])
  }

  @Test func `a transaction that throws leaves nothing`() throws {
    struct Stop: Error {}
    let connection = try SQLiteConnection(path: ":memory:")
    try connection.execute("CREATE TABLE t (v INTEGER)")
    #expect(throws: Stop.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES (?)", 1)
        throw Stop()
      }
    }
    try connection.transaction { try connection.run("INSERT INTO t VALUES (?)", 2) }
    #expect(try connection.integer("SELECT group_concat(v) FROM t") == 2)
  }

  @Test func `errors say what is wrong`() throws {
    let connection = try SQLiteConnection(path: ":memory:")
    let error = #expect(throws: SQLiteError.self) { try connection.execute("SELECT * FROM missing") }
    #expect(error?.description == "no such table: missing (SQLite 1)")
    #expect(throws: SQLiteError.misuse) { try connection.run("SELECT ?, ?", 1) }
    #expect(throws: SQLiteError.self) { try SQLiteConnection(path: "/nonexistent/test.sqlite") }
  }

  @Test func `a file that is no database is told`() throws {
    let scratch = try Scratch()
    try Data("this is a text, and long enough to be looked at".utf8).write(to: URL(filePath: scratch.path))
    let connection = try SQLiteConnection(path: scratch.path)
    let error = #expect(throws: SQLiteError.self) { try connection.integer("PRAGMA user_version") }
    #expect(error?.isNotADatabase == true)
  }

  @Test func `who finds the file locked is told after a while`() throws {
    let scratch = try Scratch()
    let first = try SQLiteConnection(path: scratch.path)
    try first.execute("BEGIN EXCLUSIVE")
    let second = try SQLiteConnection(path: scratch.path, busyTimeout: 10)
    let error = #expect(throws: SQLiteError.self) { try second.execute("CREATE TABLE t (v)") }
    #expect(error?.isBusy == true)
  }

  @Test func `a statement may outlive its connection`() throws {
    var connection: SQLiteConnection? = try SQLiteConnection(path: ":memory:")
    let statement = try #require(try connection?.prepare("SELECT 7"))
    connection = nil
    var found: [Int64] = []
    try statement.rows { found.append($0.integer(0)) }
    #expect(found == [7])
  }
}
