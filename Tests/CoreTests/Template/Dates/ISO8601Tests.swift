import Testing

@testable import Core

struct ISO8601Tests {
  static let moments: [(text: String, repr: String?)] = [
    ("2024-02-29", "datetime.date(2024, 2, 29)"),
    ("10:30", "datetime.time(10, 30)"), ("10:30:05.25", "datetime.time(10, 30, 5, 250000)"),
    ("10:30Z", "datetime.time(10, 30, tzinfo=datetime.timezone.utc)"),
    (
      "04:00:00+00:30",
      "datetime.time(4, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=1800)))"
    ),
    ("2024-02-29T10:30", "datetime.datetime(2024, 2, 29, 10, 30)"),
    ("2024-02-29 10:30:05,123456789", "datetime.datetime(2024, 2, 29, 10, 30, 5, 123456)"),
    ("2024-02-29T10", "datetime.datetime(2024, 2, 29, 10, 0)"),
    ("2024-02-29T10:30Z", "datetime.datetime(2024, 2, 29, 10, 30, tzinfo=datetime.timezone.utc)"),
    (
      "2024-02-29T10:30+01:00",
      "datetime.datetime(2024, 2, 29, 10, 30, "
        + "tzinfo=datetime.timezone(datetime.timedelta(seconds=3600)))"
    ),
    (
      "2024-02-29T10:30-0330",
      "datetime.datetime(2024, 2, 29, 10, 30, "
        + "tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=73800)))"
    ),
    ("2023-02-29", nil), ("2024-13-01", nil), ("0000-01-01", nil), ("2024-2-1", nil),
    ("20240229", nil), ("2024-02-29T", nil), ("2024-02-29T24:00", nil), ("2024-02-29T10:60", nil),
    ("2024-02-29T10:30+24:00", nil), ("2024-02-29T10:30 ", nil), ("2024-02-29x10:30", nil),
    ("10", nil), ("10:30:", nil), ("10:30:00.", nil), ("10:30+25:00", nil), ("", nil),
    ("today", nil),
  ]

  @Test(arguments: moments) func readsDatesAndTimes(text: String, repr: String?) {
    #expect(Moment(isoText: text)?.repr == repr)
  }
}
