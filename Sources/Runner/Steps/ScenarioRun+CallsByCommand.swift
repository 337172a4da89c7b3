import AWSAPI
import AWSClient
import HTTP
import Scenario

// Every call as the command of the AWS CLI that reports show for it: what they show is held against the truth so.
extension ScenarioRun {
  /// Makes a call by its command, and gives the exchange that the emulator saw.
  /// - Throws: also where the command sent no such request, because it found something wrong itself.
  func makeByCommand(
    _ call: AWSCall, as name: String, _ signing: Signing, _ commands: CommandSession
  ) throws(Problem) -> Exchange {
    guard let emulator = (target as? EmulatorTarget)?.emulator else {
      throw Problem("only on the embedded emulator calls can be made by commands")
    }
    if let obstacle = commands.obstacle { throw Problem(obstacle) }
    if let body = call.payload { try commands.write(body, to: Self.payloadFile) }
    var words = call.operation.commandLine(call.parameters, file: Self.payloadFile, showingSecrets: true).arguments
    if signing.credentials == nil { words.append("--no-sign-request") }
    do throws(AWSCommand.Fault) {
      if let fault = try AWSCommand(words).faults(profiles: []).first { throw fault }
    } catch {
      throw Problem("`\(words.joined(separator: " "))` is no command: \(error.message)")
    }
    let surroundings = CommandSurroundings(
      region: target.client.region, endpoints: .single(try commands.endpoint(of: emulator)),
      credentials: signing.credentials, principal: name)
    switch try commands.run(words, surroundings) {
    case .notThere(let reason): throw Problem(reason)
    case .ended(let command):
      guard let exchange = command.calls.last(where: { $0.call?.operation.name == call.operation.name }) else {
        throw Problem("`\(words.joined(separator: " "))` sent no \(call.operation.qualifiedName): \(command.errors)")
      }
      // The command must tell its user the same as the answer tells the run.
      let isRefused = if case .failure = exchange.outcome { true } else { false }
      guard isRefused == (command.status != 0) else {
        throw Problem("`\(words.joined(separator: " "))` exited with \(command.status): \(command.errors)")
      }
      return exchange
    }
  }

  /// The file of an upload's or a download's bytes.
  private static let payloadFile = "payload"
}

extension AWSCall {
  /// The bytes that the call uploads; `nil` where it uploads none.
  fileprivate var payload: [UInt8]? {
    for member in parameters.members {
      guard operation.input[member.name]?.location == .body, case .blob(let body) = member.value,
        case .bytes(let bytes) = body
      else { continue }
      return bytes
    }
    return nil
  }
}
