import Testing

@testable import Core

struct ParsedArgumentsTests {
  @Test(
    arguments: [
      ("send", [:], nil, nil),
      ("send --redis a --redis b", [:], "b", "--redis"),
      ("send", ["TOY_REDIS_URL": "env", "REDIS_URL": "other"], "env", "$TOY_REDIS_URL"),
      ("send", ["TOY_REDIS_URL": "", "REDIS_URL": "other"], "other", "$REDIS_URL"),
      ("send --redis a", ["TOY_REDIS_URL": "env"], "a", "--redis"),
      ("send --redis ''", ["TOY_REDIS_URL": "env"], "", "--redis"),
    ] as [(String, [String: String], String?, String?)])
  func takesTheLastTypedElseTheEnvironment(
    line: String, environment: [String: String], value: String?, origin: String?
  ) throws {
    let arguments = try Toy.run(line, environment: environment)
    #expect(try arguments[Toy.redis] == value)
    #expect(arguments.origin(of: Toy.redis) == origin)
    #expect(arguments.wasTyped(Toy.redis) == (origin == "--redis"))
  }

  @Test func givesValuesTheirTypes() throws {
    let arguments = try Toy.run("tail g -c 12 --timeout 500ms --color never")
    #expect(try arguments[Toy.count] == 12)
    #expect(try arguments[Toy.timeout] == 0.5)
    #expect(try arguments[Toy.color] == "never")
    #expect(try Toy.run("send --rate 20/s")[Toy.rate] == 20)
  }

  @Test func collectsRepeatedOptionsInOrder() throws {
    #expect(try Toy.run("send -s a=1 --set b=2").all(Toy.set) == ["a=1", "b=2"])
    #expect(try Toy.run("send", environment: ["REDIS_URL": "r"]).all(Toy.redis) == ["r"])
    #expect(try Toy.run("send").all(Toy.set) == [])
  }

  @Test func countsSwitches() throws {
    let arguments = try Toy.run("send -vv g --verbose")
    #expect(arguments.count(Toy.verbose) == 3)
    #expect(arguments.contains(Toy.verbose))
    #expect(!arguments.contains(Toy.quiet))
  }

  @Test func checksTheEnvironmentOnlyWhenItIsAskedFor() throws {
    let arguments = try Toy.run("send", environment: ["TOY_TIMEOUT": "soon"])
    let error = UsageError.invalidValue(of: "$TOY_TIMEOUT", value: "soon", expected: .seconds)
    #expect(throws: error) { try arguments[Toy.timeout] }
    #expect(
      try Toy.run("send --timeout 1", environment: ["TOY_TIMEOUT": "soon"])[Toy.timeout] == 1)
  }

  @Test(arguments: [
    ("send --html x -s a=1", UsageError.conflict("--html", "-s")),
    ("send -t x --html y -s a=1", UsageError.conflict("--html", "-s")),
    ("send --html x --html y", nil),
    ("send", nil),
  ])
  func refusesOptionsThatExcludeEachOther(line: String, error: UsageError?) throws {
    let arguments = try Toy.run(line)
    let result = Result { () throws(UsageError) in
      try arguments.requireAtMostOne(of: [Toy.html.spec, Toy.set.spec])
    }
    switch result {
    case .success: #expect(error == nil)
    case .failure(let thrown): #expect(thrown == error)
    }
  }
}
