@_spi(_Unicode) import Swift

extension String {
  /// The text in lower case ASCII with hyphens between its words (`django/utils/text.py`, `slugify`).
  var slug: String {
    var slug: [UInt8] = []
    for byte in asciiForm.lowercased().utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.isWhiteSpace || scalar == "-" {
        if slug.last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
      } else if scalar.isWord {
        slug.append(byte)
      }
    }
    return String(decoding: slug, as: UTF8.self).stripped { $0 == "-" || $0 == "_" }
  }

  /// What ASCII is left of the text's compatibility decomposition (NFKD).
  private var asciiForm: String {
    guard utf8.contains(where: { $0 >= 0x80 }) else { return self }
    return _nfd.reduce(into: "") { ascii, point in
      if point.isASCII {
        ascii.unicodeScalars.append(point)
      } else {
        ascii += CompatibilityForms.ascii(of: point)
      }
    }
  }
}
