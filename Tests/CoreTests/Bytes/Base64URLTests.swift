import Testing

@testable import Core

struct Base64URLTests {
  @Test(arguments: [
    ([], ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"),
    ([0xFB, 0xFF, 0xBE], "-_--"), ([0, 0, 0, 0], "AAAAAA=="),
  ])
  func bothWays(bytes: [UInt8], text: String) {
    #expect(Base64URL.encode(bytes) == Array(text.utf8))
    #expect(Base64URL.decode(Array(text.utf8)[...]) == bytes)
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zm+v", "Zm/v", "Zg==Zg==", "Z g=", "Zm9v\n",
  ])
  func refuses(text: String) {
    #expect(Base64URL.decode(Array(text.utf8)[...]) == nil)
  }
}
