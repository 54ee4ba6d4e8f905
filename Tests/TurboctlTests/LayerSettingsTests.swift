import Testing

@testable import Core
@testable import turboctl

/// CHANNEL_LAYERS as Django has it, dumped as JSON.
struct LayerSettingsTests {
  private static let core = "channels_redis.core.RedisChannelLayer"
  private static let pubsub = "channels_redis.pubsub.RedisPubSubChannelLayer"

  private static func read(
    _ config: String, backend: String = core
  ) throws -> LayerSettings {
    let text = #"{"CHANNEL_LAYERS":{"default":{"BACKEND":"\#(backend)","CONFIG":\#(config)}}}"#
    let fields = try #require(try JSONReader.read(Array(text.utf8)).object)
    return try #require(try LayerSettings.read(nil, of: fields, backend: nil))
  }

  /// The errors and warnings without the path that all of them share.
  private static func messages(_ problems: [UsageError]) -> [String] {
    problems.map {
      let start = "CHANNEL_LAYERS.default."
      return $0.message.hasPrefix(start) ? String($0.message.dropFirst(start.count)) : $0.message
    }
  }

  private static func host(_ host: String) throws -> RedisHost {
    let settings = try read(#"{"hosts": [\#(host)]}"#)
    #expect(settings.problems.errors == [])
    #expect(settings.problems.warnings == [])
    let hosts = try #require(settings.hosts)
    #expect(hosts.count == 1)
    return hosts[0]
  }

  @Test func readsEveryKeyOfTheCoreLayer() throws {
    let settings = try Self.read(
      #"""
      {"hosts": null, "prefix": "site", "expiry": 9, "group_expiry": 99, "capacity": 5,
       "channel_capacity": {"http.request": 200, "http.response!*": 10},
       "symmetric_encryption_keys": ["new", "old"], "random_prefix_length": 6,
       "serializer_format": "json"}
      """#)
    var layer = LayerConfiguration()
    layer.prefix = "site"
    (layer.expiry, layer.groupExpiry, layer.capacity) = (9, 99, 5)
    layer.channelCapacity = [
      .init(pattern: "http.request", capacity: 200),
      .init(pattern: "http.response!*", capacity: 10),
    ]
    layer.encryptionKeys = ["new", "old"]
    layer.randomPrefixLength = 6
    layer.serializer = .json
    #expect(settings.layer == layer)
    #expect(settings.problems.errors == [])
    #expect(settings.problems.warnings == [])
  }

  @Test func pubSubIgnoresWhatItsPythonIgnores() throws {
    let settings = try Self.read(
      #"""
      {"prefix": "p", "capacity": "x", "expiry": 1, "group_expiry": 1, "random_prefix_length": 0,
       "channel_capacity": 1, "on_disconnect": "f", "symmetric_encryption_keys": ["k"]}
      """#, backend: Self.pubsub)
    var layer = LayerConfiguration()
    layer.backend = .pubsub
    layer.prefix = "p"
    layer.encryptionKeys = ["k"]
    #expect(settings.layer == layer)
    #expect(settings.problems.errors == [])
    #expect(settings.problems.warnings == [])
  }

  @Test(arguments: ["{}", #"{"CONFIG": {}}"#, #"{"CONFIG": {"channel_capacity": null}}"#])
  func hasTheDefaultsOfPython(rest: String) throws {
    let text = #"{"CHANNEL_LAYERS": {"default": \#(rest)}}"#
    let fields = try #require(try JSONReader.read(Array(text.utf8)).object)
    let settings = try #require(try LayerSettings.read(nil, of: fields, backend: .core))
    #expect(settings.layer == LayerConfiguration())
    #expect(settings.hosts == nil)
  }

  @Test(arguments: [
    (#""redis://h""#, "h:6379"),
    (#""redis://h:1/3""#, "h:1 db 3"),
    (#""unix:///run/r?db=2""#, "/run/r db 2"),
    (#"["h", 7000]"#, "h:7000"),
    (#"["h", "7000", "more"]"#, "h:7000"),
    (#"{"address": "redis://h:1/3"}"#, "h:1 db 3"),
    (#"{"address": "redis://h:1", "db": 4}"#, "h:1 db 4"),
    (#"{"address": "redis://h:1/0", "db": 4}"#, "h:1"),
    (#"{"host": "h", "port": 1, "db": "3"}"#, "h:1 db 3"),
    (#"{"host": "h"}"#, "h:6379"),
    (#"{"port": 1}"#, "localhost:1"),
    (#"{"path": "/run/r", "db": 2}"#, "/run/r db 2"),
    (
      #"{"host": "h", "socket_keepalive": true, "max_connections": 5, "retry_on_error": []}"#,
      "h:6379"
    ),
    (
      #"{"sentinels": [["a", 1], ["b", 2]], "master_name": "m", "sentinel_kwargs": null}"#,
      "master m of a:1, b:2"
    ),
    (#""redis+sentinel://a:1,b/m""#, "master m of a:1, b:26379"),
    (#"{"address": "redis+sentinel://a/m", "password": "p"}"#, "master m of a:26379"),
  ])
  func readsEveryFormOfAHost(host: String, place: String) throws {
    #expect("\(try Self.host(host))" == place)
  }

  @Test(arguments: [
    (#""redis://u:p@h""#, "u", "p"),
    (#"{"host": "h", "username": "u", "password": "p"}"#, "u", "p"),
    (#"{"address": "redis://h", "password": "p"}"#, nil, "p"),
    (#"{"address": "redis://x:y@h", "username": "u", "password": "p"}"#, "x", "y"),
    (#"{"address": "redis://h", "password": null}"#, nil, nil),
    (#"{"sentinels": [["a", 1]], "master_name": "m", "password": "p"}"#, nil, "p"),
  ])
  func readsWhoEnters(host: String, user: String?, password: String?) throws {
    let login =
      switch try Self.host(host) {
      case .server(let address): address
      case .sentinel(let sentinel): sentinel.login
      }
    #expect(login.username == user)
    #expect(login.password == password)
  }

  @Test(arguments: [
    (#""rediss://h""#, true),
    (#"{"address": "rediss://h", "ssl_cert_reqs": null}"#, false),
    (#"{"address": "rediss://h", "ssl_cert_reqs": "none"}"#, false),
    (#"{"address": "rediss://h", "ssl_cert_reqs": "required"}"#, true),
    (#"{"address": "rediss://h?ssl_cert_reqs=required", "ssl_cert_reqs": "none"}"#, true),
    (#"{"host": "h", "ssl": true, "ssl_cert_reqs": "none"}"#, false),
    (#"{"host": "h", "ssl": true}"#, true),
  ])
  func readsTLS(host: String, verifies: Bool) throws {
    guard case .server(let address) = try Self.host(host) else {
      Issue.record("not a server")
      return
    }
    #expect(address.tls?.verifiesCertificate == verifies)
  }

  @Test(arguments: [#"["VERIFY_X509_STRICT"]"#, #""VERIFY_X509_STRICT""#, "[32]", "32"])
  func readsVerifyFlags(flags: String) throws {
    let host = try Self.host(#"{"address": "rediss://h", "ssl_include_verify_flags": \#(flags)}"#)
    guard case .server(let address) = host else {
      Issue.record("not a server")
      return
    }
    #expect(address.tls?.includedFlags == 0x20)
  }

  @Test func whatConcernsTheSentinelsIsTheirsAlone() throws {
    let host = try Self.host(
      #"""
      {"sentinels": [["a", 1]], "master_name": "m", "password": "master's", "db": 3, "ssl": true,
       "sentinel_kwargs": {"password": "theirs"}}
      """#)
    guard case .sentinel(let sentinel) = host else {
      Issue.record("not a sentinel")
      return
    }
    #expect(sentinel.sentinels.map(\.password) == ["theirs"])
    #expect(sentinel.sentinels.map(\.database) == [0])
    #expect(sentinel.sentinels.allSatisfy { $0.tls == nil })
    #expect(sentinel.login.password == "master's")
    #expect(sentinel.login.database == 3)
    #expect(sentinel.login.tls == TLSOptions())
  }

  @Test(arguments: [
    (
      #""redis://h""#,
      "CONFIG.hosts: is not a list: channels_redis wants one even for a single host"
    ),
    ("[1]", "CONFIG.hosts[0]: is not a host: a URL, [host, port] or an object"),
    (
      #"["redis://h", "h:1"]"#,
      "CONFIG.hosts[1]: a Redis URL begins with redis://, rediss:// or unix://"
    ),
    (#"["redis://:pa#ss@h"]"#, "CONFIG.hosts[0]: an unescaped # in the URL"),
    (#"[["h"]]"#, "CONFIG.hosts[0]: is not [host, port]"),
    (#"[["h", 65536]]"#, "CONFIG.hosts[0][1]: is not a port, a number up to 65535"),
    (#"[[1, 2]]"#, "CONFIG.hosts[0][0]: is not a string"),
    (#"[{"address": 1}]"#, "CONFIG.hosts[0].address: is not a string"),
    (#"[{"address": "redis://h/x"}]"#, "CONFIG.hosts[0].address: the database is not a number"),
    (
      #"[{"address": "redis://h", "ssl": true}]"#,
      "CONFIG.hosts[0].ssl: the address would have to be rediss://"
    ),
    (#"[{"host": "h", "ssl": "yes"}]"#, "CONFIG.hosts[0].ssl: is neither true nor false"),
    (#"[{"host": "h", "db": "x"}]"#, "CONFIG.hosts[0].db: the database is not a number"),
    (
      #"[{"host": "h", "password": ["p"]}]"#,
      "CONFIG.hosts[0].password: is neither a string nor a number"
    ),
    (#"[{"host": "h", "port": {}}]"#, "CONFIG.hosts[0].port: is not a port, a number up to 65535"),
    (#"[{"sentinels": [["a", 1]]}]"#, #"CONFIG.hosts[0]: has sentinels and no "master_name""#),
    (#"[{"master_name": "m"}]"#, #"CONFIG.hosts[0]: has a "master_name" and no "sentinels""#),
    (#"[{"master_name": "m", "sentinels": []}]"#, "CONFIG.hosts[0].sentinels: is empty"),
    (
      #"[{"master_name": "m", "sentinels": ["a"]}]"#,
      "CONFIG.hosts[0].sentinels[0]: is not [host, port]"
    ),
    (
      #"[{"master_name": "m", "sentinels": [["a", 1]], "sentinel_kwargs": 1}]"#,
      "CONFIG.hosts[0].sentinel_kwargs: is not an object"
    ),
    (#"["redis+sentinel://a"]"#, "CONFIG.hosts[0]: the name of the master is missing"),
  ])
  func refusesAHostThatIsNone(hosts: String, message: String) throws {
    let settings = try Self.read(#"{"hosts": \#(hosts)}"#)
    #expect(Self.messages(settings.problems.errors) == [message])
  }

  @Test(arguments: [
    ("[]", "CONFIG: is not an object"),
    (#"{"prefix": 1}"#, "CONFIG.prefix: is not a string"),
    (#"{"expiry": "60"}"#, "CONFIG.expiry: is not a whole number"),
    (#"{"expiry": 0}"#, "CONFIG.expiry: is not a number of 1 to 1000000000"),
    (#"{"capacity": 0}"#, "CONFIG.capacity: is not a number of 1 or more"),
    (#"{"group_expiry": 1.5}"#, "CONFIG.group_expiry: is not a whole number"),
    (#"{"channel_capacity": []}"#, "CONFIG.channel_capacity: is not an object"),
    (#"{"channel_capacity": {"a*": "5"}}"#, "CONFIG.channel_capacity.a*: is not a whole number"),
    (
      #"{"symmetric_encryption_keys": "k"}"#,
      "CONFIG.symmetric_encryption_keys: is not a list of strings"
    ),
    (
      #"{"symmetric_encryption_keys": [1]}"#, "CONFIG.symmetric_encryption_keys[0]: is not a string"
    ),
    (
      #"{"symmetric_encryption_keys": [""]}"#,
      "CONFIG.symmetric_encryption_keys[0]: is an empty key"
    ),
    (
      #"{"serializer_format": "pickle"}"#,
      "CONFIG.serializer_format: is neither msgpack nor json; a serializer of the project's own is not known here"
    ),
    (
      #"{"hosts": [["s", 26379]], "master_name": "m"}"#,
      "CONFIG.master_name: stands beside hosts, where channels_redis does not take it"
    ),
  ])
  func refusesAWrongValue(config: String, message: String) throws {
    #expect(Self.messages(try Self.read(config).problems.errors) == [message])
  }

  @Test func findsEveryProblem() throws {
    let settings = try Self.read(#"{"hosts": [1, "redis://h", 2], "prefix": 1, "expiry": 0}"#)
    #expect(settings.problems.errors.count == 4)
    #expect(settings.hosts?.count == 1)
  }

  @Test(arguments: [
    (#"{"capcity": 1}"#, "CONFIG.capcity: no such key; did you mean 'capacity'?"),
    (
      #"{"hosts": [{"host": "h", "pasword": "p"}]}"#,
      "CONFIG.hosts[0].pasword: no such key; did you mean 'password'?"
    ),
    (
      #"{"hosts": [{"host": "h", "ssl_cert_reqs": "none"}]}"#,
      #"CONFIG.hosts[0].ssl_cert_reqs: has no effect without "ssl": true"#
    ),
    (
      #"{"hosts": [{"address": "redis://h", "ssl_cert_reqs": "none"}]}"#,
      "CONFIG.hosts[0].ssl_cert_reqs: has no effect: the address is not a rediss:// one"
    ),
  ])
  func warnsOfWhatHasNoEffect(config: String, warning: String) throws {
    let settings = try Self.read(config)
    #expect(Self.messages(settings.problems.warnings) == [warning])
    #expect(settings.problems.errors == [])
  }

  @Test(arguments: [
    ("x.Y", "BACKEND: 'x.Y' is not a layer of channels_redis"),
    (
      "channels.layers.InMemoryChannelLayer",
      "BACKEND: the in-memory layer lives within one process of the site, and nothing else reaches it"
    ),
  ])
  func refusesALayerThatIsNone(backend: String, message: String) throws {
    #expect(
      Self.messages(try Self.read("{}", backend: backend).problems.errors) == [message])
  }
}
