import Core

extension RedisHost {
  /// The host as an entry of CHANNEL_LAYERS has it, without its secrets.
  var settings: Object {
    switch self {
    case .server(let address):
      switch address.endpoint {
      case .tcp(let host, let port):
        let place: Object = ["host": .string(host), "port": .integer(port)]
        return place.adding(address.login)
      case .unix(let path):
        let place: Object = ["path": .string(path)]
        return place.adding(address.login)
      }
    case .sentinel(let host):
      let places = host.sentinels.map { sentinel -> Value in
        guard case .tcp(let host, let port) = sentinel.endpoint else { return .null }
        return .array([.string(host), .integer(port)])
      }
      var settings: Object = [
        "sentinels": .array(places), "master_name": .string(host.masterName),
      ]
      if let options = host.sentinels.first?.login.removing("db"), !options.members.isEmpty {
        settings["sentinel_kwargs"] = .object(options)
      }
      return settings.adding(host.login.login)
    }
  }

  /// The host as a URL, without its secrets.
  var url: String {
    switch self {
    case .server(let address):
      switch address.endpoint {
      case .tcp:
        let scheme = address.tls == nil ? "redis" : "rediss"
        return "\(scheme)://\(address.userinfo)\(address.endpoint)/\(address.database)"
      case .unix(let path):
        return "unix://\(address.userinfo)\(path)?db=\(address.database)"
      }
    case .sentinel(let host):
      let places = host.sentinels.map { "\($0.endpoint)" }.joined(separator: ",")
      return "redis+sentinel://\(host.login.userinfo)\(places)/\(host.masterName)"
        + "/\(host.login.database)"
    }
  }
}

extension RedisAddress {
  fileprivate var userinfo: String {
    guard username != nil || password != nil else { return "" }
    return "\(username ?? "")\(password == nil ? "" : ":\(Secrets.mask)")@"
  }

  /// What a connection is opened with, in redis-py's words.
  fileprivate var login: Object {
    var login: Object = ["db": .integer(database)]
    login["username"] = username.map(Value.string)
    login["password"] = password.map { _ in .string(Secrets.mask) }
    login["client_name"] = clientName.map(Value.string)
    login["socket_connect_timeout"] = connectTimeout.map(Value.double)
    guard let tls else { return login }
    login["ssl"] = .bool(true)
    login["ssl_cert_reqs"] = .string(tls.verifiesCertificate ? "required" : "none")
    login["ssl_check_hostname"] = .bool(tls.checksHostname)
    login["ssl_ca_certs"] = tls.authorityFile.map(Value.string)
    login["ssl_ca_path"] = tls.authorityFolder.map(Value.string)
    login["ssl_ca_data"] = tls.authorityData.map(Value.string)
    login["ssl_certfile"] = tls.certificateFile.map(Value.string)
    login["ssl_keyfile"] = tls.keyFile.map(Value.string)
    login["ssl_password"] = tls.keyPassword.map { _ in .string(Secrets.mask) }
    login["ssl_ciphers"] = tls.ciphers.map(Value.string)
    login["ssl_min_version"] = tls.minimumVersion.map { .integer($0.rawValue) }
    return login
  }
}

extension Object {
  fileprivate func adding(_ other: Object) -> Object { Object(members + other.members) }

  fileprivate func removing(_ key: String) -> Object {
    var rest = self
    rest[key] = nil
    return rest
  }
}
