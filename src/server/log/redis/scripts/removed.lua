-- Rooms that were removed. KEYS[4] says for a while when the last one of the name was made: that one and
-- those before it are gone, and a later one is not.
local function removed_last()
  return tonumber(redis.call('GET', KEYS[4]) or '')
end

local function is_removed(made)
  local last = removed_last()
  return last and tonumber(made) <= last
end

-- When a room is made now, in microseconds: later than the one that was removed, even if Redis' clock
-- was set back meanwhile.
local function made_now()
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  return string.format('%.0f', math.max(now, (removed_last() or 0) + 1))
end

