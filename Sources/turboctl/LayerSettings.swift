import Core

/// The entry `default` of CHANNEL_LAYERS, as values of options
/// (`channels_redis/core.py RedisChannelLayer.__init__`).
enum LayerSettings {
  static let backend = "channels_redis.core.RedisChannelLayer"
  private static let layer = "default"

  /// - Throws: also for what a layer has and this version cannot do: its messages would be lost.
  static func values(in layers: Object) throws(UsageError) -> [ConfiguredValue] {
    guard let fields = try layers[layer]?.members(of: layer) else { return [] }
    let place = "CHANNEL_LAYERS.\(layer)"
    if let name = try fields["BACKEND"]?.text(of: "\(place).BACKEND"), name != backend {
      throw .invalid(what: "\(place).BACKEND", detail: "'\(name)' is not supported yet")
    }
    let config = try fields["CONFIG"]?.members(of: "\(place).CONFIG") ?? [:]
    var values: [ConfiguredValue] = []
    for (key, value) in config.members {
      let origin = "\(place).CONFIG.\(key)"
      switch key {
      case "hosts": values += try url(in: value, origin)
      case "prefix":
        values.append(
          ConfiguredValue("prefix", origin: origin, value: try value.text(of: origin)))
      case "capacity", "expiry": values.append(try number(key, value, origin))
      case "group_expiry": values.append(try number("group-expiry", value, origin))
      case "random_prefix_length" where value == .integer(12): continue
      case "serializer_format" where value == .string("msgpack"): continue
      case "channel_capacity" where value.object?.members.isEmpty == true: continue
      case "symmetric_encryption_keys" where value == .null || value == .array([]): continue
      default: throw .invalid(what: origin, detail: "is not supported yet")
      }
    }
    return values
  }

  private static func number(
    _ option: String, _ value: Value, _ origin: String
  ) throws(UsageError) -> ConfiguredValue {
    guard case .integer(let number) = value else {
      throw .invalid(what: origin, detail: "is not a whole number")
    }
    return ConfiguredValue(option, origin: origin, value: "\(number)")
  }

  /// A host is a URL, `[host, port]`, or an object with `address` alone.
  private static func url(
    in hosts: Value, _ origin: String
  ) throws(UsageError) -> [ConfiguredValue] {
    guard case .array(let entries) = hosts else {
      throw .invalid(what: origin, detail: "is not a list of hosts")
    }
    guard let host = entries.first else { return [] }
    guard entries.count == 1 else {
      throw .invalid(what: origin, detail: "several hosts are not supported yet")
    }
    let text: String
    switch host {
    case .string(let url): text = url
    case .array(let pair) where pair.count >= 2 && pair[0].string != nil:
      text = "redis://\(pair[0].string ?? ""):\(pair[1].json)"
    case .object(let fields) where fields.members.count == 1 && fields["address"]?.string != nil:
      text = fields["address"]?.string ?? ""
    default:
      throw .invalid(what: "\(origin)[0]", detail: "a host of this form is not supported yet")
    }
    return [ConfiguredValue("redis", origin: "\(origin)[0]", value: text)]
  }
}
