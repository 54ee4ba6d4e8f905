import Testing

@testable import Core

struct ReplyGateTests {
  /// What is let through of a text that comes in pieces of that size, and why no more.
  private static func admitted(_ text: String, piece: Int) -> (text: String, fault: ReplyFault?) {
    var gate = ReplyGate()
    var held: [UInt8] = []
    var admitted: [UInt8] = []
    for byte in text.utf8 {
      held.append(byte)
      guard held.count % piece == 0, held.count >= gate.needed else { continue }
      let count = gate.admit(held[...])
      admitted += held[..<count]
      held.removeFirst(count)
    }
    admitted += held[..<gate.admit(held[...])]
    return (String(decoding: admitted, as: UTF8.self), gate.fault)
  }

  @Test(arguments: [
    "+OK\r\n", "-ERR no\r\n", ":-12\r\n", "$-1\r\n", "*-1\r\n", "*0\r\n", "$0\r\n\r\n",
    "$4\r\n\r\n+$\r\n", "*2\r\n$1\r\na\r\n*1\r\n:1\r\n", "+a\nb\rc\r\n",
    "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$10\r\n0123456789\r\n+OK\r\n",
    "*4097\r\n" + String(repeating: "+\r\n", count: 4097),
  ])
  func letsRepliesThrough(text: String) {
    for piece in 1...9 {
      let (admitted, fault) = Self.admitted(text, piece: piece)
      #expect(admitted == text)
      #expect(fault == nil)
    }
  }

  @Test(arguments: [
    ("+OK\r\n", "*16777217\r\n", ReplyFault.elements),
    (":1\r\n", "*99999999999999999999\r\n", .elements),
    ("*1\r\n", "*2147483647\r\n", .elements),
    ("", "$536870913\r\n", .string),
    ("*1\r\n", "$4611686018427387904\r\n", .string),
    ("", "+" + String(repeating: "a", count: 65_536) + "\r\n", .line),
    ("", "$-2\r\n", .length),
    ("", "*" + String(repeating: "0", count: 19), .elements),
    ("", "$\r\n\r\n", .length),
    ("", "$00\r\n\r\n", .length),
    ("", "$1x\r\n", .lineEnd),
    ("", "*1\n", .lineEnd),
    ("", "$\r3\r\n", .length),
    ("$3\r\nabc", "defg\r\n", .lineEnd),
    ("$3\r\nabc", "\rX", .lineEnd),
    ("+OK\r\nH", "TTP/1.1 400\r\n", .type),
  ])
  func stopsBefore(admitted: String, refused: String, fault: ReplyFault) {
    for piece in [1, 2, 7] {
      let result = Self.admitted(admitted + refused, piece: piece)
      #expect(result.text == admitted)
      #expect(result.fault == fault)
    }
  }

  /// A claim costs nothing until the elements are there.
  @Test(arguments: ["*16777216\r\n", "*4097\r\n", "*4097\r\n*4097\r\n:1\r\n"])
  func holdsALongArrayBack(text: String) {
    let (admitted, fault) = Self.admitted("+OK\r\n" + text, piece: 1)
    #expect(admitted == "+OK\r\n")
    #expect(fault == nil)
  }
}
