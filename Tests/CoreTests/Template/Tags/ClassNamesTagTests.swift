import Testing

@testable import Core

@Suite struct ClassNamesTagTests {
  @Test(
    arguments: [
      ("{% class_names 'btn' active=a hidden=n %}", "btn active"),
      (#"{% class_names 'btn' active='!a' x="!n" %}"#, "btn active x"),
      ("{% class_names %}", ""),
      ("{% class_names a:b=a w-1/2=t %}", "a:b w-1/2"),
      ("{% class_names active=!a y=!n z=t %}", "z y"),
      ("{% class_names '' %}", ""),
      ("{% class_names x='a' x=n %}", ""),
    ])
  func joinsTheNamesThatApply(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["turbo_helper"]) == output)
  }

  @Test(
    arguments: [
      ("{% class_names 'btn-x' %}", "Could not parse the remainder: '-x' from 'btn-x'"),
      ("{% class_names btn %}", "class_names found supported token: btn"),
      ("{% class_names 'a b' %}", "Could not parse the remainder: ' b' from 'a b'"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["turbo_helper"]) == message)
  }
}
