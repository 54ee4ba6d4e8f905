/// One command for the server: its words as bytes, since keys and messages are bytes.
package struct RedisCommand: Sendable {
  package enum Argument: Sendable {
    case text(String)
    case bytes([UInt8])
    /// Two parts of one word: joined on the way out, so that the second need not be copied before.
    case joined([UInt8], [UInt8])
  }

  package let arguments: [Argument]

  package init(_ arguments: Argument...) {
    self.arguments = arguments
  }

  package init(_ arguments: [Argument]) {
    self.arguments = arguments
  }

  /// Appends the command in the server's protocol: an array of bulk strings.
  func append(to buffer: inout [UInt8]) {
    Self.append("*", arguments.count, to: &buffer)
    for argument in arguments {
      switch argument {
      case .text(let text):
        Self.append("$", text.utf8.count, to: &buffer)
        buffer.append(utf8Of: text)
      case .bytes(let bytes):
        Self.append("$", bytes.count, to: &buffer)
        buffer += bytes
      case .joined(let start, let end):
        Self.append("$", start.count + end.count, to: &buffer)
        buffer += start
        buffer += end
      }
      Self.appendLineEnd(to: &buffer)
    }
  }

  /// Bytes that the command takes, at most.
  var size: Int {
    arguments.reduce(Self.overhead) { sum, argument in
      switch argument {
      case .text(let text): sum + text.utf8.count + Self.overhead
      case .bytes(let bytes): sum + bytes.count + Self.overhead
      case .joined(let start, let end): sum + start.count + end.count + Self.overhead
      }
    }
  }

  /// A sign, a count and two line ends.
  private static let overhead = 24

  /// Appends a count behind the sign of what is counted.
  ///
  /// A batch does it for each message: no interpolation, which costs more than the rest.
  private static func append(_ sign: Unicode.Scalar, _ count: Int, to buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: sign))
    var place = 1
    while count / place >= 10 { place *= 10 }
    while place > 0 {
      buffer.append(UInt8(ascii: "0") + UInt8(count / place % 10))
      place /= 10
    }
    appendLineEnd(to: &buffer)
  }

  private static func appendLineEnd(to buffer: inout [UInt8]) {
    buffer.append(0x0D)
    buffer.append(0x0A)
  }
}

extension RedisCommand.Argument: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) {
    self = .text(text)
  }
}

extension RedisCommand: CustomStringConvertible {
  /// For the log: the command and its texts; bytes, scripts and whatever follows AUTH by size alone.
  package var description: String {
    var words: [String] = []
    for (place, argument) in arguments.enumerated() {
      switch argument {
      case .text(let text) where !isSecret && text.utf8.count <= 100: words.append(text)
      case .text(let text) where place == 0: words.append(text)
      case .text where isSecret: words.append("***")
      case .text(let text): words.append("<\(text.utf8.count) bytes>")
      case .bytes(let bytes): words.append("<\(bytes.count) bytes>")
      case .joined(let start, let end): words.append("<\(start.count + end.count) bytes>")
      }
    }
    return words.joined(separator: " ")
  }

  private var isSecret: Bool {
    guard case .text(let name)? = arguments.first else { return false }
    return name == "AUTH"
  }
}
