/// What a value on the command line is: how it is checked, and what completion offers.
///
/// Only numbers, durations, rates, choices and pairs are checked here; what the other kinds mean is
/// known to the room that reads them.
package enum ValueKind: Sendable, Equatable {
  case text
  case integer(ClosedRange<Int>)
  /// A duration: seconds, or a number with `ms`, `s`, `m` or `h`.
  case seconds
  /// A duration of whole seconds, at least one.
  case wholeSeconds
  /// So many a second, more than 0: `100` or `100/s`.
  case rate
  case choice([String])
  case file
  case directory
  case json
  /// `KEY=VALUE`, the key not empty.
  case keyValue
  case url
  case action
  case group
  case chat
  case channel
  case template
  /// An entry of CHANNEL_LAYERS.
  case layer
  /// A command or a topic of the tool itself, as `help` takes it.
  case command
}

extension ValueKind {
  package func accepts(_ text: String) -> Bool {
    switch self {
    case .integer(let bounds): Int(text).map(bounds.contains) ?? false
    case .seconds: Double(duration: text) != nil
    case .wholeSeconds: Int(duration: text) != nil
    case .rate: Double(rate: text) != nil
    case .choice(let choices): choices.contains(text)
    case .keyValue: text.firstIndex(of: "=").map { $0 > text.startIndex } ?? false
    case .text, .file, .directory, .json, .url, .action, .group, .chat, .channel, .template,
      .layer, .command:
      true
    }
  }
}

extension Int {
  /// The seconds that a duration stands for; nil also where they are none, or not whole.
  init?(duration text: String) {
    guard let seconds = Double(duration: text), seconds >= 1 else { return nil }
    self.init(exactly: seconds)
  }
}

extension Double {
  /// The seconds that `10`, `1.5`, `500ms`, `5s`, `2m` or `1h` stands for.
  package init?(duration text: String) {
    let units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
    let (suffix, seconds) = units.first { text.hasSuffix($0.0) } ?? ("", 1)
    self.init(decimal: text.dropLast(suffix.count), times: seconds)
  }

  /// The number a second that `100` or `0.5/s` stands for; never 0.
  package init?(rate text: String) {
    self.init(decimal: text.hasSuffix("/s") ? text.dropLast(2) : text[...], times: 1)
    if self == 0 { return nil }
  }

  /// A plain decimal, of at most a thousand million so that arithmetic on clocks never overflows.
  private init?(decimal text: Substring, times factor: Double) {
    // `Double` by itself also reads `nan`, `0x1p3` and `1e9`.
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      let number = Double(text), number * factor <= 1e9
    else { return nil }
    self = number * factor
  }
}
