import Glibc

/// Why a folder cannot be used, or no longer takes what it is given.
package enum StorageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A call to the system failed.
  case system(operation: String, path: String, code: Int32)
  /// Another process uses the folder; its id where it is known.
  case inUse(path: String, process: String?)
  /// The folder's state was written in a form that this version does not know.
  case unknownFormat(path: String, found: Int64, known: Int64)
  /// There is a database that is not of this program.
  case foreign(path: String)
  /// The state is there and cannot be read.
  case unreadable(path: String, reason: String)

  package var description: String {
    switch self {
    case .system(let operation, let path, let code): "cannot \(operation) \(path): \(String(cString: strerror(code)))"
    case .inUse(let path, let process):
      "\(path) is in use by another iamdrill\(process.map { " (process \($0))" } ?? ""); "
        + "stop that one, or take another folder"
    case .unknownFormat(let path, let found, let known):
      found > known
        ? "\(path) was written by a newer version of iamdrill (format \(found), this one knows \(known)); "
          + "use that version, or another folder"
        : "\(path) was written by an older version of iamdrill, which this one does not read any more "
          + "(format \(found), this one knows \(known)); use that version, or another folder"
    case .foreign(let path): "\(path) is not iamdrill's; take a folder that is empty or that iamdrill made"
    case .unreadable(let path, let reason): "the state in \(path) cannot be read: \(reason)"
    }
  }

  /// The error of the system call that has just failed.
  static func last(_ operation: String, _ path: String) -> StorageError {
    .system(operation: operation, path: path, code: errno)
  }
}
