import Core

/// What a piece of the text becomes on its way to the page.
struct PipeContent {
  let options: PipeOptions
  private let renderer: TemplateRenderer?
  private let context: Object
  private let element: StreamElement

  /// Renders every template once, with no text: what is wrong with it is known before anything is sent.
  init(_ options: PipeOptions, _ console: Console) throws(CommandError) {
    self.options = options
    let templates = [options.template, options.start, options.end].compactMap { $0 }
    renderer = templates.isEmpty ? nil : try options.rendering.renderer(console)
    context = try options.rendering.context(console, Deadline(seconds: Self.patience))
    element = options.element
    if let template = options.template { _ = try render(template, "") }
    _ = try start()
    _ = try end("")
  }

  /// Seconds that the context's files may take, and each rendering.
  private static let patience = 30.0

  /// The element around a piece of the text.
  func html(_ text: String) throws(CommandError) -> String {
    var element = element
    if let template = options.template {
      element.content = try render(template, text)
    } else {
      element.content = options.isHTML ? text : text.htmlEscaped
    }
    return element.html
  }

  /// The message before the first piece of the text; nil where none is asked for.
  func start() throws(CommandError) -> String? {
    guard let name = options.start else { return nil }
    return try whole("--start", name, "")
  }

  /// The message after the last one.
  func end(_ text: String) throws(CommandError) -> String? {
    guard let name = options.end else { return nil }
    return try whole("--end", name, text)
  }

  private func whole(
    _ option: String, _ name: String, _ text: String
  ) throws(CommandError) -> String {
    let html = try render(name, text)
    guard !StreamMarkup.elements(in: html).isEmpty else {
      throw .usage(
        .invalid(
          what: "\(option) \(name)", detail: "holds no <turbo-stream>, so pages would ignore it"))
    }
    try check(html)
    return html
  }

  func check(_ html: String) throws(CommandError) {
    let bytes = html.utf8.count
    if bytes > options.maxBytes { throw .frameTooLarge(bytes: bytes, limit: options.maxBytes) }
  }

  private func render(_ name: String, _ text: String) throws(CommandError) -> String {
    var context = context
    context["text"] = .string(text)
    return try renderer?.render(name, context, Deadline(seconds: Self.patience)) ?? ""
  }
}
