import FoundationEssentials
import JSON
import SQLite
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The ledger on disk: one SQLite file, and one locked file for every run that is going on.
///
/// Every write is a transaction of its own that is synced before the call returns, so that nothing is made that the disk does
/// not know of.
package final class SQLiteLedger: LedgerStore {
  private let connection: Mutex<SQLiteConnection>
  private let folder: String
  /// What the runs of this process hold.
  private let locks = Mutex<[RunID: Int32]>([:])

  private static let version: Int64 = 1

  /// - Parameter folder: where the ledger is; it is made where there is none, readable for nobody else.
  /// - Throws: why it cannot be written.
  package init(folder: String) throws(Problem) {
    self.folder = folder
    guard Self.makeFolder(folder), Self.makeFolder(folder + "/runs") else {
      throw Problem("the folder \(folder) of the ledger cannot be made: \(String(cString: strerror(errno)))")
    }
    do throws(SQLiteError) {
      let opened = try SQLiteConnection(path: folder + "/ledger.sqlite")
      try Self.prepare(opened)
      connection = Mutex(opened)
    } catch {
      throw Self.problem(error, folder)
    }
  }

  private static func problem(_ error: SQLiteError, _ folder: String) -> Problem {
    Problem("the ledger in \(folder) cannot be written: \(error)")
  }

  private static func makeFolder(_ path: String) -> Bool {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made == "/" ? "" : "/") + part
      if mkdir(made, 0o700) != 0, errno != EEXIST { return false }
    }
    return access(path, W_OK | X_OK) == 0
  }

  private static func prepare(_ connection: SQLiteConnection) throws(SQLiteError) {
    try connection.execute("PRAGMA journal_mode = WAL")
    try connection.execute("PRAGMA synchronous = FULL")
    let found = try connection.integer("PRAGMA user_version") ?? 0
    guard found <= version else {
      throw SQLiteError(code: 1, message: "it was written by a newer iamdrill (version \(found))")
    }
    try connection.execute(
      """
      BEGIN IMMEDIATE;
      CREATE TABLE IF NOT EXISTS run (
        id TEXT PRIMARY KEY, scenario TEXT NOT NULL, target TEXT NOT NULL, place TEXT NOT NULL, time REAL NOT NULL
      );
      CREATE TABLE IF NOT EXISTS entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL,
        operation TEXT NOT NULL, kind TEXT, name TEXT NOT NULL, inverse TEXT, state TEXT NOT NULL, time REAL NOT NULL
      );
      CREATE INDEX IF NOT EXISTS entry_of_run ON entry (run);
      PRAGMA user_version = \(version);
      COMMIT
      """)
  }

  private func write<Value: Sendable>(
    _ body: @Sendable (SQLiteConnection) throws(SQLiteError) -> Value
  ) throws(Problem) -> Value {
    do throws(SQLiteError) {
      return try connection.withLock { (connection) throws(SQLiteError) in try body(connection) }
    } catch {
      throw Self.problem(error, folder)
    }
  }

  // MARK: Runs

  package func begin(_ run: LedgerRun) throws(Problem) {
    // Locked before it is known: a sweep that sees it must see that it is going on.
    let path = lockPath(run.id)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Problem("\(path) cannot be locked: \(String(cString: strerror(errno)))")
    }
    locks.withLock { $0[run.id] = descriptor }
    try write { (connection) throws(SQLiteError) in
      try connection.run(
        "INSERT INTO run (id, scenario, target, place, time) VALUES (?, ?, ?, ?, ?)", .text(run.id.text),
        .text(run.scenario), .text(run.target), .text(run.place), .real(run.time.timeIntervalSince1970))
    }
  }

  package func end(_ run: RunID) throws(Problem) {
    try write { (connection) throws(SQLiteError) in
      let open = try connection.integer(
        "SELECT count(*) FROM entry WHERE run = ? AND state IN ('intended', 'made')", .text(run.text))
      guard open == 0 else { return }
      // Nothing is left to be known about it.
      try connection.run("DELETE FROM entry WHERE run = ?", .text(run.text))
      try connection.run("DELETE FROM run WHERE id = ?", .text(run.text))
    }
    if let descriptor = locks.withLock({ $0.removeValue(forKey: run) }) { close(descriptor) }
    unlink(lockPath(run))
  }

  private func lockPath(_ run: RunID) -> String { "\(folder)/runs/\(run).lock" }

  package func isRunning(_ run: RunID) -> Bool {
    if locks.withLock({ $0[run] != nil }) { return true }
    let descriptor = open(lockPath(run), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // The system drops the lock with the process, however that ends.
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  package func openRuns(at place: String) throws(Problem) -> [LedgerRun] {
    try write { (connection) throws(SQLiteError) in
      var runs: [LedgerRun] = []
      let statement = try connection.prepare("SELECT id, scenario, target, time FROM run WHERE place = ? ORDER BY id")
      try statement.rows(
        [.text(place)],
        while: { row in
          guard let id = RunID(row.text(0)) else { return true }
          runs.append(
            LedgerRun(
              id: id, scenario: row.text(1), target: row.text(2), place: place,
              time: Date(timeIntervalSince1970: row.real(3))))
          return true
        })
      return runs
    }
  }

  // MARK: Entries

  package func intend(_ entry: LedgerEntry) throws(Problem) -> Int64 {
    try write { (connection) throws(SQLiteError) in
      try connection.prepare(
        """
        INSERT INTO entry (run, account, region, operation, kind, name, inverse, state, time)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
      ).run([
        .text(entry.run.text), .text(entry.account), .text(entry.region), .text(entry.operation),
        SQLiteValue(entry.kind?.rawValue), .text(entry.name), SQLiteValue(entry.inverse?.text),
        .text(entry.state.rawValue),
        .real(entry.time.timeIntervalSince1970),
      ])
      return try connection.integer("SELECT last_insert_rowid()") ?? 0
    }
  }

  package func settle(
    _ id: Int64, _ state: LedgerEntry.State, inverse: LedgerEntry.Inverse?
  ) throws(Problem) {
    try write { (connection) throws(SQLiteError) in
      try connection.run(
        "UPDATE entry SET state = ?, inverse = coalesce(?, inverse) WHERE id = ?", .text(state.rawValue),
        SQLiteValue(inverse?.text), .integer(id))
    }
  }

  package func openEntries(of run: RunID) throws(Problem) -> [LedgerEntry] {
    try write { (connection) throws(SQLiteError) in
      var entries: [LedgerEntry] = []
      let statement = try connection.prepare(
        """
        SELECT id, account, region, operation, kind, name, inverse, state, time FROM entry
        WHERE run = ? AND state IN ('intended', 'made') ORDER BY id
        """)
      try statement.rows(
        [.text(run.text)],
        while: { row in
          var entry = LedgerEntry(
            run: run, account: row.text(1), region: row.text(2), operation: row.text(3),
            kind: row.isNull(4) ? nil : ResourceKind(rawValue: row.text(4)), name: row.text(5),
            inverse: row.isNull(6) ? nil : LedgerEntry.Inverse(text: row.text(6)),
            state: LedgerEntry.State(rawValue: row.text(7)) ?? .intended, time: Date(timeIntervalSince1970: row.real(8))
          )
          entry.id = row.integer(0)
          entries.append(entry)
          return true
        })
      return entries
    }
  }
}

extension LedgerEntry.Inverse {
  /// As the ledger keeps it: JSON.
  var text: String {
    let members = parameters.sorted { $0.key < $1.key }.map { JSONMember(name: $0.key, value: .string($0.value)) }
    let value: JSONValue = [
      "operation": .string(operation), "parameters": .object(members), "emptiesFirst": .bool(emptiesFirst),
    ]
    return value.compact
  }

  init?(text: String) {
    guard let value = try? JSONValue(parsing: Array(text.utf8)), let operation = value["operation"]?.string else {
      return nil
    }
    let members = value["parameters"]?.object ?? []
    let empties = if case .bool(true)? = value["emptiesFirst"]?.kind { true } else { false }
    self.init(
      operation: operation,
      parameters: Dictionary(
        members.compactMap { member in member.value.string.map { (member.name, $0) } }, uniquingKeysWith: { $1 }),
      emptiesFirst: empties)
  }
}
