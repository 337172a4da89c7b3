import AWSAPI
import FoundationEssentials
import Testing

/// What AWS's own models and clients are to say about us: Tests/Clients/test_catalogue.py runs after these tests and reads
/// what they write.
@Suite("The catalogue")
struct CatalogueTests {
  @Test("is written out for the comparison with botocore")
  func writesDescription() throws {
    try Repository.writeVectors("catalogue.json", Catalogue.describe())
  }

  @Test("has commands written out for the CLI to read")
  func writesCommands() throws {
    var vectors: [Vector] = []
    for operation in RoundTripTests.operations.compactMap(Catalogue.operation(named:)) {
      for seed in 1...6 as ClosedRange<UInt64> {
        var generator = ValueGenerator(seed: seed)
        var parameters = generator.structure(operation.input)
        // The CLI would open the file.
        parameters["Body"] = nil
        let line = operation.commandLine(parameters, file: "some file", showingSecrets: true)
        vectors.append(
          Vector(
            operation: operation.qualifiedName, arguments: line.arguments, text: line.text, lines: line.text(width: 80),
            parameters: PlainValue(.structure(parameters))))
      }
    }
    try Repository.writeVectors(
      "command-lines.json", String(decoding: JSONEncoder().encode(vectors), as: UTF8.self))
  }

  private struct Vector: Encodable {
    var operation: String
    var arguments: [String]
    var text: String
    var lines: String
    var parameters: PlainValue
  }
}

/// A value as JSON has it; what JSON has not is text.
private struct PlainValue: Encodable {
  private let value: AWSValue

  init(_ value: AWSValue) {
    self.value = value
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var single: any SingleValueEncodingContainer { encoder.singleValueContainer() }
    switch value {
    case .string(let text):
      var container = single
      try container.encode(text)
    case .integer(let number):
      var container = single
      try container.encode(number)
    case .boolean(let value):
      var container = single
      try container.encode(value)
    case .timestamp(let date):
      // The CLI hands times on as they are written, so the moment is what can be compared.
      var container = single
      try container.encode("@\(Int((date.timeIntervalSince1970 * 1000).rounded()))")
    case .blob:
      var container = single
      try container.encode("")
    case .list(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(PlainValue(element)) }
    case .structure(let structure):
      var container = encoder.container(keyedBy: Key.self)
      for member in structure.members {
        try container.encode(PlainValue(member.value), forKey: Key(stringValue: member.name))
      }
    }
  }
}
