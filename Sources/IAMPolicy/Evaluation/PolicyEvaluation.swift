import JSON

/// `iamdrill evaluate` as a library: answers requests that are one JSON object, an array of them, or JSON lines.
///
/// One answer a request, each a line of JSON, in order:
/// `{"id", "decision", "decidedBy", "statements": [{"policy", "index", "sid"}], "message"}`, where `message` is AWS's denial
/// and `null` for what is allowed; or `{"id", "error": {"path", "message"}}`.
public struct PolicyEvaluation {
  /// What a run came to.
  public struct Outcome: Sendable, Hashable {
    /// Requests that were answered with a decision.
    public var decisions = 0
    /// Requests that could not be read.
    public var errors = 0

    /// A run without requests.
    public init() {}

    /// What the command ends with: 0, or 2 where something could not be read.
    public var exitStatus: Int { errors == 0 ? 0 : 2 }
  }

  private let explains: Bool
  private var cache = PolicyCache()
  var answer = EvaluationAnswer()
  var outcome = Outcome()

  /// - Parameter explains: whether answers carry the trace of their decision.
  public init(explains: Bool = false) { self.explains = explains }

  /// Answers one request.
  /// - Returns: a line of JSON with its newline.
  public mutating func answer(_ request: some Collection<UInt8>) -> [UInt8] {
    answer.removeAll()
    let bytes = Array(request)
    bytes.withUnsafeBufferPointer { respond(to: $0, at: TextPlace()) }
    return answer.bytes
  }

  /// Answers what `read` gives, and hands the answers to `write` a piece at a time.
  ///
  /// JSON lines are answered as they come, so that memory does not grow with their number; an array, or an object over
  /// several lines, is read whole.
  /// - Parameters:
  ///   - read: appends what comes next; `false` at the end.
  ///   - write: takes whole lines.
  public mutating func run<Failure: Error>(
    read: (inout [UInt8]) throws(Failure) -> Bool, write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) -> Outcome {
    outcome = Outcome()
    answer.removeAll()
    var input = EvaluationInput()
    while true {
      let goesOn = try read(&input.buffer)
      try input.consume(isEnd: !goesOn, &self) { (evaluation: inout PolicyEvaluation) throws(Failure) in
        if evaluation.answer.bytes.count >= Self.outputSize { try evaluation.flush(write) }
      }
      // Who writes a line and waits for its answer gets it before more is read.
      try flush(write)
      if !goesOn { return outcome }
    }
  }

  /// Answers everything in `input`.
  /// - Parameter output: takes whole lines, a piece at a time.
  /// - Returns: whether every request could be read.
  public mutating func run(_ input: [UInt8], output: ([UInt8]) -> Void) -> Bool {
    var input = input
    let outcome = run { (buffer: inout [UInt8]) in
      swap(&buffer, &input)
      return false
    } write: {
      output($0)
    }
    return outcome.errors == 0
  }

  /// How many bytes of answers are gathered before they are written.
  private static let outputSize = 64 << 10

  private mutating func flush<Failure: Error>(_ write: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    guard !answer.bytes.isEmpty else { return }
    try write(answer.bytes)
    answer.removeAll()
  }

  /// Answers the request that `bytes` are.
  mutating func respond(to bytes: UnsafeBufferPointer<UInt8>, at place: TextPlace) {
    do throws(EvaluationFailure) {
      let reading = try EvaluationReader.read(bytes, &cache)
      let (request, layers) = (reading.request.request, reading.request.layers)
      let trace = explains ? layers.trace(request) : nil
      answer.append(trace?.decision ?? layers.decide(request), to: reading, trace: trace)
      outcome.decisions += 1
    } catch {
      refuse(error, at: place)
    }
  }

  /// Answers what cannot be read.
  mutating func refuse(_ failure: EvaluationFailure, at place: TextPlace) {
    var error = failure.error
    if let syntax = failure.syntax { error.message = place.describe(syntax) }
    answer.append(error, id: failure.id)
    outcome.errors += 1
  }
}

/// Where in the input a request begins.
struct TextPlace {
  /// From 1.
  var line = 1
  /// From 1, in bytes.
  var column = 1

  func describe(_ error: JSONError) -> String {
    let column = error.line == 1 ? error.column + column - 1 : error.column
    return "not JSON: line \(error.line + line - 1), column \(column): \(error.message)"
  }
}
