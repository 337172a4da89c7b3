import Emulator
import FoundationEssentials
import Glibc
import HTTP
import JSON

/// What steers a served emulator: requests that no AWS has, below a path that no bucket can have.
struct Control: Sendable {
  static let prefix = "/_iamdrill/"
  /// The most bytes of a request's body that are read.
  static let largestBody = 64 << 10

  let emulator: Emulator
  let guardian: ControlGuard
  let snapshots: SnapshotShelf

  init(_ emulator: Emulator, hostName: String?) {
    self.emulator = emulator
    guardian = ControlGuard(hostName: hostName)
    snapshots = SnapshotShelf(initial: emulator.snapshot)
  }

  static func concerns(_ request: HTTPRequest) -> Bool {
    request.target.utf8.starts(with: prefix.utf8)
  }

  func respond(to request: HTTPRequest) -> HTTPResponse {
    do throws(ControlError) {
      try guardian.check(request)
      return try answer(request)
    } catch {
      return .json(["error": .string(error.message)], status: error.status)
    }
  }

  private func answer(_ request: HTTPRequest) throws(ControlError) -> HTTPResponse {
    let path = request.path.dropFirst(Self.prefix.count).split(separator: "/").map(String.init)
    switch (path.first ?? "", path.count) {
    case ("health", 1): return try on(request, ["GET": health])
    case ("reset", 1): return try on(request, ["POST": reset])
    case ("snapshots", 1): return try on(request, ["POST": takeSnapshot])
    case ("snapshots", 2):
      return try on(request, ["DELETE": { _ throws(ControlError) in try dropSnapshot(path[1]) }])
    case ("snapshots", 3) where path[2] == "restore":
      return try on(request, ["POST": { _ throws(ControlError) in try restore(path[1]) }])
    case ("clock", 1): return try on(request, ["GET": clock, "POST": advanceClock])
    case ("decisions", 1): return try on(request, ["GET": decisions, "DELETE": forgetDecisions])
    case ("faults", 1): return try on(request, ["GET": faults, "POST": addFault, "DELETE": removeFaults])
    case ("propagation", 1): return try on(request, ["GET": propagation, "POST": setPropagation])
    default: throw ControlError(404, "There is nothing at \(request.path).")
    }
  }

  typealias Action = (HTTPRequest) throws(ControlError) -> HTTPResponse

  private func on(_ request: HTTPRequest, _ actions: [String: Action]) throws(ControlError) -> HTTPResponse {
    guard let action = actions[request.method] else {
      throw ControlError(405, "This takes \(actions.keys.sorted().joined(separator: ", ")).")
    }
    return try action(request)
  }

  // MARK: State

  private func health(_ request: HTTPRequest) -> HTTPResponse {
    let accounts = emulator.configuration.accounts.map { JSONValue.string($0.id) }
    return .json(["status": "ok", "now": .string(now), "accounts": .array(accounts)])
  }

  private func reset(_ request: HTTPRequest) throws(ControlError) -> HTTPResponse {
    try restore(snapshots.initial)
    emulator.faults.removeAll()
    emulator.propagation.delay = 0
    emulator.forgetDecisions()
    return .json(["status": "reset"])
  }

  private func takeSnapshot(_ request: HTTPRequest) throws(ControlError) -> HTTPResponse {
    guard let id = snapshots.add(emulator.snapshot) else {
      throw ControlError(409, "There are \(SnapshotShelf.capacity) snapshots already; delete one.")
    }
    return .json(["snapshot": .string(id)], status: 201)
  }

  private func restore(_ id: String) throws(ControlError) -> HTTPResponse {
    guard let snapshot = snapshots[id] else { throw ControlError(404, "There is no snapshot \(id).") }
    try restore(snapshot)
    return .json(["snapshot": .string(id)])
  }

  private func restore(_ state: EmulatorState) throws(ControlError) {
    do {
      try emulator.restore(state)
    } catch {
      throw ControlError(500, "The state could not be kept: \(error)")
    }
    emulator.propagation.forget()
  }

  private func dropSnapshot(_ id: String) throws(ControlError) -> HTTPResponse {
    guard snapshots.remove(id) else { throw ControlError(404, "There is no snapshot \(id).") }
    return HTTPResponse(status: 204)
  }

  // MARK: Clock

  private var now: String { emulator.clock.now.formatted(.iso8601) }

  private func clock(_ request: HTTPRequest) -> HTTPResponse { .json(["now": .string(now)]) }

  private func advanceClock(_ request: HTTPRequest) throws(ControlError) -> HTTPResponse {
    let seconds = try ControlBody(request).seconds("advance", in: 0...ControlBody.longestAdvance)
    do {
      try emulator.advanceClock(by: .seconds(seconds))
    } catch {
      throw ControlError(500, "The clock could not be kept: \(error)")
    }
    if seconds > 0 { Self.waitForNextSecond() }
    return clock(request)
  }

  /// Signatures are dated in whole seconds of the machine's clock: what is signed after the answer must be dated later than
  /// the step, so that a link which was presigned before can be told from one that was presigned behind it.
  private static func waitForNextSecond() {
    let now = Date().timeIntervalSince1970
    usleep(UInt32((now.rounded(.down) + 1 - now) * 1_000_000) + 1)
  }

  // MARK: Decisions

  private func decisions(_ request: HTTPRequest) -> HTTPResponse {
    var lines: [UInt8] = []
    for record in emulator.decisions {
      record.json.write(to: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    return HTTPResponse(status: 200, headers: ["Content-Type": "application/x-ndjson"], body: .bytes(lines))
  }

  private func forgetDecisions(_ request: HTTPRequest) -> HTTPResponse {
    emulator.forgetDecisions()
    return HTTPResponse(status: 204)
  }

  // MARK: Disturbances

  private func faults(_ request: HTTPRequest) -> HTTPResponse {
    .json(["faults": .array(emulator.faults.all.map(\.json))])
  }

  private func addFault(_ request: HTTPRequest) throws(ControlError) -> HTTPResponse {
    guard emulator.faults.add(try ControlBody(request).fault()) else {
      throw ControlError(409, "There are \(FaultTable.capacity) faults already; remove them.")
    }
    return faults(request)
  }

  private func removeFaults(_ request: HTTPRequest) -> HTTPResponse {
    emulator.faults.removeAll()
    return HTTPResponse(status: 204)
  }

  private func propagation(_ request: HTTPRequest) -> HTTPResponse {
    .json(["delay": JSONValue(.number(ControlBody.text(emulator.propagation.delay)))])
  }

  private func setPropagation(_ request: HTTPRequest) throws(ControlError) -> HTTPResponse {
    emulator.propagation.delay = try ControlBody(request).seconds("delay", in: 0...Propagation.longestDelay)
    return propagation(request)
  }
}

/// Why a control request is not carried out.
struct ControlError: Error {
  var status: Int
  var message: String

  init(_ status: Int, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension HTTPResponse {
  static func json(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: ["Content-Type": "application/json"], body: .bytes(Array((value.compact + "\n").utf8)))
  }
}
