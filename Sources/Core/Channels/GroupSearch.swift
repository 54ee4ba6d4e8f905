/// Finds the groups that match patterns, and goes on to find those that appear later.
///
/// Redis tells nobody of new keys, so the key space is gone through again and again; in steps so small
/// that they hold nobody up, and so seldom that they take at most a twentieth of the server's time.
package struct GroupSearch: Sendable {
  /// Seconds from the beginning of a round to the next, where the server's time allows it.
  package static let interval = 0.5
  /// The part of the server's time that may be used.
  private static let share = 0.05
  /// Keys that the server looks at in a step.
  private static let step = 1000

  private let patterns: [GroupPattern]
  private var known: Set<String>
  /// The pattern and the host that are looked at, and how far.
  private var place = 0
  private var shard = 0
  private var cursor = "0"
  private var roundStart = Deadline.monotonic()
  private var isResting = false
  /// Seconds of the server's time that may be used now, and when they were last counted.
  private var credit = 0.0
  private var counted = Deadline.monotonic()

  /// - Parameter known: groups that are not reported.
  package init(_ patterns: [GroupPattern], known: [GroupName]) {
    self.patterns = patterns
    self.known = Set(known.map(\.text))
  }

  /// Goes through the key space once, whatever it takes.
  package mutating func all(
    in layer: CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> [GroupName] {
    var found: [GroupName] = []
    repeat { found += try look(in: layer, deadline: deadline) } while !isResting
    credit = 0
    counted = Deadline.monotonic()
    return found
  }

  /// Goes on for as long as there is server's time to use.
  package mutating func next(
    in layer: CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> [GroupName] {
    let now = Deadline.monotonic()
    credit = min(credit + (now - counted) * Self.share, Self.share)
    counted = now
    if isResting, now - roundStart >= Self.interval {
      isResting = false
      roundStart = now
    }
    var found: [GroupName] = []
    while !isResting, credit > 0 { found += try look(in: layer, deadline: deadline) }
    return found
  }

  /// One step; the server's clock before and after it tells what it took.
  private mutating func look(
    in layer: CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> [GroupName] {
    let host = layer.shards[shard]
    let match = layer.configuration.groupPattern(patterns[place].text)
    let replies = try host.ask(
      [
        RedisCommand("TIME"),
        RedisCommand("SCAN", .text(cursor), "MATCH", .text(match), "COUNT", "\(Self.step)"),
        RedisCommand("TIME"),
      ], deadline)
    credit -= max(0, try host.time(replies[2]) - host.time(replies[0]))
    let scan = try host.array(replies[1])
    guard scan.count == 2, let next = scan[0].text else { throw .unexpectedReply(host.address) }
    cursor = next
    if cursor == "0" {
      place = (place + 1) % patterns.count
      if place == 0 { shard = (shard + 1) % layer.shards.count }
      isResting = place == 0 && shard == 0
    }
    return try groups(try host.array(scan[1]), on: host, in: layer, deadline: deadline)
  }

  /// The groups among the keys that are new, and that a consumer could join.
  private mutating func groups(
    _ keys: [Reply], on host: RedisClient, in layer: CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> [GroupName] {
    let names = keys.compactMap { key -> String? in
      guard case .group(let name)? = key.bytes.flatMap(layer.configuration.meaning) else {
        return nil
      }
      return String(validating: name, as: UTF8.self)
    }
    // Groups in which turboctl tries the layer are nobody else's.
    let new = names.filter { name in
      !known.contains(name) && !name.hasPrefix(Membership.processPrefix)
    }
    let candidates = Set(new).compactMap { try? GroupName($0) }
    guard !candidates.isEmpty else { return [] }
    let types = try host.ask(
      candidates.map { RedisCommand("TYPE", .text(layer.configuration.groupKey($0))) }, deadline)
    let found = zip(candidates, types).filter { $0.1 == .status("zset") }.map(\.0)
    known.formUnion(found.map(\.text))
    return found
  }
}
