extension String {
  /// Whether both are the same bytes, as Python compares; `==` takes é and e + U+0301 for equal.
  package func hasSameBytes(as other: String) -> Bool {
    // Most differ in length, which is known at once.
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
