import Glibc

/// Names of files as a shell completes them.
enum FileNames {
  /// The files and folders whose path begins so; a folder ends with a slash.
  ///
  /// - Parameters:
  ///   - prefix: a path that is not finished; what begins with a period is named only if it does.
  ///   - folder: where a path that is not absolute begins, with a final slash, or empty: here.
  ///   - home: what `~/` stands for.
  static func beginning(_ prefix: String, in folder: String, home: String?) -> [String] {
    let split = prefix.lastIndex(of: "/").map { prefix.index(after: $0) } ?? prefix.startIndex
    let (parent, start) = (prefix[..<split], prefix[split...])
    let path: String
    if parent.hasPrefix("~/"), folder.isEmpty {
      path = "\(home ?? "")\(parent.dropFirst())"
    } else {
      path = parent.hasPrefix("/") ? String(parent) : folder + parent
    }
    return names(in: path.isEmpty ? "./" : path)
      .filter { $0.hasPrefix(start) && ($0.hasPrefix(".") == start.hasPrefix(".")) }
      .map { parent + $0 }
  }

  /// The files below a folder by their names from there, looking at so many entries at most.
  static func below(_ folder: String, limit: Int) -> [String] {
    var folders = [""][...]
    var files: [String] = []
    var left = limit
    while left > 0, let parent = folders.popFirst() {
      let names = names(in: "\(folder)/\(parent)").sorted().prefix(left)
      left -= names.count
      for name in names {
        let path = parent + name
        if name.hasSuffix("/") {
          folders.append(path)
        } else if unsafe access("\(folder)/\(path)", F_OK) == 0 {
          files.append(path)
        }
      }
    }
    return files
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) { pointer in
        unsafe String(validatingCString: pointer)
      }
      guard let name, name != ".", name != ".." else { continue }
      var status = stat()
      let isFolder =
        unsafe stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append(isFolder ? "\(name)/" : name)
    }
    return names
  }
}
