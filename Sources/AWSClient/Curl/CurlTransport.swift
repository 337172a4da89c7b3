package import HTTP
import Synchronization

/// Sends requests with libcurl, byte for byte as they are.
///
/// A handle keeps its connections open and is used by one thread at a time: whoever sends takes an idle one or makes one,
/// and gives it back.
package final class CurlTransport: Transport {
  package let settings: CurlSettings
  private let idle = Mutex<[CurlHandle]>([])

  /// More idle handles than this are closed rather than kept.
  private static let mostIdleHandles = 64

  package init(_ settings: CurlSettings = CurlSettings()) {
    self.settings = settings
  }

  package func send(_ request: HTTPRequest, to endpoint: Endpoint) throws(TransportError) -> HTTPResponse {
    let handle = try takeHandle()
    defer { giveBack(handle) }
    return try handle.perform(request, to: endpoint, settings)
  }

  private func takeHandle() throws(TransportError) -> CurlHandle {
    if let handle = idle.withLock({ $0.popLast() }) { return handle }
    return try CurlHandle()
  }

  private func giveBack(_ handle: CurlHandle) {
    idle.withLock { handles in
      if handles.count < Self.mostIdleHandles { handles.append(handle) }
    }
  }
}
