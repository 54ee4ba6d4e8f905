import Testing

@testable import Core

@Suite struct LoremTagTests {
  @Test(
    arguments: [
      ("{% lorem 5 w %}", "lorem ipsum dolor sit amet"),
      ("{% lorem a w %}", "lorem"),
      ("{% lorem 'x' w %}", "lorem"),
      ("{% lorem 0 p %}", ""),
      ("{% lorem x w %}", "lorem"),
      ("{% lorem w %}", "lorem"),
      ("{% lorem six w %}", "lorem ipsum dolor sit amet consectetur"),
    ])
  func fillsWithLatin(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% lorem a b c d %}", "Incorrect format for 'lorem' tag"),
      ("{% lorem 3 x %}", "Incorrect format for 'lorem' tag"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
