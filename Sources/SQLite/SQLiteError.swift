import CSQLite

/// What SQLite refused.
package struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
  /// SQLite's extended result code.
  package var code: Int32
  /// SQLite's own words.
  package var message: String

  package init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  /// The error that `connection` reports for `code`.
  init(_ code: Int32, _ connection: OpaquePointer?) {
    let text = connection.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
    self.init(code: code, message: text.map { String(cString: $0) } ?? "unknown error")
  }

  package var description: String { "\(message) (SQLite \(code))" }

  /// Another connection holds the file.
  package var isBusy: Bool { code & 0xFF == SQLITE_BUSY || code & 0xFF == SQLITE_LOCKED }

  /// There is no room for what was written: a full disk, or a size limit of the process.
  package var isFull: Bool { code & 0xFF == SQLITE_FULL }

  /// The file is none of SQLite's.
  package var isNotADatabase: Bool { code & 0xFF == SQLITE_NOTADB }

  static let misuse = SQLiteError(code: SQLITE_MISUSE, message: "the statement was made for another number of values")
  static let tooBig = SQLiteError(code: SQLITE_TOOBIG, message: "the value is too big")
}
