import Core

/// What the world knows for the end of a line: groups, templates, layers, files.
struct CompletionValues {
  /// Seconds that Redis has to answer: a person waits with a finger on Tab.
  private static let patience = 0.3

  private let completion: Completion
  private let console: Console

  init(_ completion: Completion, _ console: Console) {
    self.completion = completion
    // Nothing is asked for and nothing said.
    self.console = Console(
      environment: console.environment, input: Input(bytes: []),
      output: Output(descriptor: nil), errors: Output(descriptor: nil))
  }

  /// Those that begin as typed; none where something is wrong.
  func candidates(withFiles: Bool) -> [Completion.Candidate] {
    let all: [Completion.Candidate] =
      switch completion.offer {
      case .candidates(let candidates): candidates
      case .values(.file): withFiles ? files(in: [""], onlyFolders: false) : []
      case .values(.directory): withFiles ? files(in: [""], onlyFolders: true) : []
      case .values(let kind): (try? values(of: kind)) ?? []
      }
    // Anybody can name a group: what would part the lines or steer the terminal is not offered.
    return all.filter { candidate in
      candidate.value.hasPrefix(completion.prefix)
        && !candidate.value.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
  }

  private func values(of kind: ValueKind) throws(CommandError) -> [Completion.Candidate] {
    switch kind {
    case .action: StreamAction.allCases.map { .init($0.rawValue) }
    case .url: ["redis://", "rediss://", "unix:///"].map { .init($0) }
    case .template: files(in: try templateFolders(), onlyFolders: false)
    case .layer: try layers()
    case .group: try groups()
    case .chat: try chats()
    case .channel: try channels()
    case .text, .integer, .seconds, .wholeSeconds, .rate, .choice, .file, .directory, .json,
      .keyValue, .command:
      []
    }
  }

  /// The line's own, with what its configuration says.
  private func arguments() throws(CommandError) -> ParsedArguments {
    let typed = completion.arguments.without([GlobalOptions.askpass.spec])
    return try ConfigurationFile.found(for: typed, console)?.applied(to: typed) ?? typed
  }

  private func layers() throws(CommandError) -> [Completion.Candidate] {
    let layers = try arguments().settings[LayerSettings.key]?.object ?? [:]
    return layers.members.map { .init($0.key) }
  }

  private func templateFolders() throws(CommandError) -> [String] {
    let arguments = try arguments()
    do {
      return try TemplateOptions(arguments).searchPath(console).map { "\($0)/" }
    } catch {
      throw .usage(error)
    }
  }

  private func files(in folders: [String], onlyFolders: Bool) -> [Completion.Candidate] {
    let home = console.environment("HOME")
    var names: [String] = []
    for folder in folders {
      names += FileNames.beginning(completion.prefix, in: folder, home: home)
        .filter { !names.contains($0) && (!onlyFolders || $0.hasSuffix("/")) }
    }
    return names.sorted().map { .init($0) }
  }
}

extension CompletionValues {
  private func global() throws(CommandError) -> GlobalOptions {
    let arguments = try arguments()
    do {
      return try GlobalOptions(arguments)
    } catch {
      throw .usage(error)
    }
  }

  /// The names of groups that match, with how many listen.
  private func groups(
    matching glob: String, _ global: GlobalOptions
  ) throws(CommandError) -> [(name: String, description: String)] {
    let layer = global.openLayer(try global.hosts(console), console)
    let (groups, _, _) = try asking { () throws(ChannelsError) in
      try layer.groups(matching: glob, deadline: Deadline(seconds: Self.patience))
    }
    return groups.map { ($0.name, counted($0.channels, "channel", "channels")) }
      .sorted { $0.name.comesNaturally(before: $1.name) }
  }

  private func groups() throws(CommandError) -> [Completion.Candidate] {
    try groups(matching: completion.prefix.globEscaped + "*", try global())
      .map { .init($0.name, description: $0.description) }
  }

  private func chats() throws(CommandError) -> [Completion.Candidate] {
    let global = try global()
    let chats = ChatPattern(global.chatGroup)
    return try groups(matching: chats.glob, global).compactMap { name, description in
      chats.id(in: name).map { .init($0, description: description) }
    }
  }

  /// The members of the group before it, or else the processes that something waits for.
  private func channels() throws(CommandError) -> [Completion.Candidate] {
    let global = try global()
    guard global.layer.backend == .core else { return [] }
    let deadline = Deadline(seconds: Self.patience)
    let layer = global.open(try global.hosts(console), console)
    let positionals = completion.arguments.positionals
    return try asking { () throws(ChannelsError) in
      guard let group = positionals.first else {
        return try layer.queues(deadline: deadline).queues.map { queue in
          .init(queue.process.text, description: "\(queue.state.queued) waiting")
        }
      }
      return try layer.members(of: Array(group.utf8), deadline: deadline).members
        .map(\.channel.text).filter { !positionals.contains($0) }.map { .init($0) }
    }
  }
}
