import Core
import Foundation
import Testing

@testable import turboctl

/// What is committed in man/ and completions/ is what the tool prints.
///
/// `make man completions` runs this with TURBOCTL_RECORD set, which writes the files.
struct GeneratedFilesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let isRecording = ProcessInfo.processInfo.environment["TURBOCTL_RECORD"] != nil

  @Test func manualPagesAreCurrent() throws {
    try check(
      "man", files: specification.manualPages.map { ($0.fileName, $0.text + "\n") })
  }

  @Test func completionsAreCurrent() throws {
    try check(
      "completions", files: Shell.allCases.map { ($0.fileName, $0.script + "\n") })
  }

  private func check(_ folder: String, files: [(name: String, text: String)]) throws {
    let folder = Self.root.appendingPathComponent(folder)
    let manager = FileManager.default
    if Self.isRecording {
      try? manager.removeItem(at: folder)
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
    }
    for (name, text) in files {
      let data = try? Data(contentsOf: folder.appendingPathComponent(name))
      #expect(data == Data(text.utf8), "\(name) is not current: make man completions")
    }
    #expect(
      try manager.contentsOfDirectory(atPath: folder.path).sorted() == files.map(\.name).sorted())
  }
}
