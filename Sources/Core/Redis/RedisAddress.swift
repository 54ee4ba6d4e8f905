/// Where a Redis is and how to enter it: what a URL says, and nothing of the layer above.
package struct RedisAddress: Equatable, Sendable {
  package enum Endpoint: Equatable, Sendable {
    case tcp(host: String, port: Int)
    case unix(path: String)
  }

  package var endpoint: Endpoint
  package var username: String?
  package var password: String?
  package var database = 0
  package var clientName: String?
  /// Seconds, where the URL sets them (`socket_connect_timeout`).
  package var connectTimeout: Double?
  /// Nil: plain text.
  package var tls: TLSOptions?
  /// What sentinels call the master that is here; nil: nobody was asked.
  package var masterName: String?

  package init(endpoint: Endpoint) {
    self.endpoint = endpoint
  }
}

extension RedisAddress: CustomStringConvertible {
  /// The address as people name it in a message; never with a user or a password.
  package var description: String {
    let place = masterName.map { "master \($0) at \(endpoint)" } ?? "\(endpoint)"
    return database == 0 ? place : "\(place) db \(database)"
  }
}

extension RedisAddress.Endpoint: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tcp(let host, let port):
      host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): path
    }
  }
}
