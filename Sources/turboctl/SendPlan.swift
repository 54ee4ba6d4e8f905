import Core

/// What `send --dry-run` prints.
struct SendPlan {
  /// Who would get a group's message, and the names in Redis that it goes by.
  struct Receivers {
    let audience: Audience
    let names: [String]
  }

  let messages: [GroupMessage]
  /// Of each message; nil where Redis cannot be reached.
  let receivers: [Receivers?]
  let global: GlobalOptions

  func print(_ console: Console) throws(CommandError) {
    guard !global.isQuiet else { return }
    for (place, message) in messages.enumerated() {
      let audience = receivers[place]?.audience
      let keys = receivers[place]?.names ?? [global.layer.name(of: message.group)]
      if global.isJSON {
        try console.print(fields(message, audience, keys))
      } else {
        try console.print(text(message, audience, keys))
      }
    }
  }

  private func fields(
    _ message: GroupMessage, _ audience: Audience?, _ keys: [String]
  ) -> Object {
    let size = message.size(global.envelope)
    let nobody =
      global.layer.backend == .core
      ? Audience(channels: 0, processes: 0, overCapacity: 0) : Audience(receivers: 0)
    var line = (audience ?? nobody).fields(message.group, bytes: size)
    if audience == nil {
      for key in line.members.map(\.key) where !["group", "bytes"].contains(key) {
        line[key] = .null
      }
    }
    line["dry_run"] = .bool(true)
    line["keys"] = .array(keys.map(Value.string))
    line["html"] = html(message).map(Value.string)
    line["message"] = .object(message.message.fields)
    return line
  }

  private func text(_ message: GroupMessage, _ audience: Audience?, _ keys: [String]) -> String {
    """
    \(message.group.text): would send \(counted(message.size(global.envelope), "byte", "bytes"))
      element: \(TerminalText.line(html(message) ?? "none"))
      message: \(Value.object(message.message.fields).json)
      keys: \(TerminalText.line(keys.joined(separator: " ")))
      receivers: \(audience?.text ?? "unknown, Redis cannot be asked")
    """
  }

  private func html(_ message: GroupMessage) -> String? {
    global.envelope.html(in: message.message.fields)
  }
}

extension SendCommand {
  func printPlan(
    _ messages: [GroupMessage], _ hosts: [RedisHost], _ console: Console, _ deadline: Deadline
  ) throws(CommandError) {
    let layer = global.openLayer(hosts, console)
    let receivers = messages.map { self.receivers(of: $0.group, layer, deadline) }
    try SendPlan(messages: messages, receivers: receivers, global: global).print(console)
  }

  /// Who would get a message of a dry run; nil where Redis cannot tell.
  private func receivers(
    of group: GroupName, _ layer: any ChannelLayer, _ deadline: Deadline
  ) -> SendPlan.Receivers? {
    do {
      guard let audience = try layer.audiences(of: [group], deadline: deadline).first else {
        return nil
      }
      return SendPlan.Receivers(
        audience: audience, names: try layer.names(of: group, deadline: deadline))
    } catch {
      return nil
    }
  }
}
