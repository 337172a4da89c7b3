import JSON

/// Finds the requests in what is read: one object, an array, or JSON lines.
struct EvaluationInput {
  /// What was read and not yet answered.
  var buffer: [UInt8] = []
  private var form = Form.unknown
  /// The line that the buffer begins with, from 1.
  private var line = 1
  /// Whether the rest of a line that is too long is being passed over.
  private var isSkippingLine = false

  /// How the requests are laid out.
  private enum Form {
    /// Not enough was read to tell.
    case unknown
    /// A request a line.
    case lines
    /// One text that must be read whole.
    case whole
  }

  /// The longest line, and the longest text that is read whole.
  static let lineLimit = 16 << 20
  static let textLimit = 1 << 30

  /// Answers what can be answered by now.
  /// - Parameter afterEach: called between answers.
  mutating func consume<Failure: Error>(
    isEnd: Bool, _ evaluation: inout PolicyEvaluation,
    afterEach: (inout PolicyEvaluation) throws(Failure) -> Void
  ) throws(Failure) {
    if form == .unknown { form = recognize(isEnd: isEnd) }
    switch form {
    case .unknown: break
    case .lines: try consumeLines(isEnd: isEnd, &evaluation, afterEach)
    case .whole:
      if buffer.count > Self.textLimit {
        refuse("the input is one text of more than \(Self.textLimit) bytes", &evaluation)
        buffer = []
      }
      if isEnd { try consumeWhole(&evaluation, afterEach) }
    }
  }

  /// A first line that is a value by itself makes JSON lines, unless it is an array.
  private func recognize(isEnd: Bool) -> Form {
    guard let start = buffer.firstIndex(where: { !Self.isSpace($0) }) else { return .unknown }
    if buffer[start] == UInt8(ascii: "[") { return .whole }
    guard let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) ?? (isEnd ? buffer.count : nil) else {
      return buffer.count > Self.lineLimit ? .lines : .unknown
    }
    return Self.isValue(buffer[start..<end]) ? .lines : .whole
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isValue(_ bytes: ArraySlice<UInt8>) -> Bool { (try? JSONValue(parsing: bytes)) != nil }

  // MARK: Lines

  private mutating func consumeLines<Failure: Error>(
    isEnd: Bool, _ evaluation: inout PolicyEvaluation, _ afterEach: (inout PolicyEvaluation) throws(Failure) -> Void
  ) throws(Failure) {
    var start = 0
    while let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n"))
      ?? (isEnd && start < buffer.count ? buffer.count : nil)
    {
      respond(to: start..<end, &evaluation)
      try afterEach(&evaluation)
      start = min(end + 1, buffer.count)
      line += 1
    }
    buffer.removeFirst(start)
    if buffer.count > Self.lineLimit {
      if !isSkippingLine { refuse("the line has more than \(Self.lineLimit) bytes", &evaluation) }
      isSkippingLine = true
      buffer.removeAll()
    }
  }

  private mutating func respond(to range: Range<Int>, _ evaluation: inout PolicyEvaluation) {
    if isSkippingLine {
      isSkippingLine = false
      return
    }
    guard buffer[range].contains(where: { !Self.isSpace($0) }) else { return }
    buffer.withUnsafeBufferPointer { bytes in
      evaluation.respond(to: UnsafeBufferPointer(rebasing: bytes[range]), at: TextPlace(line: line))
    }
  }

  private func refuse(_ message: String, _ evaluation: inout PolicyEvaluation) {
    evaluation.refuse(EvaluationFailure(error: EvaluationError(message)), at: TextPlace(line: line))
  }

  // MARK: A whole text

  /// An object that is no JSON may be the first of JSON lines: then others begin where lines do.
  private mutating func consumeWhole<Failure: Error>(
    _ evaluation: inout PolicyEvaluation, _ afterEach: (inout PolicyEvaluation) throws(Failure) -> Void
  ) throws(Failure) {
    let isArray = buffer.first { !Self.isSpace($0) } == UInt8(ascii: "[")
    if !isArray, hasLaterRequests, !Self.isValue(buffer[...]) {
      form = .lines
      return try consumeLines(isEnd: true, &evaluation, afterEach)
    }
    if isArray {
      try consumeArray(&evaluation, afterEach)
    } else if !buffer.isEmpty {
      buffer.withUnsafeBufferPointer { evaluation.respond(to: $0, at: TextPlace()) }
      try afterEach(&evaluation)
    }
    buffer.removeAll()
  }

  private var hasLaterRequests: Bool {
    var previous: UInt8 = 0
    for byte in buffer {
      if byte == UInt8(ascii: "{"), previous == UInt8(ascii: "\n") { return true }
      previous = byte
    }
    return false
  }

  private mutating func consumeArray<Failure: Error>(
    _ evaluation: inout PolicyEvaluation, _ afterEach: (inout PolicyEvaluation) throws(Failure) -> Void
  ) throws(Failure) {
    var position = 0
    var place = TextPlace()
    var isFirst = true
    while let element = nextElement(from: &position, isFirst: isFirst, &evaluation) {
      isFirst = false
      place.advance(over: buffer[position..<element.lowerBound])
      buffer.withUnsafeBufferPointer { bytes in
        evaluation.respond(to: UnsafeBufferPointer(rebasing: bytes[element]), at: place)
      }
      place.advance(over: buffer[element])
      position = element.upperBound
      try afterEach(&evaluation)
    }
  }

  /// The next element's place; `nil` at the array's end, or where the array is broken, which is answered.
  private func nextElement(
    from position: inout Int, isFirst: Bool, _ evaluation: inout PolicyEvaluation
  ) -> Range<Int>? {
    let start = position
    let result = buffer.withUnsafeBufferPointer { bytes -> Result<Range<Int>?, JSONError> in
      var parser = JSONParser(bytes, from: start)
      if isFirst { _ = parser.enter(.array) }
      do throws(JSONError) {
        guard try parser.next(in: .array, isFirst: isFirst) else {
          parser.skipSpace()
          guard parser.isAtEnd else { throw parser.error("something follows the array") }
          return .success(nil)
        }
        return .success(try parser.skipValue())
      } catch {
        return .failure(error)
      }
    }
    do throws(JSONError) {
      return try result.get()
    } catch {
      evaluation.refuse(EvaluationFailure(error: EvaluationError(""), syntax: error), at: TextPlace())
      return nil
    }
  }
}

extension TextPlace {
  mutating func advance(over bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
  }
}
