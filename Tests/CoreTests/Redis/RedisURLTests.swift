import Testing

@testable import Core

struct RedisURLTests {
  @Test(arguments: [
    ("redis://", "localhost:6379", 0),
    ("redis://h", "h:6379", 0),
    ("redis://h:", "h:6379", 0),
    ("redis://h:7000/", "h:7000", 0),
    ("redis://h:7000/3", "h:7000", 3),
    ("REDIS://h", "h:6379", 0),
    ("redis://h/3?db=5", "h:6379", 5),
    ("redis:///2", "localhost:6379", 2),
    ("redis://h:0", "h:6379", 0),
    ("redis://h/3/", "h:6379", 3),
    ("redis://h?db=5&db=6", "h:6379", 5),
    ("redis://h/3?db=", "h:6379", 3),
    ("redis://:7000", "localhost:7000", 0),
    ("redis://[::1]:7000/1", "[::1]:7000", 1),
    ("redis://[::1]", "[::1]:6379", 0),
    ("redis://caf%C3%A9", "café:6379", 0),
    ("unix:///run/redis.sock", "/run/redis.sock", 0),
    ("unix:///run/a%20b?db=2", "/run/a b", 2),
    ("unix://u:p@/run/redis.sock", "/run/redis.sock", 0),
    ("redis://h?health_check_interval=30&ssl_cert_reqs=none", "h:6379", 0),
    ("redis://h?db=", "h:6379", 0),
  ])
  func namesThePlace(url: String, place: String, database: Int) throws {
    let address = try RedisURL.parse(url)
    #expect("\(address.endpoint)" == place)
    #expect(address.database == database)
  }

  @Test(arguments: [
    ("redis://h", nil, nil),
    ("redis://:pass@h", nil, "pass"),
    ("redis://user@h", "user", nil),
    ("redis://user:pass@h", "user", "pass"),
    ("redis://user:p%40ss%2F@h", "user", "p@ss/"),
    ("redis://u:a@b@h", "u", "a@b"),
    ("redis://h?username=u&password=p", "u", "p"),
    ("redis://u:p@h?username=x&password=y", "u", "p"),
    ("redis://h?password=a%2520b", nil, "a%20b"),
    ("redis://h?password=a+b", nil, "a b"),
    ("redis://:a+b@h", nil, "a+b"),
  ])
  func readsWhoEnters(url: String, user: String?, password: String?) throws {
    let address = try RedisURL.parse(url)
    #expect(address.username == user)
    #expect(address.password == password)
  }

  @Test func readsTimeouts() throws {
    let address = try RedisURL.parse("redis://h?socket_connect_timeout=1.5&socket_timeout=3")
    #expect(address.connectTimeout == 1.5)
  }

  @Test(arguments: [
    ("", RedisURLFault.scheme),
    ("h:6379", .scheme),
    ("/run/redis.sock", .scheme),
    ("http://h", .scheme),
    ("valkey://h", .scheme),
    ("redis://:pa#ss@h", .fragment),
    ("redis://:pa/ss@h", .port),
    ("redis://:pa?ss@h", .query),
    ("redis://:12?s3cret=1@h", .query),
    ("redis://h%00evil", .controlCharacter),
    ("unix:///run/%1B", .controlCharacter),
    ("redis://h:port", .port),
    ("redis://h:65536", .port),
    ("redis://h:-1", .port),
    ("redis://[::1", .port),
    ("redis://[::1]x", .port),
    ("redis://h/abc", .database),
    ("redis://h/1/2", .database),
    ("redis://h?db=x", .database),
    ("redis://h/%zz", .percentEncoding),
    ("redis://h/%+1", .percentEncoding),
    ("redis://:%ff@h", .percentEncoding),
    ("unix://tmp/x", .unixHost),
    ("unix://", .unixPath),
    ("redis://h?retries=3", .unknownParameter("retries", meant: nil)),
    ("redis://:s@h?retries=3", .unknownParameter(nil, meant: nil)),
    ("redis://h?password=a&b=3", .unknownParameter(nil, meant: nil)),
    ("redis://h?sokcet_timeout=3", .unknownParameter("sokcet_timeout", meant: "socket_timeout")),
    ("redis://h?socket_timeout=soon", .parameterValue("socket_timeout")),
    (
      "rediss://h?ssl_cert_reqs=CERT_NONE",
      .parameterChoice("ssl_cert_reqs", among: ["none", "optional", "required"])
    ),
    (
      "rediss://h?ssl_min_version=1.2",
      .parameterChoice("ssl_min_version", among: ["771", "772"])
    ),
    ("rediss://h?ssl_ca_cert=ca.pem", .unknownParameter("ssl_ca_cert", meant: "ssl_ca_certs")),
  ])
  func refusesWhatItWouldMisread(url: String, fault: RedisURLFault) {
    #expect(throws: fault) { try RedisURL.parse(url) }
  }

  @Test func onlyTheSchemeAsksForTLS() throws {
    #expect(try RedisURL.parse("redis://h?ssl_cert_reqs=none").tls == nil)
    #expect(try RedisURL.parse("rediss://h").tls == TLSOptions())
    #expect("\(try RedisURL.parse("REDISS://u:p@h:6380/2"))" == "h:6380 db 2")
  }

