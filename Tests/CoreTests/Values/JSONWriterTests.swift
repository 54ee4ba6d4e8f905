import Core
import Testing

struct JSONWriterTests {
  static let values: [(value: Value, json: String)] = [
    (.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.integer(0), "0"),
    (.integer(.min), "-9223372036854775808"),
    (.bigInteger("18446744073709551616"), "18446744073709551616"),
    (.double(6), "6.0"), (.double(-0.0), "-0.0"), (.double(0.1), "0.1"), (.double(1e-7), "1e-07"),
    (.double(1e16), "1e+16"), (.double(.infinity), "null"), (.double(-.infinity), "null"),
    (.double(.nan), "null"), (.string(""), #""""#), (.string("a/é😀"), #""a/é😀""#),
    (.string("\"\\\n\r\t"), #""\"\\\n\r\t""#), (.string("\0\u{8}\u{1b}"), #""\u0000\u0008\u001b""#),
    (.string("~\u{7f}\u{80}\u{9b}\u{9f}\u{a0}"), "\"~\\u007f\\u0080\\u009b\\u009f\u{a0}\""),
    // The second byte of à and of 退 is one of those that end a C1 control.
    (.string("\u{e0}\u{4000}\u{9000}"), "\"\u{e0}\u{4000}\u{9000}\""),
    (
      .string("\u{2029}\u{202a}\u{202e}\u{202f}\u{2065}\u{2066}\u{2069}\u{206a}"),
      "\"\u{2029}\\u202a\\u202e\u{202f}\u{2065}\\u2066\\u2069\u{206a}\""
    ),
    (.binary([]), #"{"bytes":""}"#), (.binary([0, 0xff]), #"{"bytes":"00ff"}"#),
    (.ext(type: -1, bytes: [0x0a]), #"{"ext":-1,"bytes":"0a"}"#),
    (.array([]), "[]"), (.array([.null, .array([.integer(1)])]), "[null,[1]]"),
    (.object([:]), "{}"),
    (.object(["b": .integer(1), "a\n": .object([:])]), #"{"b":1,"a\n":{}}"#),
  ]

  @Test(arguments: values) func writesCompactJSON(value: Value, json: String) {
    #expect(value.json == json)
  }

  @Test(
    arguments: [
      (.array([.null, .bool(true), .bigInteger("1"), .object(["a": .string("x")])]), true),
      (.double(1), true), (.double(.nan), false), (.array([.double(-.infinity)]), false),
      (.object(["a": .array([.binary([])])]), false), (.ext(type: 1, bytes: []), false),
    ] as [(Value, Bool)])
  func tellsWhatItCanHold(value: Value, fits: Bool) {
    #expect(value.fitsJSON == fits)
  }

  @Test func appendsBehindWhatIsThere() {
    var json = Array("data: ".utf8)
    JSONWriter.append(.array([.null]), to: &json)
    #expect(String(decoding: json, as: UTF8.self) == "data: [null]")
  }

  @Test func writesNoControlCharacterRaw() {
    let controls = (0..<0xa0).compactMap { Unicode.Scalar($0 as UInt32) }
    let json = Value.string(String(String.UnicodeScalarView(controls))).json
    #expect(!json.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }
}
