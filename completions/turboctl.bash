# Completion of turboctl for bash, as 'turboctl completions bash' prints it.
_turboctl() {
  mapfile -t COMPREPLY < <("$1" complete bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}
# What is complete ends with a space already.
complete -o nospace -F _turboctl turboctl
