import Core

/// The groups of a command: named, or by the ids of chats.
struct Recipients {
  private let names: [String]
  private let chats: [String]

  init(_ arguments: ParsedArguments) throws(UsageError) {
    names = arguments.positionals
    chats = try arguments.all(Self.chat)
    if let name = names.first, !chats.isEmpty { throw .conflict("--chat", name) }
    if chats.contains("") { throw .invalid(what: "--chat", detail: "is empty") }
    if names.isEmpty, chats.isEmpty {
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

  static let argument = ArgumentSpec(
    "GROUP", kind: .group, arity: .any, summary: "A group of the layer, as turbo_stream.chat_1")
  static let chat = Option.text(
    "chat", placeholder: "ID", kind: .chat, isRepeatable: true,
    summary: "A chat in place of a group")
}
