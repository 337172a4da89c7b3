/// A stream whose bytes lie in a file in one piece: a server may have the system send them without reading them itself.
package protocol HTTPFileStream: HTTPBodyStream {
  /// Where the bytes lie that were not read yet. The descriptor stays the stream's own, and open as long as the stream is.
  var file: HTTPFileRange { get }
}

/// A range of bytes of an open file.
package struct HTTPFileRange: Sendable, Hashable {
  package var descriptor: Int32
  /// Where the range starts, in bytes from the start of the file.
  package var offset: Int64
  package var length: Int64

  package init(descriptor: Int32, offset: Int64, length: Int64) {
    self.descriptor = descriptor
    self.offset = offset
    self.length = length
  }
}
