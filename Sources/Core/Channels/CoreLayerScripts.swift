/// Lua that runs on the server.
///
/// Its digest stands beside the text, so that one round trip with EVALSHA is enough; a test holds the
/// two together.
struct LayerScript: Sendable {
  let text: String
  /// SHA-1 of `text`: the server's name for it.
  let digest: String
}

extension LayerScript {
  /// A whole group send (`channels_redis/core.py group_send`): reads the group, gathers its channels by
  /// process, adds the message once for each process, and reports.
  ///
  /// The reads come first. Then every write goes through `try`: its error is counted, not raised, so
  /// that the report is exact. And the first write is a ZADD, which a replica or a server out of memory
  /// refuses before anything has changed.
  ///
  /// KEYS: the group. ARGV: prefix, head of the message, expiry, group_expiry, capacity, channels needed,
  /// `drop`, `fail` or `check`. Returns channels, processes, full queues, queues written, first error.
  static let send = LayerScript(
    text: """
      local group, prefix, head, expiry, group_expiry, capacity, need, mode = KEYS[1], unpack(ARGV)
      local time = redis.call('TIME')
      local now = time[1] + time[2] / 1000000
      local stale, gone = time[1] - expiry, time[1] - group_expiry
      local members = redis.call('ZRANGEBYSCORE', group, '(' .. gone, '+inf')
      local queues, channels, full, written, fault = {}, {}, 0, 0, nil
      local find, sub = string.find, string.sub
      for i = 1, #members do
        local member = members[i]
        local queue = sub(member, 1, find(member, '!', 1, true) or -1)
        local list = channels[queue]
        if not list then
          list = {}
          channels[queue] = list
          queues[#queues + 1] = queue
        end
        list[#list + 1] = member
      end
      for _, queue in ipairs(queues) do
        if redis.call('ZCOUNT', prefix .. queue, '(' .. stale, '+inf') >= tonumber(capacity) then
          channels[queue] = nil
          full = full + 1
        end
      end
      if mode == 'check' or #members < tonumber(need) or mode == 'fail' and full > 0 then
        return {#members, #queues, full, 0}
      end
      local function try(...)
        local reply = redis.pcall(...)
        if type(reply) == 'table' and reply.err then
          fault = fault or reply.err
        else
          return true
        end
      end
      for _, queue in ipairs(queues) do
        local key, list = prefix .. queue, channels[queue]
        if list and try('ZADD', key, now, head .. cmsgpack.pack(list)) then
          try('ZREMRANGEBYSCORE', key, 0, stale)
          try('EXPIRE', key, expiry)
          written = written + 1
        end
      end
      try('ZREMRANGEBYSCORE', group, 0, gone)
      return {#members, #queues, full, written, fault}
      """,
    digest: "d961d00aeac74ede0b79d6a2cb0685d36d49d195")

  /// Joins a group, or renews a membership.
  ///
  /// KEYS: the group. ARGV: channel, seconds to add to the time of joining, least life of the group's
  /// key in seconds. Returns 1 where the channel was not a member before.
  static let join = LayerScript(
    text: """
      local time = redis.call('TIME')
      local score = time[1] + time[2] / 1000000 + ARGV[2]
      local added = redis.call('ZADD', KEYS[1], score, ARGV[1])
      if redis.call('TTL', KEYS[1]) < tonumber(ARGV[3]) then
        redis.call('EXPIRE', KEYS[1], ARGV[3])
      end
      return added
      """,
    digest: "65e8810cf970834de2b4c9dc502bc7f8a020d253")
}
