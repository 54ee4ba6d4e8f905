/// Completion for fish.
package enum FishCompletion {
  /// A candidate as fish takes it: the whole word, and what it is.
  package static func line(_ candidate: Completion.Candidate, head: String) -> String {
    let word = head + candidate.value
    return candidate.description.isEmpty ? word : "\(word)\t\(candidate.description)"
  }

  package static func script(_ tool: String) -> String {
    #"""
    # Completion of \#(tool) for fish, as '\#(tool) completions fish' prints it.
    function __\#(tool)_complete
        set -l words (commandline -opc)
        # Variables may be set before the tool's name.
        while string match --quiet -- '*=*' $words[1]
            set --erase words[1]
        end
        set -l token (commandline -ct)
        set -l word (string unescape -- $token)
        set -l lines ($words[1] complete fish -- $words[2..] "$word" 2>/dev/null)
        switch "$lines[1]"
            # What fish offers to a command that it does not know.
            case \tfiles
                complete --do-complete "'' $token"
            case \tdirectories
                complete --do-complete "'' $token" | string match '*/'
            case '*'
                printf '%s\n' $lines
        end
    end
    complete --command \#(tool) --no-files --keep-order --arguments '(__\#(tool)_complete)'
    """#
  }
}
