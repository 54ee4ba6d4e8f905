import Core

/// The commands, in the order that help lists them.
let commands: [any Command.Type] = [
  SendCommand.self, RenderCommand.self, TailCommand.self, PingCommand.self, HelpCommand.self,
  VersionCommand.self,
]

/// The whole command line: the parser and every page of help read this.
let specification = Specification(
  name: "turboctl",
  version: "0.1.0",
  summary: "Broadcast Turbo Streams to the pages of a Django Channels site",
  globalOptions: GlobalOptions.specs,
  commands: commands.map { $0.spec },
  topics: [.exitCodes, .environment])

let versionLine = "\(specification.name) \(specification.version)"
