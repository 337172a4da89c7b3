package import Emulator
import FoundationEssentials
import Glibc

/// Where an emulator that is served has its objects and, where that is asked for, all of its state.
///
/// To be held as long as the emulator answers, and closed then.
package final class EmulatorStorage: Sendable {
  /// The folder of all.
  package let path: String
  /// Whether no state was there when the storage was opened.
  package let isNew: Bool
  private let payloads: PayloadFolder
  private let database: StateDatabase?
  /// Locked while the folder is in use; the lock goes with the process, however that ends.
  private let lock: FileDescriptor

  private init(
    path: String, isNew: Bool = true, payloads: PayloadFolder, database: StateDatabase?, lock: FileDescriptor
  ) {
    self.path = path
    self.isNew = isNew
    self.payloads = payloads
    self.database = database
    self.lock = lock
  }

  /// Storage in `path`, where accounts and objects outlive the process. The folder is made where there is none.
  /// - Throws: ``StorageError``.
  package static func folder(_ path: String) throws -> EmulatorStorage {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw StorageError.last("make", path) }
    let lock = try FileDescriptor(path + "/lock", O_RDWR | O_CREAT)
    guard lock.lock() else { throw StorageError.inUse(path: path, process: lock.owner) }
    try lock.own()
    let payloads = try PayloadFolder(path + "/objects", isDurable: true)
    let isNew = access(path + "/state.sqlite", F_OK) != 0
    let database = try StateDatabase(path: path + "/state.sqlite", payloads: payloads)
    return EmulatorStorage(path: path, isNew: isNew, payloads: payloads, database: database, lock: lock)
  }

  /// Storage for large objects in a folder that goes when the storage is closed. Folders of processes that were killed are
  /// removed on the way.
  /// - Throws: ``StorageError``.
  package static func temporary() throws -> EmulatorStorage {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    removeLeftFolders(in: parent)
    while true {
      let path = try makeFolder(in: parent)
      let lock = try FileDescriptor(path + "/lock", O_RDWR | O_CREAT)
      // Another process may just have taken the folder for one that was left; then it removes it.
      guard lock.lock() else { continue }
      return EmulatorStorage(
        path: path, payloads: try PayloadFolder(path + "/objects", isDurable: false), database: nil, lock: lock)
    }
  }

  deinit {
    close()
  }

  /// The emulator whose state is in the folder, or a new one.
  /// - Throws: ``StorageError`` where what is kept cannot be read, ``PolicyError`` where a guardrail is no policy.
  package func emulator(_ configuration: EmulatorConfiguration) throws -> Emulator {
    var configuration = configuration
    configuration.payloads = FilePayloadStore(folder: payloads)
    guard let database else { return try Emulator(configuration) }
    do {
      let emulator = try Emulator(configuration, keptIn: database)
      try payloads.removeUnread()
      return emulator
    } catch let error as StateFormatError {
      throw StorageError.unreadable(path: path, reason: error.description)
    } catch let error as MissingPayload {
      throw StorageError.unreadable(path: path, reason: error.description)
    }
  }

  /// Ends the use of the folder. The emulator must not be asked any more.
  package func close() {
    payloads.keepFiles()
    if database == nil { Self.removeFolder(path) }
  }
}

// MARK: Temporary folders

extension EmulatorStorage {
  private static let prefix = "iamdrill-objects-"

  private static func makeFolder(in parent: String) throws(StorageError) -> String {
    var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .last("make a folder in", parent) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes the folders of processes that ended without doing so: those whose lock nobody holds.
  private static func removeLeftFolders(in parent: String) {
    for name in (try? PayloadFolder.names(in: parent)) ?? [] where name.hasPrefix(prefix) {
      let folder = "\(parent)/\(name)"
      var status = stat()
      // Into a folder of this user nobody else can have put a link that leads elsewhere.
      guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
        let lock = try? FileDescriptor(folder + "/lock", O_RDWR), lock.lock()
      else { continue }
      removeFolder(folder)
    }
  }

  private static func removeFolder(_ path: String) {
    for name in (try? PayloadFolder.names(in: path + "/objects")) ?? [] { unlink("\(path)/objects/\(name)") }
    rmdir(path + "/objects")
    unlink(path + "/lock")
    rmdir(path)
  }
}

extension FileDescriptor {
  /// Writes this process's id into a lock, for the message that others get.
  fileprivate func own() throws(StorageError) {
    guard ftruncate(number, 0) == 0 else { throw .last("write", path) }
    try write(Array(String(getpid()).utf8))
  }

  /// The id of the process that holds a lock.
  fileprivate var owner: String? {
    guard let bytes = try? read(20, at: 0), !bytes.isEmpty else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
