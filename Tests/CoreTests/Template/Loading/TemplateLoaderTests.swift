import Foundation
import Testing

@testable import Core

@Suite struct TemplateLoaderTests {
  @Test(arguments: ["a.html", "sub/b.html", "sub/../a.html", "./a.html"])
  func findsFilesInItsFolders(name: String) throws {
    try Sample.withFiles(["a.html": "A", "sub/b.html": "A"]) { folder in
      let found = try TemplateLoader(["/nowhere", folder]).find(name, skipping: [])
      #expect(found.source == Array("A".utf8))
    }
  }

  @Test(
    arguments: [
      ("/etc/passwd", .outside), ("../secret.html", .outside), ("sub/../../a.html", .outside),
      ("../templates-secret/a.html", .outside), ("out.html", .outside), ("a\0.html", .outside),
      ("sub", .notAFile), ("pipe", .notAFile), ("none.html", .missing), ("", .missing),
      ("loop.html", .linkLoop), ("dangling.html", .danglingLink),
    ] as [(String, TemplateError.Attempt.Cause)])
  func readsNothingElse(name: String, cause: TemplateError.Attempt.Cause) throws {
    let files = [
      "secret.html": "", "templates-secret/a.html": "", "templates/a.html": "",
      "templates/sub/b.html": "",
    ]
    try Sample.withFiles(files) { folder in
      let templates = folder + "/templates"
      try FileManager.default.createSymbolicLink(
        atPath: templates + "/out.html", withDestinationPath: folder + "/secret.html")
      #expect(unsafe mkfifo(templates + "/pipe", 0o600) == 0)
      for (name, destination) in [("loop", "loop.html"), ("dangling", "nowhere")] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(templates)/\(name).html", withDestinationPath: destination)
      }
      let path = name.hasPrefix("/") ? name : templates + "/" + name
      let attempt = TemplateError.Attempt(path: path, cause: cause)
      #expect(throws: TemplateError.Reason.doesNotExist(name, tried: [attempt])) {
        try TemplateLoader([templates]).find(name, skipping: [])
      }
    }
  }

  @Test func saysThatAFolderIsNotThere() {
    let attempts = [
      TemplateError.Attempt(path: "/nowhere/", cause: .noFolder),
      TemplateError.Attempt(path: "/etc/a.html", cause: .missing),
    ]
    #expect(throws: TemplateError.Reason.doesNotExist("a.html", tried: attempts)) {
      try TemplateLoader(["/nowhere/", "/etc/"]).find("a.html", skipping: [])
    }
  }

  @Test func followsALinkThatStaysInside() throws {
    try Sample.withFiles(["a.html": "A"]) { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/b.html", withDestinationPath: "a.html")
      let found = try TemplateLoader([folder]).find("b.html", skipping: [])
      #expect(found.source == [65])
    }
  }

  @Test func refusesAFileThatIsTooLarge() throws {
    let limit = TemplateLoader.sizeLimit
    let files = [
      "most.html": String(repeating: "a", count: limit),
      "more.html": String(repeating: "a", count: limit + 1),
    ]
    try Sample.withFiles(files) { folder in
      let loader = TemplateLoader([folder])
      let most = try loader.find("most.html", skipping: [])
      #expect(most.source.count == limit)
      #expect(throws: TemplateError.Reason.fileTooLarge("more.html", limit: limit)) {
        try loader.find("more.html", skipping: [])
      }
    }
  }

  @Test func refusesWhatIsNotUTF8() throws {
    try Sample.withFiles(["a.html": ""]) { folder in
      try Data([0x61, 0xff]).write(to: URL(fileURLWithPath: folder + "/a.html"))
      #expect(throws: TemplateError.Reason.invalidUTF8("a.html", offset: 1)) {
        try TemplateLoader([folder]).find("a.html", skipping: [])
      }
    }
  }

  @Test(
    arguments: [
      ("./b.html", "sub/a.html", "sub/b.html"), ("../b.html", "sub/a.html", "b.html"),
      ("'./b.html'", "a.html", "\"b.html\""), ("b.html", "sub/a.html", "b.html"),
      ("./x/../b.html", "sub/a.html", "sub/b.html"), ("variable", "a.html", "variable"),
    ])
  func resolvesRelativeNames(name: String, template: String, absolute: String) throws {
    #expect(try TemplateName.absolute(name, from: template) == absolute)
  }
}
