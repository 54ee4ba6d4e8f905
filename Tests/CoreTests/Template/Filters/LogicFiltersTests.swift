import Testing

@testable import Core

struct LogicFiltersTests {
  static let defaults: [FilterCase] = [
    (#"v|default:"x""#, #"{"v":"a"}"#, "a"),
    (#"v|default:"x""#, #"{"v":""}"#, "x"),
    (#"v|default:"x""#, #"{"v":0}"#, "x"),
    (#"v|default:"x""#, #"{"v":0.0}"#, "x"),
    (#"v|default:"x""#, #"{"v":null}"#, "x"),
    (#"v|default:"x""#, #"{"v":[]}"#, "x"),
    (#"v|default:"x""#, #"{"v":{}}"#, "x"),
    (#"v|default:"x""#, #"{"v":false}"#, "x"),
    (#"v|default:"x""#, #"{"v":true}"#, "True"),
    (#"v|default:"x""#, #"{"v":[0]}"#, "[0]"),
    (#"v|default_if_none:"x""#, #"{"v":""}"#, ""),
    (#"v|default_if_none:"x""#, #"{"v":null}"#, "x"),
    (#"v|default_if_none:"x""#, #"{"v":0}"#, "0"),
    (#"v|default:"<""#, #"{"v":""}"#, "<"),
    ("v|default:a", #"{"v":"","a":"<"}"#, "&lt;"),
    (#"missing|default:"x""#, #"{"v":1}"#, "x"),
    (#"missing|default_if_none:"x""#, #"{"v":1}"#, ""),
  ]

  @Test(arguments: defaults) func fallsBack(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let answers: [FilterCase] = [
    ("v|yesno", #"{"v":true}"#, "yes"),
    ("v|yesno", #"{"v":false}"#, "no"),
    ("v|yesno", #"{"v":null}"#, "maybe"),
    ("v|yesno", #"{"v":1}"#, "yes"),
    ("v|yesno", #"{"v":0}"#, "no"),
    ("v|yesno", #"{"v":""}"#, "no"),
    ("v|yesno", #"{"v":[1]}"#, "yes"),
    (#"v|yesno:"certainly,get out of town""#, #"{"v":null}"#, "get out of town"),
    (#"v|yesno:"a,b,c""#, #"{"v":null}"#, "c"),
    (#"v|yesno:"a,b,c,d""#, #"{"v":null}"#, "b"),
    (#"v|yesno:"a""#, #"{"v":1.5}"#, "1.5"),
    (#"v|yesno:"<,>""#, #"{"v":true}"#, "&lt;"),
    ("v|yesno:a", #"{"v":true,"a":null}"#, "yes"),
  ]

  @Test(arguments: answers) func answersYesOrNo(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    ("v|yesno:1", #"{"v":true}"#, "AttributeError"),
    ("v|yesno:a", #"{"v":true,"a":[1]}"#, "AttributeError"),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
