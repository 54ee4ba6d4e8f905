// Python's case changes. They differ from `String.lowercased()` in the final sigma, which Python
// writes, and in speed where only some of a text is not ASCII.

extension String {
  /// In lower case (`str.lower`).
  var inLowerCase: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
    return changingCase { index in
      unicodeScalars.lowerCase(at: index)
    } ascii: {
      $0.lowercase
    }
  }

  /// In upper case (`str.upper`).
  var inUpperCase: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return uppercased() }
    return changingCase { index in
      unicodeScalars[index].properties.uppercaseMapping
    } ascii: {
      $0.uppercase
    }
  }

  /// Each cased letter behind an uncased code point in title case, the others in lower case
  /// (`str.title`).
  var inTitleCase: String {
    var isInWord = false
    return changingCase { index in
      let properties = unicodeScalars[index].properties
      defer { isInWord = properties.isCased }
      return isInWord ? unicodeScalars.lowerCase(at: index) : properties.titlecaseMapping
    } ascii: { byte in
      defer { isInWord = Unicode.Scalar(byte).isASCIILetter }
      return isInWord ? byte.lowercase : byte.uppercase
    }
  }

  /// The first code point in upper case (`django/utils/text.py`, `capfirst`).
  var withCapital: String {
    guard let first = unicodeScalars.first else { return self }
    return first.properties.uppercaseMapping + String(unicodeScalars.dropFirst())
  }

  /// The first code point in title case, the rest in lower case (`str.capitalize`).
  var capitalizedLikePython: String {
    guard let first = unicodeScalars.first else { return self }
    let lower = changingCase { index in
      index == startIndex ? "" : unicodeScalars.lowerCase(at: index)
    } ascii: {
      $0.lowercase
    }
    return first.properties.titlecaseMapping + (first.isASCII ? String(lower.dropFirst()) : lower)
  }

  /// Upper case for lower, lower for upper (`str.swapcase`).
  var withSwappedCase: String {
    changingCase { index in
      let properties = unicodeScalars[index].properties
      if properties.isUppercase { return unicodeScalars.lowerCase(at: index) }
      return properties.isLowercase ? properties.uppercaseMapping : String(unicodeScalars[index])
    } ascii: { byte in
      byte.lowercase == byte ? byte.uppercase : byte.lowercase
    }
  }

  /// For comparison without regard to case (`str.casefold`).
  var caseFolded: String {
    unicodeScalars.reduce(into: "") { folded, point in
      folded += point.value == 0x3c2 ? "σ" : point.properties.uppercaseMapping.lowercased()
    }
  }

  private func changingCase(
    _ change: (String.Index) -> String, ascii: (UInt8) -> UInt8
  ) -> String {
    var changed: [UInt8] = []
    changed.reserveCapacity(utf8.count)
    for index in unicodeScalars.indices {
      let byte = utf8[index]
      if byte < 0x80 { changed.append(ascii(byte)) } else { changed += change(index).utf8 }
    }
    return String(decoding: changed, as: UTF8.self)
  }
}

extension String.UnicodeScalarView {
  fileprivate func lowerCase(at index: Index) -> String {
    guard self[index] == "Σ" else { return self[index].properties.lowercaseMapping }
    return isFinalSigma(at: index) ? "ς" : "σ"
  }

  /// Whether a cased letter stands before and none behind, ignorable code points aside.
  private func isFinalSigma(at index: Index) -> Bool {
    let before = self[..<index].last { !$0.properties.isCaseIgnorable }
    let behind = self[index...].dropFirst().first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && behind?.properties.isCased != true
  }
}

extension UInt8 {
  fileprivate var lowercase: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }

  fileprivate var uppercase: UInt8 {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= self ? self & ~0x20 : self
  }
}
