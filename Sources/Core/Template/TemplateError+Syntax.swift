// Django's words for each way in which a tag can be wrong.

extension TemplateError.Reason {
  // MARK: Variables and filters

  static func emptyVariableTag(line: Int) -> Self { .syntax("Empty variable tag on line \(line)") }
  static func emptyBlockTag(line: Int) -> Self { .syntax("Empty block tag on line \(line)") }
  static func underscoredVariable(_ name: String) -> Self {
    .syntax("Variables and attributes may not begin with underscores: '\(name)'")
  }
  static func missingVariable(at text: String) -> Self {
    .syntax("Could not find variable at start of \(text).")
  }
  static func unparsedCharacters(_ before: String, _ between: String, _ after: String) -> Self {
    .syntax("Could not parse some characters: \(before)|\(between)|\(after)")
  }
  static func unparsedRemainder(_ rest: String, of text: String) -> Self {
    .syntax("Could not parse the remainder: '\(rest)' from '\(text)'")
  }
  static func filterArguments(_ name: String, required: Int, provided: Int) -> Self {
    .syntax("\(name) requires \(required) arguments, \(provided) provided")
  }

  // MARK: Conditions

  static func unusedOperand(_ text: String) -> Self {
    .syntax("Unused '\(text)' at end of if expression.")
  }
  static func notPrefix(_ text: String) -> Self {
    .syntax("Not expecting '\(text)' in this position in if tag.")
  }
  static func notInfix(_ text: String) -> Self {
    .syntax("Not expecting '\(text)' as infix operator in if tag.")
  }
  static var endOfCondition: Self { .syntax("Unexpected end of expression in if tag.") }
  static func malformedTag(_ text: String, line: Int) -> Self {
    .syntax("Malformed template tag at line \(line): \"\(text)\"")
  }

  // MARK: Built-in tags

  static var autoescapeArgumentCount: Self {
    .syntax("'autoescape' tag requires exactly one argument.")
  }
  static var autoescapeArgument: Self { .syntax("'autoescape' argument should be 'on' or 'off'") }
  static var cycleArgumentCount: Self { .syntax("'cycle' tag requires at least two arguments") }
  static func noNamedCycles(_ name: String) -> Self {
    .syntax("No named cycles in template. '\(name)' is not defined")
  }
  static func unknownNamedCycle(_ name: String) -> Self {
    .syntax("Named cycle '\(name)' does not exist")
  }
  static func cycleFlag(_ flag: String) -> Self {
    .syntax("Only 'silent' flag is allowed after cycle's name, not '\(flag)'.")
  }
  static func resetCycleArgumentCount(_ tag: String) -> Self {
    .syntax("'\(tag)' tag accepts at most one argument.")
  }
  static var noCycles: Self { .syntax("No cycles in template.") }
  static func noSuchCycle(_ name: String) -> Self {
    .syntax("Named cycle '\(name)' does not exist.")
  }
  static func filterNotPermitted(_ name: String) -> Self {
    .syntax("\"filter \(name)\" is not permitted.  Use the \"autoescape\" tag instead.")
  }
  static var filterTagWithoutFilter: Self {
    .exception("ValueError", "not enough values to unpack (expected 2, got 1)")
  }
  static var firstOfArgumentCount: Self {
    .syntax("'firstof' statement requires at least one argument")
  }
  static func forWordCount(_ text: String) -> Self {
    .syntax("'for' statements should have at least four words: \(text)")
  }
  static func forFormat(_ text: String) -> Self {
    .syntax("'for' statements should use the format 'for x in y': \(text)")
  }
  static func forArgument(_ text: String) -> Self {
    .syntax("'for' tag received an invalid argument: \(text)")
  }
  static func unpacking(_ expected: Int, from count: Int) -> Self {
    .exception("ValueError", "Need \(expected) values to unpack in for loop; got \(count). ")
  }
  static func loremFormat(_ tag: String) -> Self { .syntax("Incorrect format for '\(tag)' tag") }
  static var nowArgumentCount: Self { .syntax("'now' statement takes one argument") }
  static var regroupArgumentCount: Self { .syntax("'regroup' tag takes five arguments") }
  static var regroupBy: Self { .syntax("second argument to 'regroup' tag must be 'by'") }
  static var regroupAs: Self { .syntax("next-to-last argument to 'regroup' tag must be 'as'") }
  static var templateTagArgumentCount: Self {
    .syntax("'templatetag' statement takes one argument")
  }
  static func templateTagArgument(_ name: String, known: [String]) -> Self {
    let known = known.map { "'\($0)'" }.joined(separator: ", ")
    return .syntax("Invalid templatetag argument: '\(name)'. Must be one of: [\(known)]")
  }
  static var widthRatioArgumentCount: Self {
    .syntax("widthratio takes at least three arguments")
  }
  static var widthRatioAs: Self {
    .syntax("Invalid syntax in widthratio tag. Expecting 'as' keyword")
  }
  static var widthRatioWidth: Self { .syntax("widthratio final argument must be a number") }
  static func noAssignment(_ tag: String) -> Self {
    .syntax("'\(tag)' expected at least one variable assignment")
  }
  static func invalidToken(_ tag: String, _ word: String) -> Self {
    .syntax("'\(tag)' received an invalid token: \(word.pythonRepr)")
  }
  static func urlArgumentCount(_ tag: String) -> Self {
    .syntax("'\(tag)' takes at least one argument, a URL pattern name.")
  }
  static var mixedURLArguments: Self {
    .exception("ValueError", "Don't mix *args and **kwargs in call to reverse()!")
  }
  static func notInLibrary(_ name: String, library: String) -> Self {
    .syntax("'\(name)' is not a valid tag or filter in tag library '\(library)'")
  }

