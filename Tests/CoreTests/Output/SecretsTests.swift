import Testing

@testable import Core

struct SecretsTests {
  @Test(arguments: [
    ("nothing to hide: a@b?c", "nothing to hide: a@b?c"),
    ("redis://h:6379/0", "redis://h:6379/0"),
    ("group 'redis://:s3cret@h': no", "group 'redis://***@h': no"),
    (
      "redis://user:s3/cr?e@t@h/0 and redis://h?password=s3cret",
      "redis://***@h/0 and redis://h?***"
    ),
    ("unix://u:p@/run/s?password=x", "unix://***@/run/s?***"),
    ("'redis://h?a=1' '--x'", "'redis://h?***' '--x'"),
  ])
  func hidesWhatAURLMayCarry(text: String, shown: String) {
    #expect(Secrets.redacted(text) == shown)
  }
}
