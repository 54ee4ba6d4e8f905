import Testing

@testable import Core

@Suite struct RegroupTagTests {
  @Test(
    arguments: [
      ("{% regroup missing by g as gs %}{{ gs }}", "[]"),
      (
        "{% regroup s by x as gs %}{{ gs }}",
        "[GroupedResult(grouper=None, list=[&#x27;a&#x27;, &#x27;b&#x27;, &#x27;c&#x27;])]"
      ),
    ])
  func groupsNeighbours(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% regroup a by g as gs %}", "TypeError: 'int' object is not iterable"),
      ("{% regroup people g as gs %}", "'regroup' tag takes five arguments"),
      ("{% regroup people by g in gs %}", "next-to-last argument to 'regroup' tag must be 'as'"),
      ("{% regroup people on g as gs %}", "second argument to 'regroup' tag must be 'by'"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
