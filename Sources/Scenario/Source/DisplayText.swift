/// A line as a terminal shows it: tabs widened, control characters made visible, and the columns each scalar takes.
///
/// What a scenario file holds may come from a pull request, so nothing of it reaches the terminal as an escape sequence
/// or as a change of the writing direction.
package struct DisplayText {
  private(set) var text = ""
  /// The display column, from 0, at which each scalar of the source starts; one more for the end.
  private(set) var columns: [Int] = [0]

  static let tabWidth = 4

  init(_ source: some StringProtocol) {
    var column = 0
    for scalar in source.unicodeScalars {
      column += append(scalar, at: column)
      columns.append(column)
    }
  }

  /// How many columns the whole takes.
  var width: Int { columns.last ?? 0 }

  /// The columns that `text` takes on a terminal.
  package static func columns(of text: String) -> Int { DisplayText(text).width }

  /// `text`, made safe to show, and cut with an ellipsis where it takes more than `columns`.
  package static func cut(_ text: String, columns: Int) -> String {
    let shown = DisplayText(text)
    guard shown.width > columns else { return shown.text }
    var result = ""
    var width = 0
    for scalar in shown.text.unicodeScalars {
      let next = width + Self.width(scalar)
      guard next < columns else { break }
      result.unicodeScalars.append(scalar)
      width = next
    }
    return result + "…"
  }

  /// The display column of the source column `column`, which counts scalars from 1.
  func displayColumn(_ column: Int) -> Int {
    columns[min(max(0, column - 1), columns.count - 1)]
  }

  private mutating func append(_ scalar: Unicode.Scalar, at column: Int) -> Int {
    if scalar == "\t" {
      let width = Self.tabWidth - column % Self.tabWidth
      text += String(repeating: " ", count: width)
      return width
    }
    if Self.isInvisible(scalar) {
      let shown = Self.escaped(scalar)
      text += shown
      return shown.utf8.count
    }
    text.unicodeScalars.append(scalar)
    return Self.width(scalar)
  }

  /// `text` with everything that a terminal would obey rather than show made visible. Line breaks are kept.
  package static func sanitized(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 != "\n" && isInvisible($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar != "\n", isInvisible(scalar) {
        result += escaped(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }

  /// Control characters, and those that change the direction of what follows (Unicode's Bidi_Control), which make a
  /// line look like another one.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The columns a scalar takes: none where it combines with the one before, two where East Asian Width is wide.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// The blocks of Unicode's East Asian Width that are W or F, joined where only unassigned code points lie between.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615,
    0x2648...0x2653, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x2705...0x2705, 0x270A...0x270B,
    0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]
}
