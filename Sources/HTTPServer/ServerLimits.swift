/// What a server lets its clients ask for, so that none of them can take what the others need.
package struct ServerLimits: Sendable {
  /// The request line and all fields, in bytes. AWS takes 8 KiB of fields; long session tokens in presigned requests and
  /// policies in a query need more.
  package var headBytes = 64 << 10
  package var fields = 128
  /// The largest body: S3's largest part and what `aws-chunked` adds to it.
  package var bodyBytes: Int64 = 6 << 30
  /// A body up to this size is collected before it is answered; a larger one is streamed.
  package var collectedBytes = 128 << 10
  /// A line between the chunks of a chunked body, and all fields behind it together.
  package var chunkLineBytes = 4 << 10
  package var trailerBytes = 16 << 10
  package var connections = 10_000
  /// Threads for requests that stream or wait; they are made when there is work for them.
  package var workers = 128
  /// All of a head must have come within this time from its first byte, in milliseconds.
  package var headTime: Int64 = 20_000
  /// How long a connection is kept between two requests.
  package var idleTime: Int64 = 75_000
  /// How long a body or the reader of a response may stand still.
  package var stallTime: Int64 = 30_000
  /// A body that never stands still must bring at least this many bytes a second, after ``stallTime``.
  package var leastBodyRate: Int64 = 1 << 10
  /// How long what is still sent by a client that was refused is read and thrown away, so that it sees the answer.
  package var lingerTime: Int64 = 2_000
  /// How long requests under way may take to end once the server is to stop.
  package var stopTime: Int64 = 30_000

  package init() {}
}
