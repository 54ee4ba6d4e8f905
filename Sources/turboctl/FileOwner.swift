import Glibc

/// Who else may read a file, or change it.
enum FileOwner {
  /// Whether a regular file with a secret in it is open to others.
  static func mayBeReadByOthers(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & 0o077 != 0
      && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a file is the user's own or root's, and nobody else may write it.
  ///
  /// Whoever can could send messages to another Redis. A link leads wherever its owner likes, so it counts
  /// too.
  static func isTrusted(_ path: String) -> Bool {
    var link = stat()
    var status = stat()
    guard unsafe lstat(path, &link) == 0, unsafe stat(path, &status) == 0 else { return false }
    let trusted = [0, geteuid()]
    return trusted.contains(link.st_uid) && trusted.contains(status.st_uid)
      && status.st_mode & 0o022 == 0
  }
}
