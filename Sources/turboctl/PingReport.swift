import Core

/// What `ping` measured of one server.
struct ServerPing {
  let address: RedisAddress
  /// Nil where the server tells us nothing of itself.
  let info: ServerInfo?
  /// Seconds by which the server's clock is ahead of ours.
  let clockOffset: Double
  /// Seconds of each round trip of PING, sorted; at least one.
  let trips: [Double]

  /// Beyond this, peers whose clocks differ sweep each other's messages.
  static let largestOffset = 5.0

  var role: String? { info?.role.map { $0 == "slave" ? "replica" : $0 } }

  /// In seconds.
  var figures: [(name: String, seconds: Double)] {
    [
      ("min", trips[0]), ("avg", trips.reduce(0, +) / Double(trips.count)),
      ("max", trips[trips.count - 1]), ("p99", trips[(trips.count * 99 + 99) / 100 - 1]),
    ]
  }

  /// What is wrong with the clocks, if they differ by too much.
  var clockWarning: String? {
    guard abs(clockOffset) > Self.largestOffset else { return nil }
    let way = clockOffset > 0 ? "ahead of" : "behind"
    return "the clock of \(address) is \(readable(abs(clockOffset))) s \(way) ours"
  }

  var object: Object {
    var object: Object = [
      "host": .string("\(address)"), "role": role.map(Value.string) ?? .null,
      "version": info?.version.map(Value.string) ?? .null,
      "clock_offset_ms": .double(milliseconds(clockOffset)), "count": .integer(trips.count),
    ]
    for (name, seconds) in figures { object["\(name)_ms"] = .double(milliseconds(seconds)) }
    return object
  }

  var line: String {
    let server = info.map { "\(role ?? "unknown role"), Redis \($0.version ?? "?"), " } ?? ""
    let sign = clockOffset < 0 ? "-" : "+"
    let offset = "clock \(sign)\(readable(milliseconds: abs(clockOffset) * 1000)) ms"
    let times = figures.map { "\($0.name) \(readable(milliseconds: $0.seconds * 1000))" }
      .joined(separator: ", ")
    return "\(address): \(server)\(offset), \(times) ms over "
      + counted(trips.count, "ping", "pings")
  }
}

/// What `ping` measured of a layer: its servers, and the way through it.
struct PingReport {
  /// Those that answered, in the layer's order.
  var servers: [ServerPing] = []
  /// Where all of them are, in the same order; none where the command line is wrong.
  var addresses: [RedisAddress] = []
  /// Seconds from a send through the layer to its receipt, on the slowest host; nil where it failed.
  var roundTrip: Double?

  var clockWarnings: [String] { servers.compactMap(\.clockWarning) }

  /// The layer's line, once it is measured.
  var layerLine: String? {
    roundTrip.map { "layer: \(readable(milliseconds: $0 * 1000)) ms from send to receive" }
  }

  /// One a server; of a single one it tells of the layer too, of several the last object does.
  var objects: [Object] {
    let time = roundTrip.map { Value.double(milliseconds($0)) } ?? .null
    var objects = servers.map(\.object)
    if addresses.count == 1, !objects.isEmpty {
      objects[0]["layer_ms"] = time
    } else if roundTrip != nil {
      objects.append(["hosts": .integer(addresses.count), "layer_ms": time])
    }
    return objects
  }
}
