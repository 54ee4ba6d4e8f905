/// A time zone: one of this machine's by its name, `Europe/Paris`, or a fixed offset.
package struct Zone: Equatable, Sendable {
  private enum Rules: Sendable {
    case fixed(ZonePeriod)
    case file(ZoneFile)
  }

  /// The key in the database, or `UTC+02:00`.
  package let name: String
  private let rules: Rules

  package static let utc = Zone(offset: 0)

  /// A fixed offset from UTC in seconds (`datetime.timezone`).
  package init(offset: Int) {
    name = offset == 0 ? "UTC" : "UTC" + ZonePeriod.offsetText(offset, separator: ":")
    rules = .fixed(ZonePeriod(offset: offset, isDaylightSaving: false, name: name))
  }

  /// Nil where this machine knows no zone of that name.
  package init?(named name: String) {
    guard Self.isKey(name) else { return nil }
    self.init(name, path: "/usr/share/zoneinfo/" + name)
  }

  private init?(_ name: String, path: String) {
    guard let rules = ZoneFile(path: path) else { return nil }
    self.name = name
    self.rules = .file(rules)
  }

  /// The zone of this machine: what the environment's `TZ` names, or `/etc/localtime`, or UTC.
  package static func system(tz: String?) -> Zone {
    guard let tz, !tz.isEmpty else { return Zone("localtime", path: "/etc/localtime") ?? .utc }
    return Zone(named: tz.hasPrefix(":") ? String(tz.dropFirst()) : tz) ?? .utc
  }

  /// Whether it is a path within the database (`zoneinfo/_tzpath.py`, `_validate_path`).
  static func isKey(_ name: String) -> Bool {
    !name.utf8.contains(0)
      && !name.parts(separatedBy: "/").contains { ["", ".", ".."].contains($0) }
  }

  /// As Django's `get_current_timezone_name`: where the clocks are never changed, what they show.
  var displayName: String {
    if case .file(let file) = rules, file.isFixed { file.period(at: 0).name } else { name }
  }

  package static func == (left: Zone, right: Zone) -> Bool {
    left.name.hasSameBytes(as: right.name)
  }

  /// What the clocks do at a moment in seconds since 1970 in UTC.
  func period(at instant: Int) -> ZonePeriod {
    switch rules {
    case .fixed(let period): period
    case .file(let file): file.period(at: instant)
    }
  }

  /// What the clocks do when they show `wall`, in seconds since 1970.
  ///
  /// Of a time that they show twice, or skip, it is what they did before the change, or after it
  /// if the time `isFolded` (PEP 495).
  func period(atWall wall: Int, isFolded: Bool) -> ZonePeriod {
    guard case .file(let file) = rules else { return period(at: wall) }
    let before = file.period(at: wall - 86400)
    let after = file.period(at: wall + 86400)
    let happensBefore = file.period(at: wall - before.offset).offset == before.offset
    let happensAfter = file.period(at: wall - after.offset).offset == after.offset
    switch (happensBefore, happensAfter) {
    case (true, true), (false, false):
      let chosen = isFolded ? after : before
      return happensBefore ? file.period(at: wall - chosen.offset) : chosen
    case (true, false): return file.period(at: wall - before.offset)
    case (false, true): return file.period(at: wall - after.offset)
    }
  }

  var repr: String {
    switch rules {
    case .file: "zoneinfo.ZoneInfo(key='\(name)')"
    case .fixed(let period) where period.offset == 0: "datetime.timezone.utc"
    case .fixed(let period) where period.offset < 0:
      "datetime.timezone(datetime.timedelta(days=-1, seconds=\(period.offset + 86400)))"
    case .fixed(let period): "datetime.timezone(datetime.timedelta(seconds=\(period.offset)))"
    }
  }
}

/// What the clocks of a zone do for a while.
struct ZonePeriod: Equatable, Sendable {
  /// Seconds east of UTC.
  var offset: Int
  var isDaylightSaving: Bool
  /// As `CEST`.
  var name: String

  /// As `+02:00`, with seconds where there are any.
  static func offsetText(_ offset: Int, separator: String) -> String {
    let seconds = abs(offset)
    let tail = seconds % 60 == 0 ? "" : separator + (seconds % 60).padded(2)
    return (offset < 0 ? "-" : "+") + (seconds / 3600).padded(2) + separator
      + (seconds / 60 % 60).padded(2) + tail
  }
}
