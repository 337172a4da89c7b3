/// One AWS account.
package struct AccountState: Sendable {
  package var id: String

  package init(id: String) {
    self.id = id
  }

  package var rootArn: String { "arn:aws:iam::\(id):root" }
}
