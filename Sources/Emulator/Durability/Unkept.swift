/// A part of the state that is not kept with the rest, because it is made anew at every start: it comes back as `nil`.
@propertyWrapper
package struct Unkept<Value: Sendable & ExpressibleByNilLiteral>: Sendable, Codable {
  package var wrappedValue: Value

  package init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) { wrappedValue = nil }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }
}