  // MARK: Functions as tags

  static func unexpectedKeyword(_ tag: String, _ name: String) -> Self {
    .syntax("'\(tag)' received unexpected keyword argument '\(name)'")
  }
  static func repeatedKeyword(_ tag: String, _ name: String) -> Self {
    .syntax("'\(tag)' received multiple values for keyword argument '\(name)'")
  }
  static func repeatedArgument(_ tag: String, _ name: String) -> Self {
    .exception("TypeError", "\(tag)() got multiple values for argument '\(name)'")
  }
  static func positionalAfterKeyword(_ tag: String) -> Self {
    .syntax("'\(tag)' received some positional argument(s) after some keyword argument(s)")
  }
  static func tooManyArguments(_ tag: String) -> Self {
    .syntax("'\(tag)' received too many positional arguments")
  }
  static func missingArguments(_ tag: String, _ names: [String]) -> Self {
    let names = names.map { "'\($0)'" }.joined(separator: ", ")
    return .syntax("'\(tag)' did not receive value(s) for the argument(s): \(names)")
  }

  // MARK: Blocks and other templates

  static func blockArgumentCount(_ tag: String) -> Self {
    .syntax("'\(tag)' tag takes only one argument")
  }
  static func repeatedBlock(_ tag: String, _ name: String) -> Self {
    .syntax("'\(tag)' tag with name '\(name)' appears more than once")
  }
  static var superInBaseTemplate: Self {
    .syntax(
      "'BlockNode' object has no attribute 'context'. "
        + "Did you use {{ block.super }} in a base template?")
  }
  static func extendsArgumentCount(_ tag: String) -> Self { .syntax("'\(tag)' takes one argument") }
  static func repeatedExtends(_ tag: String) -> Self {
    .syntax("'\(tag)' cannot appear more than once in the same template")
  }
  static func notFirst(_ text: String, _ template: String?) -> Self {
    let name = template.map(\.pythonRepr) ?? "the template"
    return .syntax("{% \(text) %} must be the first tag in \(name).")
  }
  static func invalidParent(_ repr: String, variable: String?) -> Self {
    let source = variable.map { " Got this from the '\($0)' variable." } ?? ""
    return .syntax("Invalid template name in 'extends' tag: \(repr).\(source)")
  }
  static func notAName(_ type: String) -> Self {
    .exception(
      "TypeError", "join() argument must be str, bytes, or os.PathLike object, not '\(type)'")
  }
  static func includeArgumentCount(_ tag: String) -> Self {
    .syntax(
      "'\(tag)' tag takes at least one argument: the name of the template to be included.")
  }
  static func relativeToNothing(_ name: String) -> Self {
    .exception("AttributeError", "'NoneType' object has no attribute 'lstrip'")
  }
  static func relativeOutside(_ name: String, from template: String) -> Self {
    .syntax(
      "The relative path '\(name)' points outside the file hierarchy that template "
        + "'\(template)' is in.")
  }
  static func relativeToItself(_ name: String, from template: String) -> Self {
    .syntax(
      "The relative path '\(name)' was translated to template name '\(template)', the same "
        + "template in which the tag appears.")
  }

  // MARK: Options

  static func repeatedOption(_ option: String) -> Self {
    .syntax("The \(option.pythonRepr) option was specified more than once.")
  }
  static func repeatedTranslateOption(_ option: String) -> Self {
    .syntax("The '\(option)' option was specified more than once.")
  }
  static func withoutKeyword(_ option: String, _ tag: String) -> Self {
    .syntax("\"\(option)\" in '\(tag)' tag needs at least one keyword argument.")
  }
  static func countWithoutKeyword(_ tag: String) -> Self {
    .syntax("\"count\" in '\(tag)' tag expected exactly one keyword argument.")
  }
  static func contextArgument(_ tag: String) -> Self {
    .syntax("\"context\" in '\(tag)' tag expected exactly one argument.")
  }
  static func unknownArgument(_ tag: String, _ word: String) -> Self {
    .syntax("Unknown argument for '\(tag)' tag: \(word.pythonRepr).")
  }
  static func onOrOff(_ tag: String) -> Self {
    .syntax("'\(tag)' argument should be 'on' or 'off'")
  }
  static func requiresAs(_ words: [String]) -> Self {
    .syntax("'\(words[0])' requires 'as variable' (got \(words.pythonRepr))")
  }
  static func requiresFor(_ words: [String], _ kind: String) -> Self {
    .syntax(
      "'\(words[0])' requires 'for \(kind) as variable' "
        + "(got \(Array(words.dropFirst()).pythonRepr))")
  }

