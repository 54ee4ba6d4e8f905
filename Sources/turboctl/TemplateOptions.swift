import Core
import Glibc

/// How `send` and `render` render templates, and the context that they begin with.
///
/// A class: the lines of a batch copy what they lack, and mostly none of this.
final class TemplateOptions {
  private let directories: [String]
  private let contextOptions: ContextOptions
  private let isStripped: Bool
  private let autoescapes: Bool
  private let isStrict: Bool
  private let zone: Zone?
  private let settings: TemplateSettings

  init(_ arguments: ParsedArguments) throws(UsageError) {
    directories = arguments.wasTyped(Self.templates) ? try arguments.all(Self.templates) : []
    contextOptions = try ContextOptions(arguments)
    isStripped = arguments.contains(Self.strip)
    autoescapes = !arguments.contains(Self.noAutoescape)
    isStrict = arguments.contains(Self.strictVariables)
    zone = try Self.readZone(arguments)
    settings = try TemplateSettings(arguments.settings)
  }

  /// Refuses options that mean nothing without a template.
  static func requireNone(of arguments: ParsedArguments) throws(UsageError) {
    let given = specs.dropFirst().first { spec in
      arguments.options.contains { $0.name == spec.name }
    }
    if let given { throw .invalid(what: given.long, detail: "needs a template: give --template") }
  }

  /// Whether the context is read from standard input.
  var readsInput: Bool { contextOptions.readsInput }

  /// What `--context` and `--set` say.
  func context(_ console: Console, _ deadline: Deadline) throws(CommandError) -> Object {
    try contextOptions.values(console, deadline)
  }

  /// What renders; it keeps the templates that it has compiled.
  func renderer(_ console: Console) throws(CommandError) -> TemplateRenderer {
    TemplateRenderer(engine: try makeEngine(console), isStripped: isStripped)
  }

  func makeEngine(_ console: Console) throws(CommandError) -> Engine {
    var settings = settings.applied(to: Engine.Settings(now: Self.now))
    settings.directories = searchPath(console)
    settings.autoescape = autoescapes
    settings.strictVariables = isStrict
    settings.timeZone = zone ?? self.settings.timeZone ?? .system(tz: console.environment("TZ"))
    do {
      return try Engine(settings)
    } catch {
      throw .template(error, source: nil, meant: nil)
    }
  }

  /// The folders that templates are looked for in.
  func searchPath(_ console: Console) -> [String] {
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
    details: "The folders of TURBOCTL_TEMPLATES, parted by colons, come after those given here.",
    rank: .special)
  static let strip = Switch(
    "strip", section: section, summary: "Drop white space at both ends of what it prints",
    details: "turbo_response does so, turbo_helper does not.", rank: .special)
  static let noAutoescape = Switch(
    "no-autoescape", section: section, summary: "Escape only what the template escapes itself",
    rank: .special)
  static let strictVariables = Switch(
    "strict-variables", section: section, summary: "Fail on a variable that the context lacks",
    rank: .special)
  static let timezone = Option.text(
    "timezone", placeholder: "ZONE", defaultValue: "the system's", section: section,
    summary: "The time zone of dates, as Europe/Paris", rank: .special)

  static let specs: [OptionSpec] =
    [template.spec, templates.spec] + ContextOptions.specs
    + [strip.spec, noAutoescape.spec, strictVariables.spec, timezone.spec]
}
