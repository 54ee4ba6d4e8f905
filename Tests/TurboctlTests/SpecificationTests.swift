import Core
import Testing

@testable import turboctl

@Test func specificationHasNoProblems() {
  #expect(specification.problems() == [])
}

@Test func shortHelpFitsAScreen() {
  for path in [[]] + specification.paths {
    let lines = HelpPage(specification, path: path, isLong: false).text(width: 80)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 40, "\(path.map(\.name))")
  }
}
