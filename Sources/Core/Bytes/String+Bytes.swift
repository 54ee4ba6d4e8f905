extension String {
  /// Whether both are the same bytes, as Python compares; `==` takes é and e + U+0301 for equal.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
