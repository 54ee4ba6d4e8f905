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
      The file is --config, $TURBOCTL_CONFIG, ./turboctl.json if it is yours or root's and nobody else \
      may write it, or turboctl/config.json below XDG_CONFIG_HOME or ~/.config: the first there is. \
      'config import' writes one from a Django project, 'config check' finds what is wrong in it, and \
      'config show' prints what counts, and why.

      It is a JSON object. Its keys, all of them optional:

        CHANNEL_LAYERS     as in Django's settings; --layer names one, else it is "default"
        layer_version      the site's release of channels_redis, "4.2.1"
        envelope           html, actioncable, or a message
        chat_group         which group the id of a chat means
        templates          folders of templates, from the file's own folder
        time_zone          of dates in templates
        language_code      the language of the templates
        static_url         what {% static %} puts before a path
        static_manifest    the hashed names of static files, {"a.css": "a.55e7.css"}
        string_if_invalid  what a missing variable is printed as
        builtins           libraries that need no {% load %}
        urls               the patterns of named URLs, {"chat": "chat/<int:pk>/"}

      CHANNEL_LAYERS itself may be the whole file. A layer has a BACKEND, \
      channels_redis.core.RedisChannelLayer or channels_redis.pubsub.RedisPubSubChannelLayer, and a \
      CONFIG. Of that every key of channels_redis is read:

        hosts                      a list, see below; null is localhost:6379
        prefix                     "asgi"
        symmetric_encryption_keys  a list of strings
        serializer_format          "msgpack" or "json"
        expiry, group_expiry       seconds: 60, 86400
        capacity                   100
        channel_capacity           {"http.*": 200}: the first pattern that fits a channel counts
        random_prefix_length       12

      The last four lines are the core layer's; the pub/sub layer takes no notice of them. A host is one of

        "redis://user:pass@host:6379/0"
        ["host", 6379]
        {"address": "rediss://host", "ssl_cert_reqs": null}
        {"host": "host", "port": 6379, "db": 0, "password": "…", "ssl": true}
        {"path": "/run/redis.sock"}
        {"sentinels": [["host", 26379]], "master_name": "mymaster", "password": "…",
         "sentinel_kwargs": {"password": "…"}}

      What stands beside master_name is for the master; the sentinels have their sentinel_kwargs. Several \
      hosts are shards: their order is the site's.

      A key that nobody reads is a warning; a value of the wrong type is an error with its line and key.

      A flag beats a TURBOCTL_ variable, which beats the file, which beats REDIS_URL.
      """)

  static let environment = Topic(
    "environment", summary: "The variables that are read",
    text: """
        TURBOCTL_CONFIG          the configuration file, where --config is not given
        TURBOCTL_LAYER           the entry of CHANNEL_LAYERS, where --layer is not given
        TURBOCTL_TEMPLATES       folders of templates, parted by colons, after those of --templates
        TURBOCTL_REDIS_URL       the Redis, where --redis is not given
        REDIS_URL                the same, where no configuration names hosts either
        VIRTUAL_ENV              where config import finds the project's Python
        TURBOCTL_REDIS_PASSWORD  the password, where a host has none
        REDISCLI_AUTH            the same, where that is not set
        NO_COLOR                 no colours, where --color is not given
        CLICOLOR_FORCE           colours also where no terminal is, unless it is 0

      A flag beats the environment, and TURBOCTL_ variables beat the others.
      """)
}
