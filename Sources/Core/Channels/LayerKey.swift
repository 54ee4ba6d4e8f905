/// What a key of the layer is; its name can be any bytes.
package enum LayerKey: Hashable, Sendable {
  case group([UInt8])
  /// The messages that wait for a process: the part of its channels' names up to and including `!`.
  case queue(process: [UInt8])
  /// What a process took off its queue and has not handed on yet (`channels_redis/core.py _backup_channel_name`).
  case inFlight(process: [UInt8])

  /// Whose queue or backup it is.
  package var process: [UInt8]? {
    switch self {
    case .group: nil
    case .queue(let process), .inFlight(let process): process
    }
  }
}

extension LayerConfiguration {
  /// What a key is; nil for one that is not the layer's, however it begins.
  package func meaning(of key: [UInt8]) -> LayerKey? {
    guard key.starts(with: prefix.utf8) else { return nil }
    let name = key.dropFirst(prefix.utf8.count)
    if name.starts(with: Self.groupMark.utf8), name.count > Self.groupMark.utf8.count {
      return .group(Array(name.dropFirst(Self.groupMark.utf8.count)))
    }
    for mark in Self.processMarks where name.starts(with: mark.utf8) {
      let process = Array(name).process
      guard process.last == UInt8(ascii: "!"), process.count > mark.utf8.count + 1 else { continue }
      let rest = name.dropFirst(process.count)
      if rest.isEmpty { return .queue(process: process) }
      if rest.elementsEqual(Self.inFlightMark.utf8) { return .inFlight(process: process) }
    }
    return nil
  }

  package func name(of key: LayerKey) -> [UInt8] {
    switch key {
    case .group(let group): Array((prefix + Self.groupMark).utf8) + group
    case .queue(let process): Array(prefix.utf8) + process
    case .inFlight(let process): Array(prefix.utf8) + process + Array(Self.inFlightMark.utf8)
    }
  }

  /// The glob for SCAN that the groups match whose names match `glob`.
  func groupPattern(_ glob: String) -> String { prefix.globEscaped + Self.groupMark + glob }

  /// The glob for SCAN that every key of the layer matches, and few others do.
  var keyPattern: String { prefix.globEscaped + "[:st]*" }

  static let groupMark = ":group:"
  private static let inFlightMark = "$inflight"
  /// How the names of processes begin: those of the site, and our own.
  private static let processMarks = ["specific.", Membership.processPrefix]
}

extension [UInt8] {
  /// Of a channel's name, the part that stands for its process (`channels_redis/core.py non_local_name`).
  package var process: [UInt8] {
    firstIndex(of: UInt8(ascii: "!")).map { Array(self[...$0]) } ?? self
  }

  /// Whether a channel or a process is a tail of ours.
  package var isTail: Bool { starts(with: Membership.processPrefix.utf8) }
}

extension String {
  /// The glob that this text alone matches.
  package var globEscaped: String {
    reduce(into: "") { escaped, character in
      if "*?[]\\".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
  }
}
