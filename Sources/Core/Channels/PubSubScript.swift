extension LayerScript {
  /// A group send of the pub/sub layer (`channels_redis/pubsub.py group_send`).
  ///
  /// A PUBLISH by itself "succeeds" on a replica, while the server loads its data or is out of memory: it
  /// reaches nobody, or those alone who listen there. With the first line (Redis 7) a script is taken for a
  /// writer, and such a server refuses it before it begins.
  ///
  /// KEYS: nothing, or the marker of a single message, which is set where somebody received it, and with
  /// which it is not published. ARGV: receivers needed, then channel and message of each, then the life of
  /// the marker. Returns for each its receivers or an error; -1 - n where those n were too few, and it was
  /// not published. `TAKEN` where the marker was there.
  static let publish = LayerScript(
    text: """
      #!lua
      local need, replies, marker = tonumber(ARGV[1]), {}, KEYS[1]
      if marker and redis.call('EXISTS', marker) == 1 then
        return redis.status_reply('TAKEN')
      end
      local function publish(channel, message)
        if need > 0 then
          local found = redis.pcall('PUBSUB', 'NUMSUB', channel)
          if found.err then
            return found
          end
          if found[2] < need then
            return -1 - found[2]
          end
        end
        return redis.pcall('PUBLISH', channel, message)
      end
      for i = 2, #ARGV - 1, 2 do
        replies[i / 2] = publish(ARGV[i], ARGV[i + 1])
      end
      if marker and type(replies[1]) == 'number' and replies[1] > 0 then
        redis.pcall('SET', marker, 1, 'EX', ARGV[4])
      end
      return replies
      """,
    digest: "e015eda9e0a7964430def68a1a0d02ad6ffedf84")
}
