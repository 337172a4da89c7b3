import FoundationEssentials

extension Date {
  /// Without the fraction of a second, which S3 does not keep.
  var inWholeSeconds: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}
