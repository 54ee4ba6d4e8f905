import Core
import Testing

@testable import turboctl

struct LatenciesTests {
  private func latencies(_ seconds: some Sequence<Double>) -> Latencies {
    var latencies = Latencies()
    for second in seconds { latencies.add(second) }
    return latencies
  }

  @Test(arguments: [(50.0, 500.0), (90, 900), (99, 990), (99.9, 999), (100, 1000), (0, 1)])
  func percentilesAreThoseOfTheNearestRank(percent: Double, rank: Double) throws {
    for unit in [1e-6, 1e-3, 1] {
      let found = try #require(latencies((1...1000).map { Double($0) * unit }).percentile(percent))
      #expect(abs(found / (rank * unit) - 1) < 0.01)
    }
  }

  @Test(arguments: [0, 1e-9, 127e-9, 128e-9, 0.001, 0.7, 59.9, 1e6, 1e9, -1])
  func oneIsEveryPercentile(seconds: Double) throws {
    let found = try #require(latencies([seconds]).percentile(50))
    let counted = min(max(seconds, 0), 1e6)
    #expect(abs(found - counted) <= 0.01 * counted)
  }

  @Test func noneHaveNone() {
    #expect(Latencies().percentile(50) == nil)
    #expect(Latencies().histogram.isEmpty)
  }

  @Test func theGreatestIsExactAndNeverExceeded() {
    let latencies = latencies([0.001, 0.123456789])
    #expect(latencies.max == 0.123456789)
    #expect(latencies.percentile(100) ?? 1 <= latencies.max)
  }

  @Test func theHistogramHasRoundBoundsAndNoGaps() {
    let rows = latencies([0.00015, 0.00018, 0.0004, 0.0011, 0.0045]).histogram
    #expect(rows.map { ($0.upTo * 1e6).rounded() } == [200, 500, 1000, 2000, 5000])
    #expect(rows.map(\.count) == [2, 1, 0, 1, 1])
  }

  @Test func theHistogramCountsAll() {
    let latencies = latencies((0..<10_000).map { _ in Double.random(in: 0..<3) })
    #expect(latencies.histogram.reduce(0) { $0 + $1.count } == 10_000)
    #expect(latencies.histogram.last.map { $0.upTo >= latencies.max } == true)
  }

  @Test func sumsAreAsIfCountedTogether() {
    var sum = latencies([0.001, 0.002])
    sum += latencies([5, 0.0001])
    let together = latencies([0.001, 0.002, 5, 0.0001])
    #expect(sum.count == 4)
    #expect(sum.max == 5)
    for percent in [1.0, 50, 75, 100] {
      #expect(sum.percentile(percent) == together.percentile(percent))
    }
  }
}

struct BenchReportTests {
  private func report(
    _ backend: LayerConfiguration.Backend = .core, others: Int? = 0, processor: Double? = 0.02
  ) -> BenchReport {
    var single = Measurement(way: .single)
    single.messages = 4
    single.seconds = 0.01
    for seconds in [0.001, 0.002, 0.003, 0.004] { single.latencies.add(seconds) }
    single.work = ServerUsage.Work(sent: 4000, others: others, processor: processor)
    var bulk = Measurement(way: .bulk)
    bulk.messages = 100
    bulk.seconds = 0.02
    return BenchReport(
      bench: .send, backend: backend, members: 30, processes: 3, size: 512,
      results: [single, bulk])
  }

  @Test func csvHasANameForEachValue() {
    let lines = report().csv.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines.count == 3)
    #expect(Set(lines.map(\.count)).count == 1)
    let single = Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
    #expect(single["way"] == "single" && single["messages"] == "4" && single["rate"] == "400.0")
    #expect(
      single["max_ms"] == "4.0" && single["bytes"] == "4000" && single["server_cpu_ms"] == "20.0")
    let bulk = Dictionary(uniqueKeysWithValues: zip(lines[0], lines[2]))
    #expect(bulk["rate"] == "5000.0" && bulk["p50_ms"] == "" && bulk["max_ms"] == "")
  }

  @Test func objectsHaveTheFieldsOfTheCSVAndTheHistogram() {
    let names = report().csv[0].split(separator: ",").map(String.init)
    for object in report().objects {
      #expect(object.members.map(\.key) == names + ["histogram"])
    }
    #expect(report().objects[1]["histogram"] == .array([]))
  }

  @Test func thePubSubLayerHasNoMembers() {
    #expect(report(.pubsub).objects[0]["members"] == .null)
    #expect(report(.pubsub).heading == "send: 3 subscriptions, 512 bytes of HTML")
  }

  @Test(
    arguments: [(0, 0.02, 0), (77, 0.02, 1), (nil, 0.02, 1), (0, nil, 1)] as [(Int?, Double?, Int)])
  func whatSpoilsTheFiguresIsSaid(others: Int?, processor: Double?, count: Int) {
    let warnings = report(others: others, processor: processor).warnings
    #expect(warnings.count == count)
    if others == 77 { #expect(warnings[0].contains(" 77 bytes")) }
  }

  @Test(arguments: [1, 20, 80, 200])
  func barsFit(width: Int) {
    let bars = report().bars(width: width)
    #expect(bars.count == report().results[0].latencies.histogram.count)
    #expect(!bars.isEmpty)
    #expect(bars.allSatisfy { $0.contains("█") && $0.count <= max(width, 20) })
  }

  @Test func nothingMeasuredIsNothingShown() {
    let report = BenchReport(
      bench: .tail, backend: .core, members: 1, processes: 1, size: 15, results: [])
    #expect(report.csv.isEmpty && report.objects.isEmpty && report.warnings.isEmpty)
  }
}

struct BenchCommandLineTests {
  @Test(
    arguments: [
      ["send", "--members", "5", "--processes", "6"], ["send", "--json", "--csv"],
      ["send", "--duration", "0"], ["send", "--size", "14"], ["send", "--messages", "0"],
      ["send", "--backend", "pubsub", "--members", "5"], ["tail", "--processes", "2"],
      ["send", "--set", "a=b"], ["send", "--size", "20", "--template", "a.html"],
      ["send", "--template", "no-such.html"], ["roundtrip", "group"], [],
    ])
  func whatCannotBeIsRefused(arguments: [String]) {
    let run = CommandRun(["bench"] + arguments)
    #expect(run.code == .usage)
    #expect(run.errors.contains("turboctl: ") || run.errors.contains(#""exit":2"#))
  }

  @Test(arguments: [(0, "00000000"), (42, "00000042"), (100_000_001, "00000001")])
  func numbersAreOfOneLength(number: Int, digits: String) {
    #expect(BenchPlan.numbered("<b>", number) == "<b><!--\(digits)-->")
  }
}
