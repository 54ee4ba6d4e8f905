import Core

/// Makes the messages of a batch: what a line lacks, the command line has.
final class BatchMaker {
  /// What a line is.
  enum Form {
    /// A JSON object.
    case object
    /// The content itself, escaped unless it is HTML.
    case content(isHTML: Bool)
  }

  private let form: Form
  private let command: SendCommand
  private let content: ContentOptions
  private let message: Value?
  private let groups: [GroupName]
  private let console: Console
  private var latest: GroupName?
  /// The element of a line before: mostly the next one's is the same around another content.
  private var latestElement: (options: ContentOptions, frame: StreamElement.Frame)?
  /// What `--context` and `--set` say, and what renders; made when a template is first needed.
  private var renderer: (template: TemplateRenderer, context: Object)?

  init(
    _ form: Form, _ command: SendCommand, _ content: ContentOptions, message: Value?,
    groups: [GroupName], _ console: Console
  ) {
    self.form = form
    self.command = command
    self.content = content
    self.message = message
    self.groups = groups
    self.console = console
  }

  /// The line's message to each of its groups; none for an empty line among objects.
  func messages(_ line: [UInt8]) throws(CommandError) -> [GroupMessage] {
    switch form {
    case .object:
      if line.allSatisfy(\.isJSONSpace) { return [] }
      let line = try object(line)
      var made = try messages(line)
      if let once = line.once {
        for place in made.indices { made[place].once = once }
      }
      return made
    case .content(let isHTML): return try messages(content: line, isHTML: isHTML)
    }
  }

  private func object(_ line: [UInt8]) throws(CommandError) -> BatchLine {
    let value: Value
    do {
      value = try JSONReader.read(line)
    } catch {
      throw .json(error, text: line, origin: "")
    }
    guard let fields = value.object else { throw .line("is not a JSON object") }
    do {
      return try BatchLine(fields)
    } catch {
      throw .usage(error)
    }
  }

  private func messages(_ line: BatchLine) throws(CommandError) -> [GroupMessage] {
    let groups = try groups(of: line)
    if let message = line.message ?? (line.source == nil ? message : nil) {
      try command.checkFrame(message.longestStringSize)
      return try GroupMessage.messages(to: groups, as: command.global.layer.serializer) {
        _ throws(Message.Fault) in
        try Message(message)
      }
    }
    var content = content
    content.action = line.action ?? content.action
    if line.target != nil || line.targets != nil {
      content.target = line.target
      content.targets = line.targets
    }
    content.attributes = line.attributes ?? content.attributes
    content.source = line.source ?? content.source
    // A content that is there for the other lines is no fault of one that removes.
    if line.source == nil, !content.takesContent { content.source = nil }
    return try messages(content, line.context, groups)
  }

  private func messages(content line: [UInt8], isHTML: Bool) throws(CommandError) -> [GroupMessage]
  {
    guard let text = String(validating: line, as: UTF8.self) else {
      throw .line("is not valid UTF-8")
    }
    if case .template = content.source {
      var context: Object = ["line": .string(text)]
      if let value = try? JSONReader.read(line) { context["json"] = value }
      return try messages(content, context, groups)
    }
    var content = content
    content.source = isHTML ? .html(text) : .text(text)
    return try messages(content, [:], groups)
  }

  private func messages(
    _ options: ContentOptions, _ context: Object, _ groups: [GroupName]
  ) throws(CommandError) -> [GroupMessage] {
    let html = try html(options, context)
    if options.isWholeMessage { try command.checkWhole(html) }
    try command.checkFrame(html.utf8.count)
    let envelope = command.global.envelope
    return try GroupMessage.messages(to: groups, as: command.global.layer.serializer) {
      group throws(Message.Fault) in
      try envelope.message(html: html, group: group)
    }
  }

  private func html(_ options: ContentOptions, _ context: Object) throws(CommandError) -> String {
    let frame = try frame(of: options)
    if let content = try text(options.source, context) { return frame?.html(content) ?? content }
    guard let frame, !frame.takesContent else {
      throw .line("holds none of html, text, template and message")
    }
    return frame.empty
  }

  /// What stands around the content; nil where the content is the whole message.
  private func frame(of options: ContentOptions) throws(CommandError) -> StreamElement.Frame? {
    if let latestElement, options.hasElement(of: latestElement.options) {
      return latestElement.frame
    }
    do {
      guard let frame = try options.element(dash: "")?.frame else { return nil }
      latestElement = (options, frame)
      return frame
    } catch {
      throw .usage(error)
    }
  }

  private func text(
    _ source: ContentOptions.Source?, _ context: Object
  ) throws(CommandError) -> String? {
    switch source {
    case .html(let html): return html
    case .text(let text): return text.htmlEscaped
    case .template(let name):
      let (template, basis) = try readyRenderer()
      var merged = basis
      for (key, value) in context.members { merged[key] = value }
      let patience = command.global.timeout ?? Self.patience
      return try template.render(name, merged, Deadline(seconds: patience))
    // The command line's own is read by whoever makes this.
    case .file, .standardInput, nil: return nil
    }
  }

  private func readyRenderer() throws(CommandError) -> (template: TemplateRenderer, context: Object)
  {
    if let renderer { return renderer }
    let deadline = Deadline(seconds: Self.patience)
    let made = (
      template: try content.template.renderer(console),
      context: try content.template.context(console, deadline)
    )
    renderer = made
    return made
  }

  private func groups(of line: BatchLine) throws(CommandError) -> [GroupName] {
    switch line.recipient {
    case .group(let name):
      // Mostly it is that of the line before.
      if let latest, latest.text.hasSameBytes(as: name) { return [latest] }
      let group = try GlobalOptions.group(name)
      latest = group
      return [group]
    case .chat(let id): return [try command.global.group(ofChat: id)]
    case nil where groups.isEmpty:
      throw .line("names no group or chat, nor does the command line")
    case nil: return groups
    }
  }

  /// Seconds that the context's files may take, and each rendering where the command may take for ever.
  private static let patience = 30.0
}

extension CommandError {
  /// What is wrong with a whole line of a batch.
  fileprivate static func line(_ detail: String) -> CommandError {
    .usage(.invalid(what: "the line", detail: detail))
  }
}
