import Core

extension Failure {
  init(_ fault: RedisURLFault, _ origin: String) {
    let (detail, hint) = Self.words(for: fault)
    self.init(origin, detail, hint: hint, .usage)
  }

  static func words(for fault: RedisURLFault) -> (detail: String, hint: String?) {
    let detail: String
    var hint: String?
    switch fault {
    case .scheme:
      detail = "a Redis URL begins with redis://, rediss:// or unix://"
    case .fragment:
      detail = "an unescaped # in the URL"
      hint = "in a password, # is written %23"
    case .percentEncoding:
      detail = "a % in the URL is not followed by two hexadecimal digits of UTF-8"
    case .port:
      detail = "the port is not a number up to 65535"
      hint = "in a password, : / ? # and @ are written %3A %2F %3F %23 and %40"
    case .database:
      detail = "the database is not a number"
      hint = "redis-py takes /abc for 0 and /1/2 for 12; write one number, or nothing"
    case .unixHost: detail = "unix:// takes an absolute path, as unix:///run/redis.sock"
    case .unixPath: detail = "unix:// needs the path of a socket"
    case .unknownParameter(let name, let meant):
      detail =
        name.map { "redis-py knows no parameter '\($0)'" }
        ?? "a parameter that redis-py does not know"
      hint =
        meant.map { "did you mean '\($0)'?" }
        ?? (name == nil ? "in a password, & is written %26" : nil)
    case .query:
      detail = "an unescaped ? in the URL"
      hint = "in a password, ? is written %3F"
    case .controlCharacter: detail = "a control character in the host or the path"
    case .parameterValue(let name): detail = "the value of '\(name)' is not a number of seconds"
    case .parameterChoice(let name, let choices):
      detail = "the value of '\(name)' is none of \(choices.joined(separator: ", "))"
    case .masterName:
      detail = "the name of the master is missing"
      hint = "redis+sentinel://host1:26379,host2:26379/mymaster/0"
    }
    return (detail, hint)
  }

  init(_ fault: GroupName.Fault, _ name: String) {
    let detail =
      switch fault {
      case .empty: "is empty"
      case .tooLong(let length): "has \(length) characters, \(GroupName.lengthLimit) are allowed"
      case .character(let character):
        "'\(character)' is not allowed; a name has ASCII letters, digits, hyphens, underscores, periods"
      }
    self.init("group '\(name.prefix(GroupName.lengthLimit + 1))'", detail, .usage)
  }

  init(_ fault: Message.Fault) {
    let detail: String
    switch fault {
    case .notAnObject: detail = "is not a JSON object"
    case .noType: detail = "has no \"type\", the name of the consumer's handler"
    case .privateType(let type):
      detail = "the type '\(type)' names no handler: Channels would close the pages' sockets"
    case .reservedKey(let key): detail = "the key '\(key)' is the layer's own"
    case .encoding(let error): detail = Self.text(error)
    }
    self.init("the message", detail, .usage)
  }

  init(_ fault: ContentFault) {
    switch fault {
    case .terminal:
      self.init(
        "no content", "standard input is a terminal",
        hint: "give --html, --text or --file, or pipe the content in", .usage)
    case .empty:
      self.init(
        "no content", "standard input is empty", hint: "--html '' asks for an empty content", .usage
      )
    case .noLines: self.init("no lines", "standard input is empty", .usage)
    case .tooFewLines(let origin, let count, let first):
      self.init(
        origin, "has \(counted(count, "line", "lines")), so there is no line \(first)", .usage)
    case .noText: self.init("no text", "standard input is empty", .usage)
    case .textTooLarge(let bytes, let limit):
      self.init(
        "the text is too large",
        "\(bytes) bytes, more than \(limit), as all of it goes into each update",
        hint: "--mode append sends each part once", .usage)
    case .invalidUTF8(let origin, let offset):
      self.init(origin, "not valid UTF-8 at byte \(offset)", .usage)
    case .unreadable(let origin, let error): self.init(origin, error.text, .usage)
    case .tooLarge(let origin, let limit):
      self.init(origin, "more than \(limit) bytes, which --max-bytes allows", .usage)
    case .late(let origin, let seconds):
      self.init(origin, "did not end within \(readable(seconds)) s", .usage)
    case .noElement:
      self.init(
        "the content", "holds no <turbo-stream>, so pages would ignore it",
        hint: "--action makes an element of it; --raw sends it as it is", .usage)
    }
  }

  /// Why bytes are no message of a layer.
  static func text(_ fault: ReceivedMessage.Fault) -> String {
    switch fault {
    case .truncated, .decoding: "no message of this layer"
    case .json(let error): "no JSON, \(text(error.reason))"
    case .encrypted(let error): text(error)
    case .notAnObject: "not an object"
    }
  }

  static func text(_ error: JSONError, in text: [UInt8]) -> String {
    let (line, column) = error.position(in: text)
    return "line \(line), column \(column): \(Self.text(error.reason))"
  }

  static func text(_ fault: Envelope.Fault, in text: [UInt8]) -> String {
    switch fault {
    case .unknown: "is neither html nor actioncable nor a JSON object"
    case .json(let error): Self.text(error, in: text)
    case .notAnObject: "is not a JSON object"
    case .noPlace: "nowhere in it stands {html}"
    }
  }

  static func text(_ reason: JSONError.Reason) -> String {
    switch reason {
    case .empty: "no JSON"
    case .byteOrderMark: "a byte order mark, which JSON does not have"
    case .invalidUTF8: "not valid UTF-8"
    case .unexpectedEnd: "ends too early"
    case .trailingText: "text after the end"
    case .tooDeep: "nested more than \(JSONReader.depthLimit) deep"
    case .expectedValue: "a value was expected"
    case .expectedKey: "a key in double quotes was expected"
    case .expectedColon: "a colon was expected"
    case .expectedComma: "a comma or a closing bracket was expected"
    case .controlCharacter: "a control character in a string"
    case .invalidEscape: "no such escape"
    case .loneSurrogate: "half a surrogate pair, which is no character"
    case .invalidNumber: "not a number as JSON writes it"
    case .numberOutOfRange: "a number out of range"
    }
  }

  private static func text(_ error: MessagePackError) -> String {
    switch error {
    case .integerOutOfRange(let literal): "the integer \(literal.prefix(40)) has more than 64 bits"
    case .tooLong(let count): "a string or a list of \(count) does not fit"
    default: "is nested more than \(MessagePackError.depthLimit) deep"
    }
  }
}
