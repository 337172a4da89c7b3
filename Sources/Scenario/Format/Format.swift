/// What may stand at a place of a scenario file.
///
/// The one description of the file format: the loader holds files against it, the JSON Schema and the lists of keys in
/// messages are written from it.
indirect enum Format: Sendable {
  case text(TextForm)
  case choice([String])
  case integer(ClosedRange<Int>)
  case boolean
  /// Any value; text in it may hold references.
  case tree
  /// A mapping with any keys and values.
  case mappingTree
  case list(of: Format)
  /// A mapping whose keys are the author's.
  case map(of: Format, key: MapKey)
  /// A mapping with the keys of a table. A function, because a table may refer to itself.
  case object(@Sendable () -> ObjectFormat)
  /// Several forms that are told apart by being a scalar, a list or a mapping: at most one of each.
  case either([Format])

  /// What the keys of a mapping are, with an article, for messages.
  enum MapKey: Sendable {
    /// Names that references may use: letters, digits, `_` and `-`.
    case name(String)
    case free(String)
  }

  /// What a scalar means.
  enum TextForm: String, Sendable {
    /// Taken as it stands.
    case plain
    /// May refer to accounts, names and variables; read the same on every target.
    case prose
    /// May refer to anything that is known when the step runs.
    case template
    case duration
    case accountID
    /// The name of an operation of the catalogue.
    case operation
  }
}

/// A mapping with fixed keys.
struct ObjectFormat: Sendable {
  /// With its article, for messages: `a step`.
  var name: String
  var description: String
  var keys: [Key]
  /// Of each of these sets exactly one key must be given.
  var exactlyOne: [[String]]

  struct Key: Sendable {
    var name: String
    var meaning: Meaning
  }

  /// What a key means.
  struct Meaning: Sendable {
    var format: Format
    var description: String
    var isRequired = false
    /// The key makes sense only beside one of these.
    var beside: [String] = []

    init(_ format: Format, _ description: String, required: Bool = false, beside: [String] = []) {
      self.format = format
      self.description = description
      isRequired = required
      self.beside = beside
    }
  }

  subscript(name: String) -> Meaning? { keys.first { $0.name == name }?.meaning }

  /// The name without its article, for `$defs` of the schema.
  var identifier: String {
    name.split(separator: " ").dropFirst().joined(separator: "-")
  }
}

/// A table of keys: each case is a key, `meaning` describes it.
protocol Keyword: RawRepresentable<String>, CaseIterable, Sendable {
  /// The table as a format. A stored property, so that it is built once.
  static var object: ObjectFormat { get }
  var meaning: ObjectFormat.Meaning { get }
}

extension ObjectFormat {
  init<Keys: Keyword>(_ name: String, _ keys: Keys.Type, exactlyOne: [[Keys]] = [], _ description: String) {
    self.name = name
    self.description = description
    self.keys = keys.allCases.map { Key(name: $0.rawValue, meaning: $0.meaning) }
    self.exactlyOne = exactlyOne.map { $0.map(\.rawValue) }
  }
}
