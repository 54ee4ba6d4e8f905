// What may harm delivery, asked of the server and of the layer; nothing of the site's is touched.

extension CoreLayer {
  /// Everything that was found: of each host its own troubles, then those of the layer.
  package func diagnosis(deadline: Deadline) throws(ChannelsError) -> Diagnosis {
    var missing = MissingHosts(of: self, deadline)
    var findings: [(host: RedisAddress?, finding: Finding)] = []
    for server in servers {
      try missing.asking(server.client) { deadline throws(ChannelsError) in
        findings += try server.findings(expiry: configuration.expiry, deadline)
          .map { (server.address, $0) }
      }
    }
    // A sentinel has neither keys nor scripts.
    if !findings.contains(where: { $0.finding == .sentinel }) {
      let hasReplica = findings.contains { $0.finding == .replica }
      for (host, error) in try refusals(&missing) where !hasReplica {
        findings.append((host, .layerFails(error)))
      }
      findings += try findingsOfLayer(&missing).map {
        (shards.count == 1 ? shards[0].address : nil, $0)
      }
    }
    return Diagnosis(findings, of: servers, missing)
  }

  /// The hosts through which no message goes, and why.
  private func refusals(
    _ missing: inout MissingHosts
  ) throws(ChannelsError) -> [(RedisAddress, ServerError)] {
    var refusals: [(RedisAddress, ServerError)] = []
    for (place, shard) in shards.enumerated() {
      try missing.asking(shard) { deadline throws(ChannelsError) in
        do throws(ChannelsError) {
          _ = try PrivateGroup.roundTrip(through: self, on: place, deadline)
        } catch .refused(let address, let error) {
          refusals.append((address, error))
        }
      }
    }
    return refusals
  }

  private func findingsOfLayer(
    _ missing: inout MissingHosts
  ) throws(ChannelsError) -> [Finding] {
    do throws(ChannelsError) {
      return try layerFindings(&missing)
    } catch .refused(_, let error) {
      return [.hidden(error)]
    }
  }

  private func layerFindings(_ missing: inout MissingHosts) throws(ChannelsError) -> [Finding] {
    var findings: [Finding] = []
    let full = try queues(&missing).filter {
      !$0.process.isTail && $0.state.queued >= configuration.capacity
    }
    if !full.isEmpty {
      findings.append(.fullQueues(full.map(\.process), capacity: configuration.capacity))
    }
    let ghosts = try ghosts(in: nil, &missing).ghosts
    if !ghosts.isEmpty {
      findings.append(.ghosts(ghosts.count, groups: Array(Set(ghosts.map(\.group)))))
    }
    let (groups, now) = try groups(matching: "*", &missing)
    if groups.isEmpty {
      // They may be on a host that is missing.
      guard missing.faults.isEmpty else { return findings }
      let others = try otherPrefixes(&missing)
      return others.isEmpty ? findings : findings + [.otherPrefixes(others)]
    }
    let soon = min(3600, 0.1 * Double(configuration.memberLife))
    let leaving = groups.filter { group in
      guard let first = group.joined?.lowerBound else { return false }
      return first + Double(configuration.memberLife) - now < soon
    }
    return leaving.isEmpty
      ? findings : findings + [.leaving(groups: leaving.map(\.name).sorted(), seconds: soon)]
  }

  /// What stands before `:group:` in the names of other layers' groups.
  private func otherPrefixes(_ missing: inout MissingHosts) throws(ChannelsError) -> [String] {
    var prefixes: Set<String> = []
    let mark = Array(LayerConfiguration.groupMark.utf8)
    for shard in shards {
      try missing.asking(shard) { deadline throws(ChannelsError) in
        try shard.scan(
          "*\(LayerConfiguration.groupMark)*", deadline,
          asking: { RedisCommand("TYPE", .bytes($0)) }
        ) { key, reply in
          guard reply.text == "zset",
            let end = key.indices.first(where: { key[$0...].starts(with: mark) })
          else { return }
          prefixes.insert(String(decoding: key[..<end], as: UTF8.self))
        }
      }
    }
    prefixes.remove(configuration.prefix)
    return prefixes.sorted()
  }
}

/// What was found, each with the host that it is of, where it is of one alone.
package struct Diagnosis {
  package let findings: [(host: RedisAddress?, finding: Finding)]
  /// The hosts that were looked at.
  package let hosts: [RedisAddress]
  /// Why others could not be.
  package let missing: [ChannelsError]

  init(
    _ findings: [(host: RedisAddress?, finding: Finding)], of servers: [LayerServer],
    _ missing: MissingHosts
  ) {
    self.findings = findings
    hosts = servers.filter { !missing.contains($0.client) }.map(\.address)
    self.missing = missing.faults
  }
}

extension LayerServer {
  /// Beyond this the clocks of a site's machines are said to differ.
  private static var largestOffset: Double { 5 }

  /// Everything that is found of the server itself.
  ///
  /// - Parameter expiry: how long messages live by the clock; nil: clocks do not matter.
  func findings(
    expiry: Int?, _ deadline: Deadline
  ) throws(ChannelsError) -> [Finding] {
    var findings =
      address.isPlainText
      ? [Finding.plainText(host: "\(address.endpoint)")] : []
    do throws(ChannelsError) {
      let info = try self.info(deadline: deadline)
      var settings: [String: String]?
      do throws(ChannelsError) {
        settings = try self.settings("*", deadline: deadline)
      } catch .refused(_, let error) {
        findings.append(.hidden(error))
      }
      findings = Finding.findings(in: info, settings: settings) + findings
    } catch .refused(_, let error) {
      findings.append(.hidden(error))
    }
    guard let expiry, !findings.contains(.sentinel) else { return findings }
    let offset = try clockOffset(deadline: deadline)
    if abs(offset) > Self.largestOffset {
      findings.append(.clock(offset: offset, expiry: expiry))
    }
    return findings
  }
}

extension RedisAddress {
  /// Whether what we say can be read on the way.
  var isPlainText: Bool {
    guard tls == nil, case .tcp(let host, _) = endpoint else { return false }
    return host != "localhost" && host != "::1" && !host.hasPrefix("127.")
  }
}
