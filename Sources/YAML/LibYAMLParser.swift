import CLibYAML

/// libyaml's parser, owned: events as values, one after the other.
///
/// It reads from memory that it does not own, so it must not outlive the buffer that it was made with.
struct LibYAMLParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// An event with the positions of its first character and of what follows it, in scalars from the start of the input.
  struct Event {
    enum Kind {
      case streamStart, streamEnd, documentStart, documentEnd
      case alias(String)
      case scalar(String, YAMLScalar.Style)
      case sequenceStart(isFlow: Bool), sequenceEnd
      case mappingStart(isFlow: Bool), mappingEnd
    }

    var kind: Kind
    var anchor: String?
    var tag: String?
    var start: Int
    var end: Int
  }

  /// libyaml's own account of what is wrong.
  struct Failure: Error {
    enum Place {
      case scalar(Int)
      case byte(Int)
    }

    var problem: String
    var place: Place
    /// What was being read, and where that begins.
    var context: (text: String, scalar: Int)?
  }

  /// `nil` where there is no memory.
  init?(reading input: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // An empty buffer may have no address, and libyaml insists on one; it does not read from it.
    withUnsafePointer(to: UInt8(0)) { nothing in
      yaml_parser_set_input_string(parser, input.baseAddress ?? nothing, input.count)
    }
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next() throws(Failure) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    var result = Event(kind: .streamEnd, start: event.start_mark.index, end: event.end_mark.index)
    switch event.type {
    case YAML_STREAM_START_EVENT: result.kind = .streamStart
    case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
    case YAML_ALIAS_EVENT: result.kind = .alias(Self.text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      result.kind = .scalar(text, Self.style(scalar.style))
      result.anchor = Self.text(scalar.anchor)
      result.tag = Self.text(scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      result.kind = .sequenceStart(isFlow: event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
      result.anchor = Self.text(event.data.sequence_start.anchor)
      result.tag = Self.text(event.data.sequence_start.tag)
    case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      result.kind = .mappingStart(isFlow: event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
      result.anchor = Self.text(event.data.mapping_start.anchor)
      result.tag = Self.text(event.data.mapping_start.tag)
    case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
    // The stream's end, and YAML_NO_EVENT, which libyaml gives after it.
    default: result.kind = .streamEnd
    }
    return result
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private func failure() -> Failure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "out of memory"
    // Reading has no marks yet, only bytes.
    guard state.error != YAML_READER_ERROR else {
      return Failure(problem: problem, place: .byte(state.problem_offset))
    }
    return Failure(
      problem: problem, place: .scalar(state.problem_mark.index),
      context: state.context.map { (String(cString: $0), state.context_mark.index) })
  }
}
