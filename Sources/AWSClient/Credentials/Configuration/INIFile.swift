/// A file of sections with settings, as AWS's shared configuration files are.
struct INIFile: Sendable {
  var sections: [Section] = []

  struct Section: Sendable {
    /// What stands between the brackets.
    var name: String
    var place: ConfigurationPlace
    var settings: [Setting] = []
  }

  /// A name and its value.
  struct Setting: Sendable, Hashable {
    /// In lower case: names of settings are told apart without regard to it.
    var name: String
    var value: String
    var place: ConfigurationPlace
    /// The indented settings below one without a value of its own (`s3 =`).
    var nested: [Setting] = []
  }
}

/// Reads an INI file as the AWS CLI does: a setting is `name = value` or `name: value`, a line that is indented more than its
/// setting goes on with the value, and a comment is a whole line.
///
/// Source: the rules of Python's `configparser`, which the AWS CLI reads these files with.
struct INIParser {
  private var file = INIFile()
  private let path: String
  /// How far the line that began the current setting is indented.
  private var indentation = 0
  private var isInSetting = false

  /// More is no configuration that somebody wrote, in bytes.
  static let largestFile = 1 << 20

  /// - Parameter path: the name by which errors call the file.
  static func parse(_ bytes: [UInt8], path: String) throws(CredentialError) -> INIFile {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CredentialError(.unreadableFile, "\(path) is not UTF-8")
    }
    var parser = INIParser(path: path)
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for (index, line) in lines.enumerated() {
      try parser.read(line, at: ConfigurationPlace(file: path, line: index + 1))
    }
    return parser.file
  }

  private init(path: String) { self.path = path }

  private mutating func read(_ line: Substring, at place: ConfigurationPlace) throws(CredentialError) {
    let text = line.trimmed
    guard let first = text.first, first != "#", first != ";" else { return }
    let depth = line.prefix { $0.isWhitespace }.count
    if isInSetting, depth > indentation {
      return try goOn(text, at: place)
    }
    indentation = depth
    if first == "[" { return try beginSection(text, at: place) }
    let setting = try Self.setting(text, at: place)
    guard let last = file.sections.indices.last else {
      throw CredentialError(.unreadableFile, "a setting stands before the first [section]", at: place)
    }
    guard !file.sections[last].settings.contains(where: { $0.name == setting.name }) else {
      throw CredentialError(
        .unreadableFile, "\(setting.name) is set twice in [\(file.sections[last].name)]", at: place)
    }
    file.sections[last].settings.append(setting)
    isInSetting = true
  }

  private mutating func beginSection(_ text: Substring, at place: ConfigurationPlace) throws(CredentialError) {
    guard let end = text.lastIndex(of: "]") else {
      throw CredentialError(.unreadableFile, "the section has no closing bracket", at: place)
    }
    let name = String(text[..<end].dropFirst())
    guard !name.trimmed.isEmpty else { throw CredentialError(.unreadableFile, "the section has no name", at: place) }
    guard name != "DEFAULT" else {
      // To the AWS CLI's parser these are settings of all sections, which nobody means who writes this.
      throw CredentialError(.unreadableFile, "[DEFAULT] is not the default profile; that is [default]", at: place)
    }
    guard !file.sections.contains(where: { $0.name == name }) else {
      throw CredentialError(.unreadableFile, "the section [\(name)] is there twice", at: place)
    }
    file.sections.append(INIFile.Section(name: name, place: place))
    isInSetting = false
  }

  /// A line that belongs to the setting before it.
  private mutating func goOn(_ text: Substring, at place: ConfigurationPlace) throws(CredentialError) {
    guard let section = file.sections.indices.last, let last = file.sections[section].settings.indices.last else {
      return
    }
    if file.sections[section].settings[last].value.isEmpty {
      file.sections[section].settings[last].nested.append(try Self.setting(text, at: place, delimiters: ["="]))
    } else {
      file.sections[section].settings[last].value += "\n" + text
    }
  }

  private static func setting(
    _ text: Substring, at place: ConfigurationPlace, delimiters: Set<Character> = ["=", ":"]
  ) throws(CredentialError) -> INIFile.Setting {
    guard let delimiter = text.firstIndex(where: delimiters.contains), !text[..<delimiter].trimmed.isEmpty else {
      // The line itself is not shown: it may be a secret that has come off its name.
      throw CredentialError(.unreadableFile, "the line is neither a [section] nor a name = value", at: place)
    }
    let name = text[..<delimiter].trimmed.lowercased()
    let value = text[text.index(after: delimiter)...].trimmed
    return INIFile.Setting(name: name, value: String(value), place: place)
  }
}

extension StringProtocol {
  /// Without the white space around it.
  var trimmed: Self.SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return self[startIndex..<startIndex]
    }
    return self[first...last]
  }
}
