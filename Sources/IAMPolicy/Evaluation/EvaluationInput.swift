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
  /// How much of the buffer is known to hold no end of a line, so that a long line that comes in pieces is searched once.
  private var searched = 0

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
    if form == .unknown, dropByteOrderMark(isEnd: isEnd) { form = recognize(isEnd: isEnd) }
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

  /// Some editors begin a text with a byte order mark, which parsers "MAY ignore" (RFC 8259, section 8.1).
  /// - Returns: whether it is known by now that the buffer has none.
  private mutating func dropByteOrderMark(isEnd: Bool) -> Bool {
    guard buffer.first == Self.byteOrderMark[0] else { return true }
    guard buffer.count >= Self.byteOrderMark.count || isEnd else { return false }
    if buffer.starts(with: Self.byteOrderMark) { buffer.removeFirst(Self.byteOrderMark.count) }
    return true
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// A first line that is a value by itself makes JSON lines, unless it is an array.
  private mutating func recognize(isEnd: Bool) -> Form {
    guard let start = buffer.firstIndex(where: { !Self.isSpace($0) }) else { return .unknown }
    if buffer[start] == UInt8(ascii: "[") { return .whole }
    guard let end = endOfLine(from: start, isEnd: isEnd) else {
      return buffer.count > Self.lineLimit ? .lines : .unknown
    }
    return Self.isValue(buffer[start..<end]) ? .lines : .whole
  }

  /// Where the line that begins at `start` ends; `nil` where that is not known yet.
  private mutating func endOfLine(from start: Int, isEnd: Bool) -> Int? {
    if let end = buffer[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
      searched = end
      return end
    }
    searched = buffer.count
    return isEnd && start < buffer.count ? buffer.count : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isValue(_ bytes: ArraySlice<UInt8>) -> Bool { (try? JSONValue(parsing: bytes)) != nil }

  // MARK: Lines

  private mutating func consumeLines<Failure: Error>(
    isEnd: Bool, _ evaluation: inout PolicyEvaluation, _ afterEach: (inout PolicyEvaluation) throws(Failure) -> Void
  ) throws(Failure) {
    var start = 0
    while let end = endOfLine(from: start, isEnd: isEnd) {
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
    searched = buffer.count
  }

  private mutating func respond(to range: Range<Int>, _ evaluation: inout PolicyEvaluation) {
    if isSkippingLine {
      isSkippingLine = false
      return
    }
    guard buffer[range].contains(where: { !Self.isSpace($0) }) else { return }
    respond(to: range, at: TextPlace(line: line), &evaluation)
  }

  private func refuse(_ message: String, _ evaluation: inout PolicyEvaluation) {
    evaluation.refuse(EvaluationFailure(error: EvaluationError(message)), at: TextPlace(line: line))
  }

  // MARK: A whole text

  /// An array, or one object or several that stand over several lines each. What does not end as an object does may be the
  /// first of JSON lines.
  private mutating func consumeWhole<Failure: Error>(
    _ evaluation: inout PolicyEvaluation, _ afterEach: (inout PolicyEvaluation) throws(Failure) -> Void
  ) throws(Failure) {
    if buffer.first(where: { !Self.isSpace($0) }) == UInt8(ascii: "[") {
      try consumeArray(&evaluation, afterEach)
    } else if let values = values() {
      var place = TextPlace()
      var position = 0
      for value in values {
        place.advance(over: buffer[position..<value.lowerBound])
        respond(to: value, at: place, &evaluation)
        try afterEach(&evaluation)
        place.advance(over: buffer[value])
        position = value.upperBound
      }
    } else {
      form = .lines
      searched = 0
      return try consumeLines(isEnd: true, &evaluation, afterEach)
    }
    buffer.removeAll()
  }

  /// Where the values stand that the text is made of; `nil` where one of them does not end.
  private func values() -> [Range<Int>]? {
    buffer.withUnsafeBufferPointer { bytes in
      var parser = JSONParser(bytes)
      var values: [Range<Int>] = []
      while parser.peek() != nil {
        guard let value = try? parser.skipValue() else { return nil }
        values.append(value)
      }
      return values
    }
  }

  private func respond(to range: Range<Int>, at place: TextPlace, _ evaluation: inout PolicyEvaluation) {
    buffer.withUnsafeBufferPointer { evaluation.respond(to: UnsafeBufferPointer(rebasing: $0[range]), at: place) }
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
      respond(to: element, at: place, &evaluation)
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
