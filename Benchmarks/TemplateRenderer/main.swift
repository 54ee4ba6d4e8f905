// Renders one template many times and prints the best round's microseconds a rendering, so that the
// engine is measured without the start of a process: TemplateRenderer FOLDER NAME CONTEXT SECONDS

import Core
import Foundation

let arguments = CommandLine.arguments
var settings = Engine.Settings { Int(Date().timeIntervalSince1970 * 1e6) }
settings.directories = [arguments[1]]
let context = try JSONReader.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: arguments[3]))))
let engine = try Engine(settings)
let template = try engine.template(named: arguments[2])
let values = context.object ?? [:]
if let seconds = Double(arguments[4]) {
  var best = Double.infinity
  let end = Deadline(seconds: seconds)
  while !end.hasPassed {
    let start = Deadline.monotonic()
    for _ in 0..<20 { _ = try engine.render(template, values) }
    best = min(best, (Deadline.monotonic() - start) / 20)
  }
  print(best * 1e6)
} else {
  FileHandle.standardOutput.write(Data(try engine.render(template, values)))
}
