package import FoundationEssentials
package import HTTP

/// What every answer of AWS carries besides its content.
package struct ResponseStamp: Sendable, Hashable {
  /// A UUID for the query services, 16 upper-case hexadecimal digits for S3.
  package var requestID: String
  /// S3's second id.
  package var hostID: String
  package var date: Date

  package init(requestID: String, hostID: String = "", date: Date) {
    self.requestID = requestID
    self.hostID = hostID
    self.date = date
  }

  /// The headers that every answer of `service` has, success or error.
  package func headers(_ service: Service) -> HTTPHeaders {
    let date = AWSTimestamp.text(date, .httpDate)
    guard service == .s3 else { return ["x-amzn-RequestId": requestID, "Date": date] }
    return ["x-amz-id-2": hostID, "x-amz-request-id": requestID, "Date": date, "Server": "AmazonS3"]
  }
}
