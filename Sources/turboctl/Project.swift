import Core
import Glibc

/// A Django project, asked by its own Python.
struct Project {
  /// The path of its `manage.py`.
  let manage: String
  let python: String?
  /// Says all that a Python which fails says, and not the last line alone.
  let isVerbose: Bool

  /// What it answers: the text of a configuration file, and what that leaves out.
  struct Answer {
    let text: String
    let notes: [String]
  }

  func ask(_ console: Console, _ deadline: Deadline) throws(CommandError) -> Answer {
    guard let manage = Self.absolute(manage) else {
      throw .content(.unreadable(origin: manage, .last))
    }
    let answer: ChildAnswer
    do {
      answer = try ChildAnswer(
        interpreter(console) + [
          manage, "shell", "--verbosity=0", "-c",
          ProjectProgram.source(libraries: Library.shippedNames),
        ],
        in: Self.folder(of: manage), answer: ProjectProgram.answer, deadline)
    } catch {
      throw .content(.unreadable(origin: "the project's Python", error))
    }
    guard answer.status == 0 else {
      if isVerbose {
        String(decoding: answer.errors, as: UTF8.self).split(separator: "\n").forEach {
          console.note(String($0))
        }
      }
      let line = Self.lastLine(answer.errors)
      let lacksPackage = ["ModuleNotFoundError", "ImportError"].contains(where: line.hasPrefix)
      throw .usage(
        .invalid(
          what: self.manage, detail: line,
          hint: lacksPackage
            ? "--python names another interpreter, for one with the project's packages" : nil))
    }
    let value: Value
    do {
      value = try JSONReader.read(answer.bytes)
    } catch {
      throw .json(error, text: answer.bytes, origin: "the project's answer")
    }
    guard let text = value.object?["text"]?.string, case .array(let notes)? = value.object?["notes"]
    else { throw .usage(.invalid(what: self.manage, detail: "its shell ran something else")) }
    return Answer(text: text, notes: notes.compactMap(\.string))
  }

  /// The one asked for, the environment's, the project's, the system's.
  private func interpreter(_ console: Console) -> [String] {
    if let python { return [python.contains("/") ? Self.absolute(python) ?? python : python] }
    var candidates: [String] = []
    if let environment = console.environment("VIRTUAL_ENV"), !environment.isEmpty {
      candidates.append("\(environment)/bin/python")
    }
    let folder = Self.folder(of: Self.absolute(manage) ?? manage)
    candidates += [".venv", "venv"].map { "\(folder)/\($0)/bin/python" }
    return [candidates.first { unsafe access($0, X_OK) == 0 } ?? "python3"]
  }

  /// The path from the root, as the child sees it from another folder; links stay, or a virtual
  /// environment's Python would become the system's.
  private static func absolute(_ path: String) -> String? {
    guard unsafe access(path, F_OK) == 0 else { return nil }
    guard !path.hasPrefix("/") else { return path }
    guard let folder = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(folder) }
    return "\(unsafe String(cString: folder))/\(path)"
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Python says last what it is that failed.
  private static func lastLine(_ bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.last { !$0.allSatisfy(\.isWhitespace) }.map { String($0.prefix(300)) }
      ?? "ended without a word"
  }
}

/// A child that has run to its end: what it wrote to one descriptor of its own, and to stderr.
struct ChildAnswer {
  let bytes: [UInt8]
  let errors: [UInt8]
  let status: Int32

  /// - Parameters:
  ///   - folder: where it runs.
  ///   - answer: the descriptor that it writes its answer to; its output is thrown away.
  init(
    _ arguments: [String], in folder: String, answer: Int32, _ deadline: Deadline
  ) throws(SystemError) {
    guard let answers = unsafe tmpfile() else { throw .last }
    defer { unsafe fclose(answers) }
    guard let errors = unsafe tmpfile() else { throw .last }
    defer { unsafe fclose(errors) }
    let nothing = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    guard nothing >= 0 else { throw .last }
    defer { close(nothing) }
    let process = try ChildProcess(
      arguments, in: folder,
      descriptors: [
        (nothing, STDIN_FILENO), (nothing, STDOUT_FILENO), (unsafe fileno(errors), STDERR_FILENO),
        (unsafe fileno(answers), answer),
      ])
    status = try process.wait(deadline)
    bytes = try Self.content(of: unsafe fileno(answers))
    self.errors = try Self.content(of: unsafe fileno(errors))
  }

  private static let sizeLimit = 64 << 20

  private static func content(of descriptor: Int32) throws(SystemError) -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    let input = Input(descriptor: descriptor)
    return try input.readAll(Deadline(seconds: 5), limit: sizeLimit)
  }
}
