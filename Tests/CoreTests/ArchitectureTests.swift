import Foundation
import Testing

/// The house's rules, held against the sources.
struct ArchitectureTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  /// Each Swift file below a folder of `Sources`, by its path from there.
  private static func files(in folder: String) throws -> [(path: String, lines: [String])] {
    let root = sources.appendingPathComponent(folder)
    let paths = try #require(FileManager.default.enumerator(atPath: root.path))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
    try #require(!paths.isEmpty, "\(folder) holds no sources")
    return try paths.map { path in
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      return ("\(folder)/\(path)", text.components(separatedBy: "\n"))
    }
  }

  private static func places(of pattern: String, in folder: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    return try files(in: folder).flatMap { path, lines in
      lines.enumerated().compactMap { number, line in
        let code = line.components(separatedBy: "//")[0]
        let range = NSRange(code.startIndex..., in: code)
        return expression.firstMatch(in: code, range: range) == nil ? nil : "\(path):\(number + 1)"
      }
    }
  }

  @Test func oneFileKnowsTheCLibrary() throws {
    let files = Set(
      try Self.places(of: "import CHiredis", in: "").map { $0.split(separator: ":")[0] })
    #expect(files == ["/Core/Redis/RedisConnection.swift"])
  }

  @Test(arguments: [
    "Bytes", "Values", "MessagePack", "Fernet", "OpenSSL", "Turbo", "Template", "CommandLine",
    "Output",
  ])
  func lowerRoomsKnowNoRedisAndNoChannels(room: String) throws {
    let words = #"\b(Redis\w+|CoreLayer|GroupName|Membership|Envelope|ChannelsError)\b"#
    #expect(try Self.places(of: words, in: "Core/\(room)") == [])
  }

  @Test(arguments: [
    ("what may trap", #"try!|\bas!|fatalError\(|preconditionFailure\(|\w!\.|\w!\)"#),
    ("escapes from the type system", #"\bAny\b|@unchecked Sendable|nonisolated\(unsafe\)"#),
    ("more doors than needed", #"\bpublic\b"#),
    ("a slow start", "import Foundation$"),
  ])
  func noneOf(name: String, pattern: String) throws {
    #expect(try Self.places(of: pattern, in: "") == [])
  }

  @Test(arguments: [
    ("the process ends in one place", #"(?<![\w.])exit\("#, ["/turboctl/Turboctl.swift"]),
    ("libraries are loaded in one place", #"\bdlopen\("#, ["/Core/OpenSSL/DynamicLibrary.swift"]),
    ("the environment is read in one place", #"\bgetenv\("#, ["/turboctl/Console.swift"]),
  ])
  func only(name: String, pattern: String, files: [String]) throws {
    let found = Set(
      try Self.places(of: pattern, in: "").map { String($0.split(separator: ":")[0]) })
    #expect(found == Set(files))
  }
}
