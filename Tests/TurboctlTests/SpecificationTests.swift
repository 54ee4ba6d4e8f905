import Core
import Testing

@testable import turboctl

@Test func specificationHasNoProblems() {
  #expect(specification.problems() == [])
}

@Test(arguments: [[]] + specification.paths)
func shortHelpFitsAScreen(path: [CommandSpec]) {
  let lines = HelpPage(specification, path: path, isLong: false).text(width: 80)
    .split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines.count <= 40, "\(path.map(\.name)) has \(lines.count) lines")
}
