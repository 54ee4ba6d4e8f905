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

  static let configuration = Topic(
    "configuration", summary: "What a configuration file may say",
    text: """
      The file is a JSON object. Its keys, all of them optional:

        CHANNEL_LAYERS     as in Django's settings; the layer "default" is used
        envelope           html, actioncable, or a message
        chat_group         which group the id of a chat means
        templates          folders of templates, from the file's own folder
        time_zone          of dates in templates
        language_code      the language of the templates
        static_url         what {% static %} puts before a path
        static_manifest    the hashed names of static files, "paths" in staticfiles.json
        string_if_invalid  what a missing variable is printed as
        builtins           libraries that need no {% load %}
        urls               the patterns of named URLs, {"chat": "chat/<int:pk>/"}

      CHANNEL_LAYERS itself may be the whole file. Of a layer these are read: hosts (one of them), prefix, \
      expiry, group_expiry, capacity; one that needs more is refused, since its messages would be lost.

      A flag beats a TURBOCTL_ variable, which beats the file, which beats REDIS_URL.
      """)

  static let environment = Topic(
    "environment", summary: "The variables that are read",
    text: """
        TURBOCTL_CONFIG          the configuration file, where --config is not given
        TURBOCTL_TEMPLATES       folders of templates, parted by colons, after those of --templates
        TURBOCTL_REDIS_URL       the Redis, where --redis is not given
        REDIS_URL                the same, where no configuration names one either
        TURBOCTL_REDIS_PASSWORD  the password, where the URL has none
        REDISCLI_AUTH            the same, where that is not set
        NO_COLOR                 no colours, where --color is not given
        CLICOLOR_FORCE           colours also where no terminal is, unless it is 0

      A flag beats the environment, and TURBOCTL_ variables beat the others.
      """)
}
