import Testing

@testable import Core

@Suite struct CheckTests {
  @Test(
    arguments: [
      ("{{ a }}{% if a %}{% else %}{% endif %}", []),
      ("{{ }}\n{{ a|nope }}\n{% nope %}", [0, 6, 19]),
      ("{% for a %}{{ b }}{% empty %}{{ }}{% endfor %}{{ c|nope }}", [0, 29, 46]),
      ("{% nope %}{% endnope %}{% endif %}", [0, 23]),
      ("{% if a %}{% for b in c %}", [0, 10]),
      ("{% if a %}{{ b|nope }}{% else %}{{ c|nope }}{% endif %}", [10, 32]),
      ("{% include %}{% load nope %}{% extends 'a' %}", [0, 13, 28]),
    ])
  func findsEveryProblem(source: String, offsets: [Int]) throws {
    let problems = try Engine(Sample.settings).problems(
      in: Array(source.utf8), name: "t", path: nil)
    #expect(problems.map(\.location?.offset) == offsets)
    #expect(problems.allSatisfy { $0.location?.template == "t" })
  }
}
