/// Makes links of the web and mail addresses in a text (`django/utils/html.py`, `Urlizer`).
struct Urlizer {
  /// Link texts longer than this are cut, an ellipsis being the last of so many characters.
  var limit: Int?
  var autoescape: Bool
  /// The text is safe: nothing of it is escaped, and all that comes of it is safe.
  var isSafe: Bool

  private static let urlLimit = 2048

  func text(_ text: String) -> String {
    let points = text.unicodeScalars
    var linked = ""
    var plain = points.startIndex
    for word in points.split(whereSeparator: Self.endsWord)
    where word.contains(where: { [".", "@", ":"].contains($0) }) {
      guard let link = link(Array(word)) else { continue }
      linked += escaped(String(points[plain..<word.startIndex])) + link
      plain = word.endIndex
    }
    return linked + escaped(String(points[plain...]))
  }

  private static func endsWord(_ point: Unicode.Scalar) -> Bool {
    ["<", ">", "\"", "'"].contains(point) || point.isWhiteSpace
  }

  private func escaped(_ text: String) -> String {
    autoescape && !isSafe ? text.htmlEscaped : text
  }

  /// The word as a link, the punctuation around it outside; nil where it is no address.
  private func link(_ word: CodePoints) -> String? {
    let word = TrimmedWord(word)
    guard let (url, attributes) = target(word.middle) else { return nil }
    return escaped(word.lead)
      + "<a href=\"\(url.htmlEscaped)\"\(attributes)>\(escaped(shortened(word.middle)))</a>"
      + escaped(word.trail)
  }

  /// The URL that a word means, and the attributes of its link.
  private func target(_ word: CodePoints) -> (url: String, attributes: String)? {
    let text = String(word)
    if word.count <= Self.urlLimit {
      if word.hasWebScheme {
        return (WebAddress.quoted(text.withDecodedReferences), " rel=\"nofollow\"")
      }
      if word.isHostName {
        return (WebAddress.quoted("http://" + text.withDecodedReferences), " rel=\"nofollow\"")
      }
    }
    guard !word.contains(":"), let at = word.lastIndex(of: "@"), MailAddress.isValid(word) else {
      return nil
    }
    let local = String(word[..<at]).percentEncoded(keeping: "")
    return ("mailto:\(local)@\(String(word[(at + 1)...]).percentEncoded(keeping: ""))", "")
  }

  private func shortened(_ word: CodePoints) -> String {
    guard let limit, word.count > limit else { return String(word) }
    return String(word.prefix(max(limit, 1) - 1)) + "…"
  }
}

extension [Unicode.Scalar] {
  private func hasPrefix(_ prefix: String) -> Bool {
    count >= prefix.utf8.count
      && zip(self, prefix.unicodeScalars).allSatisfy {
        $0.properties.lowercaseMapping == String($1)
      }
  }

  /// Whether it begins with `http://` or `https://` and a word.
  fileprivate var hasWebScheme: Bool {
    guard hasPrefix("http://") || hasPrefix("https://"), let colon = firstIndex(of: ":") else {
      return false
    }
    let host = dropFirst(colon + 3)
    return (host.first == "[" ? host.dropFirst() : host).first?.isWord ?? false
  }

  private static let topDomains = ["com", "edu", "gov", "int", "mil", "net", "org"]

  /// Whether it begins with `www.`, or holds a name in one of the first top level domains.
  fileprivate var isHostName: Bool {
    if hasPrefix("www.") { return true }
    guard !hasPrefix("http"), first?.isWord == true else { return false }
    let name = prefix { $0 != "@" }
    return name.indices.dropFirst(2).contains { index in
      guard self[index] == "." else { return false }
      let end = index + 4
      guard end <= count, end == count || self[end] == "/" else { return false }
      return Self.topDomains.contains(String(self[(index + 1)..<end]).inLowerCase)
    }
  }
}

/// A word without the punctuation around it.
private struct TrimmedWord {
  private(set) var lead: String
  private(set) var middle: CodePoints
  private(set) var trail: String
  /// Unlike brackets: what the whole word has of each, less what was trimmed.
  private var surplus: [(close: Unicode.Scalar, count: Int)]

  init(_ word: CodePoints) {
    let lead = word.prefix { $0 == "(" || $0 == "[" }
    self.lead = String(lead)
    let middle = Array(word[lead.endIndex...])
    self.middle = middle
    trail = ""
    surplus = [("(", ")"), ("[", "]")].map { (open, close) in
      (close, middle.count { $0 == close } - middle.count { $0 == open })
    }
    // Each may bring the others to the end.
    while !self.middle.isEmpty {
      let isTrimmed = [trimBrackets(), trimPunctuation(), trimSemicolon()]
      if !isTrimmed.contains(true) { break }
    }
  }

  private mutating func trimBrackets() -> Bool {
    var isTrimmed = false
    for index in surplus.indices
    where surplus[index].count > 0 && middle.last == surplus[index].close {
      // As in Django, what was trimmed before is lost here.
      trail = String(middle.suffix(surplus[index].count))
      middle.removeLast(Swift.min(surplus[index].count, middle.count))
      surplus[index].count = 0
      isTrimmed = true
    }
    return isTrimmed
  }

  private static let punctuation = ".,:;!".unicodeScalars

  /// A semicolon stays where it may end a character reference.
  private mutating func trimPunctuation() -> Bool {
    let mayBeReference = middle.contains("&")
    return trim { Self.punctuation.contains($0) && !(mayBeReference && $0 == ";") }
  }

  private mutating func trim(_ matches: (Unicode.Scalar) -> Bool) -> Bool {
    let kept = (middle.lastIndex { !matches($0) } ?? -1) + 1
    guard kept < middle.count else { return false }
    trail = String(middle[kept...]) + trail
    middle.removeLast(middle.count - kept)
    return true
  }

  private mutating func trimSemicolon() -> Bool {
    guard middle.last == ";" else { return false }
    let ampersand = middle.lastIndex(of: "&")
    let candidate = String(middle[(ampersand ?? middle.count - 1)...])
    let decoded = candidate.withDecodedReferences
    guard decoded.hasSameBytes(as: candidate) || decoded.utf8.last == UInt8(ascii: ";") else {
      return false
    }
    let semicolons = middle.reversed().prefix { $0 == ";" }.count
    guard ampersand != nil, semicolons > 1 else { return trim(Self.punctuation.contains) }
    // The first semicolon may end a reference.
    let start = (middle.lastIndex { !Self.punctuation.contains($0) } ?? -1) + 1
    guard let first = middle[start...].firstIndex(of: ";") else { return false }
    trail = String(middle[(first + 1)...]) + trail
    middle.removeLast(middle.count - first - 1)
    return true
  }
}
