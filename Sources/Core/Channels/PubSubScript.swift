extension LayerScript {
  /// A group send of the pub/sub layer (`channels_redis/pubsub.py group_send`).
  ///
  /// A PUBLISH by itself "succeeds" on a replica, while the server loads its data or is out of memory: it
  /// reaches nobody, or those alone who listen there. With the first line (Redis 7) a script is taken for a
  /// writer, and such a server refuses it before it begins.
  ///
  /// ARGV: the group's channel, the message, receivers needed. Returns how many there are, and 1 if it
  /// published.
  static let publish = LayerScript(
    text: """
      #!lua
      local channel, message, need = ARGV[1], ARGV[2], tonumber(ARGV[3])
      if need > 0 then
        local count = redis.call('PUBSUB', 'NUMSUB', channel)[2]
        if count < need then
          return {count, 0}
        end
      end
      return {redis.call('PUBLISH', channel, message), 1}
      """,
    digest: "690b40a4f8d5f2c6e3a2a033d2d823cfd0a42b56")
}
