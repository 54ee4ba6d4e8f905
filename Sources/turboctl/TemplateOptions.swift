import Core
import Glibc

/// The template of `send` and `render`, and the context that it is rendered with.
struct TemplateOptions {
  /// The template's name on the search path.
  let name: String
  private let directories: [String]
  private let context: ContextOptions
  private let isStripped: Bool
  private let autoescapes: Bool
  private let isStrict: Bool
  private let zone: Zone?
  private let settings: TemplateSettings

  /// Nil where no template is asked for.
  init?(_ arguments: ParsedArguments) throws(UsageError) {
    guard let name = try arguments[Self.template] else {
      let given = Self.specs.dropFirst().first { spec in
        arguments.options.contains { $0.name == spec.name }
      }
      if let given {
        throw .invalid(what: given.long, detail: "needs a template: give --template")
      }
      return nil
    }
    self.name = name
    directories = arguments.wasTyped(Self.templates) ? try arguments.all(Self.templates) : []
    context = try ContextOptions(arguments)
    isStripped = arguments.contains(Self.strip)
    autoescapes = !arguments.contains(Self.noAutoescape)
    isStrict = arguments.contains(Self.strictVariables)
    zone = try Self.readZone(arguments)
    settings = try TemplateSettings(arguments.settings)
  }

  func render(_ console: Console, _ deadline: Deadline) throws(CommandError) -> String {
    let values = try context.values(console, deadline)
    let engine = try makeEngine(console)
    do {
      let output = try engine.render(try engine.template(named: name), values)
      let text = String(decoding: output, as: UTF8.self)
      return isStripped ? text.strippedAsPython : text
    } catch {
      throw .template(error, source: error.location.flatMap { engine.source(of: $0) })
    }
  }

  private func makeEngine(_ console: Console) throws(CommandError) -> Engine {
    var settings = settings.applied(to: Engine.Settings(now: Self.now))
    settings.directories = searchPath(console)
    settings.autoescape = autoescapes
    settings.strictVariables = isStrict
    settings.timeZone = zone ?? self.settings.timeZone ?? .system(tz: console.environment("TZ"))
    do {
      return try Engine(settings)
    } catch {
      throw .template(error, source: nil)
    }
  }

  private func searchPath(_ console: Console) -> [String] {
    let variable = console.environment(Self.variable) ?? ""
    let path =
      directories + variable.split(separator: ":").map(String.init) + settings.directories
    return path.isEmpty ? ["templates"] : path
  }

  private static func readZone(_ arguments: ParsedArguments) throws(UsageError) -> Zone? {
    guard let name = try arguments[timezone] else { return nil }
    guard let zone = Zone(named: name) else {
      throw .invalid(
        what: arguments.origin(of: timezone) ?? timezone.spec.long,
        detail: "this machine knows no time zone '\(name)'")
    }
    return zone
  }

  /// Microseconds since 1970 in UTC.
  @Sendable private static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
}

extension TemplateOptions {
  private static let section = "Template"
  static let variable = "TURBOCTL_TEMPLATES"

  static let template = Option.text(
    "template", placeholder: "NAME", kind: .template, section: "Content",
    summary: "The content from a Django template",
    details: """
      Without --action the template is the whole message, as a *.turbo_stream.html file is. What it \
      prints is Django's output to the byte.
      """)
  static let templates = Option.text(
    "templates", placeholder: "DIR", kind: .directory, isRepeatable: true,
    environment: [variable], defaultValue: "./templates", section: section,
    summary: "Where templates are looked for, in order",
    details: "The folders of TURBOCTL_TEMPLATES, parted by colons, come after those given here.")
  static let strip = Switch(
    "strip", section: section, summary: "Drop white space at both ends of what it prints",
    details: "turbo_response does so, turbo_helper does not.")
  static let noAutoescape = Switch(
    "no-autoescape", section: section, summary: "Escape only what the template escapes itself")
  static let strictVariables = Switch(
    "strict-variables", section: section, summary: "Fail on a variable that the context lacks")
  static let timezone = Option.text(
    "timezone", placeholder: "ZONE", defaultValue: "the system's", section: section,
    summary: "The time zone of dates, as Europe/Paris")

  static let specs: [OptionSpec] =
    [template.spec, templates.spec] + ContextOptions.specs
    + [strip.spec, noAutoescape.spec, strictVariables.spec, timezone.spec]
}

extension String {
  /// Without white space at both ends, as `str.strip()` leaves it.
  fileprivate var strippedAsPython: String {
    let kept = unicodeScalars.drop(while: \.isPythonSpace)
    let end = kept.lastIndex { !$0.isPythonSpace }
    return String(kept[..<(end.map { kept.index(after: $0) } ?? kept.startIndex)])
  }
}

extension UnicodeScalar {
  /// Python counts four separators that Unicode does not.
  fileprivate var isPythonSpace: Bool {
    properties.isWhitespace || (0x1C...0x1F).contains(value)
  }
}
