import Core

/// The commands, in the order that help lists them.
let commands: [any Command.Type] = [
  SendCommand.self, RenderCommand.self, TailCommand.self, PipeCommand.self, ChatsListCommand.self,
  ChatsShowCommand.self, GroupsListCommand.self, GroupsShowCommand.self,
  GroupsDiscardCommand.self, GroupsPruneCommand.self, QueueListCommand.self,
  QueuePeekCommand.self, FlushCommand.self, PingCommand.self, BenchSendCommand.self,
  BenchTailCommand.self, BenchRoundtripCommand.self, DoctorCommand.self,
  ConfigShowCommand.self, ConfigCheckCommand.self, ConfigImportCommand.self,
  CompletionsCommand.self, CompleteCommand.self, VersionCommand.self,
]

/// The parser answers it itself.
private let help = CommandSpec(
  name: "help",
  summary: "Print full help on a command or a topic",
  arguments: [
    ArgumentSpec("COMMAND", kind: .command, arity: .any, summary: "A command or a topic")
  ],
  options: [Switch.manual.spec])

/// The whole command line: the parser and every page of help read this.
let specification = Specification(
  name: "turboctl",
  version: "0.1.0",
  date: "November 23, 2026",
  summary: "Broadcast Turbo Streams to the pages of a Django Channels site",
  globalOptions: GlobalOptions.specs,
  commands: specs(of: commands) + [help],
  topics: [.exitCodes, .environment, .configuration, .templateLanguage, .formats, .cron],
  files: [
    FileSpec("./turboctl.json", summary: "The configuration of a project, see turboctl.json(5)"),
    FileSpec("~/.config/turboctl/config.json", summary: "The user's, where a project has none"),
    FileSpec("./templates", summary: "Where templates are, unless something else is said"),
  ])

/// The commands' specifications, a family where its first member stands.
private func specs(of commands: [any Command.Type]) -> [CommandSpec] {
  commands.enumerated().compactMap { place, command in
    guard let family = command.family else { return command.spec }
    let members = commands.filter { $0.family?.name == family.name }
    guard members.first == command else { return nil }
    return CommandSpec(
      name: family.name, summary: family.summary, subcommands: members.map { $0.spec })
  }
}

let versionLine = "\(specification.name) \(specification.version)"
