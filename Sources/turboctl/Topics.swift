import Core

extension Topic {
  static let exitCodes = Topic(
    "exit-codes", summary: "What each exit code promises",
    manual: .heading("EXIT STATUS"),
    text: """
        0    done
        1    unexpected: I/O on this machine, an internal fault
        2    usage or bad input; nothing was sent, but for the lines of a batch before a bad one
        3    the layer is unreachable or refused, and nothing was delivered
        4    the condition asked for was not met (--require, --wait, --when-full, --confirm,
             tail --count); doctor found something critical
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
    manual: .page(name: "turboctl.json", section: 5),
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
        language_code      what {% get_current_language %} gives; numbers and dates stay English
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
    manual: .heading("ENVIRONMENT"),
    text: """
        TURBOCTL_CONFIG          the configuration file, where --config is not given
        TURBOCTL_LAYER           the entry of CHANNEL_LAYERS, where --layer is not given
        TURBOCTL_TEMPLATES       folders of templates, parted by colons, after those of --templates
        TURBOCTL_REDIS_URL       the Redis, where --redis is not given
        REDIS_URL                the same, where no configuration names hosts either
        VIRTUAL_ENV              where config import finds the project's Python
        TURBOCTL_REDIS_PASSWORD  the password of every host that the configuration or REDIS_URL names,
                                 and of those of --redis and TURBOCTL_REDIS_URL that have none
        REDISCLI_AUTH            the password of hosts that have none, where that is not set
        NO_COLOR                 no colours, where --color is not given
        CLICOLOR_FORCE           colours also where no terminal is, unless it is 0

      A flag beats the environment, and TURBOCTL_ variables beat the others.
      """)

  static let templateLanguage = Topic(
    "template-language", summary: "What templates may say, and where they are found",
    text: """
      The language is that of Django 5.2, rendered here without Python, to the byte where the project's \
      language is English (en-us): numbers, dates and Django's own words are never in another. Every \
      built-in tag and filter, and these libraries, by {% load %} or the configuration's "builtins":

        static, i18n, l10n, tz, cache, humanize    as Django ships them; i18n in the source language
        turbo_helper                               dom_id, class_names, turbo_frame, turbo_stream
        turbo_response                             its tags and filters

      Templates are found by name in the folders of --templates, of TURBOCTL_TEMPLATES and of the \
      configuration, in this order, or else in ./templates; never outside of them.

      The context is JSON: --context FILE, -s KEY=TEXT and -S KEY=JSON, later ones over earlier ones; \
      keys may be dotted. JSON has no dates: a string in ISO 8601 counts as one where a filter or a tag wants \
      one, and {{ }} alone prints it as it is.

      {% url %} and {% static %} take what they need from the configuration. There is no request, so \
      {% csrf_token %} prints nothing. A variable that is missing prints nothing either, unless \
      --strict-variables makes it an error. 'render --check' finds what is wrong in a template before it \
      is used.
      """)

  static let formats = Topic(
    "formats", summary: "What goes in and what comes out",
    text: """
      An element, made of --action, --target or --targets, --attr and a content:

        <turbo-stream action="A" target="T" NAME="VALUE"><template>CONTENT</template></turbo-stream>

      remove and refresh have no <template>. Without --action the content is the whole message.

      A line of send --batch is a JSON object: group or chat; action, target or targets, attrs; html, text \
      or template with context; once. Or group and message, a channel-layer message as it is. What a line \
      lacks, the options say. The other keys of a line of tail --json are passed over, but for lossy: such \
      a message holds what JSON cannot (bytes appear as {"bytes": "ff"}, a NaN as null), and is refused.

      With --json each command prints an object a line:

        send              group, channels, processes, over_capacity, bytes, elapsed_ms; failed, if any;
                          line in a batch, and error where not everybody got it; duplicate with
                          --once; confirmed, confirm_ms with --confirm
        send, pub/sub     group, receivers, bytes, elapsed_ms
        send --dry-run    dry_run, keys, html, message besides
        render            html, bytes; with --check: file, line, column, problem, hint
        pipe              as send, with messages and text_bytes
        tail              time, group, channel, html, message, elements; lossy
        chats list        chat, group, channels, processes, queued, oldest_age, joined_first, joined_last,
                          tails; chat, group, connections on the pub/sub layer; groups list as well
        chats show        chat, group, channel, process, tail, joined, expires_in, queued, capacity,
                          oldest_age, in_flight; chat, group, connections on the pub/sub layer; groups
                          show as well
        groups discard    group, channel, member, removed
        groups prune      group, channel, process, queued, oldest_age, reason, removed
        flush             prefix, groups, queues, in_flight, foreign, removed
        queue list        process, tail, queued, capacity, oldest_age, in_flight
        queue peek        time, bytes, channels, html, message; raw in hexadecimal, or lossy
        ping              host, role, version, clock_offset_ms, count, min_ms, avg_ms, max_ms, p99_ms,
                          layer_ms; hosts, layer_ms after several; state, detail with --check
        doctor            host, severity, check, detail, remedy; nothing found is no line
        bench             bench, way, backend, members, processes, size, messages, elapsed_ms, rate,
                          p50_ms, p90_ms, p99_ms, max_ms, bytes, others_bytes, server_cpu_ms,
                          histogram: up_to_ms, count
        config show       key, value, origin
        config check      severity, file, line, column, key, host, role, version, groups, detail
        config import     file, layers, templates, urls, static_files
        an error, stderr  error, detail, hint, exit

      What is not known is null: a queue on a host that did not answer, say. A removal prints its plan with \
      removed false, unless --yes was given.

      Times are RFC 3339 in UTC, durations end in _ms, ages are seconds. Fields are only ever added.
      """)

  static let cron = Topic(
    "cron", summary: "turboctl without anybody watching",
    text: """
      Name what cron does not know, and be quiet unless something is wrong:

        */5 * * * *  turboctl -q --config /etc/shop/turboctl.json send --chat ops -a update -t load \
      --file /run/shop/load.html

      cron has an empty standard input, so a content that should come from there is an error (exit 2), and \
      never an empty message. Errors are one line on stderr, which cron mails; --json makes it an object.

      Exit 3 means that nothing was delivered: try again. Exit 5 means that some was, or may have been: with \
      --once ID the same command may be run again, since each group gets the message once:

        id=digest-$(date +%F)
        turboctl -q send --chat 1 -a update -t digest --file digest.html --once "$id" ||
          turboctl -q send --chat 1 -a update -t digest --file digest.html --once "$id"

      The repeat brings the message to groups that did not get it, and ends with 0 for those that did. Where \
      only some of a group's processes got it, it counts as sent: the first error, which cron mails, names \
      those that the repeat does not reach either.

      Jobs that must not overlap: flock -n /run/lock/digest turboctl send …. A job that must not hang: \
      --timeout S, 30 s unless given. A health check: ping --check --warn 50ms --crit 200ms.
      """)
}
