/// What AWS checks of a text: its length in characters, its pattern, or the set of values it may be; and what is to be
/// known before it is shown or sent.
package struct StringConstraint: Sendable {
  package var length: ClosedRange<Int>?
  package var pattern: Pattern?
  package var values: [String]?
  /// A password, a secret key or a token: not to be shown.
  package var isSensitive: Bool
  /// A JSON policy. IAM writes these percent-encoded in its answers.
  package var isPolicyDocument: Bool

  /// A pattern as AWS names it in its error messages, and the check that stands for it.
  ///
  /// The check is a function over the bytes because the patterns of the service models are few and simple, and
  /// because a regular expression engine would cost every request microseconds.
  package struct Pattern: Sendable {
    /// The pattern in AWS's own words, for the error message.
    package var source: String
    package var matches: @Sendable (String) -> Bool

    package init(_ source: String, matches: @escaping @Sendable (String) -> Bool) {
      self.source = source
      self.matches = matches
    }
  }

  package init(
    length: ClosedRange<Int>? = nil, pattern: Pattern? = nil, values: [String]? = nil, isSensitive: Bool = false,
    isPolicyDocument: Bool = false
  ) {
    self.length = length
    self.pattern = pattern
    self.values = values
    self.isSensitive = isSensitive
    self.isPolicyDocument = isPolicyDocument
  }
}
