extension Operation {
  /// Holds the parameters against what AWS demands of each: presence, length, pattern, range, set of values.
  ///
  /// What needs to know more than the one parameter (whether the role exists, whether a policy parses) is the service's.
  /// - Throws: ``AWSError`` in the words of the service. The query services name every fault in one message, S3 the first.
  package func validate(_ parameters: AWSStructure) throws(AWSError) {
    switch service {
    case .iam, .sts:
      var validation = QueryValidation(echoesValues: service == .sts)
      validation.check(parameters, input)
      if let error = validation.error ?? IAMNames.error(self, parameters) { throw error }
    case .s3: try S3Validation(operation: self).check(parameters)
    }
  }
}

extension StringConstraint {
  /// Whether `text` is within the length; characters are Unicode scalars.
  func isWithinLength(_ text: String) -> Bool {
    guard let length else { return true }
    // A scalar is one to four bytes, so most lengths need no count.
    let bytes = text.utf8.count
    if bytes <= length.upperBound, (bytes + 3) / 4 >= length.lowerBound { return true }
    return length.contains(text.unicodeScalars.count)
  }
}
