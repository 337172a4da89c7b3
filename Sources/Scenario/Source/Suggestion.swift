import AWSAPI

/// Did you mean?
enum Suggestion {
  /// `did you mean 'RoleName'?`, where one of `candidates` is close to `word`.
  static func label(for word: String, among candidates: [String]) -> String? {
    NearestName.of(word, among: candidates).map { "did you mean '\($0)'?" }
  }
}
