import Core
import Glibc

/// The lines of a stream as they come: those that are there are handed out at once.
final class LineReader {
  struct Line {
    /// From 1.
    let number: Int
    /// Without the newline.
    let bytes: [UInt8]
  }

  /// What errors call it: the file, or standard input.
  let origin: String
  /// Bytes handed out so far, newlines included.
  private(set) var position = 0
  /// Lines handed out so far.
  private(set) var count = 0
  private(set) var isAtEnd = false
  private let descriptor: Int32?
  private let longest: Int
  private var buffer: [UInt8] = []
  /// Where the next line begins, and up to where no newline is.
  private var start = 0
  private var searched = 0

  /// - Parameter longest: bytes of a line at most.
  init(_ input: Input, origin: String, longest: Int) {
    self.origin = origin
    self.longest = longest
    descriptor = input.descriptor
    if input.descriptor == nil {
      buffer = input.bytes
      isAtEnd = true
    }
  }

  /// Up to `limit` lines and about `budget` bytes of them, all that have come; none when the stream is
  /// at its end, or when nothing has come and `waiting` is false.
  ///
  /// - Throws: `tooLarge` for a line that is too long, `interrupted` when a watched descriptor is ready,
  ///   `timedOut` where no line has come by the deadline.
  func lines(
    limit: Int, budget: Int, waiting: Bool, watched: [Watched],
    _ deadline: Deadline = Deadline(seconds: nil)
  ) throws(SystemError) -> [Line] {
    var lines: [Line] = []
    var size = 0
    while lines.count < limit, size < budget {
      if let line = next() {
        size += line.bytes.count
        lines.append(line)
      } else if isAtEnd {
        break
      } else {
        guard try fill(waiting: waiting && lines.isEmpty, watched, deadline) else { break }
      }
    }
    return lines
  }

  /// Whether a size is known, and what it is: that of a file.
  var size: Int? {
    guard let descriptor else { return buffer.count }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  private func next() -> Line? {
    let end = newline()
    guard let end = end ?? (isAtEnd && start < buffer.count ? buffer.count : nil) else {
      return nil
    }
    defer {
      let after = min(end + 1, buffer.count)
      position += after - start
      start = after
      searched = after
    }
    count += 1
    return Line(number: count, bytes: Array(buffer[start..<end]))
  }

  private func newline() -> Int? {
    let found = unsafe buffer.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, searched < bytes.count,
        let place = unsafe memchr(base + searched, 0x0A, bytes.count - searched)
      else { return nil }
      return unsafe UnsafeRawPointer(place) - base
    }
    searched = found ?? buffer.count
    return found
  }

  /// Reads what there is; false where nothing has come and nobody wants to wait.
  private func fill(
    waiting: Bool, _ watched: [Watched], _ deadline: Deadline
  ) throws(SystemError) -> Bool {
    guard let descriptor else { return false }
    guard buffer.count - start <= longest else { throw .tooLarge }
    let ready = Watched.wait(
      for: watched + [.readable(descriptor)], seconds: waiting ? deadline.remaining : 0)
    guard let ready else {
      if waiting { throw .timedOut }
      return false
    }
    guard ready == watched.count else { throw .interrupted }
    buffer.removeSubrange(..<start)
    searched -= start
    start = 0
    var count = 0
    buffer.append(addingCapacity: Self.step) { output in
      unsafe output.withUnsafeMutableBufferPointer { free, initialized in
        count = unsafe read(descriptor, free.baseAddress, free.count)
        initialized = max(0, count)
      }
    }
    if count < 0, errno != EINTR, errno != EAGAIN { throw .last }
    isAtEnd = count == 0
    return true
  }

  private static let step = 1 << 16
}
