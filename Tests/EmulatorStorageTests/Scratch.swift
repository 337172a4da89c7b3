import FoundationEssentials
import Testing

@testable import Emulator
@testable import EmulatorStorage

/// A folder that goes with the test, and emulators whose state is in it.
final class Scratch: Sendable {
  static let account = "111111111111"
  let path: String
  var data: String { path + "/data" }

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "storage-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Opens the folder, gives its emulator to `body`, and closes it.
  func opened<R>(
    accounts: [String] = [account], identifiers: EmulatorConfiguration.IdentifierSource = .random,
    _ body: (Emulator, EmulatorStorage) throws -> R
  ) throws -> R {
    let storage = try EmulatorStorage.folder(data)
    defer { storage.close() }
    let configuration = EmulatorConfiguration(
      accounts: accounts.map { .init(id: $0) }, clock: .fixed(.scenarioStart), identifiers: identifiers)
    return try body(try storage.emulator(configuration), storage)
  }

  /// The names of the files with objects in them.
  var objectFiles: [String] { (try? FileManager.default.contentsOfDirectory(atPath: data + "/objects")) ?? [] }
}
