import Glibc

/// Room on the disk that is given up when the disk is full, so that what makes room can still be kept: even a deletion is
/// written down before it frees anything.
struct Reserve {
  /// What a few small transactions need, a page of the log for every page they change.
  private static let size = 512 << 10

  let path: String
  private(set) var isHeld = false

  init(path: String) {
    self.path = path
    hold()
  }

  /// Takes the room, where there is enough.
  mutating func hold() {
    guard !isHeld, let file = try? FileDescriptor(path, O_WRONLY | O_CREAT) else { return }
    isHeld = posix_fallocate(file.number, 0, off_t(Self.size)) == 0
    if !isHeld { unlink(path) }
  }

  /// Gives the room up.
  mutating func release() {
    unlink(path)
    isHeld = false
  }
}
