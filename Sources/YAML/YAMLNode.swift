/// A value of a YAML file and the place where it is written.
///
/// Nothing is guessed from how a plain scalar looks: `012345678901`, `2012-10-17`, `no` and `null` are all scalars with
/// that text. Whoever reads a node knows what stands there, and asks ``YAMLScalar/isPlain`` where quotes make a difference.
package struct YAMLNode: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    /// In the order of the file, without duplicates.
    case mapping([YAMLEntry])
  }

  package var value: Value
  /// From the first character to after the last: quotes, brackets, anchor and tag are part of it, surrounding white space
  /// and line ends are not. It is empty where the file leaves the value out (`key:`). A node that an alias stands for has
  /// the place of the alias; what is inside it keeps the places where it is written.
  package var range: YAMLRange

  package init(_ value: Value, range: YAMLRange) {
    self.value = value
    self.range = range
  }
}

/// Text, and how the file writes it.
package struct YAMLScalar: Sendable, Hashable {
  package enum Style: Sendable, Hashable {
    case plain, singleQuoted, doubleQuoted
    /// `|`
    case literal
    /// `>`
    case folded
  }

  /// With escapes resolved and lines folded as the style says.
  package var text: String
  package var style: Style
  /// Whether the file says `!!str`.
  package var hasStringTag: Bool

  package init(_ text: String, style: Style = .plain, hasStringTag: Bool = false) {
    self.text = text
    self.style = style
    self.hasStringTag = hasStringTag
  }

  /// Whether the text may be meant as something else than text: a number, a truth value, or (when empty) nothing.
  package var isPlain: Bool { style == .plain && !hasStringTag }
}

/// A key of a mapping with its value.
package struct YAMLEntry: Sendable, Hashable {
  /// Always a scalar.
  package var key: YAMLNode
  package var value: YAMLNode

  package init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }

  /// The key's text.
  package var name: String { key.string ?? "" }

  /// From the key's first character to the value's last.
  package var range: YAMLRange { YAMLRange(start: key.range.start, end: max(key.range.end, value.range.end)) }
}
