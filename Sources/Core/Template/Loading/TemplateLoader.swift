private import Glibc

/// Finds templates in the folders of the search path, and reads nothing outside of them.
package struct TemplateLoader: Sendable {
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 8 << 20

  private let directories: [String]

  package init(_ directories: [String]) {
    self.directories = directories
  }

  /// The first file of that name, but for those at `skipped`, with its path.
  package func find(
    _ name: String, skipping skipped: [String]
  ) throws(TemplateError.Reason) -> (path: String, source: [UInt8]) {
    var tried: [TemplateError.Attempt] = []
    for directory in directories {
      var path = Self.path(of: name, in: directory)
      let failure: TemplateError.Attempt.Cause
      switch Self.realPath(of: name, in: directory) {
      case .failure(let cause):
        failure = cause
        if cause == .noFolder { path = directory }
      case .success(let real) where skipped.contains(where: real.hasSameBytes): failure = .extended
      case .success(let real): return (real, try Self.contents(of: real, named: name))
      }
      tried.append(TemplateError.Attempt(path: path, cause: failure))
    }
    throw .doesNotExist(name, tried: tried)
  }

  /// Whether there is a folder to look in.
  var hasFolder: Bool { directories.contains { Self.realPath($0) != nil } }

  /// The name of a file from the first folder that it is in.
  func name(of path: String) -> String? {
    guard let real = Self.realPath(path) else { return nil }
    for folder in directories.lazy.compactMap(Self.realPath) {
      let start = folder == "/" ? folder : folder + "/"
      if real.utf8.starts(with: start.utf8) {
        return String(decoding: real.utf8.dropFirst(start.utf8.count), as: UTF8.self)
      }
    }
    return nil
  }

  private enum Resolution {
    case success(String)
    case failure(TemplateError.Attempt.Cause)
  }

  /// The file that a name means once links are followed; it has to be inside of the folder.
  private static func realPath(of name: String, in directory: String) -> Resolution {
    let parts = TemplateName.normalized(name.parts(separatedBy: "/"))
    guard !name.utf8.contains(0), name.utf8.first != UInt8(ascii: "/"), parts.first != ".." else {
      return .failure(.outside)
    }
    guard let base = realPath(directory) else { return .failure(.noFolder) }
    guard !parts.isEmpty else { return .failure(.missing) }
    let path = path(of: parts.joined(separator: "/"), in: directory)
    guard let real = realPath(path) else { return .failure(absence(of: path)) }
    let folder = base == "/" ? base : base + "/"
    guard real.utf8.starts(with: folder.utf8) else { return .failure(.outside) }
    var status = stat()
    guard unsafe stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failure(.notAFile)
    }
    return .success(real)
  }

  /// A name as people write it behind its folder; an absolute one has none.
  private static func path(of name: String, in directory: String) -> String {
    if name.hasPrefix("/") { return name }
    return directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }

  /// Why a path leads to nothing; right after `realPath`, which set `errno`.
  private static func absence(of path: String) -> TemplateError.Attempt.Cause {
    if errno == ELOOP { return .linkLoop }
    var status = stat()
    let isLink = unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    return isLink ? .danglingLink : .missing
  }

  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The text of a file, its ends of line as `\n` (Python's universal newlines).
  static func contents(
    of path: String, named name: String
  ) throws(TemplateError.Reason) -> [UInt8] {
    // What was a file may be a pipe by now: opening does not wait for a writer.
    let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(name, reason: systemError()) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(name, reason: "not a file")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(max(Int(status.st_size) + 1, 1), 1 << 16))
    while bytes.count <= Self.sizeLimit {
      let count = unsafe read(file, &buffer, buffer.count)
      guard count >= 0 else { throw .unreadable(name, reason: systemError()) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return try text(bytes, of: name)
  }

  /// The text of bytes that came from a file, or from elsewhere.
  static func text(
    _ bytes: [UInt8], of name: String
  ) throws(TemplateError.Reason) -> [UInt8] {
    guard bytes.count <= Self.sizeLimit else { throw .fileTooLarge(name, limit: Self.sizeLimit) }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw .invalidUTF8(name, offset: error.byteOffsets.lowerBound)
    }
    return withUnixNewlines(bytes)
  }

  private static func withUnixNewlines(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "\r")) else { return bytes }
    return Array(String(decoding: bytes, as: UTF8.self).withUnixNewlines.utf8)
  }
}
