/// A pattern for names: `*` stands for any text, `?` for any character. Upper and lower case are the same.
package struct NameGlob: Sendable, Hashable {
  private let pattern: [Character]

  package init(_ pattern: String) {
    self.pattern = Array(pattern.lowercased())
  }

  package func matches(_ name: String) -> Bool {
    let name = Array(name.lowercased())
    var (p, n) = (0, 0)
    // Where the last `*` stands, and how much of the name it takes so far.
    var star: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        p = last.pattern + 1
        n = last.name + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
