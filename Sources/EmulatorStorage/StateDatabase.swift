import Emulator
import SQLite
import Synchronization

/// The rows of a state in SQLite.
final class StateDatabase: StateStore {
  /// Marks the file as ours: `iamd`.
  private static let applicationID: Int64 = 0x6961_6D64
  /// How many rows are read at a time.
  private static let page = 256

  private let connection: Mutex<Connection>
  private let payloads: PayloadFolder

  fileprivate struct Connection {
    var database: SQLiteConnection
    var put: SQLiteStatement
    var delete: SQLiteStatement
    var page: SQLiteStatement
    var reserve: Reserve
  }

  /// Opens the database at `path`, or makes it.
  /// - Parameter payloads: the folder whose files the rows refer to.
  /// - Throws: ``StorageError`` where the file is another's, or of another version; what SQLite says.
  init(path: String, payloads: PayloadFolder) throws {
    self.payloads = payloads
    let database = try SQLiteConnection(path: path)
    do {
      try Self.prepare(database, path: path)
    } catch let error as SQLiteError where error.isNotADatabase {
      throw StorageError.foreign(path: path)
    }
    connection = Mutex(
      Connection(
        database: database,
        put: try database.prepare(
          "INSERT INTO entry (map, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"),
        delete: try database.prepare("DELETE FROM entry WHERE map = ? AND key = ?"),
        page: try database.prepare(
          "SELECT key, value FROM entry WHERE map = ? AND key > ? ORDER BY key LIMIT \(Self.page)"),
        reserve: Reserve(path: path + "-reserve")))
  }

  private static func prepare(_ database: SQLiteConnection, path: String) throws {
    // Nobody else opens the file, which the folder's lock sees to; so no memory needs to be shared for it.
    try database.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    let application = try database.integer("PRAGMA application_id") ?? 0
    let isEmpty = try database.integer("SELECT count(*) FROM sqlite_schema") == 0
    guard application == applicationID || (application == 0 && isEmpty) else { throw StorageError.foreign(path: path) }
    let (found, known) = (try database.integer("PRAGMA user_version") ?? 0, Int64(EmulatorState.rowFormat))
    if isEmpty {
      try database.transaction {
        try database.execute(
          """
          CREATE TABLE entry (map TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, UNIQUE (map, key)) STRICT;
          PRAGMA application_id = \(applicationID);
          PRAGMA user_version = \(known);
          """)
      }
    } else if found != known {
      throw StorageError.unknownFormat(path: path, found: found, known: known)
    }
  }

  func apply(_ changes: [StateRow]) throws {
    // A row must not be there before the file that it refers to.
    try payloads.synchronize()
    try connection.withLock { connection in
      do {
        try connection.apply(changes)
      } catch let error as SQLiteError where error.isFull && connection.reserve.isHeld && Self.isSmall(changes) {
        connection.reserve.release()
        try connection.apply(changes)
      }
      connection.reserve.hold()
    }
  }

  /// Whether changes may be made with the last room there is: those that remove something, or hardly add.
  private static func isSmall(_ changes: [StateRow]) -> Bool {
    changes.reduce(0) { $0 + ($1.value?.count ?? 0) } <= 8 << 10
  }

  func close() { payloads.keepFiles() }

  func rows(of map: String, _ body: (_ key: String, _ value: [UInt8]) throws -> Void) throws {
    var last: [UInt8] = []
    // The state's own row has the empty key, which comes after nothing.
    if map.isEmpty {
      try root().map { try body("", $0) }
      return
    }
    while true {
      let page = try connection.withLock { connection in
        var rows: [(key: [UInt8], value: [UInt8])] = []
        try connection.page.rows([.text(map), .blob(last)]) { rows.append(($0.blob(0), $0.blob(1))) }
        return rows
      }
      for row in page { try body(String(decoding: row.key, as: UTF8.self), row.value) }
      guard page.count == Self.page, let end = page.last else { return }
      last = end.key
    }
  }

  private func root() throws -> [UInt8]? {
    try connection.withLock { connection in
      var value: [UInt8]?
      try connection.database.prepare("SELECT value FROM entry WHERE map = '' AND key = x''").rows {
        value = $0.blob(0)
      }
      return value
    }
  }
}

extension StateDatabase.Connection {
  /// Makes the changes in one transaction.
  fileprivate func apply(_ changes: [StateRow]) throws {
    try database.transaction {
      for change in changes {
        let place: [SQLiteValue] = [.text(change.map), .blob(Array(change.key.utf8))]
        if let value = change.value {
          try put.run(place + [.blob(value)])
        } else {
          try delete.run(place)
        }
      }
    }
  }
}
