extension String {
  /// Whether both are the same bytes, as Python compares; `==` takes é and e + U+0301 for equal.
  package func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    let left = utf8.span
    let right = other.utf8.span
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }
}

extension String? {
  package func hasSameBytes(as other: String?) -> Bool {
    switch (self, other) {
    case (let text?, let other?): text.hasSameBytes(as: other)
    case (nil, nil): true
    default: false
    }
  }
}

extension [UInt8] {
  /// Quicker than `+=`, which takes the text for any sequence.
  package mutating func append(utf8Of text: String) {
    var text = text
    text.withUTF8 { bytes in unsafe append(contentsOf: bytes) }
  }
}

extension String.UTF8View {
  /// Quicker than the standard library's, which makes an index of each byte.
  package func contains(_ byte: UInt8) -> Bool {
    let bytes = span
    for index in bytes.indices where bytes[index] == byte { return true }
    return false
  }
}
