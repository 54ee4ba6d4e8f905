import Core

extension Topic {
  static let exitCodes = Topic(
    "exit-codes", summary: "What each exit code promises",
    text: """
        0    done
        1    unexpected: I/O on this machine, an internal fault
        2    usage or bad input; nothing was sent
        3    the layer is unreachable or refused, and nothing was delivered
        4    the condition asked for was not met (--require, --wait, --when-full fail, tail --count);
             doctor found something critical
        5    some was delivered, and the error names who did not get it;
             or no reply came, and it may have been
        129, 130, 143    ended by SIGHUP, SIGINT, SIGTERM, after leaving its groups

      ping --check alone has codes of its own: 0 ok, 1 warning, 2 critical, 3 unknown.

      Where several apply, 2 comes before anything is sent; then 5 beats 3 beats 4. An error is one line \
      on stderr, and at most one line of hint; with --json it is one object, \
      {"error", "detail", "hint", "exit"}.
      """)

  static let environment = Topic(
    "environment", summary: "The variables that are read",
    text: """
        TURBOCTL_REDIS_URL       the Redis, where --redis is not given
        REDIS_URL                the same, where neither is
        TURBOCTL_REDIS_PASSWORD  the password, where the URL has none
        REDISCLI_AUTH            the same, where that is not set
        NO_COLOR                 no colours, where --color is not given
        CLICOLOR_FORCE           colours also where no terminal is, unless it is 0

      A flag beats the environment, and TURBOCTL_ variables beat the others.
      """)
}
