/// Python's `format % value` with one value (`Objects/unicodeobject.c`, `PyUnicode_Format`).
struct PercentFormat {
  /// One `%…` of a format.
  struct Specifier {
    var key: String?
    var flags: [Unicode.Scalar] = []
    var width = 0
    var precision: Int?
    var conversion: Unicode.Scalar = "s"
  }

  private let format: CodePoints
  private let value: TemplateValue
  private var index = 0
  /// The value is taken once, unless keys choose its parts.
  private var isTaken = false

  /// The formatted text; throws what Python raises, mostly a `ValueError` or a `TypeError`.
  static func text(
    _ format: String, _ value: TemplateValue
  ) throws(TemplateError.Reason) -> String {
    var formatter = PercentFormat(format: CodePoints(format), value: value)
    return try formatter.text()
  }

  private init(format: CodePoints, value: TemplateValue) {
    self.format = format
    self.value = value
  }

  private mutating func text() throws(TemplateError.Reason) -> String {
    var text = ""
    while index < format.count {
      let point = format[index]
      index += 1
      guard point == "%" else {
        text.unicodeScalars.append(point)
        continue
      }
      // Only bare: with a width it is a conversion, and an unknown one.
      if try peek() == "%" {
        text += "%"
        index += 1
      } else {
        text += try formatted(try specifier())
      }
    }
    guard isTaken || value.isMapping else {
      throw .typeError("not all arguments converted during string formatting")
    }
    return text
  }

  private mutating func formatted(
    _ specifier: Specifier
  ) throws(TemplateError.Reason) -> String {
    if let key = specifier.key {
      guard case .dictionary(let mapping) = value else {
        throw .typeError("format requires a mapping")
      }
      guard let item = mapping[key] else { throw .exception("KeyError", key.pythonRepr) }
      isTaken = true
      return try specifier.text(item)
    }
    guard !isTaken else { throw .typeError("not enough arguments for format string") }
    isTaken = true
    return try specifier.text(value)
  }
}

// MARK: Reading a specifier

extension PercentFormat {
  private static let incomplete = TemplateError.Reason.valueError("incomplete format")
  private static let sizeLimit = 1 << 26

  private func peek() throws(TemplateError.Reason) -> Unicode.Scalar {
    guard index < format.count else { throw Self.incomplete }
    return format[index]
  }

  private mutating func specifier() throws(TemplateError.Reason) -> Specifier {
    var specifier = Specifier()
    if try peek() == "(" { specifier.key = try key() }
    while ["-", "+", " ", "#", "0"].contains(try peek()) {
      specifier.flags.append(format[index])
      index += 1
    }
    specifier.width = try number() ?? 0
    if try peek() == "." {
      index += 1
      specifier.precision = try number() ?? 0
    }
    if ["h", "l", "L"].contains(try peek()) { index += 1 }
    specifier.conversion = try peek()
    index += 1
    return specifier
  }

  /// Reads `(key)`, in which parentheses may be nested.
  private mutating func key() throws(TemplateError.Reason) -> String {
    let start = index + 1
    var depth = 0
    repeat {
      switch try peek() {
      case "(": depth += 1
      case ")": depth -= 1
      default: break
      }
      index += 1
    } while depth > 0
    return String(format[start..<index - 1])
  }

  private mutating func number() throws(TemplateError.Reason) -> Int? {
    // A width of its own would take the one value that there is.
    if try peek() == "*" { throw .typeError("* wants int") }
    let start = index
    while try peek().isASCIIDigit { index += 1 }
    guard index > start else { return nil }
    guard let number = Int(String(format[start..<index])) else {
      throw .valueError("width too big")
    }
    guard number < Self.sizeLimit else { throw .exception("MemoryError", "") }
    return number
  }
}

extension TemplateValue {
  /// Whether `%` takes it for a mapping, of which nothing has to be used.
  fileprivate var isMapping: Bool {
    switch self {
    case .dictionary, .list: true
    default: false
    }
  }
}
