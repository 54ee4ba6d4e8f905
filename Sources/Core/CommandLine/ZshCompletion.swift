/// Completion for zsh, by the functions that its own system has.
package enum ZshCompletion {
  /// A candidate as `_describe` takes it.
  package static func line(_ candidate: Completion.Candidate) -> String {
    let value = candidate.value.map { #":\"#.contains($0) ? "\\\($0)" : String($0) }.joined()
    return candidate.description.isEmpty ? value : "\(value):\(candidate.description)"
  }

  package static func script(_ tool: String) -> String {
    """
    #compdef \(tool)
    # Completion of \(tool) for zsh, as '\(tool) completions zsh' prints it.
    _\(tool)() {
      local -a lines open closed
      lines=("${(@f)$($words[1] complete zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
      # The value alone is replaced in --option=VALUE.
      [[ $PREFIX == -*=* ]] && compset -P 1 '*='
      case $lines[1] in
        '') return 1 ;;
        :files) _files ;;
        :directories) _files -/ ;;
        *)
          # Behind a folder the word goes on.
          open=(${(M)lines:#*/(|:*)}) closed=(${lines:#*/(|:*)})
          (($#open)) && _describe \(tool) open -S ''
          (($#closed)) && _describe \(tool) closed
          ;;
      esac
    }
    # Found in fpath it is the function itself; sourced it has to be named.
    if [[ $funcstack[1] == _\(tool) ]]; then
      _\(tool) "$@"
    else
      compdef _\(tool) \(tool)
    fi
    """
  }
}
