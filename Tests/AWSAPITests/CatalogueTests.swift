import AWSAPI
import FoundationEssentials
import Testing

@Suite("The catalogue")
struct CatalogueTests {
  /// What ``Catalogue/describe()`` says is compared with AWS's models by Tests/Clients/test_catalogue.py, which runs after
  /// these tests.
  @Test("is written out for the comparison with botocore")
  func writesDescription() throws {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = repository.appending(path: ".build/vectors")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Catalogue.describe().utf8).write(to: folder.appending(path: "catalogue.json"))
  }
}
