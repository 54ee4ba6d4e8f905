extension String {
  /// The text with every place, as `{html}`, replaced.
  ///
  /// One pass, so that what looks like a place inside a replacement stays what it is.
  package func filling(_ places: [(name: String, value: String)]) -> String {
    var filled = ""
    var rest = self[...]
    while let brace = rest.firstIndex(of: "{") {
      filled.append(contentsOf: rest[..<brace])
      rest = rest[brace...]
      if let place = places.first(where: { rest.hasPrefix($0.name) }) {
        filled += place.value
        rest = rest.dropFirst(place.name.count)
      } else {
        filled += "{"
        rest = rest.dropFirst()
      }
    }
    filled.append(contentsOf: rest)
    return filled
  }
}
