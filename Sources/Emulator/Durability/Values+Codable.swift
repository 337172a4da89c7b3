package import AWSAPI
import FoundationEssentials
import HTTP
import IAMPolicy
package import SigV4

// How values are kept whose types cannot tell it by their members: they are of other modules, or hold what is made anew.

/// A secret is kept as it is: without it nobody could sign any more.
extension Secret: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(reveal())
  }
}

extension Shared: Encodable where Value: Codable {
  package func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension Shared: Decodable where Value: Codable {
  package init(from decoder: any Decoder) throws { self.init(try Value(from: decoder)) }
}

/// A policy is kept as its text, with whom its principals meant, and compiled again.
extension StoredPolicy: Codable {
  private struct Kept: Codable {
    var text: String
    var principals: [NamedPrincipal]
  }

  package func encode(to encoder: any Encoder) throws {
    try Kept(text: text, principals: principals).encode(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    let kept = try Kept(from: decoder)
    var document = try PolicyDocument(parsing: Array(kept.text.utf8))
    let ids = Dictionary(kept.principals.map { ($0.range, $0.id) }) { first, _ in first }
    for statement in document.statements.indices {
      guard var element = document.statements[statement].principal else { continue }
      for entry in element.entries.indices {
        if let id = ids[element.entries[entry].value.range] { element.entries[entry].value.text = id }
      }
      document.statements[statement].principal = element
    }
    self.init(text: kept.text, document: document, principals: kept.principals)
  }
}

/// The bytes themselves where they are in memory, else what the store knows them by.
extension ObjectPayload: Codable {
  private enum Kept: Codable {
    case bytes([UInt8])
    case stored(name: String, size: Int64)
    case joined([ObjectPayload])
    case slice(ObjectPayload, lower: Int64, upper: Int64)
  }

  package func encode(to encoder: any Encoder) throws {
    let kept: Kept =
      switch self {
      case .bytes(let bytes): .bytes(bytes)
      case .stored(let payload): .stored(name: payload.name, size: payload.size)
      case .joined(let parts, _): .joined(parts)
      case .slice(let whole, let range): .slice(whole, lower: range.lowerBound, upper: range.upperBound)
      }
    try kept.encode(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    guard let state = decoder as? StateDecoder else { throw StateFormatError.foreignCoder }
    switch try Kept(from: decoder) {
    case .bytes(let bytes): self = .bytes(bytes)
    case .stored(let name, let size): self = .stored(try state.row.payloads.payload(named: name, size: size))
    case .joined(let parts): self.init(joining: parts)
    case .slice(let whole, let lower, let upper):
      guard lower >= 0, lower <= upper, upper <= whole.size else { throw StateFormatError("a slice is out of bounds") }
      self = .slice(whole, lower..<upper)
    }
  }
}

/// What is kept of calls is documents, which hold no streams; the bytes of one that did would be read here.
extension AWSValue: Codable {
  private enum Kept: Codable {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case timestamp(Date)
    case blob([UInt8])
    case list([AWSValue])
    case structure(AWSStructure)
  }

  package func encode(to encoder: any Encoder) throws {
    let kept: Kept =
      switch self {
      case .string(let value): .string(value)
      case .integer(let value): .integer(value)
      case .boolean(let value): .boolean(value)
      case .timestamp(let value): .timestamp(value)
      case .blob(let body): .blob(try body.collected(limit: AWSAPI.Operation.largestDocument))
      case .list(let values): .list(values)
      case .structure(let value): .structure(value)
      }
    try kept.encode(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    self =
      switch try Kept(from: decoder) {
      case .string(let value): .string(value)
      case .integer(let value): .integer(value)
      case .boolean(let value): .boolean(value)
      case .timestamp(let value): .timestamp(value)
      case .blob(let bytes): .blob(.bytes(bytes))
      case .list(let values): .list(values)
      case .structure(let value): .structure(value)
      }
  }
}

extension AWSStructure: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try [Member](from: decoder))
  }

  package func encode(to encoder: any Encoder) throws { try members.encode(to: encoder) }
}

extension AWSStructure.Member: Codable {
  private struct Kept: Codable {
    var name: String
    var value: AWSValue
  }

  package init(from decoder: any Decoder) throws {
    let kept = try Kept(from: decoder)
    self.init(name: kept.name, value: kept.value)
  }

  package func encode(to encoder: any Encoder) throws { try Kept(name: name, value: value).encode(to: encoder) }
}
