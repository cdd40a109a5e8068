-- Appends events that follow the rev ARGV[1], whose tip is ARGV[2], and tells them to all nodes.
-- ARGV[3] is the tip of this append, ARGV[4] the time in microseconds until which it counts,
-- ARGV[5] the channel, ARGV[6] the first line of the message, ARGV[7] the snapshot or nothing,
-- ARGV[8] how many events before a snapshot are kept, ARGV[9] when the room was made, as the node knows
-- it, and the rest are the events. KEYS[5] is the key with which the room may be created.
local time = redis.call('TIME')
if time[1] * 1000000 + time[2] > tonumber(ARGV[4]) then
  return { 'late' }
end
local head = redis.call('HMGET', KEYS[1], 'rev', 'tip', 'made')
local rev = head[1] or '0'
if rev ~= ARGV[1] or (head[2] or '0000000000000000') ~= ARGV[2] then
  return lacking(ARGV[1], ARGV[2], ARGV[9])
end
local made = head[3] or '0'
if not head[1] then
  made = made_now()
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[5])
  redis.call('HSET', KEYS[1], 'made', made)
end
rev = tonumber(rev)
for i = 10, #ARGV do
  rev = rev + 1
  redis.call('XADD', KEYS[2], string.format('%.0f-0', rev), 'e', ARGV[i], 't', ARGV[3])
end
local last = string.format('%.0f', rev)
redis.call('HSET', KEYS[1], 'rev', last, 'tip', ARGV[3])
if ARGV[7] ~= '' then
  redis.call('SET', KEYS[3], ARGV[7])
  redis.call('HSET', KEYS[1], 'snap', last, 'snaptip', ARGV[3])
  local kept = math.max(rev - tonumber(ARGV[8]), 0)
  redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f-0', kept))
end
redis.call('PUBLISH', ARGV[5], ARGV[6] .. ' ' .. made .. '\n' .. table.concat(ARGV, '\n', 10))
return { 'agreed', made }
