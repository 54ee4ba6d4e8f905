import Core
import Testing

struct HexadecimalTests {
  @Test func writesTwoLowercaseDigitsAByte() {
    #expect([UInt8]().hexadecimal == "")
    #expect([0x00, 0x09, 0x0a, 0x7f, 0x80, 0xff].hexadecimal == "00090a7f80ff")
  }
}
