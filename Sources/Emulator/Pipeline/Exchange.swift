package import AWSAPI
import FoundationEssentials
import HTTP
import IAMPolicy
import SigV4

/// One request on its way through the steps: route, authenticate, decode, authorize, handle, encode.
struct Exchange {
  let emulator: Emulator
  let request: HTTPRequest
  let service: Service
  let signature: PresentedSignature?
  /// What was there when the request arrived; everything but the change itself is worked out on it.
  let current: StateSnapshot
  /// The same, with as much of IAM as is known: who asks, and what it may do, is decided on it.
  let known: StateSnapshot
  let stamp: ResponseStamp
  /// When the request arrived.
  let now: Date

  private var state: EmulatorState { current.state }

  /// The answer to the request, in whatever way it ends.
  func response() -> HTTPResponse {
    // Only browsers name an origin or ask beforehand.
    guard service == .s3, request.headers["Origin"] != nil || request.method == "OPTIONS" else { return answer() }
    let crossOrigin = CrossOrigin(request: request, state: state)
    if request.method == "OPTIONS" { return preflight(crossOrigin) }
    var response = answer()
    for field in crossOrigin.headers().fields { response.headers.append(field.name, field.value) }
    return response
  }

  private func preflight(_ crossOrigin: CrossOrigin) -> HTTPResponse {
    do throws(AWSError) {
      let headers = try crossOrigin.preflight()
      return HTTPResponse(status: 200, headers: HTTPHeaders(stamp.headers(.s3).fields + headers.fields))
    } catch {
      return error.response(.s3, stamp: stamp)
    }
  }

  private func answer() -> HTTPResponse {
    do throws(AWSError) {
      let call = try authenticatedCall()
      let reset = try emulator.faults.disturb(call.operation)
      if reset == .before { return LostAnswer.response }
      let permitted = try authorize(call)
      var (answer, number) = try perform(call)
      if permitted { number = max(number, emulator.noteUse(of: call, signature, before: state) ?? 0) }
      try emulator.settle(number)
      if reset == .afterwards { return LostAnswer.response }
      return call.operation.encodeResponse(
        answer.output, status: answer.status, headers: answer.headers, stamp: stamp)
    } catch {
      var error = error
      // What a refusal rests on must not get lost any more than what an answer does.
      do throws(AWSError) { try emulator.settle(current.number) } catch let unsettled { error = unsettled }
      return error.response(service, stamp: stamp, isHead: request.method == "HEAD")
    }
  }

  /// The refusal of a request whose body has not come yet; `nil` where nothing in its head speaks against the body. The
  /// whole request is judged again once it is there.
  func refusalOfHead() -> HTTPResponse? {
    // The other services' signatures cover the body.
    guard service == .s3 else { return nil }
    do throws(AWSError) {
      guard let call = try s3CallOfHead() else { return nil }
      _ = try authorize(call, notesPermission: false)
      return nil
    } catch {
      var response = error.response(.s3, stamp: stamp, isHead: request.method == "HEAD")
      for field in CrossOrigin(request: request, state: state).headers().fields {
        response.headers.append(field.name, field.value)
      }
      return response
    }
  }

  // MARK: Authenticate and decode

  private func authenticatedCall() throws(AWSError) -> Call {
    service == .s3 ? try s3Call() : try queryCall()
  }

  private func queryCall() throws(AWSError) -> Call {
    let form = try QueryForm.read(request)
    // What brings another proof of identity needs no signature, and one that it has says nothing.
    if let action = form["Action"], Self.unsignedOperations.contains(action), service == .sts {
      return try queryCall(form, by: nil)
    }
    guard let signature else { throw refusal(.unsigned, nil) }
    let body = request.method == "POST" ? (try? request.body.collected()) ?? [] : []
    return try queryCall(form, by: try authenticate(signature, payloadHash: S3Payload.hash(of: body)))
  }

  private static let unsignedOperations: Set<String> = ["AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"]

  private func queryCall(_ form: QueryItems, by signer: KnownCaller?) throws(AWSError) -> Call {
    let operation = try Catalogue.route(form: form, service: service)
    let parameters = try operation.decodeRequest(form: form)
    try operation.validate(parameters)
    return call(operation, parameters, by: signer, request)
  }

