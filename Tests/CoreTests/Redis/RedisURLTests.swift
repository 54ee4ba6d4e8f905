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
    ("rediss://h", .tls),
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
    ("redis://h?retries=3", .unknownParameter(meant: nil)),
    ("redis://h?sokcet_timeout=3", .unknownParameter(meant: "socket_timeout")),
    ("redis://h?socket_timeout=soon", .parameterValue("socket_timeout")),
  ])
  func refusesWhatItWouldMisread(url: String, fault: RedisURLFault) {
    #expect(throws: fault) { try RedisURL.parse(url) }
  }

  @Test func addressShowsNoPassword() throws {
    let address = try RedisURL.parse("redis://user:secret@h:7000/3")
    #expect("\(address)" == "h:7000 db 3")
  }
}
