import Core
import Glibc

/// Standard input as it comes.
final class PipeInput {
  enum Event {
    case bytes([UInt8])
    /// The time is over, and nothing has come.
    case nothing
    case end
    case signal
  }

  private let descriptor: Int32?
  private var memory: [UInt8]?

  /// What a pipe holds, and so what comes at once.
  private static let step = 1 << 16

  init(_ input: Input) {
    descriptor = input.descriptor
    memory = input.bytes
  }

  /// Waits for what comes next, up to so many seconds.
  func next(within seconds: Double) throws(SystemError) -> Event {
    guard let descriptor else {
      defer { memory = nil }
      return memory.map { .bytes($0) } ?? .end
    }
    let ready = Watched.wait(
      for: [.readable(Signals.descriptor), .readable(descriptor)], seconds: max(0, seconds))
    guard let ready else { return .nothing }
    guard ready > 0 else { return .signal }
    var bytes = [UInt8](repeating: 0, count: Self.step)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    if count == 0 { return .end }
    guard count > 0 else {
      if errno == EINTR || errno == EAGAIN { return .nothing }
      throw .last
    }
    return .bytes(Array(bytes[..<count]))
  }
}
