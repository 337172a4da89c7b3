import JSON
import Scenario
import XML

/// What was expected and what came, laid out alike so that their difference shows where they part.
package struct Comparison: Sendable, Hashable {
  package var expected: String
  package var actual: String

  /// Lays out what is XML or JSON on both sides a part a line.
  /// - Returns: `nil` where both are short enough to be read in one line.
  package init?(expected: String, actual: String) {
    let both = Self.xml(expected, actual) ?? Self.json(expected, actual) ?? (expected, actual)
    guard both.0.utf8.contains(UInt8(ascii: "\n")) || both.1.utf8.contains(UInt8(ascii: "\n")) else { return nil }
    (self.expected, self.actual) = both
  }

  private static func xml(_ left: String, _ right: String) -> (String, String)? {
    guard left.utf8.first == UInt8(ascii: "<"), right.utf8.first == UInt8(ascii: "<"),
      let expected = try? XMLDocument(parsing: left.utf8), let actual = try? XMLDocument(parsing: right.utf8)
    else { return nil }
    return (expected.root.formatted(), actual.root.formatted())
  }

  /// Members in one order, since the matcher does not look at it either.
  private static func json(_ left: String, _ right: String) -> (String, String)? {
    guard let expected = try? JSONValue(parsing: Array(left.utf8)),
      let actual = try? JSONValue(parsing: Array(right.utf8))
    else { return nil }
    return (expected.sorted.pretty, actual.sorted.pretty)
  }
}

extension MatcherCheck {
  /// The text that `matcher` wants, against `actual`; `nil` where it wants less than a whole text, or where the
  /// difference is told in a line.
  func comparison(_ matcher: Matcher, _ actual: String?) throws(Problem) -> Comparison? {
    guard let actual else { return nil }
    do throws(Diagnostic) {
      switch matcher.kind {
      case .equals(let template): return Comparison(expected: try template.text(in: scope), actual: actual)
      case .json(let template): return Comparison(expected: try template.value(in: scope).text, actual: actual)
      case .file(let name):
        let bytes = try folder.read(try name.text(in: scope), at: name.range)
        return Comparison(expected: String(decoding: bytes, as: UTF8.self), actual: actual)
      case .contains, .startsWith, .endsWith, .matches, .exists, .count, .oneOf, .not, .all: return nil
      }
    } catch {
      throw Problem(error)
    }
  }
}
