import Emulator

/// Puts uploads into files, and small ones into memory.
final class FilePayloadStore: PayloadStore {
  /// The most bytes that stay in memory; where the state is kept, they stand in the object's row.
  static let largestInMemory = 32 << 10

  let folder: PayloadFolder

  init(folder: PayloadFolder) { self.folder = folder }

  func makeWriter(length: Int64?) -> any PayloadWriter { FilePayloadWriter(folder) }

  func payload(named name: String, size: Int64) throws -> any StoredPayload {
    try folder.payload(named: name, size: size)
  }
}

/// Takes an upload: into memory at first, and into a file as soon as that is too much.
private final class FilePayloadWriter: PayloadWriter {
  private let folder: PayloadFolder
  private var small: [UInt8] = []
  private var file: (name: String, descriptor: FileDescriptor)?
  private var size: Int64 = 0
  private var isFinished = false

  init(_ folder: PayloadFolder) { self.folder = folder }

  deinit {
    if let file, !isFinished { folder.remove(file.name) }
  }

  func write(_ chunk: [UInt8]) throws {
    size += Int64(chunk.count)
    if let file { return try file.descriptor.write(chunk) }
    guard size > FilePayloadStore.largestInMemory else {
      // An upload that comes in one piece is kept as it came.
      if small.isEmpty { small = chunk } else { small += chunk }
      return
    }
    let made = try folder.makeFile()
    file = (made.name, made.file)
    try made.file.write(small)
    small = []
    try made.file.write(chunk)
  }

  func finish() throws -> ObjectPayload {
    guard let file else { return .bytes(small) }
    try folder.finish(file.descriptor)
    isFinished = true
    return .stored(FilePayload(name: file.name, size: size, in: folder))
  }
}
