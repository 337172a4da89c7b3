/// How scenarios are run.
package struct RunOptions: Sendable {
  /// How many scenarios run at the same time.
  package var jobs = 1
  /// Whether nothing more is begun after the first step that was not as expected.
  package var failsFast = false
  /// The steps that are run, by their number, and told of; those before are carried out for what they make, those after not
  /// at all. `nil` for all.
  package var steps: ClosedRange<Int>?
  /// Whether what the steps made stays, as where they only prepare something: then nothing is done behind them.
  package var keepsEverything = false
  /// What `cli:` steps need; without it they are not run.
  package var commands: CommandHost?
  /// Whether steps that call make the call by the command of the AWS CLI that reports show for it: for holding these commands
  /// against the API. On the embedded emulator only.
  package var callsByCommand = false

  package init() {}
}
