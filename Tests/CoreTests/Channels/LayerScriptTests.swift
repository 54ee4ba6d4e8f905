import Foundation
import Testing

@testable import Core

@Test(arguments: [LayerScript.send, .sendInOrder, .fanOut, .join, .publish])
func digestNamesTheText(script: LayerScript) throws {
  #expect(try sha1(of: script.text) == script.digest)
}

/// What coreutils says, so that the digest is not checked by its own maker.
private func sha1(of text: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/sha1sum")
  let input = Pipe()
  let output = Pipe()
  process.standardInput = input
  process.standardOutput = output
  try process.run()
  input.fileHandleForWriting.write(Data(text.utf8))
  try input.fileHandleForWriting.close()
  let line = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return String(String(decoding: line, as: UTF8.self).prefix(40))
}
