private import CFuzzer
import Glibc

/// `Fuzz TARGET` and libFuzzer's own arguments: a folder of inputs to start from, `-max_total_time=600`.
@main
enum Fuzz {
  /// Gets one input; what it must not do is to trap.
  typealias Target = ([UInt8]) -> Void

  private static let targets: [String: Target] = [
    "json": json, "msgpack": messagePack, "fernet": fernet, "url": url, "config": configuration,
    "template": template, "render": render, "resp": replies, "html": html,
  ]

  private static let target: Target = {
    guard CommandLine.arguments.count > 1, let target = targets[CommandLine.arguments[1]] else {
      print("Fuzz TARGET [libFuzzer's arguments]: \(targets.keys.sorted().joined(separator: ", "))")
      exit(2)
    }
    return target
  }()

  static func main() {
    _ = target
    // The target's name takes the place of the program's.
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { start, count in
        Fuzz.target(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
      })
  }
}
