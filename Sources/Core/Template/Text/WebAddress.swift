/// An `http` or `https` URL, quoted where it is not yet (`django/utils/html.py`, `smart_urlquote`).
enum WebAddress {
  /// The characters that mean something in a URL (RFC 3986), and the tilde.
  private static let meaningful = "!$&'()*+,;=:/?#[]@~"

  static func quoted(_ url: String) -> String {
    let url = CodePoints(url).filter { !["\t", "\r", "\n"].contains($0) }
    guard let colon = url.firstIndex(of: ":") else { return requoted(url) }
    let host = url[(colon + 3)...]
    let (authority, tail) = split(host) { ["/", "?", "#"].contains($0) }
    // An address in brackets that is none leaves the URL in one piece.
    guard hasProperBrackets(authority) else { return requoted(url) }
    let (beforeFragment, fragment) = split(tail) { $0 == "#" }
    let (path, query) = split(beforeFragment) { $0 == "?" }
    return String(url[..<colon]).inLowerCase + "://" + requoted(authority) + requoted(path)
      + marked("?", requotedQuery(query.dropFirst())) + marked("#", requoted(fragment.dropFirst()))
  }

  private static func split(
    _ points: ArraySlice<Unicode.Scalar>, _ matches: (Unicode.Scalar) -> Bool
  ) -> (ArraySlice<Unicode.Scalar>, ArraySlice<Unicode.Scalar>) {
    let place = points.firstIndex(where: matches) ?? points.endIndex
    return (points[..<place], points[place...])
  }

  private static func marked(_ mark: String, _ part: String) -> String {
    part.isEmpty ? "" : mark + part
  }

  private static func requoted(_ part: some Sequence<Unicode.Scalar>) -> String {
    String(part).percentDecoded.percentEncoded(keeping: meaningful)
  }

  /// The query with each name and value quoted by itself.
  private static func requotedQuery(_ query: ArraySlice<Unicode.Scalar>) -> String {
    query.split(separator: "&").map { field in
      let (name, value) = split(field) { $0 == "=" }
      return requotedField(name) + "=" + requotedField(value.dropFirst())
    }.joined(separator: "&")
  }

  /// A plus is a space, and Django decodes twice.
  private static func requotedField(_ field: ArraySlice<Unicode.Scalar>) -> String {
    String(field.map { $0 == "+" ? " " : $0 }).percentDecoded.percentDecoded
      .percentEncoded(keeping: " ").replacing(" ", by: "+")
  }

  private static func hasProperBrackets(_ authority: ArraySlice<Unicode.Scalar>) -> Bool {
    let (hasOpen, hasClose) = (authority.contains("["), authority.contains("]"))
    guard hasOpen || hasClose else { return true }
    let host = authority.suffix(
      from: authority.lastIndex(of: "@").map { $0 + 1 } ?? authority.startIndex)
    let (address, port) = split(host.dropFirst()) { $0 == "]" }
    return host.first == "[" && hasClose && address.contains(":")
      && address.allSatisfy { $0.isASCIIHexDigit || $0 == ":" || $0 == "." }
      && [nil, ":"].contains(port.dropFirst().first)
  }
}

/// A mail address (`django/core/validators.py`, `EmailValidator`).
enum MailAddress {
  static func isValid(_ address: CodePoints) -> Bool {
    guard address.count <= 320, let at = address.lastIndex(of: "@") else { return false }
    let atoms = address[..<at].split(separator: ".", omittingEmptySubsequences: false)
    let domain = address[(at + 1)...]
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomCharacter) }
      && (isDomain(domain) || isAddressLiteral(domain))
  }

  private static func isAtomCharacter(_ point: Unicode.Scalar) -> Bool {
    point.isASCIILetter || point.isASCIIDigit
      || "-!#$%&'*+/=?^_`{}|~".unicodeScalars.contains(point)
  }

  private static func isDomain(_ domain: ArraySlice<Unicode.Scalar>) -> Bool {
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let top = labels.last, labels.allSatisfy(isLabel) else { return false }
    if top.starts(with: "xn--".unicodeScalars), top.allSatisfy(\.isASCII) {
      return 1...59 ~= top.count - 4
    }
    return top.count >= 2 && !top.contains(where: \.isASCIIDigit)
  }

  private static func isLabel(_ label: ArraySlice<Unicode.Scalar>) -> Bool {
    1...63 ~= label.count && label.first != "-" && label.last != "-"
      && label.allSatisfy {
        $0.isASCIILetter || $0.isASCIIDigit || $0 == "-" || 0xa1...0xffff ~= $0.value
      }
  }

  /// An IPv4 address in brackets; one of IPv6 would hold a colon, which no link takes.
  private static func isAddressLiteral(_ domain: ArraySlice<Unicode.Scalar>) -> Bool {
    guard domain.first == "[", domain.last == "]" else { return false }
    let numbers = domain.dropFirst().dropLast().split(
      separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4
      && numbers.allSatisfy { number in
        1...3 ~= number.count && number.allSatisfy(\.isASCIIDigit)
          && (number.count == 1 || number.first != "0") && (Int(String(number)) ?? 256) < 256
      }
  }
}
