import TestSupport

/// Files that are valid YAML, with every style of scalar and collection.
enum RandomYAML {
  static func document(_ random: inout SeededGenerator) -> String {
    block(&random, indent: 0, depth: 0) + (Bool.random(using: &random) ? "\n# end\n" : "")
  }

  /// A block collection, its lines indented, with the line end of its last one.
  private static func block(_ random: inout SeededGenerator, indent: Int, depth: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let isMapping = Bool.random(using: &random)
    var text = ""
    for index in 0..<Int.random(in: 1...4, using: &random) {
      text += margin + (isMapping ? "k\(index):" : "-")
      if depth < 4, Int.random(in: 0..<3, using: &random) == 0 {
        text += "\n" + block(&random, indent: indent + 2, depth: depth + 1)
      } else {
        text += value(&random, margin: margin) + "\n"
      }
      if Int.random(in: 0..<4, using: &random) == 0 { text += "\n" }
    }
    return text
  }

  private static func value(_ random: inout SeededGenerator, margin: String) -> String {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: ""
    case 1: " plain \u{1F600} text  # comment"
    case 2: " 'single ''quoted'''"
    case 3: " \"double\n\(margin)  \\\"quoted\\\"\""
    case 4: " |\n\(margin)  literal\n\(margin)    more\n"
    case 5: " >-\n\(margin)  folded\n\n\(margin)  text"
    case 6: " [a, {b: c, d: }, e: f , [ ]]"
    case 7: " &anchor !!str tagged"
    default: " { x: \u{e9}, 'y': [1,\n\(margin)  2] }"
    }
  }
}
