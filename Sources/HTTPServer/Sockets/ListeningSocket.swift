import CLinux
import Glibc

/// A bound socket that connections come in by.
package struct ListeningSocket: ~Copyable, Sendable {
  let descriptor: Descriptor
  /// The numeric address that it is bound to.
  package let address: String
  /// The port that it is bound to; chosen by the system where 0 was asked for.
  package let port: UInt16
  /// Whether only this machine can reach it.
  package let isLoopback: Bool

  /// Why there is no socket, in the system's words.
  package struct Failure: Error {
    package var reason: String
  }

  /// Connections that wait to be accepted.
  private static let backlog: Int32 = 1024

  /// Binds `host`, a name or a numeric address, and listens.
  package init(host: String, port: UInt16) throws(Failure) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, String(port), &hints, &found)
    guard status == 0, let first = found else { throw Failure(reason: String(cString: gai_strerror(status))) }
    defer { freeaddrinfo(found) }
    guard let socket = Descriptor(socket(first.pointee.ai_family, Self.type, 0)) else { throw .system }
    var on: Int32 = 1
    setsockopt(socket.number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    guard bind(socket.number, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0,
      listen(socket.number, Self.backlog) == 0
    else { throw .system }
    var bound = SocketAddress()
    guard bound.read({ getsockname(socket.number, $0, $1) }) == 0 else { throw .system }
    descriptor = socket
    address = bound.text
    self.port = bound.port
    isLoopback = bound.isLoopback
  }

  private static let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

  /// What came of ``accept()``.
  enum Accepted: ~Copyable {
    case connection(Descriptor, peer: String)
    /// Nobody waits.
    case none
    /// The process has no descriptor left.
    case exhausted
  }

  func accept() -> Accepted {
    while true {
      var peer = SocketAddress()
      let number = peer.read { iamdrill_accept(descriptor.number, $0, $1) }
      if let socket = Descriptor(number) {
        var on: Int32 = 1
        setsockopt(socket.number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return .connection(socket, peer: peer.text)
      }
      switch errno {
      // The client went before its turn came.
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      default: return .none
      }
    }
  }
}

extension ListeningSocket.Failure {
  fileprivate static var system: Self { Self(reason: String(cString: strerror(errno))) }
}

/// An address of a socket, IPv4 or IPv6.
struct SocketAddress {
  private var storage = sockaddr_storage()

  mutating func read(_ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) -> Int32 {
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
    }
  }

  /// The address in numbers; an IPv4 address that came by an IPv6 socket is shown as IPv4.
  var text: String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let isWritten = withUnsafeAddress { family, address in
      inet_ntop(Int32(family), address, &buffer, socklen_t(buffer.count)) != nil
    }
    guard isWritten else { return "" }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst("::ffff:".count)) : text
  }

  var port: UInt16 {
    // Both families have the port in the same place.
    withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)) }
  }

  var isLoopback: Bool { text == "::1" || text.hasPrefix("127.") }

  private func withUnsafeAddress<R>(_ body: (sa_family_t, UnsafeRawPointer) -> R) -> R {
    withUnsafePointer(to: storage) { pointer in
      let raw = UnsafeRawPointer(pointer)
      // `sin_addr` stands 4 bytes into the address, `sin6_addr` 8.
      return body(pointer.pointee.ss_family, raw + (pointer.pointee.ss_family == sa_family_t(AF_INET6) ? 8 : 4))
    }
  }
}
