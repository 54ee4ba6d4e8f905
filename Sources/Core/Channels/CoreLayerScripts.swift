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
  /// Group sends to one group (`channels_redis/core.py group_send`): reads the group, gathers its channels
  /// by process, adds the messages once for each process, and reports.
  ///
  /// The reads come first. Of a large group the first thousand: mostly they tell that it is too wide, and
  /// Lua takes longer over the names than the server. What touches a queue goes through `try`: its error is
  /// noted and not raised, so that the report is exact. And the first write is a ZADD, which a replica or a
  /// server out of memory refuses before anything has changed. The messages have one score; their prefixes
  /// rise.
  ///
  /// KEYS: the group; or also a marker, which is set where something was written, and with which nothing
  /// is. ARGV: prefix, expiry, group_expiry, capacity, channels needed, `drop`, `fail` or `wait`, life of
  /// the marker, whether to name the queues written, how many queues are given up, their names, and the
  /// messages up to their lists of channels; none only asks who is there.
  ///
  /// ZCARD counts at once, and stale messages too: only where they leave too little room are they told
  /// apart.
  ///
  /// Of the messages the first few are taken: as many as one script may write in some 20 ms (to read a
  /// queue costs it what 8,000 bytes do, a channel's name 650; a write 2,700, with each name 250), and with
  /// `fail` and `wait` as every queue has room for; `drop` gives each queue what fits. Returns channels,
  /// processes, messages taken; of each queue without room for all of them its name, its room, and how its
  /// oldest message begins; the first error or nothing, the processes whose queue failed, the score, the
  /// queues written. `WIDE`, before any write, for a group of more processes than `widest`, and of several
  /// messages for one of more than `widestOfSeveral`: in chunks of queues more of them share what a queue
  /// costs. `TAKEN` where the marker was there.
  static let send = LayerScript(
    text: """
      local group, prefix, expiry, group_expiry, capacity, need, mode = KEYS[1], unpack(ARGV, 1, 6)
      capacity = tonumber(capacity)
      if KEYS[2] and redis.call('EXISTS', KEYS[2]) == 1 then
        return redis.status_reply('TAKEN')
      end
      local time = redis.call('TIME')
      local score = string.format('%.17g', time[1] + time[2] / 1000000)
      local stale, gone = time[1] - expiry, time[1] - group_expiry
      local queues, channels, failed, fault = {}, {}, {}, ''
      local find, sub, max, min, pcall = string.find, string.sub, math.max, math.min, redis.pcall
      local first = 10 + ARGV[9]
      local widest = #ARGV > first and 100 or 1000
      local total = 0
      for _, limit in ipairs({1001, -1}) do
        local page = redis.call('ZRANGEBYSCORE', group, '(' .. gone, '+inf', 'LIMIT', total, limit)
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
        if #queues > widest then
          return redis.status_reply('WIDE')
        end
        total = total + #page
        if #page < limit then
          break
        end
      end
      local function try(...)
        local reply = pcall(...)
        if type(reply) ~= 'table' or not reply.err then
          return reply
        end
        if fault == '' then
          fault = reply.err
        end
      end
      local count, cost = 0, 650 * total + 8000 * #queues
      for i = first, #ARGV do
        cost = cost + #queues * (2700 + #ARGV[i]) + 250 * total
        if count > 0 and cost > 16700000 then
          break
        end
        count = count + 1
      end
      local room, full, skipped = {}, {}, {}
      for i = 10, first - 1 do
        skipped[ARGV[i]] = true
      end
      local least = count
      for _, queue in ipairs(queues) do
        local key = prefix .. queue
        local waiting = skipped[queue] and capacity or try('ZCARD', key)
        if waiting and not skipped[queue] and waiting + max(1, count) > capacity then
          waiting = try('ZCOUNT', key, '(' .. stale, '+inf')
        end
        if not waiting then
          failed[#failed + 1] = queue
        else
          local left = max(0, capacity - waiting)
          room[queue] = left
          if left < max(1, count) then
            local oldest = not skipped[queue] and try('ZRANGE', key, 0, 0) or {}
            full[#full + 1] = queue
            full[#full + 1] = left
            full[#full + 1] = sub(oldest[1] or '', 1, 16)
            if mode == 'fail' or mode == 'wait' and not skipped[queue] and sub(queue, 1, 9) ~= 'turboctl.' then
              least = min(least, left)
            end
          end
        end
      end
      if total < tonumber(need) then
        least = 0
      end
      local written, entries = {}, {}
      for _, queue in ipairs(queues) do
        local fitting = min(least, room[queue] or 0)
        if fitting > 0 then
          local key, list = prefix .. queue, cmsgpack.pack(channels[queue])
          for i = 1, fitting do
            entries[2 * i - 1], entries[2 * i] = score, ARGV[first + i - 1] .. list
          end
          if try('ZADD', key, unpack(entries, 1, 2 * fitting)) then
            try('ZREMRANGEBYSCORE', key, 0, stale)
            try('EXPIRE', key, expiry)
            written[#written + 1] = queue
          else
            failed[#failed + 1] = queue
          end
        end
      end
      if least > 0 then
        try('ZREMRANGEBYSCORE', group, 0, gone)
        if KEYS[2] and #written > 0 then
          try('SET', KEYS[2], 1, 'EX', ARGV[7])
        end
      end
      return {total, #queues, least, full, fault, failed, score, ARGV[8] == '1' and written or {}}
      """,
    digest: "eec2fb9b01f8342db6cb43813e0188b844f9758c")

  /// The most processes of a group that `send` serves for one message: more would hold the server for over
  /// 10 ms.
  static let widest = 1000
  /// The same for several messages.
  static let widestOfSeveral = 100

  /// Adds messages to queues (`channels_redis/core.py group_send`), to each those that it has room for.
  ///
  /// Errors as in `send`.
  ///
  /// KEYS: the queues; or also a marker, as in `send`. ARGV: expiry, how many messages there are, how many
  /// follow (none: only look), of each what its members begin with, then for each queue its capacity and how
  /// its members end, and the life of the marker. Returns of each queue without room for all messages its
  /// place, its room, and how its oldest message begins, where only looked at; the first error or nothing;
  /// the places of the queues that failed; the score. `TAKEN` where the marker was there.
  static let fanOut = LayerScript(
    text: """
      local expiry, wanted, count = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
      local queues, hasWritten = math.floor((#ARGV - 3 - count) / 2), false
      local marker = KEYS[queues + 1]
      if marker and redis.call('EXISTS', marker) == 1 then
        return redis.status_reply('TAKEN')
      end
      local time = redis.call('TIME')
      local score, stale = string.format('%.17g', time[1] + time[2] / 1000000), time[1] - expiry
      local full, failed, fault, entries = {}, {}, '', {}
      local max, min, pcall = math.max, math.min, redis.pcall
      local function try(...)
        local reply = pcall(...)
        if type(reply) ~= 'table' or not reply.err then
          return reply
        end
        if fault == '' then
          fault = reply.err
        end
      end
      for i = 1, queues do
        local key = KEYS[i]
        local capacity, rest = tonumber(ARGV[2 + count + 2 * i]), ARGV[3 + count + 2 * i]
        local waiting = try('ZCARD', key)
        if waiting and waiting + max(wanted, count) > capacity then
          waiting = try('ZCOUNT', key, '(' .. stale, '+inf')
        end
        if not waiting then
          failed[#failed + 1] = i
        else
          local room = max(0, capacity - waiting)
          if room < wanted then
            local oldest = count == 0 and try('ZRANGE', key, 0, 0) or {}
            full[#full + 1] = i
            full[#full + 1] = room
            full[#full + 1] = string.sub(oldest[1] or '', 1, 16)
          end
          local fitting = min(count, room)
          for j = 1, fitting do
            entries[2 * j - 1], entries[2 * j] = score, ARGV[3 + j] .. rest
          end
          if fitting > 0 then
            if try('ZADD', key, unpack(entries, 1, 2 * fitting)) then
              try('ZREMRANGEBYSCORE', key, 0, stale)
              try('EXPIRE', key, expiry)
              hasWritten = true
            else
              failed[#failed + 1] = i
            end
          end
        end
      end
      if marker and hasWritten then
        try('SET', marker, 1, 'EX', ARGV[#ARGV])
      end
      return {full, fault, failed, score}
      """,
    digest: "d7c8944d84aaac4b7bb256d1f864d81b870fd640")

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
