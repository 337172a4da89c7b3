/// A command with its options, to be run or to be shown.
package struct CommandLine: Sendable, Hashable {
  /// The command's own words: `aws iam create-role`.
  package var command: [String]
  /// Each option with what belongs to it, and each argument without an option on its own.
  package var options: [[String]]

  package init(command: [String], options: [[String]] = []) {
    self.command = command
    self.options = options
  }

  /// The words as a process receives them.
  package var arguments: [String] { command + options.flatMap(\.self) }

  /// The command on one line, quoted for a POSIX shell.
  package var text: String { arguments.map(ShellWord.quoted).joined(separator: " ") }

  /// The command with an option a line, for transcripts; on one line where that fits `width`.
  package func text(width: Int) -> String {
    let single = text
    guard single.utf8.count > width || single.utf8.contains(UInt8(ascii: "\n")), !options.isEmpty else { return single }
    let lines = options.map { $0.map(ShellWord.quoted).joined(separator: " ") }
    return ([command.map(ShellWord.quoted).joined(separator: " ")] + lines).joined(separator: " \\\n  ")
  }
}

/// A word as a POSIX shell reads it.
package enum ShellWord {
  /// `word` in quotes where it needs them, and in those that leave it readable.
  package static func quoted(_ word: String) -> String {
    guard !word.isEmpty else { return "''" }
    if word.utf8.allSatisfy(isPlain), word.utf8.first != UInt8(ascii: "=") { return word }
    if word.utf8.contains(where: isControl) { return ansiQuoted(word) }
    if !word.utf8.contains(UInt8(ascii: "'")) { return "'\(word)'" }
    if !word.utf8.contains(where: isSpecialInDoubleQuotes) { return "\"\(word)\"" }
    return singleQuoted(word)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"),
      UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// Line feeds and tabs stand in quotes as they are; other control characters would not be seen.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F
  }

  private static func isSpecialInDoubleQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "\\")
      || byte == UInt8(ascii: "!")
  }

  /// Works on bytes: a quote with an accent on it is one character to Swift, and still a quote to a shell.
  private static func singleQuoted(_ word: String) -> String {
    var quoted: [UInt8] = [UInt8(ascii: "'")]
    for byte in word.utf8 {
      if byte == UInt8(ascii: "'") { quoted += Array(#"'\''"#.utf8) } else { quoted.append(byte) }
    }
    quoted.append(UInt8(ascii: "'"))
    return String(decoding: quoted, as: UTF8.self)
  }

  /// `$'…'`, which bash, zsh, ksh and POSIX 2024 know.
  private static func ansiQuoted(_ word: String) -> String {
    var quoted: [UInt8] = Array("$'".utf8)
    for byte in word.utf8 {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
      case 0x0A: quoted += Array(#"\n"#.utf8)
      case 0x09: quoted += Array(#"\t"#.utf8)
      case _ where isControl(byte):
        let octal = String(byte, radix: 8)
        quoted += Array((#"\"# + String(repeating: "0", count: 3 - octal.utf8.count) + octal).utf8)
      default: quoted.append(byte)
      }
    }
    quoted.append(UInt8(ascii: "'"))
    return String(decoding: quoted, as: UTF8.self)
  }
}
