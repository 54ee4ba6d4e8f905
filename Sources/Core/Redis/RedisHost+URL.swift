extension RedisHost {
  /// Reads what `RedisURL` reads, and `redis+sentinel://[user:pass@]host[:port],…/master[/db]`, which
  /// redis-py has no URL for: the login and the parameters are the master's.
  package init(url: String, defaults: RedisAddress? = nil) throws(RedisURLFault) {
    guard url.prefix(Self.scheme.count).lowercased() == Self.scheme else {
      self = .server(try RedisURL.parse(url, defaults: defaults))
      return
    }
    let parts = try RedisURL.Parts(url)
    var sentinels: [RedisAddress] = []
    for host in parts.host.split(separator: ",", omittingEmptySubsequences: false) {
      let endpoint = try RedisURL.tcpEndpoint(host, defaultPort: 26379)
      sentinels.append(RedisAddress(endpoint: endpoint))
    }
    let (name, database) = parts.path.dropFirst().split(around: "/") ?? (parts.path.dropFirst(), "")
    guard !name.isEmpty else { throw .masterName }
    var login = defaults ?? sentinels[0]
    login.tls = nil
    if !database.isEmpty { login.database = try RedisURL.readDatabase(RedisURL.decode(database)) }
    try RedisURL.apply(query: parts.query, hasSecrets: parts.userinfo != nil, to: &login)
    try RedisURL.apply(userinfo: parts.userinfo, to: &login)
    self = .sentinel(
      SentinelHost(sentinels: sentinels, masterName: try RedisURL.decode(name), login: login))
  }

  private static let scheme = "redis+sentinel:"
}
