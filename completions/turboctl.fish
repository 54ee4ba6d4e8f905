# Completion of turboctl for fish, as 'turboctl completions fish' prints it.
function __turboctl_complete
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
complete --command turboctl --no-files --keep-order --arguments '(__turboctl_complete)'
