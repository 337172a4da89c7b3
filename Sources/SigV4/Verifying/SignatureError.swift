/// A signature failure as a service answers it.
package struct SignatureError: Error, Sendable, Hashable {
  package var code: String
  package var message: String
  package var status: Int
  /// S3's further elements, in order.
  package var fields: [Field]

  /// One element of S3's error document.
  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  package init(_ code: String, _ message: String, status: Int, fields: KeyValuePairs<String, String> = [:]) {
    self.code = code
    self.message = message
    self.status = status
    self.fields = fields.map { Field(name: $0.key, value: $0.value) }
  }
}

extension SignatureFailure {
  /// The answer of a service of this family.
  package func error(for family: ServiceFamily) -> SignatureError {
    switch family {
    case .query: queryError
    case .s3: s3Error
    }
  }
}
