import Core
import Testing

@testable import turboctl

@Test func specificationHasNoProblems() {
  #expect(specification.problems() == [])
}
