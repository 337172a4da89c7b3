/// Buckets and what is in them.
package struct S3State: Sendable {
  package init() {}
}
