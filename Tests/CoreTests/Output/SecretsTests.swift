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
    // A space, an apostrophe, another `://`, and accents that combine with what parts a URL.
    ("no 'redis://u:it's my@h'", "no 'redis://***@h'"),
    ("redis://u:a://b@h", "redis://***@h"),
    ("redis://u:p@\u{59D}h?\u{301}x", "redis://***@\u{59D}h?***"),
    ("redis://\u{301}u:p@h", "redis://***@h"),
  ])
  func hidesWhatAURLMayCarry(text: String, shown: String) {
    #expect(Secrets.redacted(text) == shown)
  }
}
