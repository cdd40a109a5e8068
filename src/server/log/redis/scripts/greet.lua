-- What a node needs before it may append. KEYS: the server's id, the run of Redis that was seen
-- last, the window after a restart, the newest time. ARGV: an id for a new server, the run of Redis
-- now, and how long the window is in milliseconds.
redis.call('SET', KEYS[1], ARGV[1], 'NX')
local run = redis.call('GET', KEYS[2])
if run ~= ARGV[2] then
  redis.call('SET', KEYS[2], ARGV[2])
  if run then
    redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
  end
end
local window = math.max(redis.call('PTTL', KEYS[3]), 0)
return { redis.call('GET', KEYS[1]), window, redis.call('GET', KEYS[4]) or '' }
