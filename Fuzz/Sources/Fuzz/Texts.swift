import Core

@testable import turboctl

extension Fuzz {
  private static let secret = "Hunter2Secret"

  /// Whatever stands behind a login, nothing that is shown has its password.
  static let url: Target = { input in
    let text = String(decoding: input, as: UTF8.self)
    check(text)
    guard !text.contains(secret) else { return }
    for scheme in ["redis", "rediss", "unix", "redis+sentinel"] {
      check("\(scheme)://user:\(secret)@\(text)")
    }
  }

  private static func check(_ url: String) {
    var shown: String
    do {
      shown = "\(try RedisHost(url: url))"
    } catch {
      let (detail, hint) = Failure.words(for: error)
      shown = detail + (hint ?? "")
    }
    precondition(!(shown + Secrets.redacted(url)).contains(secret), "URL: shows the password")
  }

  /// A file is refused or read, and each of its faults stands at a place in it.
  static let configuration: Target = { input in
    guard let file = try? ConfigurationFile.read(input, from: "/nonexistent/config.json") else {
      return
    }
    let problems = file.problems(usingLayer: nil, backend: nil)
    for problem in problems.errors + problems.warnings { _ = file.located(problem).message }
  }

  /// The tokens are the text, whole and in order; what is found in it is within it.
  static let html: Target = { input in
    let text = String(decoding: input, as: UTF8.self)
    let tokens = HTMLTokenizer(text).map(\.source)
    precondition(tokens.joined().utf8.elementsEqual(text.utf8), "HTML: tokens leave something out")
    for part in StreamMarkup.parts(of: text) {
      _ = part["target"]
      _ = part.content?.utf8.count
    }
    _ = HTMLOutline.lines(of: text)
  }
}
