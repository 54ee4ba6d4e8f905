/// What is wrong with a command line; `message` and `hint` put it into words.
///
/// A command stands as its path, `["chats", "list"]`; an option as typed, `-t` or `--target`.
package enum UsageError: Error, Equatable {
  case missingCommand(of: [String], among: [String])
  case unknownCommand(typed: String, of: [String], suggestion: String?)
  /// `commands` are the other commands that have exactly this option.
  case unknownOption(typed: String, of: [String], suggestion: String?, commands: [String])
  /// `next` is the option that stands where the value should.
  case missingValue(option: String, placeholder: String, next: String?)
  /// The value itself is left out, since it may be a secret (`--askpass=…`).
  case unexpectedValue(option: String)
  /// `of` is the option as typed, `$VARIABLE`, or the argument's name.
  case invalidValue(of: String, value: String, expected: ValueKind)
  case missingArgument(String, of: [String])
  case unexpectedArgument(String, of: [String])
  case conflict(String, String)
  /// What only a command can know, in its own words.
  case invalid(what: String, detail: String, hint: String? = nil)
  /// What a configuration file says wrong; `key` is its path of keys, for the line to be found by.
  case misconfigured(key: String, detail: String, hint: String? = nil)
}
