/// The ARN of an IAM resource, `arn:aws:iam::123456789012:role/path/name`, taken apart.
package struct EntityARN: Sendable, Hashable {
  package var account: String
  /// `user`, `role`, `policy`.
  package var type: String
  package var name: String

  /// Takes `text` apart; `nil` for what has no account, no type or no name.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].elementsEqual("arn".utf8), parts[1].elementsEqual("aws".utf8),
      parts[2].elementsEqual("iam".utf8), parts[3].isEmpty, parts[4].count == 12,
      parts[4].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let first = parts[5].firstIndex(of: UInt8(ascii: "/")), let last = parts[5].lastIndex(of: UInt8(ascii: "/"))
    else { return nil }
    guard let account = String(parts[4]), let type = String(parts[5][..<first]),
      let name = String(parts[5][parts[5].index(after: last)...]), !name.isEmpty
    else { return nil }
    (self.account, self.type, self.name) = (account, type, name)
  }
}
