import Core

/// What was measured of one way of messages.
struct Measurement {
  let way: Bench.Way
  var messages = 0
  var seconds = 0.0
  /// Of each message; none in bulk.
  var latencies = Latencies()
  var work = ServerUsage.Work()

  /// Messages a second.
  var rate: Double { seconds > 0 ? Double(messages) / seconds : 0 }

  /// In seconds; nil in bulk.
  var times: [(name: String, seconds: Double?)] {
    [("p50", 50.0), ("p90", 90), ("p99", 99)].map { ($0, latencies.percentile($1)) }
      + [("max", latencies.count > 0 ? latencies.max : nil)]
  }
}

/// The results of a bench, for people and for machines.
struct BenchReport {
  let bench: Bench
  let backend: LayerConfiguration.Backend
  let members: Int
  let processes: Int
  /// Bytes of HTML in each message.
  let size: Int
  let results: [Measurement]

  var objects: [Object] {
    results.map { result in
      var object = Object(fields(result))
      object["histogram"] = .array(
        result.latencies.histogram.map {
          .object(["up_to_ms": .double(milliseconds($0.upTo)), "count": .integer($0.count)])
        })
      return object
    }
  }

  /// A line of names, and one for each result; what is not known is empty (RFC 4180: no value needs quotes).
  var csv: [String] {
    guard let first = results.first else { return [] }
    let rows = results.map { result in
      fields(result).map { field in
        switch field.1 {
        case .null: ""
        case .string(let text): text
        default: field.1.json
        }
      }
    }
    return ([fields(first).map(\.0)] + rows).map { $0.joined(separator: ",") }
  }

  private func fields(_ result: Measurement) -> [(String, Value)] {
    let work = result.work
    let fixed: [(String, Value)] = [
      ("bench", .string(bench.rawValue)), ("way", .string(result.way.rawValue)),
      ("backend", .string(backend.rawValue)),
      ("members", backend == .core ? .integer(members) : .null),
      ("processes", .integer(processes)), ("size", .integer(size)),
      ("messages", .integer(result.messages)),
      ("elapsed_ms", .double(milliseconds(result.seconds))),
      ("rate", .double((result.rate * 10).rounded() / 10)),
    ]
    let times = result.times.map { time in
      ("\(time.name)_ms", time.seconds.map { Value.double(milliseconds($0)) } ?? .null)
    }
    return fixed + times + [
      ("bytes", .integer(work.sent)), ("others_bytes", work.others.map(Value.integer) ?? .null),
      ("server_cpu_ms", work.processor.map { .double(milliseconds($0)) } ?? .null),
    ]
  }
}

// MARK: For people

extension BenchReport {
  var heading: String {
    let audience =
      backend == .core
      ? "\(counted(members, "member", "members")) in \(counted(processes, "process", "processes"))"
      : counted(processes, "subscription", "subscriptions")
    return "\(bench.rawValue): \(audience), \(size) bytes of HTML"
  }

  var table: TextTable {
    TextTable(
      [
        .init("WAY"), .init("MESSAGES", isNumber: true), .init("RATE", isNumber: true),
        .init("P50 MS", isNumber: true), .init("P90 MS", isNumber: true),
        .init("P99 MS", isNumber: true), .init("MAX MS", isNumber: true),
        .init("BYTES", isNumber: true), .init("CPU US", isNumber: true),
      ],
      rows: results.map { result in
        let each = 1 / Double(max(1, result.messages))
        return [result.way.rawValue, "\(result.messages)", "\(Int(result.rate))/s"]
          + result.times.map { $0.seconds.map { readable(milliseconds: $0 * 1000) } ?? "" }
          + [
            "\(Int((Double(result.work.sent) * each).rounded()))",
            result.work.processor.map { readable(milliseconds: $0 * each * 1e6) } ?? "",
          ]
      })
  }

  /// What makes the figures less than they seem.
  var warnings: [String] {
    let others = results.compactMap(\.work.others)
    if others.count < results.count || results.contains(where: { $0.work.processor == nil }) {
      return ["the server does not tell what it read and computed: may this user ask for INFO?"]
    }
    let sum = others.reduce(0, +)
    return sum == 0
      ? [] : ["others sent the server \(sum) bytes meanwhile: its CPU time is theirs too"]
  }

  /// How the latencies lie, as bars of so many columns at most.
  func bars(width: Int) -> [String] {
    results.flatMap { result in
      let rows = result.latencies.histogram
      let most = rows.map(\.count).max() ?? 0
      let labels = rows.map { "\(readable(milliseconds: $0.upTo * 1000)) ms" }
      let counts = rows.map { "\($0.count)" }
      let margin = (labels + counts).map(\.count).max() ?? 0
      let room = max(1, width - 2 * margin - 6)
      return rows.indices.map { place in
        let label = String(repeating: " ", count: margin - labels[place].count) + labels[place]
        let length = most > 0 ? (rows[place].count * room + most - 1) / most : 0
        return "≤ \(label)  \(String(repeating: "█", count: length)) \(counts[place])"
      }
    }
  }
}
