import Emulator
import Glibc
import HTTP
import Synchronization

/// The bytes of an object or of a part in a file of their own.
final class FilePayload: StoredPayload {
  let name: String
  let size: Int64
  private let folder: PayloadFolder

  init(name: String, size: Int64, in folder: PayloadFolder) {
    self.name = name
    self.size = size
    self.folder = folder
  }

  deinit {
    folder.remove(name)
  }

  func body(_ range: Range<Int64>) -> HTTPBody {
    guard !range.isEmpty else { return .empty }
    return .stream(FileStream(self, path: folder.path(of: name), range))
  }
}

/// A region of a payload's file. It holds on to the payload, whose file so stays until the stream is read.
private final class FileStream: HTTPFileStream {
  /// How much is read at a time.
  private static let chunk: Int64 = 256 << 10

  private let region: Range<Int64>
  private let payload: FilePayload
  private let opened: Result<FileDescriptor, StorageError>
  private let position: Atomic<Int64>

  init(_ payload: FilePayload, path: String, _ region: Range<Int64>) {
    self.payload = payload
    self.region = region
    opened = Result { () throws(StorageError) in try FileDescriptor(path, O_RDONLY) }
    position = Atomic(region.lowerBound)
  }

  var length: Int64? { Int64(region.count) }

  /// Of no file, where it cannot be opened; reading the stream then says why.
  var file: HTTPFileRange {
    let start = position.load(ordering: .relaxed)
    return HTTPFileRange(
      descriptor: (try? opened.get())?.number ?? -1, offset: start, length: region.upperBound - start)
  }

  func next() throws -> [UInt8]? {
    let start = position.load(ordering: .relaxed)
    guard start < region.upperBound else { return nil }
    let bytes = try opened.get().read(Int(min(Self.chunk, region.upperBound - start)), at: start)
    guard !bytes.isEmpty else { throw MissingPayload(name: payload.name) }
    position.store(start + Int64(bytes.count), ordering: .relaxed)
    return bytes
  }
}
