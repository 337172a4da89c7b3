import CSQLite

/// A compiled statement; the owner of SQLite's handle. It may be run again and again, by one thread at a time.
package final class SQLiteStatement {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Runs the statement with `values` in the places of its question marks; rows it gives are dropped.
  package func run(_ values: [SQLiteValue] = []) throws(SQLiteError) {
    try rows(values, while: { _ in true })
  }

  /// Runs the statement and gives each row to `body`, which is valid only inside of it.
  /// - Parameter body: returns whether to go on.
  package func rows(
    _ values: [SQLiteValue] = [], while body: (SQLiteRow) throws(SQLiteError) -> Bool
  ) throws(SQLiteError) {
    try bind(values)
    defer { sqlite3_reset(handle) }
    while true {
      let code = sqlite3_step(handle)
      switch code {
      case SQLITE_ROW: guard try body(SQLiteRow(handle)) else { return }
      case SQLITE_DONE: return
      default: throw SQLiteError(code, sqlite3_db_handle(handle))
      }
    }
  }

  /// Runs the statement and gives every row to `body`, which may throw errors of its own.
  package func rows(_ values: [SQLiteValue] = [], each body: (SQLiteRow) throws -> Void) throws {
    var failure: (any Error)?
    try rows(
      values,
      while: { row in
        do {
          try body(row)
          return true
        } catch {
          failure = error
          return false
        }
      })
    if let failure { throw failure }
  }

  private func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
    guard Int(sqlite3_bind_parameter_count(handle)) == values.count else { throw .misuse }
    for (index, value) in zip(Int32(1)..., values) {
      let code = try bind(value, at: index)
      guard code == SQLITE_OK else { throw SQLiteError(code, sqlite3_db_handle(handle)) }
    }
  }

  private func bind(_ value: SQLiteValue, at index: Int32) throws(SQLiteError) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, index)
    case .integer(let number): return sqlite3_bind_int64(handle, index, number)
    case .real(let number): return sqlite3_bind_double(handle, index, number)
    case .text(var text):
      guard let count = Int32(exactly: text.utf8.count) else { throw .tooBig }
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { iamdrill_sqlite_bind_text(handle, index, $0.baseAddress, count) }
      }
    case .blob(let blob):
      guard let count = Int32(exactly: blob.count) else { throw .tooBig }
      return blob.withUnsafeBytes { iamdrill_sqlite_bind_blob(handle, index, $0.baseAddress, count) }
    }
  }
}

/// The row a statement stands at; columns count from 0.
package struct SQLiteRow {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  package func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  /// The text; empty for NULL.
  package func text(_ column: Int32) -> String {
    String(decoding: bytes(column) { sqlite3_column_text($0, $1).map { UnsafeRawPointer($0) } }, as: UTF8.self)
  }

  /// The bytes; none for NULL.
  package func blob(_ column: Int32) -> [UInt8] { bytes(column, sqlite3_column_blob) }

  private func bytes(
    _ column: Int32, _ pointer: (OpaquePointer, Int32) -> UnsafeRawPointer?
  ) -> [UInt8] {
    // The pointer first: asking for it may convert the value, which changes the count.
    guard let start = pointer(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }
}

// A row is only valid inside of the closure it is given to.
@available(*, unavailable)
extension SQLiteRow: Sendable {}
