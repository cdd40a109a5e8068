-- What a node needs before it may append. KEYS: the server's id, the run of Redis that was seen
-- last, the window after a restart, the newest time. ARGV: the id for a server that has none here,
-- the run of Redis now, how long the window is in milliseconds, and 1 if the node knows an earlier
-- run: then there may have been one even if Redis knows of none. The last of what is returned says how
-- long ago, by Redis' clock, the newest time was noted.
redis.call('SET', KEYS[1], ARGV[1], 'NX')
local run = redis.call('GET', KEYS[2])
local first = 'first ' .. ARGV[2]
if run ~= ARGV[2] and (run ~= first or ARGV[4] == '1') then
  if run or ARGV[4] == '1' then
    redis.call('SET', KEYS[2], ARGV[2])
    redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
  else
    redis.call('SET', KEYS[2], first)
  end
end
local window = math.max(redis.call('PTTL', KEYS[3]), 0)
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local ends = now + window * 1000
local newest, shown = string.match(redis.call('GET', KEYS[4]) or '', '^(%d+) ?(%d*)')
local since = math.max(now - (tonumber(shown or '') or now), 0)
return {
  redis.call('GET', KEYS[1]),
  window,
  newest or '',
  string.format('%.0f', ends),
  string.format('%.0f', since),
}