  @Test(arguments: [
    ("ssl_cert_reqs=none", false, true),
    ("ssl_cert_reqs=optional", true, true),
    ("ssl_cert_reqs=required", true, true),
    ("ssl_check_hostname=false", true, false),
    ("ssl_check_hostname=0", true, false),
    ("ssl_check_hostname=True", true, true),
    ("ssl_check_hostname=", true, true),
  ])
  func readsWhatTLSVerifies(query: String, certificate: Bool, hostName: Bool) throws {
    let tls = try #require(try RedisURL.parse("rediss://h?\(query)").tls)
    #expect(tls.verifiesCertificate == certificate)
    #expect(tls.checksHostname == hostName)
  }

  @Test func readsTheTextsOfTLS() throws {
    let url = """
      rediss://h?ssl_ca_certs=/etc/ca.pem&ssl_ca_path=/etc/ca&ssl_ca_data=-----BEGIN%0A\
      &ssl_certfile=me.pem&ssl_keyfile=me.key&ssl_password=a%26b&ssl_ciphers=ECDHE%2BAESGCM
      """
    var expected = TLSOptions()
    expected.authorityFile = "/etc/ca.pem"
    expected.authorityFolder = "/etc/ca"
    expected.authorityData = "-----BEGIN\n"
    expected.certificateFile = "me.pem"
    expected.keyFile = "me.key"
    expected.keyPassword = "a&b"
    expected.ciphers = "ECDHE+AESGCM"
    #expect(try RedisURL.parse(url).tls == expected)
  }

  @Test(arguments: [
    ("VERIFY_X509_STRICT", 0x20),
    ("32,0", 0x20),
    ("[VERIFY_X509_STRICT, VERIFY_CRL_CHECK_LEAF]", 0x24),
    ("[]", 0),
  ])
  func readsVerifyFlags(list: String, flags: UInt) throws {
    let query = "ssl_include_verify_flags=\(list)&ssl_exclude_verify_flags=VERIFY_DEFAULT"
    let tls = try #require(try RedisURL.parse("rediss://h?\(query)").tls)
    #expect(tls.includedFlags == flags)
    #expect(tls.excludedFlags == 0)
  }

  @Test func namesTheVerifyFlagsThatThereAre() throws {
    let error = #expect(throws: RedisURLFault.self) {
      try RedisURL.parse("rediss://h?ssl_include_verify_flags=STRICT")
    }
    guard case .parameterChoice("ssl_include_verify_flags", let flags) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(flags.contains("VERIFY_X509_STRICT"))
  }

  @Test func readsTheLowestVersionOfTLS() throws {
    #expect(try RedisURL.parse("rediss://h?ssl_min_version=772").tls?.minimumVersion == .tls1_3)
  }

  @Test func addressShowsNoPassword() throws {
    let address = try RedisURL.parse("redis://user:secret@h:7000/3")
    #expect("\(address)" == "h:7000 db 3")
  }

  @Test(arguments: [
    ("redis+sentinel://a/m", "master m of a:26379", 0),
    ("redis+sentinel://a:1,b:2,[::1]/m/3", "master m of a:1, b:2, [::1]:26379", 3),
    ("redis+sentinel://a/m/3?db=4", "master m of a:26379", 4),
    ("REDIS+SENTINEL://a/m%20n", "master m n of a:26379", 0),
    ("redis://h/2", "h:6379 db 2", 2),
  ])
  func readsHosts(url: String, place: String, database: Int) throws {
    let host = try RedisHost(url: url)
    #expect("\(host)" == place)
    switch host {
    case .server(let address): #expect(address.database == database)
    case .sentinel(let sentinel):
      #expect(sentinel.login.database == database)
      #expect(sentinel.login.tls == nil)
    }
  }

  @Test func aSentinelURLsLoginIsTheMasters() throws {
    guard case .sentinel(let host) = try RedisHost(url: "redis+sentinel://u:p@a,b/m?client_name=x")
    else {
      Issue.record("not a sentinel")
      return
    }
    #expect(host.login.username == "u")
    #expect(host.login.password == "p")
    #expect(host.login.clientName == "x")
    #expect(host.sentinels.allSatisfy { $0.username == nil && $0.password == nil })
  }

  @Test(arguments: [
    ("redis+sentinel://a", RedisURLFault.masterName),
    ("redis+sentinel://a/", .masterName),
    ("redis+sentinel://a//1", .masterName),
    ("redis+sentinel://a/m/x", .database),
    ("redis+sentinel://a:x/m", .port),
    ("redis+sentinel://u:p#@a/m", .fragment),
    ("redis+sentinel:a/m", .scheme),
  ])
  func refusesSentinelsThatAreNone(url: String, fault: RedisURLFault) {
    #expect(throws: fault) { try RedisHost(url: url) }
  }

  @Test func whatAURLDoesNotSayIsTheDefaults() throws {
    var defaults = RedisAddress(endpoint: .tcp(host: "elsewhere", port: 1))
    (defaults.username, defaults.password, defaults.database) = ("u", "p", 7)
    var options = TLSOptions()
    options.verifiesCertificate = false
    defaults.tls = options
    let address = try RedisURL.parse("rediss://h?username=x", defaults: defaults)
    #expect(address.endpoint == .tcp(host: "h", port: 6379))
    #expect(address.username == "x")
    #expect(address.password == "p")
    #expect(address.database == 7)
    #expect(address.tls == options)
    #expect(try RedisURL.parse("redis://h", defaults: defaults).tls == nil)
  }
}
