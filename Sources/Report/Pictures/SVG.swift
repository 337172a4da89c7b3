/// Text in HTML and SVG, escaped.
enum Markup {
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // What HTML cannot carry.
      case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t" && scalar != "\r": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Pictures as SVG, for a page whose style sheet has their colours.
struct SVG {
  private(set) var text = ""

  /// - Parameter title: what it shows, for those who do not see it.
  init(width: Int, height: Int, title: String, style: String, _ content: (inout SVG) -> Void) {
    text = "<svg class=\"\(style)\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" "
    text += "role=\"img\" aria-label=\"\(Markup.escaped(title))\">\n"
    content(&self)
    text += "</svg>\n"
  }

  mutating func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ style: String) {
    text += "<line class=\"\(style)\" x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>\n"
  }

  mutating func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ style: String) {
    text += "<rect class=\"\(style)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"4\"/>\n"
  }

  /// An arrow's head that points right or left at `x`.
  mutating func head(_ x: Int, _ y: Int, pointsRight: Bool, _ style: String) {
    let back = pointsRight ? x - 7 : x + 7
    text += "<path class=\"\(style)\" d=\"M\(x) \(y)L\(back) \(y - 4)L\(back) \(y + 4)Z\"/>\n"
  }

  mutating func label(_ x: Int, _ y: Int, _ content: String, _ style: String, transform: String? = nil) {
    let turn = transform.map { " transform=\"\($0)\"" } ?? ""
    text += "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\"\(turn)>\(Markup.escaped(content))</text>\n"
  }

  mutating func link(to target: String, title: String, _ content: (inout SVG) -> Void) {
    text += "<a href=\"#\(target)\" aria-label=\"\(Markup.escaped(title))\"><title>\(Markup.escaped(title))</title>\n"
    content(&self)
    text += "</a>\n"
  }
}
