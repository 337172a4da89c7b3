package import AWSAPI
package import FoundationEssentials
import HTTP
package import SigV4

/// Makes calls: encode, sign, send, decode, and again where that is worth it.
package struct AWSClient: Sendable {
  package var transport: any Transport
  package var endpoints: ServiceEndpoints
  package var region: String
  package var retries: RetryPolicy
  /// The time that requests are signed at.
  package var now: @Sendable () -> Date
  /// Lets time pass between attempts.
  package var wait: @Sendable (Duration) -> Void
  /// Spreads the pauses, from 0 up to 1.
  package var jitter: @Sendable () -> Double

  /// The most bytes of a response that a stream may have.
  package static let largestResponse = 64 << 20

  package init(
    transport: any Transport, endpoints: ServiceEndpoints, region: String, retries: RetryPolicy = RetryPolicy(),
    now: @escaping @Sendable () -> Date, wait: @escaping @Sendable (Duration) -> Void,
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.transport = transport
    self.endpoints = endpoints
    self.region = region
    self.retries = retries
    self.now = now
    self.wait = wait
    self.jitter = jitter
  }

  /// Makes the call. An error that AWS answers is an answer: it stands in the exchange.
  /// - Parameter credentials: `nil` for a request without a signature.
  /// - Throws: ``CallFailure`` where nothing could be sent or no answer came.
  package func call(
    _ operation: AWSAPI.Operation, _ parameters: AWSStructure, as credentials: Credentials?
  ) throws(CallFailure) -> ClientExchange {
    let endpoint = endpoints.endpoint(of: operation.service, region: region)
    var unsigned: HTTPRequest
    do throws(RequestEncodingError) {
      unsigned = try operation.encodeRequest(parameters, host: endpoint.authority)
    } catch {
      throw .encoding(error)
    }
    // For an emulator in this process; a server tells from its own end of the connection.
    unsigned.connection.isSecure = endpoint.scheme == .https
    var attempt = 1
    while true {
      let request = try sign(unsigned, for: operation.service, as: credentials)
      let outcome = send(request, to: endpoint).map {
        exchange(operation, parameters, request, $0, attempts: attempt)
      }
      let isRepeatable = operation.isRepeatable && unsigned.body.isRepeatable
      guard let pause = pause(after: outcome, attempt: attempt, isRepeatable: isRepeatable) else {
        do throws(TransportError) { return try outcome.get() } catch { throw .transport(error) }
      }
      wait(pause)
      attempt += 1
    }
  }

  /// The pause before the next attempt; `nil` where this one stands.
  private func pause(
    after outcome: Result<ClientExchange, TransportError>, attempt: Int, isRepeatable: Bool
  ) -> Duration? {
    switch outcome {
    case .failure(let error):
      return retries.pause(
        afterAttempt: attempt, .transport(error.kind), isRepeatable: isRepeatable, jitter: jitter())
    case .success(let exchange):
      let status = exchange.response.status
      guard status >= 400 else { return nil }
      let asked = exchange.response.headers["Retry-After"].flatMap { Int($0) }
      return retries.pause(
        afterAttempt: attempt, .answered(status: status, code: exchange.error?.code), isRepeatable: isRepeatable,
        retryAfter: asked.map { .seconds(max(0, min($0, 3600))) }, jitter: jitter())
    }
  }

  /// A link that makes the call for whoever has it.
  /// - Throws: ``CallFailure/encoding(_:)``.
  package func presign(
    _ operation: AWSAPI.Operation, _ parameters: AWSStructure, as credentials: Credentials, expires: Int
  ) throws(CallFailure) -> String {
    let endpoint = endpoints.endpoint(of: operation.service, region: region)
    do throws(RequestEncodingError) {
      let request = try operation.encodeRequest(parameters, host: endpoint.authority)
      let signer = signer(for: operation.service, credentials)
      return endpoint.url + signer.presign(request, at: now(), expires: expires).target
    } catch {
      throw .encoding(error)
    }
  }

  private func signer(for service: Service, _ credentials: Credentials) -> Signer {
    Signer(
      credentials: credentials, region: endpoints.signingRegion(of: service, region: region),
      service: service.rawValue)
  }

  private func sign(
    _ request: HTTPRequest, for service: Service, as credentials: Credentials?
  ) throws(CallFailure) -> HTTPRequest {
    guard let credentials else { return request }
    do {
      return try signer(for: service, credentials).sign(
        request, at: now(), payload: request.body.isRepeatable ? .hashed() : .unsigned)
    } catch {
      throw .signing("the body cannot be read: \(error)")
    }
  }

  private func send(_ request: HTTPRequest, to endpoint: Endpoint) -> Result<HTTPResponse, TransportError> {
    do throws(TransportError) {
      var response = try transport.send(request, to: endpoint)
      if case .stream = response.body {
        do {
          response.body = .bytes(try response.body.collected(limit: Self.largestResponse))
        } catch {
          throw TransportError(.tooLarge, "the response cannot be read: \(error)")
        }
      }
      return .success(response)
    } catch {
      return .failure(error)
    }
  }

  private func exchange(
    _ operation: AWSAPI.Operation, _ parameters: AWSStructure, _ request: HTTPRequest, _ response: HTTPResponse,
    attempts: Int
  ) -> ClientExchange {
    let result: Result<DecodedResponse, ClientExchange.UnreadableAnswer>
    do {
      result = .success(try operation.decodeResponse(response))
    } catch {
      result = .failure(ClientExchange.UnreadableAnswer(message: "\(error)"))
    }
    return ClientExchange(
      operation: operation, parameters: parameters, request: request, response: response, result: result,
      attempts: attempts)
  }
}

extension AWSAPI.Operation {
  /// Whether making the call twice leaves what making it once leaves, and answers no error for that.
  package var isRepeatable: Bool {
    if let binding { return binding.method != "POST" }
    return ["Get", "List", "Simulate", "Assume", "Put", "Attach", "Update", "Tag"].contains { name.hasPrefix($0) }
  }
}

extension HTTPBody {
  /// A stream is read once.
  fileprivate var isRepeatable: Bool { if case .bytes = self { true } else { false } }
}
