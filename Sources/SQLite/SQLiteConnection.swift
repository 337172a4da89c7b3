import CSQLite

/// A connection to one database file; the owner of SQLite's handle.
///
/// Not for several threads at once: keep it in a `Mutex`. Statements may outlive it, because SQLite closes the file only
/// when the last of them is gone.
package final class SQLiteConnection {
  private let handle: OpaquePointer

  package enum Access: Sendable {
    case readOnly
    /// Makes the file where there is none.
    case readWrite
  }

  /// - Parameter busyTimeout: how many milliseconds to wait for another connection that is writing.
  /// - Throws: where the file cannot be opened.
  package init(path: String, _ access: Access = .readWrite, busyTimeout: Int32 = 5_000) throws(SQLiteError) {
    let flags: Int32
    switch access {
    case .readOnly: flags = SQLITE_OPEN_READONLY
    case .readWrite: flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    }
    var opened: OpaquePointer?
    // Without SQLite's own mutex: one thread at a time is the owner's promise.
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let opened else {
      let error = SQLiteError(code, opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, busyTimeout)
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  /// Runs statements that take no values; rows they give are dropped.
  package func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteError(code, handle) }
  }

  /// Compiles one statement.
  package func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement else { throw SQLiteError(code, handle) }
    return SQLiteStatement(statement)
  }

  /// Runs one statement once, with `values` in the places of its question marks.
  package func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) {
    try prepare(sql).run(values)
  }

  /// The first column of the first row; `nil` where there is no row or it is NULL.
  package func integer(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int64? {
    var result: Int64?
    try prepare(sql).rows(
      values,
      while: { row in
        result = row.isNull(0) ? nil : row.integer(0)
        return false
      })
    return result
  }

  /// Runs `body` in one transaction: all of its changes are kept, or none where it throws.
  package func transaction<R>(_ body: () throws -> R) throws -> R {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // A full disk has rolled back already; then there is nothing left to do, and nothing to say about that.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }
}
