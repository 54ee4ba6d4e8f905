/// Quoting and joining of URLs as Python's `urllib.parse` does it.
enum URLText {
  /// Percent-encodes all but letters, digits, `_.-~` and `kept` (`urllib.parse.quote`).
  static func quoted(_ text: String, keeping kept: String) -> String {
    let kept = Array(kept.utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.isASCIILetter || scalar.isASCIIDigit || "_.-~".utf8.contains(byte)
        || kept.contains(byte)
      {
        result.append(byte)
      } else {
        result.append(UInt8(ascii: "%"))
        result.append(digit(byte >> 4))
        result.append(digit(byte & 0xf))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A space becomes a plus (`urllib.parse.quote_plus`).
  static func quotedForQuery(_ text: String) -> String {
    quoted(text, keeping: " ").replacing(" ", by: "+")
  }

  /// Keeps all that a URL may hold (`django/utils/encoding.py iri_to_uri`).
  static func quotedIRI(_ text: String) -> String {
    quoted(text, keeping: "/#%[]=:;$&()+,!?*@'~")
  }

  /// The URL `relative`, which has no scheme, as `base` makes it whole (`urllib.parse.urljoin`).
  static func joined(_ base: String, _ relative: String) -> String {
    if relative.isEmpty { return base }
    let (origin, basePath) = split(base)
    if relative.utf8.starts(with: "//".utf8) {
      return String(origin.prefix { $0 != "/" }) + relative
    }
    let isAbsolute = relative.utf8.first == UInt8(ascii: "/")
    let folder = basePath.parts(separatedBy: "/").dropLast()
    let parts = (isAbsolute ? [] : folder) + relative.parts(separatedBy: "/")
    // As Python does it: no empty part but the first and the last.
    let inner = parts.dropFirst().dropLast().filter { !$0.isEmpty }
    return origin
      + resolved(parts.prefix(1) + inner + parts.dropFirst().suffix(1), hasOrigin: !origin.isEmpty)
  }

  /// `https://host`, and the path behind it.
  private static func split(_ url: String) -> (origin: String, path: String) {
    let bytes = Array(url.utf8)
    let start: Int
    if let colon = CodePoints(url).index(of: CodePoints("://")) {
      start = colon + 3
    } else if url.utf8.starts(with: "//".utf8) {
      start = 2
    } else {
      return ("", url)
    }
    let end = bytes[min(start, bytes.count)...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
    return (
      String(decoding: bytes[..<end], as: UTF8.self), String(decoding: bytes[end...], as: UTF8.self)
    )
  }

  /// The path without `.` and `..` (RFC 3986, 5.2.4).
  private static func resolved(_ parts: [String], hasOrigin: Bool) -> String {
    var result: [String] = []
    for part in parts {
      switch part {
      case "..": if result.count > 1 || result.first?.isEmpty == false { result.removeLast() }
      case ".": break
      default: result.append(part)
      }
    }
    if parts.last == "." || parts.last == ".." { result.append("") }
    if hasOrigin, result.first?.isEmpty == false { result.insert("", at: 0) }
    let path = result.joined(separator: "/")
    return path.isEmpty ? "/" : path
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
