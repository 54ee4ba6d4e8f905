import Core
import Testing

struct ObjectTests {
  /// Below and above the size from which an object keeps an index.
  static let sizes = [1, 3, 8, 9, 40]

  private func object(of size: Int) -> Object {
    Object((0..<size).map { (key: "k\($0)", value: .integer($0)) })
  }

  @Test(arguments: sizes) func keepsTheOrderOfItsKeys(size: Int) {
    #expect(object(of: size).members.map(\.key) == (0..<size).map { "k\($0)" })
  }

  @Test(arguments: sizes) func keySetAgainKeepsItsPlace(size: Int) {
    var object = object(of: size)
    object["k0"] = .null
    #expect(object.members.map(\.key) == (0..<size).map { "k\($0)" })
    #expect(object["k0"] == .null)
  }

  @Test(arguments: sizes) func removedKeyIsGoneAndTheOthersAreFound(size: Int) {
    var object = object(of: size)
    object["k0"] = nil
    #expect(object["k0"] == nil)
    for index in 1..<max(size, 1) { #expect(object["k\(index)"] == .integer(index)) }
    object["k0"] = .null
    #expect(object.members.last?.key == "k0")
  }

  @Test func removingAMissingKeyChangesNothing() {
    var object = object(of: 3)
    object["other"] = nil
    #expect(object == self.object(of: 3))
  }

  @Test func orderDoesNotCountForEquality() {
    let object: Object = ["a": .integer(1), "b": .integer(2)]
    #expect(object == ["b": .integer(2), "a": .integer(1)])
    #expect(["a": .integer(1)] as Object != ["a": .integer(2)])
    #expect(["a": .integer(1)] as Object != ["b": .integer(1)])
    #expect(["a": .integer(1)] as Object != ["a": .integer(1), "b": .integer(2)])
  }

  @Test(arguments: sizes) func keysAreComparedByTheirBytes(size: Int) {
    var object = object(of: size)
    object["\u{e9}"] = .integer(1)
    object["e\u{301}"] = .integer(2)
    #expect(object.members.count == size + 2)
    #expect(object["\u{e9}"] == .integer(1))
    #expect(object["e\u{301}"] == .integer(2))
  }
}
