/// White space and words as Python's `str` and `re` see them.
extension Unicode.Scalar {
  /// Python's `str.isspace`, and `\s` of `re`.
  package var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0d, 0x1c...0x20: true
    case 0..<0x80: false
    case 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: true
    default: false
    }
  }

  /// `\w` of Python's `re`.
  package var isPythonWord: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    case _ where isASCII: false
    default: properties.numericType != nil || properties.generalCategory.isLetter
    }
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isLetter: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }
}

extension StringProtocol {
  /// Python's `str.split()`.
  package var pythonWords: [String] {
    unicodeScalars.split(whereSeparator: \.isPythonSpace).map { String($0) }
  }

  /// Python's `str.strip()`.
  package var pythonStripped: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isPythonSpace }),
      let last = scalars.lastIndex(where: { !$0.isPythonSpace })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension StringProtocol {
  /// Python's `str.replace`; `old` is not empty.
  package func replacingBytes(of old: String, with new: String) -> String {
    let old = Array(old.utf8)
    let source = Array(utf8)
    guard source.count >= old.count else { return String(self) }
    var result: [UInt8] = []
    var cursor = 0
    while cursor < source.count {
      if source[cursor...].starts(with: old) {
        result += new.utf8
        cursor += old.count
      } else {
        result.append(source[cursor])
        cursor += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
