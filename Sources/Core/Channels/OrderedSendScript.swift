extension LayerScript {
  /// Group sends to several groups in one step, as `send` to one: a consumer of two of them gets the messages in
  /// their order.
  ///
  /// Of the messages the first few are taken, as many as one script may write in some 20 ms. Before one that
  /// `send` has more to say of, or has to hold back, it ends: its group is too large, or unreadable, or has
  /// too few channels; one of its queues fails, or has no room while that counts; its marker was set amid
  /// these. All reads come before the first write.
  ///
  /// KEYS: groups and markers. ARGV: prefix, expiry, group_expiry, capacity, channels needed, `drop`, `fail`
  /// or `wait`, life of the markers, how many queues are given up, each as `2:process` for the group of the
  /// second key, and of each message the key of its group, the message up to its list of channels, and the key
  /// of its marker or nothing. Returns how many messages were taken; the places of those whose marker was
  /// there; the key of each group that was written to, and what `send` returns of it.
  static let sendInOrder = LayerScript(
    text: """
      local prefix, expiry, group_expiry, capacity, need, mode, life = unpack(ARGV, 1, 7)
      capacity, need = tonumber(capacity), tonumber(need)
      local first = 9 + ARGV[8]
      local count = (#ARGV - first + 1) / 3
      local time = redis.call('TIME')
      local score = string.format('%.17g', time[1] + time[2] / 1000000)
      local stale, gone = time[1] - expiry, time[1] - group_expiry
      local find, sub, max, pcall = string.find, string.sub, math.max, redis.pcall
      local groups, met, room, entries, order = {}, {}, {}, {}, {}
      local marked, isMarked, duplicates, skipped, faults, written = {}, {}, {}, {}, {}, {}
      local taken, cost = 0, 0
      for i = 9, first - 1 do
        skipped[ARGV[i]] = true
      end
      local function try(name, ...)
        local reply = pcall(...)
        if type(reply) ~= 'table' or not reply.err then
          return reply
        end
        faults[name] = faults[name] or reply.err
      end
      local function read(index)
        local page = try(index, 'ZRANGEBYSCORE', KEYS[index], '(' .. gone, '+inf', 'LIMIT', 0, 1001)
        if not page or #page > 1000 or #page < need then
          return
        end
        local group = {total = #page, taken = 0, queues = {}, lists = {}, fitting = {}, skips = {}}
        for _, member in ipairs(page) do
          local queue = sub(member, 1, find(member, '!', 1, true) or -1)
          local list = group.lists[queue]
          if not list then
            list = {}
            group.lists[queue] = list
            group.queues[#group.queues + 1] = queue
          end
          list[#list + 1] = member
        end
        cost = cost + 650 * #page + 8000 * #group.queues
        if #group.queues > 100 then
          return
        end
        for _, queue in ipairs(group.queues) do
          group.lists[queue] = cmsgpack.pack(group.lists[queue])
          group.fitting[queue] = 0
          group.skips[queue] = skipped[index .. ':' .. queue]
          if not room[queue] then
            local key = prefix .. queue
            local waiting = try(queue, 'ZCARD', key)
            if waiting and waiting + count > capacity then
              waiting = try(queue, 'ZCOUNT', key, '(' .. stale, '+inf')
            end
            if not waiting then
              return
            end
            room[queue] = max(0, capacity - waiting)
            entries[queue] = {}
            order[#order + 1] = queue
          end
        end
        met[#met + 1] = index
        return group
      end
      local function holds(group)
        for _, queue in ipairs(group.queues) do
          local waits = mode == 'wait' and not group.skips[queue] and sub(queue, 1, 9) ~= 'turboctl.'
          if room[queue] == 0 and (mode == 'fail' or waits) then
            return true
          end
        end
      end
      for i = 1, count do
        local index, message, marker = unpack(ARGV, first + 3 * i - 3, first + 3 * i - 1)
        index, marker = tonumber(index), KEYS[tonumber(marker)]
        if groups[index] == nil then
          groups[index] = read(index) or false
        end
        local group = groups[index]
        if not group or isMarked[marker] then
          break
        end
        local isThere = marker and try(index, 'EXISTS', marker)
        if marker and not isThere then
          break
        end
        if isThere == 1 then
          duplicates[#duplicates + 1] = i
        else
          cost = cost + #group.queues * (2700 + #message) + 250 * group.total
          if taken > 0 and cost > 13500000 or mode ~= 'drop' and holds(group) then
            break
          end
          local fitting = {}
          for _, queue in ipairs(group.queues) do
            if room[queue] > 0 and not group.skips[queue] then
              local list = entries[queue]
              list[#list + 1] = score
              list[#list + 1] = message .. group.lists[queue]
              room[queue] = room[queue] - 1
              group.fitting[queue] = group.fitting[queue] + 1
              fitting[#fitting + 1] = queue
            end
          end
          if marker then
            isMarked[marker] = true
            marked[#marked + 1] = {index, marker, fitting}
          end
          group.taken = group.taken + 1
        end
        taken = i
      end
      for _, queue in ipairs(order) do
        if #entries[queue] > 0 then
          local key = prefix .. queue
          if try(queue, 'ZADD', key, unpack(entries[queue])) then
            written[queue] = true
            try(queue, 'ZREMRANGEBYSCORE', key, 0, stale)
            try(queue, 'EXPIRE', key, expiry)
          end
        end
      end
      for _, mark in ipairs(marked) do
        for _, queue in ipairs(mark[3]) do
          if written[queue] then
            try(mark[1], 'SET', mark[2], 1, 'EX', life)
            break
          end
        end
      end
      local replies = {}
      for _, index in ipairs(met) do
        local group = groups[index]
        if group.taken > 0 then
          try(index, 'ZREMRANGEBYSCORE', KEYS[index], 0, gone)
          local full, failed, fault = {}, {}, faults[index]
          for _, queue in ipairs(group.queues) do
            local fitting = group.fitting[queue]
            fault = fault or faults[queue]
            if fitting > 0 and not written[queue] then
              failed[#failed + 1] = queue
            elseif fitting < group.taken then
              full[#full + 1] = queue
              full[#full + 1] = fitting
              full[#full + 1] = ''
            end
          end
          replies[#replies + 1] = index
          replies[#replies + 1] =
            {group.total, #group.queues, group.taken, full, fault or '', failed, score, {}}
        end
      end
      return {taken, duplicates, replies}
      """,
    digest: "966aef7367fbaa12f6a3480c2ab7a9a0f8e04f3c")
}
