-- A token bucket: takes ARGV[3] tokens, or gives them back if that is negative. KEYS: the bucket
-- (hash). ARGV: the most tokens, how many come back per second, and the change. Returns how many
-- milliseconds are left until there are enough; 0 if they were taken.
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local most, rate, change = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local held = redis.call('HMGET', KEYS[1], 'left', 'at')
local at = tonumber(held[2] or now)
if at > now then
  -- The clock was set back: the time until then does not count twice.
  at = now
  redis.call('HSET', KEYS[1], 'at', string.format('%.6f', now))
end
local passed = now - at
local left = math.min(most, tonumber(held[1] or most) + passed * rate)
if change > left then
  return math.ceil((change - left) / rate * 1000)
end
left = math.min(most, left - change)
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', string.format('%.6f', now))
-- A full bucket is the same as none.
redis.call('PEXPIRE', KEYS[1], math.ceil((most - left) / rate * 1000) + 1)
return 0
