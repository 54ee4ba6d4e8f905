/// One entry of a layer's hosts: a server, or a master that sentinels know
/// (`channels_redis/utils.py create_pool`).
package enum RedisHost: Equatable, Sendable {
  case server(RedisAddress)
  case sentinel(SentinelHost)
}

/// A master by its name, and whom to ask for its address at every connect.
package struct SentinelHost: Equatable, Sendable {
  /// With the login and the TLS of `sentinel_kwargs`.
  package var sentinels: [RedisAddress]
  package var masterName: String
  /// How to enter the master: login, database, TLS.
  ///
  /// Its endpoint is the sentinels' to tell.
  package var login: RedisAddress

  package init(sentinels: [RedisAddress], masterName: String, login: RedisAddress) {
    self.sentinels = sentinels
    self.masterName = masterName
    self.login = login
  }
}

extension RedisHost {
  /// Whether it is reached by TLS that believes any certificate.
  package var isUnverified: Bool {
    let addresses: [RedisAddress] =
      switch self {
      case .server(let address): [address]
      case .sentinel(let host): host.sentinels + [host.login]
      }
    return addresses.contains { $0.tls?.verifiesCertificate == false }
  }
}

extension RedisHost: CustomStringConvertible {
  /// The host as people name it in a message; never with a user or a password.
  package var description: String {
    switch self {
    case .server(let address): "\(address)"
    case .sentinel(let host):
      "master \(host.masterName) of \(host.sentinels.map { "\($0)" }.joined(separator: ", "))"
    }
  }
}
