extension String {
  /// Columns of a terminal that the text takes: two for the wide letters of East Asia and for emoji, none
  /// for marks that stand on the letter before (Unicode's East Asian Width, simplified).
  package var cellWidth: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.cellWidth }
  }
}

extension Character {
  package var cellWidth: Int {
    guard let scalar = unicodeScalars.first, scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return scalar.isWide || unicodeScalars.contains("\u{FE0F}") ? 2 : 1
    }
  }
}

extension UnicodeScalar {
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
