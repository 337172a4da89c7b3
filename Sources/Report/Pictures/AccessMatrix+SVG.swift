extension AccessMatrix {
  private static let cell = 24
  private static let labelWidth = 170
  private static let headHeight = 160

  /// - Parameter anchor: the link's target for the step of a number.
  func svg(anchor: (Int) -> String) -> String {
    // A column is as wide as its fullest cell, up to a few calls; more go on the next line of the row.
    let perLine = 3
    func lines(_ principal: String) -> Int {
      actions.map { (self[principal, $0].count + perLine - 1) / perLine }.max() ?? 1
    }
    let columns = actions.map { action in
      max(1, min(perLine, principals.map { self[$0, action].count }.max() ?? 1)) * Self.cell + 10
    }
    let width = Self.labelWidth + columns.reduce(0, +) + 110
    let height = Self.headHeight + principals.reduce(0) { $0 + max(1, lines($1)) * Self.cell + 8 } + 10
    return SVG(width: width, height: height, title: "Who was let do what", style: "matrix") { svg in
      var x = Self.labelWidth
      for (action, column) in zip(actions, columns) {
        let middle = x + column / 2 + 4
        svg.label(
          middle, Self.headHeight - 8, action, "action", transform: "rotate(-55 \(middle) \(Self.headHeight - 8))")
        x += column
      }
      var y = Self.headHeight
      for principal in principals {
        let rowHeight = max(1, lines(principal)) * Self.cell + 8
        svg.line(0, y, width - 100, y, "rule")
        svg.label(Self.labelWidth - 10, y + rowHeight / 2 + 4, principal, "principal")
        var x = Self.labelWidth
        for (action, column) in zip(actions, columns) {
          for (index, call) in self[principal, action].enumerated() {
            let place = (x + 5 + index % perLine * Self.cell, y + 4 + index / perLine * Self.cell)
            let title = "Step \(call.step): \(call.title): \(principal), \(action): \(call.access.rawValue)"
            svg.link(to: anchor(call.step), title: title) { svg in
              svg.rect(place.0 + 1, place.1 + 1, Self.cell - 2, Self.cell - 2, "call \(call.access.rawValue)")
              svg.label(place.0 + Self.cell / 2, place.1 + Self.cell / 2 + 5, call.access.sign, "sign")
            }
          }
          x += column
        }
        y += rowHeight
      }
      svg.line(0, y, width - 100, y, "rule")
    }.text
  }
}

extension Access {
  /// Told apart without colour.
  var sign: String {
    switch self {
    case .allowed: "✓"
    case .refused: "✗"
    case .other: "–"
    }
  }
}
