import Core

/// The commands, in the order that help lists them.
let commands: [any Command.Type] = [
  SendCommand.self, RenderCommand.self, TailCommand.self, PingCommand.self, VersionCommand.self,
]

/// The parser answers it itself.
private let help = CommandSpec(
  name: "help",
  summary: "Print full help on a command or a topic",
  arguments: [
    ArgumentSpec("COMMAND", kind: .command, arity: .any, summary: "A command or a topic")
  ])

/// The whole command line: the parser and every page of help read this.
let specification = Specification(
  name: "turboctl",
  version: "0.1.0",
  summary: "Broadcast Turbo Streams to the pages of a Django Channels site",
  globalOptions: GlobalOptions.specs,
  commands: commands.map { $0.spec } + [help],
  topics: [.exitCodes, .environment])

let versionLine = "\(specification.name) \(specification.version)"
