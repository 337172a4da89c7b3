/// How long the parts of an exchange took on the wire, in microseconds from its beginning, as far as they took place.
///
/// A class, because a response is copied often and this is looked at seldom.
package final class ConnectionTiming: Sendable {
  /// Whether a connection was used that an earlier exchange had opened.
  package let isReused: Bool
  /// The numeric address and the port of the other side.
  package let peer: String
  package let nameLookup: Int
  package let connect: Int
  /// Until TLS was agreed on; 0 without TLS.
  package let secure: Int
  /// Until the first byte of the answer.
  package let firstByte: Int
  package let total: Int

  package init(
    isReused: Bool, peer: String, nameLookup: Int, connect: Int, secure: Int, firstByte: Int, total: Int
  ) {
    self.isReused = isReused
    self.peer = peer
    self.nameLookup = nameLookup
    self.connect = connect
    self.secure = secure
    self.firstByte = firstByte
    self.total = total
  }
}
