import Emulator
import HTTP
import JSON

/// The JSON that a control request brings.
struct ControlBody {
  private let value: JSONValue
  /// A century: what a clock is advanced by at once, in seconds.
  static let longestAdvance = 100.0 * 365 * 86_400

  init(_ request: HTTPRequest) throws(ControlError) {
    guard let bytes = try? request.body.collected(limit: Control.largestBody) else {
      throw ControlError(413, "The body is too large.")
    }
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw ControlError(400, "The body is not JSON: \(error)")
    }
    guard value.object != nil else { throw ControlError(400, "The body is \(value.article), not an object.") }
  }

  /// A number of seconds.
  func seconds(_ name: String, in range: ClosedRange<Double>) throws(ControlError) -> Double {
    guard case .number(let text)? = value[name]?.kind, let seconds = Double(text), range.contains(seconds) else {
      throw ControlError(
        400,
        "\(name) must be a number of seconds from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound)).")
    }
    return seconds
  }

  /// `{"operation": "s3:PutObject", "fault": "throttling", "count": 2}`.
  func fault() throws(ControlError) -> Fault {
    guard let operation = value["operation"]?.string, !operation.isEmpty else {
      throw ControlError(400, "operation must name what is disturbed: s3:PutObject, iam:*, or *.")
    }
    let known = ["operation", "fault", "count", "seconds", "when"]
    if let unknown = value.object?.first(where: { !known.contains($0.name) }) {
      throw ControlError(400, "A fault has no \(unknown.name); it has \(known.joined(separator: ", ")).")
    }
    return Fault(try effect(), of: operation, count: try count())
  }

  private func effect() throws(ControlError) -> Fault.Effect {
    switch value["fault"]?.string {
    case "throttling": return .throttling
    case "internal-error": return .internalError
    case "unavailable": return .unavailable
    case "delay": return .delay(try seconds("seconds", in: 0...FaultTable.longestDelay))
    case "connection-reset":
      switch value["when"]?.string ?? "before" {
      case "before": return .connectionReset(afterwards: false)
      case "after": return .connectionReset(afterwards: true)
      default: throw ControlError(400, "when must be before or after.")
      }
    default:
      throw ControlError(
        400, "fault must be one of throttling, internal-error, unavailable, delay, connection-reset.")
    }
  }

  private func count() throws(ControlError) -> Int? {
    guard let member = value["count"] else { return nil }
    guard case .number(let text) = member.kind, let count = Int(text), count > 0 else {
      throw ControlError(400, "count must be a whole number above 0.")
    }
    return count
  }

  /// A number as JSON spells it, whole where it is.
  static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }
}

extension Fault {
  /// The fault as it was asked for, with what is left of its count.
  var json: JSONValue {
    var members = [JSONMember(name: "operation", value: .string(operation))]
    switch effect {
    case .throttling: members.append(JSONMember(name: "fault", value: "throttling"))
    case .internalError: members.append(JSONMember(name: "fault", value: "internal-error"))
    case .unavailable: members.append(JSONMember(name: "fault", value: "unavailable"))
    case .delay(let seconds):
      members.append(JSONMember(name: "fault", value: "delay"))
      members.append(JSONMember(name: "seconds", value: JSONValue(.number(ControlBody.text(seconds)))))
    case .connectionReset(let afterwards):
      members.append(JSONMember(name: "fault", value: "connection-reset"))
      members.append(JSONMember(name: "when", value: afterwards ? "after" : "before"))
    }
    if let count { members.append(JSONMember(name: "count", value: .number(count))) }
    return .object(members)
  }
}
