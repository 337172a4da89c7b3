package import HTTP

/// What every answer of AWS carries besides its content.
package struct ResponseStamp: Sendable {
  /// A UUID for the query services, 16 upper-case hexadecimal digits for S3.
  package var requestID: String
  /// S3's second id.
  package var hostID: String
  /// When the request arrived.
  package var second: AWSSecond

  package init(requestID: String, hostID: String = "", second: AWSSecond) {
    self.requestID = requestID
    self.hostID = hostID
    self.second = second
  }

  /// The headers that every answer of `service` has, success or error.
  package func headers(_ service: Service) -> HTTPHeaders {
    guard service == .s3 else { return ["x-amzn-RequestId": requestID, "Date": second.httpDate] }
    return ["x-amz-id-2": hostID, "x-amz-request-id": requestID, "Date": second.httpDate, "Server": "AmazonS3"]
  }
}
