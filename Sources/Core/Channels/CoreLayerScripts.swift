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
  /// The reads come first. Of a large group the first thousand: mostly they tell that it is too wide, and
  /// Lua takes longer over the names than the server. What touches a queue goes through `try`: its error is
  /// noted and not raised, so that the report is exact. And the first write is a ZADD, which a replica or a
  /// server out of memory refuses before anything has changed.
  ///
  /// KEYS: the group. ARGV: prefix, head of the message, expiry, group_expiry, capacity, channels needed,
  /// `drop`, `fail` or `check`. Returns channels, processes, full queues, queues written, the first error
  /// or nothing, and the processes whose queue failed; `WIDE`, before any write, for a group that has more
  /// processes than `widest`.
  static let send = LayerScript(
    text: """
      local group, prefix, head, expiry, group_expiry, capacity, need, mode = KEYS[1], unpack(ARGV)
      local time = redis.call('TIME')
      local now = time[1] + time[2] / 1000000
      local stale, gone = time[1] - expiry, time[1] - group_expiry
      local queues, channels, full, written, failed, fault = {}, {}, 0, 0, {}, ''
      local find, sub = string.find, string.sub
      local count = 0
      for _, limit in ipairs({1001, -1}) do
        local page = redis.call('ZRANGEBYSCORE', group, '(' .. gone, '+inf', 'LIMIT', count, limit)
        for i = 1, #page do
          local member = page[i]
          local queue = sub(member, 1, find(member, '!', 1, true) or -1)
          local list = channels[queue]
          if not list then
            list = {}
            channels[queue] = list
            queues[#queues + 1] = queue
          end
          list[#list + 1] = member
        end
        if #queues > 1000 then
          return redis.status_reply('WIDE')
        end
        count = count + #page
        if #page < limit then
          break
        end
      end
      local function try(...)
        local reply = redis.pcall(...)
        if type(reply) ~= 'table' or not reply.err then
          return reply
        end
        if fault == '' then
          fault = reply.err
        end
      end
      for _, queue in ipairs(queues) do
        local waiting = try('ZCOUNT', prefix .. queue, '(' .. stale, '+inf')
        if not waiting then
          channels[queue] = nil
          failed[#failed + 1] = queue
        elseif waiting >= tonumber(capacity) then
          channels[queue] = nil
          full = full + 1
        end
      end
      if mode == 'check' or count < tonumber(need) or mode == 'fail' and full > 0 then
        return {count, #queues, full, 0, fault, failed}
      end
      for _, queue in ipairs(queues) do
        local key, list = prefix .. queue, channels[queue]
        if list and try('ZADD', key, now, head .. cmsgpack.pack(list)) then
          try('ZREMRANGEBYSCORE', key, 0, stale)
          try('EXPIRE', key, expiry)
          written = written + 1
        elseif list then
          failed[#failed + 1] = queue
        end
      end
      try('ZREMRANGEBYSCORE', group, 0, gone)
      return {count, #queues, full, written, fault, failed}
      """,
    digest: "99b86b227419fe3ef822b982359550c235419622")

  /// The most processes of a group that `send` serves: more would hold the server for over 10 ms.
  static let widest = 1000

  /// Adds a message to queues (`channels_redis/core.py group_send`): of many of them, or of each its own.
  ///
  /// Errors as in `send`.
  ///
  /// KEYS: the queues. ARGV: what all members begin with, expiry, `drop`, `force` (into full ones too) or
  /// `check` (write nothing), then for each queue its capacity and the rest of its member. Returns full
  /// queues, queues written, the first error or nothing, and the places of the queues that failed.
  static let fanOut = LayerScript(
    text: """
      local shared, expiry, mode = ARGV[1], ARGV[2], ARGV[3]
      local time = redis.call('TIME')
      local now, stale = time[1] + time[2] / 1000000, time[1] - expiry
      local full, written, failed, fault = 0, 0, {}, ''
      local function try(...)
        local reply = redis.pcall(...)
        if type(reply) ~= 'table' or not reply.err then
          return reply
        end
        if fault == '' then
          fault = reply.err
        end
      end
      for i, key in ipairs(KEYS) do
        local waiting = try('ZCOUNT', key, '(' .. stale, '+inf')
        if not waiting then
          failed[#failed + 1] = i
        elseif mode ~= 'force' and waiting >= tonumber(ARGV[2 * i + 2]) then
          full = full + 1
        elseif mode ~= 'check' then
          if try('ZADD', key, now, shared .. ARGV[2 * i + 3]) then
            try('ZREMRANGEBYSCORE', key, 0, stale)
            try('EXPIRE', key, expiry)
            written = written + 1
          else
            failed[#failed + 1] = i
          end
        end
      end
      return {full, written, fault, failed}
      """,
    digest: "a57853528b7980e80d7e6824c856d6fb33da18e5")

  /// Joins a group, or renews a membership.
  ///
  /// KEYS: the group. ARGV: channel, seconds to add to the time of joining, least life of the group's
  /// key in seconds; a key that lives for ever stays so. Returns 1 where the channel was not a member before.
  static let join = LayerScript(
    text: """
      local time = redis.call('TIME')
      local score = time[1] + time[2] / 1000000 + ARGV[2]
      local life = redis.call('TTL', KEYS[1])
      local added = redis.call('ZADD', KEYS[1], score, ARGV[1])
      if life ~= -1 and life < tonumber(ARGV[3]) then
        redis.call('EXPIRE', KEYS[1], ARGV[3])
      end
      return added
      """,
    digest: "8e586b4b4cde758023ae3a96a853b2be57ea8598")
}
