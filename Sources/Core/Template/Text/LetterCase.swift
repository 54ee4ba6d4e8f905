// Python's case changes. They differ from `String.lowercased()` in nothing but the final sigma,
// which Python writes and Swift does not.

extension String {
  /// In lower case (`str.lower`).
  var inLowerCase: String {
    utf8.allSatisfy { $0 < 0x80 }
      ? lowercased()
      : changingCase { points, index in points.lowerCase(at: index) }
  }

  /// In upper case (`str.upper`).
  var inUpperCase: String { uppercased() }

  /// Each cased letter behind an uncased code point in title case, the others in lower case
  /// (`str.title`).
  var inTitleCase: String {
    var isInWord = false
    return changingCase { points, index in
      defer { isInWord = points[index].properties.isCased }
      return isInWord ? points.lowerCase(at: index) : points[index].properties.titlecaseMapping
    }
  }

  /// The first code point in upper case (`django/utils/text.py`, `capfirst`).
  var withCapital: String {
    guard let first = unicodeScalars.first else { return self }
    return first.properties.uppercaseMapping + String(unicodeScalars.dropFirst())
  }

  private func changingCase(_ change: (CodePoints, Int) -> String) -> String {
    let points = CodePoints(self)
    return points.indices.reduce(into: "") { $0 += change(points, $1) }
  }
}

extension [Unicode.Scalar] {
  fileprivate func lowerCase(at index: Int) -> String {
    guard self[index] == "Σ" else { return self[index].properties.lowercaseMapping }
    return isFinalSigma(at: index) ? "ς" : "σ"
  }

  /// Whether a cased letter stands before and none behind, ignorable code points aside.
  private func isFinalSigma(at index: Int) -> Bool {
    let before = self[..<index].last { !$0.properties.isCaseIgnorable }
    let behind = self[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && behind?.properties.isCased != true
  }
}

extension String {
  /// The first code point in title case, the rest in lower case (`str.capitalize`).
  var capitalizedLikePython: String {
    changingCase { points, index in
      index == 0 ? points[0].properties.titlecaseMapping : points.lowerCase(at: index)
    }
  }

  /// Upper case for lower, lower for upper (`str.swapcase`).
  var withSwappedCase: String {
    changingCase { points, index in
      let properties = points[index].properties
      if properties.isUppercase { return points.lowerCase(at: index) }
      return properties.isLowercase ? properties.uppercaseMapping : String(points[index])
    }
  }

  /// For comparison without regard to case (`str.casefold`).
  var caseFolded: String {
    unicodeScalars.reduce(into: "") { folded, point in
      folded += point.value == 0x3c2 ? "σ" : point.properties.uppercaseMapping.lowercased()
    }
  }
}
