public import JSON

/// A request of `iamdrill evaluate`: a question with the policies it is put to.
public struct EvaluationRequest: Sendable {
  /// Whatever the request gave as its `id`, to be given back with the answer.
  public var id: JSONValue
  /// The question.
  public var request: AuthorizationRequest
  /// The policies.
  public var layers: PolicyLayers

  /// Reads one request.
  /// - Throws: ``EvaluationError`` where the text is not JSON, lacks what is needed or has what is not known.
  public init(parsing text: some Collection<UInt8>) throws(EvaluationError) {
    var cache = PolicyCache()
    let bytes = Array(text)
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<EvaluationRequest, EvaluationError> in
      do throws(EvaluationFailure) {
        return .success(try EvaluationReader.read(buffer, &cache).request)
      } catch {
        return .failure(error.error)
      }
    }
    self = try result.get()
  }

  init(id: JSONValue, request: AuthorizationRequest, layers: PolicyLayers) {
    self.id = id
    self.request = request
    self.layers = layers
  }
}

/// An error with the id of the request it is about, as far as that was read.
struct EvaluationFailure: Error {
  var id: JSONValue?
  var error: EvaluationError
  /// Set where the text is not JSON: the place of the fault.
  var syntax: JSONError?
}
