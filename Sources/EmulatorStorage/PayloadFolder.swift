import Emulator
import Glibc
import Synchronization

/// The folder with the bytes of objects, a file each. A file goes when nothing refers to its payload any more: no state, no
/// state that is kept, no upload and no download under way.
final class PayloadFolder: Sendable {
  let path: String
  /// Whether files are to outlive the machine's crash.
  let isDurable: Bool
  private let folder: FileDescriptor
  /// Whether files stay when their payloads go, because the process ends and others will want them.
  private let keepsFiles: Atomic<Bool>
  private let hasNewFiles = Atomic(false)
  /// The payloads that a state was read with, so that two that share a file share its payload.
  private let read = Mutex<[String: FilePayload]>([:])

  /// - Throws: where the folder cannot be made or opened.
  init(_ path: String, isDurable: Bool) throws(StorageError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last("make", path) }
    folder = try FileDescriptor(path, O_RDONLY | O_DIRECTORY)
    self.path = path
    self.isDurable = isDurable
    // Until a state was read to its end, nobody knows which files it refers to.
    keepsFiles = Atomic(isDurable)
  }

  func path(of name: String) -> String { "\(path)/\(name)" }

  /// A new file under a name that nobody else has.
  func makeFile() throws(StorageError) -> (name: String, file: FileDescriptor) {
    var random = SystemRandomNumberGenerator()
    let name = [random.next(), random.next()].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
    return (name, try FileDescriptor(path(of: name), O_WRONLY | O_CREAT | O_EXCL))
  }

  /// Makes sure of the bytes of a file; of its name, ``synchronize()`` does for many at once.
  func finish(_ file: FileDescriptor) throws(StorageError) {
    guard isDurable else { return }
    try file.synchronize()
    hasNewFiles.store(true, ordering: .sequentiallyConsistent)
  }

  /// Returns once the names of all files that are finished cannot be lost any more.
  func synchronize() throws(StorageError) {
    guard hasNewFiles.exchange(false, ordering: .sequentiallyConsistent) else { return }
    do throws(StorageError) {
      try folder.synchronize()
    } catch {
      hasNewFiles.store(true, ordering: .sequentiallyConsistent)
      throw error
    }
  }

  func remove(_ name: String) {
    if !keepsFiles.load(ordering: .sequentiallyConsistent) { unlink(path(of: name)) }
  }

  /// From now on files stay.
  func keepFiles() { keepsFiles.store(true, ordering: .sequentiallyConsistent) }
}

// MARK: Reading a state

extension PayloadFolder {
  /// The payload of the file `name` of a state that is read.
  func payload(named name: String, size: Int64) throws -> FilePayload {
    try read.withLock { read in
      if let payload = read[name] { return payload }
      var status = stat()
      // A name of ours has digits only, so it leads nowhere else.
      guard name.allSatisfy(\.isHexDigit), stat(path(of: name), &status) == 0, Int64(status.st_size) == size else {
        throw MissingPayload(name: name)
      }
      let payload = FilePayload(name: name, size: size, in: self)
      read[name] = payload
      return payload
    }
  }

  /// Ends the reading of a state: files that it does not refer to are left over from uploads that were cut off. From now on
  /// files go with their payloads.
  func removeUnread() throws(StorageError) {
    let read = read.withLock { read in
      defer { read = [:] }
      return read
    }
    for name in try Self.names(in: path) where read[name] == nil { unlink(path(of: name)) }
    keepsFiles.store(false, ordering: .sequentiallyConsistent)
  }

  /// The names of what is in a folder.
  static func names(in path: String) throws(StorageError) -> [String] {
    guard let stream = opendir(path) else { throw .last("read", path) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
