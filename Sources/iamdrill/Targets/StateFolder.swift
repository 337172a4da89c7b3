import Runner

/// Where iamdrill keeps what outlives a run (XDG Base Directory Specification).
enum StateFolder {
  /// - Returns: `nil` where neither the environment nor the command line says where that is.
  static func path(_ arguments: ParsedArguments) -> String? {
    if let folder = arguments.value("state") { return folder }
    if let state = Console.environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/iamdrill" }
    return Console.environment("HOME").flatMap { $0.hasPrefix("/") ? $0 + "/.local/state/iamdrill" : nil }
  }

  /// - Returns: `nil` where the ledger cannot be written; then why has been printed, and nothing may be made.
  static func openLedger(_ arguments: ParsedArguments) -> SQLiteLedger? {
    guard let path = path(arguments) else {
      Console.writeError("iamdrill: there is no place for the ledger: neither XDG_STATE_HOME nor HOME is set\n")
      return nil
    }
    do throws(Problem) {
      return try SQLiteLedger(folder: path)
    } catch {
      Console.writeError("iamdrill: \(error.message)\n")
      return nil
    }
  }
}
