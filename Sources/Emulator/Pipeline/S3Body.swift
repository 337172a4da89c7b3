import AWSAPI
import HTTP
import SigV4

/// The body of an S3 request: without its chunks, and held against what was announced and signed.
enum S3Body {
  /// The body to read from: one in memory was checked at once, a stream checks itself at its end.
  /// - Parameter chunks: the beginning of the chain of chunk signatures; `nil` where the request is not signed.
  static func checked(
    _ request: HTTPRequest, _ payload: S3Payload, chunks: @autoclosure () -> ChunkSigner?
  ) throws(AWSError) -> HTTPBody {
    // Few bodies come in chunks, and a chain needs the signing key.
    let signer = if case .chunked = payload { chunks() } else { ChunkSigner?.none }
    do throws(SignatureFailure) {
      let body = try payload.checkedBody(of: request, signer: signer)
      guard case .stream(let stream) = body else { return body }
      return .stream(S3BodyStream(stream))
    } catch {
      throw AWSError(error.error(for: .s3))
    }
  }

  /// The body of a request that brings a document, in memory: it is read, and held against its digests, as a whole. An
  /// object's bytes stay a stream.
  static func collected(_ body: HTTPBody, for operation: AWSAPI.Operation) throws(AWSError) -> HTTPBody {
    guard case .stream = body, operation.bringsDocument else { return body }
    do {
      return .bytes(try body.collected(limit: AWSAPI.Operation.largestDocument))
    } catch let error as AWSError {
      throw error
    } catch is HTTPBodyTooLarge {
      throw AWSError(
        "MaxMessageLengthExceeded", "Your request was too big.", status: 400,
        fields: [.init(name: "MaxMessageLengthBytes", value: String(AWSAPI.Operation.largestDocument))])
    } catch {
      throw .incompleteBody
    }
  }
}

extension AWSAPI.Operation {
  /// Whether the operation's body is XML or a policy rather than an object's bytes.
  var bringsDocument: Bool {
    input.members.contains { member in
      switch (member.location, member.shape) {
      case (.payload, _), (.body, .string): true
      default: false
      }
    }
  }
}

/// A checked stream whose failures are answers of S3.
private final class S3BodyStream: HTTPBodyStream, HTTPTrailers {
  private let source: any HTTPBodyStream

  init(_ source: any HTTPBodyStream) { self.source = source }

  var length: Int64? { source.length }

  var trailers: HTTPHeaders { (source as? ChunkedStream)?.trailers ?? [:] }

  func next() throws -> [UInt8]? {
    do {
      return try source.next()
    } catch let failure as SignatureFailure {
      throw AWSError(failure.error(for: .s3))
    }
  }
}

extension AWSError {
  /// A signature failure as an answer.
  init(_ error: SignatureError) {
    self.init(
      error.code, error.message, status: error.status,
      fields: error.fields.map { Field(name: $0.name, value: $0.value) })
  }
}
