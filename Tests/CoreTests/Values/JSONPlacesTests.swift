import Testing

@testable import Core

struct JSONPlacesTests {
  private static let text = Array(
    #"""
    {
      "a": {"b": [1, "two, [}", {"c": null}], "b\u0063": true},
      "k\"ey": [[], [3]],
      "twice": 1,
      "twice": 2
    }
    """#.utf8)

  @Test(arguments: [
    ("", 1, 1),
    ("a", 2, 8),
    ("a.b", 2, 14),
    ("a.b[0]", 2, 15),
    ("a.b[1]", 2, 18),
    ("a.b[2]", 2, 29),
    ("a.b[2].c", 2, 35),
    ("a.bc", 2, 54),
    ("k\"ey[1][0]", 3, 18),
    ("twice", 5, 12),
  ])
  func findsAValue(path: String, line: Int, column: Int) throws {
    let place = try #require(JSONPlaces.position(of: path, in: Self.text))
    #expect(place.line == line)
    #expect(place.column == column)
  }

  @Test(arguments: ["x", "a.x", "a.b[3]", "a.b[0].c", "k\"ey[0][0]", "c"])
  func findsNoValueThatIsNotThere(path: String) {
    #expect(JSONPlaces.position(of: path, in: Self.text) == nil)
  }

  @Test func goesAsDeepAsTheReader() throws {
    let text = Array(
      (String(repeating: "[", count: 1024) + String(repeating: "]", count: 1024)).utf8)
    _ = try JSONReader.read(text)
    let path = String(repeating: "[0]", count: 1023)
    #expect(try #require(JSONPlaces.position(of: path, in: text)).column == 1024)
  }

  @Test(arguments: [
    "{", "[", "\"", "{\"a", "{\"a\":", "[1,", "\\", "{\"a\\", "]", "}", ",", "{,", "[,",
  ])
  func endsOnWhatIsNoJSON(text: String) {
    #expect(JSONPlaces.position(of: "x", in: Array(text.utf8)) == nil)
  }
}
