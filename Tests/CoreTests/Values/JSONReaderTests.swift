import Testing

@testable import Core

struct JSONReaderTests {
  static let scalars: [(json: String, value: Value)] = [
    ("null", .null), ("true", .bool(true)), ("false", .bool(false)), (" \t\r\n6 \n", .integer(6)),
    ("0", .integer(0)), ("-0", .integer(0)), ("-12", .integer(-12)),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .bigInteger("9223372036854775808")),
    ("-9223372036854775809", .bigInteger("-9223372036854775809")),
    ("6.0", .double(6)), ("6e0", .double(6)), ("1E+2", .double(100)), ("1e-07", .double(1e-7)),
    ("0.5", .double(0.5)), ("-0e1", .double(0)), ("1e-400", .double(0)),
    ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)),
    ("5e-324", .double(.leastNonzeroMagnitude)),
  ]

  @Test(arguments: scalars) func readsScalars(json: String, value: Value) throws {
    #expect(try JSONReader.read(Array(json.utf8)) == value)
  }

  static let strings: [(json: String, text: String)] = [
    (#""""#, ""), (#""plain""#, "plain"), (#""é😀""#, "é😀"), ("\"\u{7f}\u{80}\"", "\u{7f}\u{80}"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""a\u0000b""#, "a\0b"), (#""\ud83d\ude00""#, "😀"), (#""a\ud83d\ude00b""#, "a😀b"),
    (#""\ud800\udc00\udbff\udfff""#, "\u{10000}\u{10ffff}"),
    (#""\ufeff\uffff""#, "\u{feff}\u{ffff}"),
    (#""é\né""#, "é\né"),
  ]

  @Test(arguments: strings) func readsStrings(json: String, text: String) throws {
    #expect(try JSONReader.read(Array(json.utf8)) == .string(text))
  }

  static let containers: [(json: String, value: Value)] = [
    ("[]", .array([])), ("[ ]", .array([])), ("{}", .object([:])), ("{ }", .object([:])),
    ("[1,[2],{}]", .array([.integer(1), .array([.integer(2)]), .object([:])])),
    (#" { "a" : 1 , "b" : [ ] } "#, .object(["a": .integer(1), "b": .array([])])),
    (#"{"":null}"#, .object(["": .null])),
  ]

  @Test(arguments: containers) func readsArraysAndObjects(json: String, value: Value) throws {
    #expect(try JSONReader.read(Array(json.utf8)) == value)
  }

  @Test func repeatedKeyKeepsItsFirstPlaceAndLastValue() throws {
    let value = try JSONReader.read(Array(#"{"b":1,"a":2,"b":3}"#.utf8))
    #expect(value.json == #"{"b":3,"a":2}"#)
  }

  static let errors: [(json: String, reason: JSONError.Reason, offset: Int)] = [
    ("", .empty, 0), ("  \n", .empty, 3), ("\u{feff}{}", .byteOrderMark, 0),
    ("nul", .expectedValue, 0), ("[truth]", .expectedValue, 1), ("NaN", .expectedValue, 0),
    ("Infinity", .expectedValue, 0), ("-Infinity", .invalidNumber, 1), ("'a'", .expectedValue, 0),
    ("\0", .expectedValue, 0), ("]", .expectedValue, 0), ("+1", .expectedValue, 0),
    (".5", .expectedValue, 0), ("1 2", .trailingText, 2), ("{}x", .trailingText, 2),
    ("1\0", .trailingText, 1),
    ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3),
    ("[1,]", .expectedValue, 3), ("[1 2]", .expectedComma, 3), ("[1}", .expectedComma, 2),
    ("{", .unexpectedEnd, 1), ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5),
    ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,", .unexpectedEnd, 7), ("{1:2}", .expectedKey, 1),
    ("{'a':1}", .expectedKey, 1), ("{\"a\":1,}", .expectedKey, 7), ("{,}", .expectedKey, 1),
    ("{\"a\" 1}", .expectedColon, 5), ("{\"a\":1 \"b\"}", .expectedComma, 7),
    ("{\"a\":}", .expectedValue, 5),
    ("01", .invalidNumber, 1), ("-01", .invalidNumber, 2), ("1.x", .invalidNumber, 2),
    ("1.", .unexpectedEnd, 2), ("-", .unexpectedEnd, 1), ("-x", .invalidNumber, 1),
    ("1e", .unexpectedEnd, 2), ("1ex", .invalidNumber, 2), ("1e+x", .invalidNumber, 3),
    ("[1e400]", .numberOutOfRange, 1), ("[-1e400]", .numberOutOfRange, 1),
    ("\"", .unexpectedEnd, 1), ("\"a", .unexpectedEnd, 2), ("\"a\n\"", .controlCharacter, 2),
    ("\"\u{1f}\"", .controlCharacter, 1), ("\"\0\"", .controlCharacter, 1),
    ("\"\\", .unexpectedEnd, 2), ("\"\\x\"", .invalidEscape, 2), ("\"\\u12\"", .invalidEscape, 5),
    ("\"\\u12", .unexpectedEnd, 5), ("\"\\u00g0\"", .invalidEscape, 5),
    ("\"\\uff11\\u\u{ff11}111\"", .invalidEscape, 9),
    ("\"a\\ud800\"", .loneSurrogate, 2), ("\"\\udc00\"", .loneSurrogate, 1),
    ("\"\\ud800\\n\"", .loneSurrogate, 1), ("\"\\ud800\\ud800\"", .loneSurrogate, 1),
    ("\"\\ud800\\u0041\"", .loneSurrogate, 1), ("\"\\ud800\\u\"", .invalidEscape, 9),
  ]

  @Test(arguments: errors)
  func refuses(json: String, reason: JSONError.Reason, offset: Int) {
    #expect(throws: JSONError(reason: reason, offset: offset)) {
      try JSONReader.read(Array(json.utf8))
    }
  }

  static let invalidUTF8: [(bytes: [UInt8], offset: Int)] = [
    ([0x22, 0x61, 0xff, 0x22], 2), ([0x22, 0xc3, 0x22], 1), ([0x22, 0x5c, 0x6e, 0x80, 0x22], 3),
    ([0x22, 0xc0, 0x80, 0x22], 1), ([0x22, 0xed, 0xa0, 0x80, 0x22], 1), ([0xff], 0),
  ]

  @Test(arguments: invalidUTF8) func refusesInvalidUTF8(bytes: [UInt8], offset: Int) {
    #expect(throws: JSONError(reason: .invalidUTF8, offset: offset)) { try JSONReader.read(bytes) }
  }

  @Test func readsIntegersOfAsManyDigitsAsPython() throws {
    let digits = String(repeating: "7", count: 4300)
    #expect(try JSONReader.read(Array("-\(digits)".utf8)) == .bigInteger("-\(digits)"))
    #expect(throws: JSONError(reason: .numberOutOfRange, offset: 0)) {
      try JSONReader.read(Array("\(digits)7".utf8))
    }
  }

  @Test(arguments: [("[", "]"), ("{\"\":", "}")])
  func readsNestingUpToTheLimit(open: String, close: String) throws {
    let limit = JSONReader.depthLimit
    func nested(_ depth: Int) -> [UInt8] {
      let inner = String(repeating: open, count: depth) + "1"
      return Array((inner + String(repeating: close, count: depth)).utf8)
    }
    #expect(try JSONReader.read(nested(limit)).json.utf8.count == nested(limit).count)
    for depth in [limit + 1, 1100, 1_000_000] {
      #expect(throws: JSONError(reason: .tooDeep, offset: limit * open.utf8.count)) {
        try JSONReader.read(nested(depth))
      }
    }
  }

  @Test func depthCountsOpenContainersOnly() throws {
    let siblings = String(repeating: "[],{},", count: JSONReader.depthLimit)
    #expect(throws: Never.self) { try JSONReader.read(Array("[\(siblings)0]".utf8)) }
  }

  @Test func everyPrefixOfATextIsRefused() {
    let text = Array(#"{"a":[1.5e3,"\u00e9\ud83d\ude00é",true,null],"b":{"c":-0}}"#.utf8)
    for length in text.indices {
      #expect(throws: JSONError.self, "\(length)") { try JSONReader.read(Array(text[..<length])) }
    }
  }

  @Test func readsBackWhatTheWriterWrites() throws {
    var random = RandomValues(seed: 1, types: .json)
    for _ in 0..<3000 {
      let value = random.value()
      let read = try JSONReader.read(Array(value.json.utf8))
      #expect(read == value)
      #expect(read.json == value.json)
    }
  }
}

struct JSONErrorTests {
  static let positions: [(text: String, offset: Int, line: Int, column: Int)] = [
    ("", 0, 1, 1), ("abc", 0, 1, 1), ("abc", 2, 1, 3), ("abc", 3, 1, 4), ("a\nb", 1, 1, 2),
    ("a\nb", 2, 2, 1), ("a\n\nb", 3, 3, 1), ("a\r\nb", 3, 2, 1), ("é😀x", 6, 1, 3),
    ("x\né😀x", 8, 2, 3),
  ]

  @Test(arguments: positions)
  func tellsLineAndColumnInCharacters(text: String, offset: Int, line: Int, column: Int) {
    let position = JSONError(reason: .trailingText, offset: offset).position(in: Array(text.utf8))
    #expect(position == (line, column))
  }
}
