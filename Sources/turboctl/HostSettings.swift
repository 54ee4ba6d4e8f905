import Core

/// One of a layer's hosts in each form that channels_redis takes (`channels_redis/utils.py decode_hosts`,
/// `create_pool`).
enum HostSettings {
  static func host(
    _ setting: Setting, _ problems: inout ConfigurationProblems
  ) throws(UsageError) -> RedisHost {
    switch setting.value {
    case .string(let url): return try host(url, setting)
    case .array: return .server(RedisAddress(endpoint: try endpoint(setting)))
    case .object:
      if let address = setting.member("address") {
        return try host(at: address, beside: setting, &problems)
      }
      return setting.member("master_name") != nil || setting.member("sentinels") != nil
        ? .sentinel(try sentinel(setting, &problems)) : .server(try server(setting, &problems))
    default: throw setting.fault("is not a host: a URL, [host, port] or an object")
    }
  }

  private static func host(
    _ url: String, _ setting: Setting, defaults: RedisAddress? = nil
  ) throws(UsageError) -> RedisHost {
    do {
      return try RedisHost(url: url, defaults: defaults)
    } catch {
      throw fault(error, setting)
    }
  }

  /// `{"address": URL, …}`: what stands beside the URL counts where the URL itself does not say it
  /// (`redis/connection.py ConnectionPool.from_url`).
  private static func host(
    at address: Setting, beside setting: Setting, _ problems: inout ConfigurationProblems
  ) throws(UsageError) -> RedisHost {
    let other = try connection(setting, except: ["address"], tls: TLSOptions(), &problems)
    let host = try host(address.text(), address, defaults: other)
    if case .server(let server) = host, server.tls == nil {
      if let ssl = setting.member("ssl"), ssl.value == .bool(true) {
        throw ssl.fault("the address would have to be rediss://")
      }
      if let option = tlsOption(setting) {
        problems.warn(option, "has no effect: the address is not a rediss:// one")
      }
    }
    return host
  }

  /// `{"host", "port", "db", …}`, or `{"path": …}` of a socket.
  private static func server(
    _ setting: Setting, _ problems: inout ConfigurationProblems
  ) throws(UsageError) -> RedisAddress {
    var address = try connection(setting, except: ["host", "port", "path"], &problems)
    if let path = try setting.member("path")?.optionalText() {
      address.endpoint = .unix(path: path)
    } else {
      let host = try setting.member("host")?.optionalText() ?? "localhost"
      let port = try setting.member("port").map(port)
      address.endpoint = .tcp(host: host, port: port ?? 6379)
    }
    if address.tls == nil, let option = tlsOption(setting) {
      problems.warn(option, "has no effect without \"ssl\": true")
    }
    return address
  }

  /// `{"sentinels": [[host, port], …], "master_name": …}`: the other keys are the master's, and those
  /// of `sentinel_kwargs` alone the sentinels' (`redis/sentinel.py Sentinel.__init__`).
  private static func sentinel(
    _ setting: Setting, _ problems: inout ConfigurationProblems
  ) throws(UsageError) -> SentinelHost {
    guard let name = try setting.member("master_name")?.optionalText(), !name.isEmpty else {
      throw setting.fault("has sentinels and no \"master_name\"")
    }
    guard let list = setting.member("sentinels") else {
      throw setting.fault("has a \"master_name\" and no \"sentinels\"")
    }
    let places = try list.elements("a list of [host, port]").map { place throws(UsageError) in
      try endpoint(place)
    }
    guard !places.isEmpty else { throw list.fault("is empty") }
    let entry = RedisAddress(endpoint: places[0])
    var asking = entry
    if let options = setting.member("sentinel_kwargs"), options.value != .null {
      _ = try options.members()
      asking = try connection(options, except: ["min_other_sentinels"], &problems)
    }
    let login = try connection(
      setting, except: ["sentinels", "master_name", "sentinel_kwargs"], &problems)
    return SentinelHost(
      sentinels: places.map { place in
        var sentinel = asking
        sentinel.endpoint = place
        return sentinel
      },
      masterName: name, login: login)
  }

  /// `[host, port]`; channels_redis does not look at what follows.
  private static func endpoint(_ setting: Setting) throws(UsageError) -> RedisAddress.Endpoint {
    let pair = try setting.elements("[host, port]")
    guard pair.count >= 2 else { throw setting.fault("is not [host, port]") }
    return .tcp(host: try pair[0].text(), port: try port(pair[1]))
  }

  private static func port(_ setting: Setting) throws(UsageError) -> Int {
    let text = setting.value.string ?? setting.value.json
    guard let port = Int(text), 0...65535 ~= port else {
      throw setting.fault("is not a port, a number up to 65535")
    }
    return port
  }

  /// What a connection is opened with, in the words of a URL's query; the endpoint is for the caller.
  private static func connection(
    _ setting: Setting, except others: [String], tls: TLSOptions? = nil,
    _ problems: inout ConfigurationProblems
  ) throws(UsageError) -> RedisAddress {
    var address = RedisAddress(endpoint: .tcp(host: "localhost", port: 6379))
    address.tls = tls
    if let ssl = setting.member("ssl"), ssl.value != .null {
      guard case .bool(let isOn) = ssl.value else { throw ssl.fault("is neither true nor false") }
      address.tls = isOn ? TLSOptions() : nil
    }
    for (name, member) in try setting.members() where name != "ssl" && !others.contains(name) {
      guard RedisURL.parameters.contains(name) else {
        problems.warnOfUnknown(member, name: name, among: RedisURL.parameters + others)
        continue
      }
      guard let text = try parameter(name, member) else { continue }
      do {
        try RedisURL.apply(name, text, to: &address)
      } catch {
        throw fault(error, member)
      }
    }
    return address
  }

  /// A value as a URL's query has it; nil for `None`, which is as if it were not there.
  private static func parameter(_ name: String, _ setting: Setting) throws(UsageError) -> String? {
    switch setting.value {
    case .null: return name == "ssl_cert_reqs" ? "none" : nil
    case .string(let text): return text
    case .bool(let bool): return bool ? "True" : "False"
    case .integer, .bigInteger, .double: return setting.value.json
    // Verify flags, by their names or as numbers.
    case .array(let flags) where TLSOptions.parameters.contains(name):
      return flags.map { $0.string ?? $0.json }.joined(separator: ",")
    // `retry_on_error` and what else a pool alone reads.
    case .array where RedisURL.ignoredParameters.contains(name): return nil
    default: throw setting.fault("is neither a string nor a number")
    }
  }

  private static func tlsOption(_ setting: Setting) -> Setting? {
    TLSOptions.parameters.lazy.compactMap(setting.member).first
  }

  private static func fault(_ fault: RedisURLFault, _ setting: Setting) -> UsageError {
    let (detail, hint) = Failure.words(for: fault)
    return setting.fault(detail, hint: hint)
  }
}
