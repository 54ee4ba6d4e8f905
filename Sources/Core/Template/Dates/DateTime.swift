/// A day and a time of day, in a zone or in none (`datetime.datetime`).
package struct DateTime: Sendable {
  package var date: CivilDate
  package var time: TimeOfDay
  /// Nil where it is naive: a clock on a wall, without the place.
  package var zone: Zone?
  /// The second of the two times that the clock shows when it is set back.
  package var isFolded = false
  /// False where a filter chose the zone, so that rendering leaves it.
  package var convertsToLocalTime = true

  package init(_ date: CivilDate, _ time: TimeOfDay = .midnight, in zone: Zone? = nil) {
    (self.date, self.time, self.zone) = (date, time, zone)
  }

  /// The time in `zone` at a moment in microseconds since 1970 in UTC.
  package init(microseconds: Int, in zone: Zone) {
    let instant = microseconds.quotient(by: 1_000_000)
    let offset = zone.period(at: instant).offset
    let wall = instant + offset
    self.init(wallSeconds: wall, microsecond: microseconds.remainder(by: 1_000_000), in: zone)
    isFolded = zone.period(atWall: wall, isFolded: false).offset != offset
  }

  private init(wallSeconds: Int, microsecond: Int, in zone: Zone?) {
    self.init(
      CivilDate(daysSince1970: wallSeconds.quotient(by: 86400)),
      TimeOfDay(secondOfDay: wallSeconds.remainder(by: 86400), microsecond: microsecond), in: zone)
  }

  /// Seconds since 1970 as the clock on the wall counts them.
  var wallSeconds: Int { date.daysSince1970 * 86400 + time.secondOfDay }

  /// Microseconds since 1970 as the clock on the wall counts them.
  var wallMicroseconds: Int { wallSeconds * 1_000_000 + time.microsecond }

  /// What the clocks of the zone do at this time; nil where it is naive.
  var period: ZonePeriod? { zone.map(period(in:)) }

  /// What the clocks of `zone` do when they show this time.
  func period(in zone: Zone) -> ZonePeriod {
    zone.period(atWall: wallSeconds, isFolded: isFolded)
  }

  /// Microseconds since 1970 in UTC; a naive time is one of `naiveZone`.
  package func microseconds(naiveIn naiveZone: Zone) -> Int {
    wallMicroseconds - period(in: zone ?? naiveZone).offset * 1_000_000
  }

  /// Whether the clocks of `zone` show this time twice, or skip it.
  func isAmbiguousOrImaginary(in zone: Zone) -> Bool {
    zone.period(atWall: wallSeconds, isFolded: true).offset
      != zone.period(atWall: wallSeconds, isFolded: false).offset
  }

  /// The same moment in another zone; a naive time is one of `naiveZone`.
  package func converted(to target: Zone, naiveIn naiveZone: Zone) -> DateTime {
    DateTime(microseconds: microseconds(naiveIn: naiveZone), in: target)
  }

  /// As `2024-02-29T10:30:00+01:00`.
  func isoText(separator: String = "T") -> String {
    date.isoText + separator + time.isoText
      + (period.map { ZonePeriod.offsetText($0.offset, separator: ":") } ?? "")
  }
}
