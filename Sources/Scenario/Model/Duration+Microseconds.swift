extension Duration {
  /// Whole microseconds, which is as much as reports and histories tell apart.
  package var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }

  /// In seconds, as `Date` counts.
  package var timeInterval: Double { Double(microseconds) / 1_000_000 }
}
