import Testing

@testable import Core

struct PythonJSONTests {
  /// As Python's `json.dumps` writes them.
  @Test(arguments: [
    ("null", Value.null), ("true", .bool(true)), ("-5", .integer(-5)),
    ("18446744073709551616", .bigInteger("18446744073709551616")), ("6.0", .double(6)),
    ("1e+16", .double(1e16)), ("1e-05", .double(1e-5)), ("NaN", .double(.nan)),
    ("-Infinity", .double(-.infinity)), (#""a\"\\\n\r\t\b\f/""#, .string("a\"\\\n\r\t\u{8}\u{c}/")),
    (#""\u0000\u001b\u007f""#, .string("\0\u{1b}\u{7f}")),
    (#""\u00e9\ud83d\udc4b""#, .string("é👋")), ("[]", .array([])), ("{}", .object([:])),
    (
      #"[1, {"b": [true], "a": ""}]"#,
      .array([.integer(1), .object(["b": .array([.bool(true)]), "a": .string("")])])
    ),
  ])
  func isWrittenAsPythonWritesIt(text: String, value: Value) {
    #expect(value.pythonJSON == text)
  }
}
