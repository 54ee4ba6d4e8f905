// What `{{ name.upper }}` and `{{ number.real }}` give: methods and attributes of Python's own types
// that need no argument.

extension TemplateValue {
  /// What a method of `str` that needs no argument gives, `{{ name.upper }}`; nil where there is none.
  package static func method(_ name: String, of text: String) -> TemplateValue? {
    switch name {
    case "lower": .string(text.inLowerCase)
    case "casefold": .string(text.caseFolded)
    case "upper": .string(text.inUpperCase)
    case "title": .string(text.inTitleCase)
    case "capitalize": .string(text.capitalizedLikePython)
    case "swapcase": .string(text.withSwappedCase)
    case "strip": .string(text.stripped)
    case "lstrip": .string(String(text.unicodeScalars.drop(while: \.isWhiteSpace)))
    case "rstrip": .string(text.strippedAtEnd)
    case "expandtabs": .string(text.withExpandedTabs)
    case "split", "rsplit": .list(text.words.map { .string($0) })
    case "encode": .string("b" + text.latinBytes.pythonRepr.pythonASCII)
    case "center", "count", "endswith", "find", "format_map", "index", "join", "ljust", "maketrans",
      "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust",
      "rpartition", "startswith", "translate", "zfill":
      // A call that lacks its argument is `string_if_invalid`.
      .string("")
    case "splitlines": .list(text.lines.map { .string($0) })
    default: predicate(name, of: CodePoints(text)).map { .bool($0) }
    }
  }

  private static func predicate(_ name: String, of points: CodePoints) -> Bool? {
    func all(_ matches: (Unicode.Scalar) -> Bool) -> Bool {
      !points.isEmpty && points.allSatisfy(matches)
    }
    return switch name {
    case "isascii": points.allSatisfy(\.isASCII)
    case "isalpha": all(\.isLetter)
    case "isalnum": all { $0.isWord && $0 != "_" }
    case "isdecimal": all { $0.properties.numericType == .decimal }
    case "isdigit": all { [.decimal, .digit].contains($0.properties.numericType) }
    case "isnumeric": all { $0.properties.numericType != nil }
    case "isspace": all(\.isWhiteSpace)
    case "isprintable": points.allSatisfy(\.isPrintable)
    case "islower": points.isCased { $0.properties.isLowercase }
    case "isupper": points.isCased { $0.properties.isUppercase }
    case "istitle":
      points.contains { $0.properties.isCased }
        && String(points).hasSameBytes(as: String(points).inTitleCase)
    case "isidentifier":
      all { $0.properties.isXIDContinue }
        && points.first.map { $0.properties.isXIDStart || $0 == "_" } ?? false
    default: nil
    }
  }

  /// An attribute of a number, `{{ n.real }}`; nil where there is none.
  package func numberAttribute(_ name: String) -> TemplateValue? {
    switch (self, name) {
    case (.bool(let bool), "real"), (.bool(let bool), "numerator"): .integer(bool ? 1 : 0)
    case (_, "real"), (_, "conjugate"): self
    case (.double, "imag"): .double(0)
    case (.double(let double), "is_integer"): .bool(double == double.rounded() && double.isFinite)
    case (_, "imag"): .integer(0)
    case (.integer, "numerator"), (.bigInteger, "numerator"): self
    case (.integer, "denominator"), (.bigInteger, "denominator"), (.bool, "denominator"):
      .integer(1)
    case (.integer(let integer), "bit_count"): .integer(integer.magnitude.nonzeroBitCount)
    case (.integer(let integer), "bit_length"):
      .integer(Int.bitWidth - integer.magnitude.leadingZeroBitCount)
    default: nil
    }
  }
}

extension String {
  /// A code point for each byte of the text.
  fileprivate var latinBytes: String { String(utf8.map { Unicode.Scalar($0) }) }
}

extension [Unicode.Scalar] {
  /// Whether some letter has this case, and none another.
  fileprivate func isCased(_ matches: (Unicode.Scalar) -> Bool) -> Bool {
    contains(where: matches) && allSatisfy { matches($0) || !$0.isOfACase }
  }
}

extension Unicode.Scalar {
  /// Whether it is of one of the cases that letters change between.
  fileprivate var isOfACase: Bool {
    properties.isLowercase || properties.isUppercase
      || properties.generalCategory == .titlecaseLetter
  }
}
