package import SQLite

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The runs that were made on this machine, with every step's verdict, in one file.
///
/// It is a convenience, not a record: only the latest runs are kept, and what a crash of the machine loses is no loss.
package final class HistoryStore {
  let database: SQLiteConnection

  /// So many runs are kept.
  static let mostRuns = 200
  /// Changes with the tables; a file of another version is begun anew.
  private static let version: Int64 = 3

  /// `$XDG_STATE_HOME/iamdrill/history.sqlite`, by default below `~/.local/state`; `nil` where there is no home either.
  package static func path(stateHome: String?, home: String?) -> String? {
    // The XDG Base Directory Specification: a path that is not absolute is to be ignored.
    if let stateHome, stateHome.hasPrefix("/") { return stateHome + "/iamdrill/history.sqlite" }
    guard let home, home.hasPrefix("/") else { return nil }
    return home + "/.local/state/iamdrill/history.sqlite"
  }

  /// Opens the file at `path`.
  /// - Parameter isNew: whether it may be made, with the folders that it is in.
  /// - Throws: ``SQLiteError`` where it cannot be opened, or is something else.
  package init(path: String, makingIt isNew: Bool) throws(SQLiteError) {
    if isNew { Self.makeFolders(of: path) }
    database = try SQLiteConnection(path: path, isNew ? .readWrite : .readOnly)
    let version = try database.integer("PRAGMA user_version")
    guard isNew else {
      if version == Self.version { return }
      throw SQLiteError(code: 0, message: "it was kept by another version of iamdrill; the next run begins it anew")
    }
    try database.execute("PRAGMA synchronous = OFF")
    guard version != Self.version else { return }
    try database.execute(
      """
      BEGIN IMMEDIATE;
      -- Of an earlier version.
      DROP TABLE IF EXISTS steps;
      DROP TABLE IF EXISTS runs;
      CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, started REAL NOT NULL, microseconds INTEGER NOT NULL,
        targets TEXT NOT NULL, scenarios INTEGER NOT NULL, passed INTEGER NOT NULL, failed INTEGER NOT NULL,
        errors INTEGER NOT NULL, not_run INTEGER NOT NULL, steps TEXT NOT NULL);
      PRAGMA user_version = \(Self.version);
      COMMIT;
      """)
  }

  /// For its owner alone: it tells which accounts and files there are.
  private static func makeFolders(of path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }
}
