import Core

/// The groups of a command: named, or by the ids of chats; where it takes patterns, by those.
struct Recipients {
  private let names: [String]
  private let chats: [String]
  private let patternTexts: [String]

  init(
    _ arguments: ParsedArguments, takesPatterns: Bool = false, isRequired: Bool = true
  ) throws(UsageError) {
    let isPattern = { (name: String) in takesPatterns && GroupPattern.isPattern(name) }
    patternTexts = arguments.positionals.filter(isPattern)
    names = arguments.positionals.filter { !isPattern($0) }
    chats = try arguments.all(Self.chat)
    if let name = arguments.positionals.first, !chats.isEmpty { throw .conflict("--chat", name) }
    if chats.contains("") { throw .invalid(what: "--chat", detail: "is empty") }
    if isRequired, arguments.positionals.isEmpty, chats.isEmpty {
      throw .missingArgument("GROUP or --chat ID", of: arguments.command)
    }
  }

  /// Each group once, in the order given.
  func groups(_ global: GlobalOptions) throws(CommandError) -> [GroupName] {
    var groups: [GroupName] = []
    for name in names { groups.append(try GlobalOptions.group(name)) }
    for id in chats { groups.append(try global.group(ofChat: id)) }
    return groups.enumerated().filter { !groups[..<$0.offset].contains($0.element) }.map(\.element)
  }

  func patterns() throws(CommandError) -> [GroupPattern] {
    var patterns: [GroupPattern] = []
    for text in patternTexts {
      do {
        patterns.append(try GroupPattern(text))
      } catch {
        throw .groupName(error, name: text)
      }
    }
    return patterns
  }

  static let argument = ArgumentSpec(
    "GROUP", kind: .group, arity: .any, summary: "A group of the layer, as turbo_stream.chat_1")
  static let chat = Option.text(
    "chat", placeholder: "ID", kind: .chat, isRepeatable: true,
    summary: "A chat in place of a group")
}
