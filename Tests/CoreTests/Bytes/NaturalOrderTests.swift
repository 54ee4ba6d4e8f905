import Testing

@testable import Core

@Test(arguments: [
  ["", "a", "b"], ["chat_2", "chat_10", "chat_10a", "chat_a"], ["2", "02", "10"],
  ["a", "a1", "aa"],
  ["1.9", "1.10", "2"], ["A", "a", "é", "日"], ["a99999999999999999999", "a100000000000000000000"],
])
func digitsCountAsNumbers(ordered: [String]) {
  for (place, name) in ordered.enumerated() {
    for (otherPlace, other) in ordered.enumerated() {
      #expect(name.comesNaturally(before: other) == (place < otherPlace), "\(name) before \(other)")
    }
  }
}
