import Core

/// Prints what makes a shell complete turboctl's command lines.
struct CompletionsCommand: Command {
  private let shell: Shell?

  init(_ arguments: ParsedArguments) {
    shell = arguments.positionals.first.flatMap(Shell.init)
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    if let shell { try console.print(shell.script) }
    return .done
  }

  static let configurationUse = ConfigurationUse.none
  static let spec = CommandSpec(
    name: "completions",
    summary: "Print the completion script of a shell",
    discussion: """
      With it Tab completes commands, options and what they take, with the live groups and chats of the \
      Redis that the line names, the layers of its configuration and the templates on its search path. \
      Redis has 300 ms to answer; where it does not, nothing is offered.

      'make install' puts the scripts where the shells look for them.
      """,
    arguments: [
      ArgumentSpec(
        "SHELL", kind: .choice(Shell.allCases.map(\.rawValue)), summary: "bash, zsh or fish")
    ],
    examples: [
      Example(
        "turboctl completions bash > ~/.local/share/bash-completion/completions/turboctl",
        explanation: "For bash, with bash-completion"),
      Example(
        "turboctl completions zsh > ~/.zfunc/_turboctl",
        explanation: "For zsh, with fpath+=(~/.zfunc) before compinit in ~/.zshrc"),
      Example(
        "turboctl completions fish > ~/.config/fish/completions/turboctl.fish",
        explanation: "For fish"),
    ])
}

/// A shell whose lines are completed.
enum Shell: String, CaseIterable {
  case bash, zsh, fish

  /// Without a final newline.
  var script: String {
    switch self {
    case .bash: BashCompletion.script(specification.name)
    case .zsh: ZshCompletion.script(specification.name)
    case .fish: FishCompletion.script(specification.name)
    }
  }

  /// The name of the script's file where the shell looks for it by itself.
  var fileName: String {
    switch self {
    case .bash: "\(specification.name).bash"
    case .zsh: "_\(specification.name)"
    case .fish: "\(specification.name).fish"
    }
  }
}
