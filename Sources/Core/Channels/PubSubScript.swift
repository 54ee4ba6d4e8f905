extension LayerScript {
  /// A group send of the pub/sub layer (`channels_redis/pubsub.py group_send`).
  ///
  /// A PUBLISH by itself "succeeds" on a replica, while the server loads its data or is out of memory: it
  /// reaches nobody, or those alone who listen there. With the first line (Redis 7) a script is taken for a
  /// writer, and such a server refuses it before it begins.
  ///
  /// ARGV: receivers needed, then channel and message of each. Returns for each its receivers or an error;
  /// -1 - n where those n were too few, and it was not published.
  static let publish = LayerScript(
    text: """
      #!lua
      local need, replies = tonumber(ARGV[1]), {}
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
      for i = 2, #ARGV, 2 do
        replies[i / 2] = publish(ARGV[i], ARGV[i + 1])
      end
      return replies
      """,
    digest: "ccd7d69ade9105415c25a41ad1f1b024adff4b62")
}
