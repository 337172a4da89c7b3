/// The difference of two texts as `diff -u` writes it, which `patch` applies.
package enum UnifiedDiff {
  private static let context = 3

  /// - Returns: the empty text where both are the same.
  package static func between(_ old: String, _ new: String, oldName: String, newName: String) -> String {
    guard old != new else { return "" }
    let (left, right) = (lines(old), lines(new))
    let changes = script(left, right)
    var text = "--- \(oldName)\n+++ \(newName)\n"
    for hunk in hunks(changes) { text += render(hunk, left, right) }
    return text
  }

  /// What stands behind a last line that has no line break, as `diff` writes it.
  private static let noLineBreak = "\n\\ No newline at end of file"

  /// Lines; one without a line break at its end is another line than the same with one.
  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.removeLast()
    if !last.isEmpty { lines.append(Substring(last + noLineBreak)) }
    return lines
  }

  private enum Change {
    case same(Int, Int)
    case removed(Int)
    case added(Int)
  }

  /// What turns `left` into `right`: the standard library's shortest edit script, with the lines that stay in between.
  private static func script(_ left: [Substring], _ right: [Substring]) -> [Change] {
    let difference = right.difference(from: left)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var changes: [Change] = []
    var (old, new) = (0, 0)
    while old < left.count || new < right.count {
      if removed.contains(old), old < left.count {
        changes.append(.removed(old))
        old += 1
      } else if added.contains(new), new < right.count {
        changes.append(.added(new))
        new += 1
      } else {
        changes.append(.same(old, new))
        old += 1
        new += 1
      }
    }
    return changes
  }

  /// Runs of changes with their context; runs that are close share one hunk.
  private static func hunks(_ changes: [Change]) -> [ArraySlice<Change>] {
    let places = changes.indices.filter { if case .same = changes[$0] { false } else { true } }
    var hunks: [Range<Int>] = []
    for place in places {
      let range = max(0, place - context)..<min(changes.count, place + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks.map { changes[$0] }
  }

  private static func render(_ hunk: ArraySlice<Change>, _ left: [Substring], _ right: [Substring]) -> String {
    var (oldStart, newStart): (Int?, Int?)
    var (oldCount, newCount) = (0, 0)
    var body = ""
    for change in hunk {
      switch change {
      case .same(let old, let new):
        oldStart = oldStart ?? old
        newStart = newStart ?? new
        (oldCount, newCount) = (oldCount + 1, newCount + 1)
        body += " \(left[old])\n"
      case .removed(let old):
        oldStart = oldStart ?? old
        oldCount += 1
        body += "-\(left[old])\n"
      case .added(let new):
        newStart = newStart ?? new
        newCount += 1
        body += "+\(right[new])\n"
      }
    }
    return "@@ -\(place(oldStart, oldCount)) +\(place(newStart, newCount)) @@\n" + body
  }

  private static func place(_ start: Int?, _ count: Int) -> String {
    "\(count == 0 ? start ?? 0 : (start ?? 0) + 1),\(count)"
  }
}