  // MARK: Shipped libraries

  static func takesArgument(_ tag: String) -> Self {
    .syntax("'\(tag)' takes at least one argument")
  }
  static func noOptionArgument(_ tag: String, _ option: String) -> Self {
    .syntax("No argument provided to the '\(tag)' tag for the \(option) option.")
  }
  static func invalidContext(_ tag: String, _ word: String) -> Self {
    .syntax("Invalid argument '\(word)' provided to the '\(tag)' tag for the context option")
  }
  static func unknownTranslateOption(_ tag: String, _ word: String) -> Self {
    .syntax(
      "Unknown argument for '\(tag)' tag: '\(word)'. The only options available are 'noop', "
        + "'context' \"xxx\", and 'as VAR'.")
  }
  static func noMessage(_ type: String) -> Self {
    .exception("AttributeError", "'\(type)' object has no attribute 'replace'")
  }
  static func tagInTranslation(_ tag: String, _ seen: String?) -> Self {
    let seen = seen.map { " (seen \($0.pythonRepr))" } ?? ""
    return .syntax("'\(tag)' doesn't allow other block tags\(seen) inside it")
  }
  static func countIsNoNumber(_ tag: String, _ name: String) -> Self {
    .syntax("'\(name)' argument to '\(tag)' tag must be a number.")
  }
  static func languageArgumentCount(_ tag: String) -> Self {
    .syntax("'\(tag)' takes one argument (language)")
  }
  static func unknownLanguage(_ code: String, generic: String?) -> Self {
    let generic = generic.map { " and \($0)" } ?? ""
    return .exception("KeyError", "Unknown language code \(code)\(generic).".pythonRepr)
  }
  static func timeZoneArgumentCount(_ tag: String) -> Self {
    .syntax("'\(tag)' takes one argument (timezone)")
  }
  static func unknownTimeZone(_ name: String) -> Self {
    name.isEmpty
      ? .exception("ValueError", "ZoneInfo keys must be normalized relative paths, got: ")
      : .exception("ZoneInfoNotFoundError", "No time zone found with key \(name)".pythonRepr)
  }
  static func invalidTimeZone(_ repr: String) -> Self {
    .exception("ValueError", "Invalid timezone: \(repr)")
  }
  static func cacheArgumentCount(_ tag: String) -> Self {
    .syntax("''\(tag)'' tag requires at least 2 arguments.")
  }
  static func cacheTimeout(_ repr: String) -> Self {
    .syntax("\"cache\" tag got a non-integer timeout value: \(repr)")
  }
  static func unknownCache(_ repr: String) -> Self {
    .syntax("Invalid cache name specified for cache tag: \(repr)")
  }
  static func staticArgumentCount(_ tag: String) -> Self {
    .syntax("'\(tag)' takes at least one argument (path to file)")
  }
  static func prefixAs(_ tag: String) -> Self {
    .syntax("First argument in '\(tag)' must be 'as'")
  }
  static func notAPath(_ type: String) -> Self {
    .exception("TypeError", "quote_from_bytes() expected bytes")
  }
  static func missingManifestEntry(_ file: String) -> Self {
    .exception("ValueError", "Missing staticfiles manifest entry for '\(file)'")
  }
  static func unsupportedClassName(_ word: String) -> Self {
    .syntax("class_names found supported token: \(word)")
  }
  static var turboFrameArgumentCount: Self {
    .syntax("'turbo_frame' tag requires at least one argument to set the id")
  }
  static func turboStreamArgumentCount(_ tag: String) -> Self {
    .syntax(
      "'\(tag)' tag requires two arguments, first is action, second is the target_id")
  }
  static func unknownTurboAction(_ name: String) -> Self {
    .exception("AttributeError", "'TurboStream' object has no attribute '\(name)'")
  }

  // MARK: Python's own

  static func noAttribute(_ name: String, of type: String) -> Self {
    .exception("AttributeError", "'\(type)' object has no attribute '\(name)'")
  }
  static var indexError: Self { .exception("IndexError", "list index out of range") }
  static func notIterable(_ type: String) -> Self {
    .exception("TypeError", "'\(type)' object is not iterable")
  }
  static func notText(_ type: String) -> Self {
    .exception("TypeError", "sequence item 0: expected str instance, \(type) found")
  }
}

extension [String] {
  fileprivate var pythonRepr: String { TemplateValue.list(map { .string($0) }).repr }
}
