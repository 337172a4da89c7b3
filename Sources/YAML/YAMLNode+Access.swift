extension YAMLNode {
  /// What to call the node in a message.
  package enum Kind: String, Sendable, Hashable {
    case scalar, sequence, mapping
  }

  package var kind: Kind {
    switch value {
    case .scalar: .scalar
    case .sequence: .sequence
    case .mapping: .mapping
    }
  }

  package var scalar: YAMLScalar? {
    if case .scalar(let scalar) = value { scalar } else { nil }
  }

  /// The text of a scalar of whatever style; `nil` for a sequence or mapping.
  package var string: String? { scalar?.text }

  package var sequence: [YAMLNode]? {
    if case .sequence(let nodes) = value { nodes } else { nil }
  }

  package var mapping: [YAMLEntry]? {
    if case .mapping(let entries) = value { entries } else { nil }
  }

  /// Whether the file leaves the value out, as after `key:`. A plain `null` or `~` is not empty but text.
  package var isEmpty: Bool {
    if let scalar { scalar.isPlain && scalar.text.isEmpty } else { false }
  }

  /// The keys of a mapping in the order of the file; none for anything else.
  package var keys: [String] { mapping?.map(\.name) ?? [] }

  /// The entry with this key, compared by its bytes; `nil` where there is none, or no mapping.
  package func entry(_ name: String) -> YAMLEntry? {
    mapping?.first { $0.key.scalar.map { ExactText($0.text) == ExactText(name) } ?? false }
  }

  /// The value for this key; `nil` where there is none, or no mapping.
  package subscript(name: String) -> YAMLNode? { entry(name)?.value }

  /// The element at this position; `nil` where there is none, or no sequence.
  package subscript(index: Int) -> YAMLNode? {
    guard let sequence, sequence.indices.contains(index) else { return nil }
    return sequence[index]
  }
}

/// Text that equals another only where the bytes do. Swift's strings are equal where they are canonically equivalent,
/// but `é` and `e` with an accent are two names on the wire.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
