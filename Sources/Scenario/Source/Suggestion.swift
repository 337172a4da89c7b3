import AWSAPI

/// Did you mean?
enum Suggestion {
  /// ``did you mean `RoleName`?``, where one of `candidates` is close to `word`.
  static func label(for word: String, among candidates: [String]) -> String? {
    closest(to: word, among: candidates).map(label)
  }

  static func label(_ meant: String) -> String { "did you mean `\(meant)`?" }

  static func closest(to word: String, among candidates: [String]) -> String? {
    NearestName.of(word, among: candidates)
  }
}
