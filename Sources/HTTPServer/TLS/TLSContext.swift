import CLibSSL

/// A server's certificate and key, from which every TLS connection begins.
///
/// `@unchecked Sendable`: the context is not changed after it was made, and OpenSSL counts references to it atomically.
package final class TLSContext: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Why there is no context, in OpenSSL's words.
  package struct Failure: Error {
    package var reason: String

    package init(reason: String) { self.reason = reason }
  }

  private init() throws(Failure) {
    guard let pointer = SSL_CTX_new(TLS_server_method()) else { throw .current }
    self.pointer = pointer
    iamdrill_ssl_configure(pointer)
  }

  deinit { SSL_CTX_free(pointer) }

  /// A context with what two PEM files hold: a certificate with its chain, and its key.
  package convenience init(certificate: String, key: String) throws(Failure) {
    try self.init()
    guard SSL_CTX_use_certificate_chain_file(pointer, certificate) == 1 else { throw .current(certificate) }
    guard SSL_CTX_use_PrivateKey_file(pointer, key, SSL_FILETYPE_PEM) == 1, SSL_CTX_check_private_key(pointer) == 1
    else { throw .current(key) }
  }

  /// A context with a certificate that is made for this run.
  package convenience init(_ certificate: borrowing SelfSignedCertificate) throws(Failure) {
    try self.init()
    guard SSL_CTX_use_certificate(pointer, certificate.certificate) == 1,
      SSL_CTX_use_PrivateKey(pointer, certificate.key) == 1
    else { throw .current }
  }

  /// A new connection's session over `descriptor`, which stays the caller's.
  func session(over descriptor: Int32) -> TLSSession? {
    guard let session = SSL_new(pointer) else { return nil }
    guard SSL_set_fd(session, descriptor) == 1 else {
      SSL_free(session)
      return nil
    }
    SSL_set_accept_state(session)
    return TLSSession(session)
  }
}

extension TLSContext.Failure {
  static var current: Self {
    var buffer = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(ERR_get_error(), &buffer, buffer.count)
    ERR_clear_error()
    return Self(reason: String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  static func current(_ path: String) -> Self { Self(reason: "\(path): \(Self.current.reason)") }
}

/// One connection's encryption. It belongs to the connection, and to the same thread.
final class TLSSession {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { SSL_free(pointer) }

  var hasPending: Bool { SSL_pending(pointer) > 0 }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
    transfer { SSL_read_ex(pointer, buffer.baseAddress, buffer.count, &$0) }
  }

  func write(_ buffer: UnsafeRawBufferPointer) -> Transfer {
    transfer { SSL_write_ex(pointer, buffer.baseAddress, buffer.count, &$0) }
  }

  /// Tells the client that the encrypted stream ends here.
  func end() {
    ERR_clear_error()
    if SSL_is_init_finished(pointer) == 1 { SSL_shutdown(pointer) }
  }

  /// The handshake is part of the first reads and writes.
  private func transfer(_ call: (inout Int) -> Int32) -> Transfer {
    ERR_clear_error()
    var count = 0
    let status = call(&count)
    if status == 1 { return .bytes(count) }
    switch SSL_get_error(pointer, status) {
    case SSL_ERROR_WANT_READ: return .wait(.toRead)
    case SSL_ERROR_WANT_WRITE: return .wait(.toWrite)
    case SSL_ERROR_ZERO_RETURN: return .end
    default:
      ERR_clear_error()
      return .failed
    }
  }
}
