extension SequenceDiagram {
  private static let laneWidth = 140
  private static let rowHeight = 30
  private static let top = 44

  /// - Parameter anchor: the link's target for the step of a number.
  func svg(anchor: (Int) -> String) -> String {
    let width = lanes.count * Self.laneWidth
    let height = Self.top + messages.count * Self.rowHeight + 20
    return SVG(width: width, height: height, title: "Who called whom, with which credentials", style: "sequence") {
      svg in
      for (index, lane) in lanes.enumerated() {
        let x = Self.x(index)
        svg.line(x, Self.top - 8, x, height - 8, "life")
        svg.rect(x - Self.laneWidth / 2 + 6, 6, Self.laneWidth - 12, 28, lane.isService ? "lane service" : "lane")
        svg.label(x, 24, Self.short(lane.name), "lane-name")
      }
      for (row, message) in messages.enumerated() {
        let y = Self.top + row * Self.rowHeight + 20
        let title = "Step \(message.step): \(lanes[message.from].name) → \(lanes[message.to].name): \(message.label)"
        svg.link(to: anchor(message.step), title: title) { svg in Self.draw(message, y, &svg) }
      }
    }.text
  }

  private static func x(_ lane: Int) -> Int { lane * laneWidth + laneWidth / 2 }

  private static func draw(_ message: Message, _ y: Int, _ svg: inout SVG) {
    let (start, end) = (x(message.from), x(message.to))
    let isRight = end >= start
    let style =
      switch message.kind {
      case .call(let access): "message \(access.rawValue)"
      case .credentials: "message credentials"
      }
    let left = min(start, end)
    // Something wide enough to be hit by a finger.
    svg.rect(left, y - 18, max(20, abs(end - start)), 26, "touch")
    svg.line(start, y, end, y, style)
    svg.head(end, y, pointsRight: isRight, style)
    let refused = if case .call(.refused) = message.kind { true } else { false }
    svg.label((start + end) / 2, y - 5, "\(message.step). \(message.label)\(refused ? " ✗" : "")", style)
  }

  private static func short(_ name: String) -> String { name.count > 18 ? "\(name.prefix(17))…" : name }
}
