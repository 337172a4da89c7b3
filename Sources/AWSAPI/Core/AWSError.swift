package import HTTP

/// An error as AWS answers it: a code, a message, an HTTP status, and for S3 further fields.
package struct AWSError: Error, Sendable, Hashable {
  package var code: String
  package var message: String
  package var status: Int
  /// S3's further elements (`BucketName`, `Key`), in order.
  package var fields: [Field]
  /// Headers the answer carries besides those of every error (`x-amz-delete-marker`, `x-amz-bucket-region`).
  package var headers: HTTPHeaders

  /// A further element of an S3 error.
  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(_ code: String, _ message: String, status: Int, fields: [Field] = [], headers: HTTPHeaders = [:]) {
    self.code = code
    self.message = message
    self.status = status
    self.fields = fields
    self.headers = headers
  }
}
