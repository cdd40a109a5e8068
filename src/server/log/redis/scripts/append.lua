-- Appends events that follow the rev ARGV[1], whose tip is ARGV[2], and tells them to all nodes.
-- ARGV[3] is the tip of this append, ARGV[4] the time in microseconds until which it counts,
-- ARGV[5] the channel, ARGV[6] the first line of the message, ARGV[7] the snapshot or nothing,
-- ARGV[8] how many events before a snapshot are kept, ARGV[9] when the room was made, as the node knows
-- it, ARGV[10] the room, ARGV[11] how many bytes of events before a snapshot are kept, and the rest are
-- the events. KEYS[5] is the key with which the room may be created, KEYS[6] the list of all rooms.
-- The last of what is returned is how many bytes of events there are after the snapshot.
local first = 12

-- Removes events before a snapshot at `rev`: all but the last so many, which have at most so many bytes.
-- The last one stays: nodes recognise the room by it.
local function trim(rev, count, bytes)
  local oldest, left, last = math.max(rev - count, 1), bytes, rev
  while last >= oldest do
    local from = math.max(last - 63, oldest)
    local found = redis.call('XRANGE', KEYS[2], string.format('%.0f-0', from), string.format('%.0f-0', last))
    for i = #found, 1, -1 do
      left = left - #found[i][2][2]
      if left < 0 then
        oldest = math.min(tonumber(string.match(found[i][1], '^%d+')) + 1, rev)
        break
      end
    end
    last = from - 1
  end
  redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f-0', oldest))
end

local time = redis.call('TIME')
if time[1] * 1000000 + time[2] > tonumber(ARGV[4]) then
  return { 'late' }
end
local head = redis.pcall('HMGET', KEYS[1], 'rev', 'tip', 'made', 'unsaved')
if head.err then
  return { 'unreadable' }
end
local rev = head[1] or '0'
if rev ~= ARGV[1] or (head[2] or '0000000000000000') ~= ARGV[2] then
  return lacking(ARGV[1], ARGV[2], ARGV[9])
end
local needed = {
  { 'XADD', KEYS[2], '1-0', 'e', '' },
  { 'HSET', KEYS[1], 'rev', '' },
  { 'PUBLISH', ARGV[5], '' },
}
if ARGV[7] ~= '' then
  needed[#needed + 1] = { 'SET', KEYS[3], '' }
  needed[#needed + 1] = { 'XRANGE', KEYS[2], '-', '+' }
  needed[#needed + 1] = { 'XTRIM', KEYS[2], 'MINID', '1-0' }
end
if not head[1] then
  needed[#needed + 1] = { 'DEL', KEYS[2], KEYS[3], KEYS[5] }
  needed[#needed + 1] = { 'ZADD', KEYS[6], '0', '' }
end
local refused = refusal(needed)
if refused then
  return refused
end
local made = head[3] or '0'
if not head[1] then
  made = made_now()
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[5])
end
rev = tonumber(rev)
local unsaved = tonumber(head[4] or '0')
for i = first, #ARGV do
  rev = rev + 1
  unsaved = unsaved + #ARGV[i]
  redis.call('XADD', KEYS[2], string.format('%.0f-0', rev), 'e', ARGV[i], 't', ARGV[3])
end
local last = string.format('%.0f', rev)
if ARGV[7] ~= '' then
  redis.call('SET', KEYS[3], ARGV[7])
  redis.call('HSET', KEYS[1], 'snap', last, 'snaptip', ARGV[3])
  trim(rev, tonumber(ARGV[8]), tonumber(ARGV[11]))
  unsaved = 0
end
unsaved = string.format('%.0f', unsaved)
redis.call('HSET', KEYS[1], 'rev', last, 'tip', ARGV[3], 'made', made, 'unsaved', unsaved)
if not head[1] then
  redis.call('ZADD', KEYS[6], time[1], ARGV[10])
end
redis.call('PUBLISH', ARGV[5], ARGV[6] .. ' ' .. made .. '\n' .. table.concat(ARGV, '\n', first))
return { 'agreed', made, unsaved }
