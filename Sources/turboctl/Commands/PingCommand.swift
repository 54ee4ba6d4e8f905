import Core

/// Pings the server, and sends a real message through the layer and back.
struct PingCommand: Command {
  static let spec = CommandSpec(
    name: "ping",
    summary: "Ping Redis and the channel layer",
    discussion: """
      A PING alone says little: a server out of memory answers it and refuses every message. So a \
      message goes to a private group and is received again; no group of the site is touched.
      """,
    options: [rounds.spec],
    examples: [Example("turboctl ping -c 100", explanation: "A hundred round trips")])

  private static let rounds = Option.integer(
    "count", in: 1...1_000_000, short: "c", defaultValue: "10", summary: "Round trips of PING")

  private let global: GlobalOptions
  private let count: Int

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    count = try arguments[Self.rounds] ?? 10
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let address = try global.address(console)
    var layer = try global.open(address, console, deadline)
    let trips = try asking { () throws(ChannelsError) in
      var trips: [Double] = []
      for _ in 0..<count { trips.append(try layer.ping(deadline: deadline)) }
      return trips.sorted()
    }
    let roundTrip = try asking { () throws(ChannelsError) in
      try PrivateGroup.roundTrip(through: &layer, deadline: deadline)
    }
    guard let roundTrip else { throw .echo(address) }
    try report(trips, roundTrip, address, console)
    return .done
  }

  private func report(
    _ trips: [Double], _ roundTrip: Double, _ address: RedisAddress, _ console: Console
  ) throws(CommandError) {
    guard !global.isQuiet else { return }
    let mean = trips.reduce(0, +) / Double(trips.count)
    let figures: [(name: String, seconds: Double)] = [
      ("min", trips[0]), ("avg", mean), ("max", trips[trips.count - 1]),
      ("p99", trips[(trips.count * 99 + 99) / 100 - 1]),
    ]
    if global.isJSON {
      var line: Object = ["host": .string("\(address)"), "count": .integer(trips.count)]
      for (name, seconds) in figures { line["\(name)_ms"] = .double(milliseconds(seconds)) }
      line["layer_ms"] = .double(milliseconds(roundTrip))
      try console.print(line)
    } else {
      let times = figures.map { "\($0.name) \(readable(milliseconds: $0.seconds * 1000))" }
      try console.print("\(address): \(times.joined(separator: ", ")) ms over \(trips.count) pings")
      try console.print(
        "layer: \(readable(milliseconds: roundTrip * 1000)) ms from send to receive")
    }
  }
}
