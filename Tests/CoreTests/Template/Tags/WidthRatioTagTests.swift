import Testing

@testable import Core

@Suite struct WidthRatioTagTests {
  @Test(
    arguments: [
      ("{% widthratio a 2 100 %}", "50"),
      ("{% widthratio 175 200 100 %}", "88"),
      ("{% widthratio a 0 100 %}", "0"),
      ("{% widthratio s 2 100 %}", ""),
      ("{% widthratio n 2 100 %}", ""),
      ("{% widthratio a 2 100 as w %}[{{ w }}]", "[50]"),
      ("{% widthratio 50 100 100.7 %}", "50"),
      ("{% widthratio '50' '100' '10' %}", "5"),
      ("{% widthratio x 3 100 %}", "50"),
      ("{% widthratio 1 8 100 %}", "12"),
      ("{% widthratio 3 8 100 %}", "38"),
      ("{% widthratio big 3 100 %}", "33333333333333333620854192340992"),
      ("{% widthratio t 2 4 %}", "2"),
      ("{% widthratio 0 0 0 %}", "0"),
    ])
  func givesTheWidth(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% widthratio a 2 s %}", "widthratio final argument must be a number"),
      ("{% widthratio a 2 missing %}", "widthratio final argument must be a number"),
      ("{% widthratio a 2 %}", "widthratio takes at least three arguments"),
      (
        "{% widthratio a 2 100 is w %}",
        "Invalid syntax in widthratio tag. Expecting 'as' keyword"
      ),
      ("{% widthratio a 2 '1.5' %}", "widthratio final argument must be a number"),
      ("{% widthratio a 2 100 as %}", "widthratio takes at least three arguments"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