  private func s3Call() throws(AWSError) -> Call {
    var request = request
    var signer: KnownCaller?
    if let signature {
      let payload = try s3Payload(signature)
      let known = try authenticate(signature, payloadHash: payload.announcement)
      signer = known
      request.body = try S3Body.checked(
        request, payload, chunks: signature.chunkSigner(keys: known.signingKeys))
    } else if request.query.contains("AWSAccessKeyId="), request.query.contains("Signature=") {
      // Source: S3's answer to Signature Version 2 for buckets made after June 2020.
      throw AWSError(
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.", status: 400)
    } else if let payload = request.headers["x-amz-content-sha256"].flatMap(S3Payload.init(announcement:)) {
      // Anonymous callers announce their bodies as well, and SDKs send theirs in chunks.
      request.body = try S3Body.checked(request, payload, chunks: nil)
    }
    let route = try Catalogue.route(request)
    request.body = try S3Body.collected(request.body, for: route.operation)
    let parameters = try route.operation.decodeRequest(request, at: route)
    try route.operation.validate(parameters)
    return call(route.operation, parameters, by: signer, request)
  }

  private func s3Payload(_ signature: PresentedSignature) throws(AWSError) -> S3Payload {
    do throws(SignatureFailure) {
      return try signature.s3Payload(of: request)
    } catch {
      throw refusal(error, signature)
    }
  }

  /// The call as far as its head tells it; `nil` where its parameters stand in the body.
  private func s3CallOfHead() throws(AWSError) -> Call? {
    var signer: KnownCaller?
    if let signature {
      signer = try authenticate(signature, payloadHash: try s3Payload(signature).announcement)
    }
    let route = try Catalogue.route(request)
    guard !route.operation.bringsDocument else { return nil }
    let parameters = try route.operation.decodeRequest(request, at: route)
    try route.operation.validate(parameters)
    return call(route.operation, parameters, by: signer, request)
  }

  private func authenticate(_ signature: PresentedSignature, payloadHash: String) throws(AWSError) -> KnownCaller {
    let authentication = Authentication(
      state: known.state, callers: emulator.callers, now: now, service: service, region: emulator.configuration.region,
      machineClock: emulator.configuration.acceptsMachineTime ? emulator.clock : nil)
    do throws(SignatureFailure) {
      return try authentication.signer(of: request, signature: signature, payloadHash: payloadHash)
    } catch {
      throw refusal(error, signature)
    }
  }

  /// The answer to a signature that is not right, which is noted.
  private func refusal(_ failure: SignatureFailure, _ signature: PresentedSignature?) -> AWSError {
    let error = AWSError(failure.error(for: service == .s3 ? .s3 : .query))
    emulator.log.append(
      DecisionRecord(refusing: request, of: service, signature, error, requestID: stamp.requestID, date: now))
    return error
  }

  private func call(
    _ operation: AWSAPI.Operation, _ parameters: AWSStructure, by signer: KnownCaller?, _ request: HTTPRequest
  ) -> Call {
    Call(
      operation, parameters, signer: signer, request: request, stamp: stamp, now: now,
      region: signature?.scope.region ?? emulator.configuration.region)
  }

  // MARK: Authorize and perform

  /// - Parameter notesPermission: whether the log is told of a permission that was given; of a refusal it always is.
  /// - Returns: whether a permission was asked for and given.
  private func authorize(_ call: Call, notesPermission: Bool = true) throws(AWSError) -> Bool {
    let permissions = try service.implementation.permissions(of: call, in: known.state)
    let authorizer = Authorizer(call, in: known.state)
    var checks: [PermissionCheck] = []
    for permission in permissions {
      let check = authorizer.check(permission)
      checks.append(check)
      guard check.decision.isAllowed else {
        emulator.log.append(record(of: call, checks))
        throw service.implementation.refusal(of: check, for: call, in: known.state)
      }
    }
    if notesPermission { emulator.log.append(record(of: call, checks)) }
    return true
  }

  private func record(of call: Call, _ checks: [PermissionCheck]) -> DecisionRecord {
    DecisionRecord(
      requestID: stamp.requestID, date: now, operation: call.operation.qualifiedName, callerARN: call.caller.arn,
      account: call.caller.accountID, checks: checks)
  }

  /// - Returns: the answer, and the number of the change that it rests on.
  private func perform(_ call: Call) throws(AWSError) -> (Answer, UInt64) {
    switch service.implementation.handlers[call.operation.name] {
    case nil: throw service.notImplemented(call.operation)
    case .read(let read): return (try read(state, call), current.number)
    case .write(let write):
      let propagation = service == .iam && emulator.propagation.isActive ? emulator.propagation : nil
      return try emulator.mutate { (state: inout EmulatorState) throws(AWSError) in
        let former = propagation.map { _ in Propagation.Knowledge(state) }
        let answer = try write(&state, call)
        if let propagation, let former { propagation.note(former, until: now) }
        return answer
      }
    case .staged(let prepare):
      let commit = try prepare(state, call)
      return try emulator.mutate(commit)
    }
  }
}

extension Emulator {
  /// Whether the operation is carried out, and not only described.
  package static func serves(_ operation: AWSAPI.Operation) -> Bool {
    operation.service.implementation.handlers[operation.name] != nil
  }
}

extension Service {
  /// What carries out the service's operations.
  var implementation: any EmulatedService.Type {
    switch self {
    case .iam: IAMService.self
    case .sts: STSService.self
    case .s3: S3Service.self
    }
  }

  /// The answer to an operation that is described but not emulated: what AWS says to one it does not have.
  func notImplemented(_ operation: AWSAPI.Operation) -> AWSError {
    if self == .s3 {
      return AWSError(
        "NotImplemented", "A header you provided implies functionality that is not implemented", status: 501)
    }
    return AWSError(
      "InvalidAction", "Could not find operation \(operation.name) for version \(apiVersion)", status: 400)
  }
}
