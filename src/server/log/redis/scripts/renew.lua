-- Renews the lease of a node and removes those that ran out. KEYS: the leases (sorted by the time at
-- which they end, in milliseconds), the time of the last renewal, and the epoch. ARGV: the node, how
-- long a lease holds, and after how long without any renewal a node that has a lease takes all for held up:
-- nobody could renew while Redis did not answer. A node without one cannot tell whether they are dead. No
-- lease ends later than one from now, as it would after Redis' clock was set back. A node that had no lease is told to all on the channel ARGV[4], with the message
-- ARGV[5]. Nothing is done if this is not the epoch ARGV[6], or if it has had fewer renewals than
-- ARGV[7], of which the node knows: Redis has lost data. KEYS[4] (a hash) has of each node with a lease
-- what it tells of itself, this one ARGV[8]. The fifth of what is returned says whether the node had no
-- lease.
local epoch = redis.call('HMGET', KEYS[3], 'id', 'n')
if epoch[1] ~= ARGV[6] or tonumber(epoch[2]) < tonumber(ARGV[7]) then
  return { 'lost' }
end
local n = redis.call('HINCRBY', KEYS[3], 'n', 1)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = string.format('%.0f', now + tonumber(ARGV[2]))
local last = tonumber(redis.call('GET', KEYS[2]) or now)
if now - last > tonumber(ARGV[3]) and redis.call('HGET', KEYS[4], ARGV[1]) then
  for _, node in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    redis.call('ZADD', KEYS[1], 'XX', ends, node)
  end
end
for _, node in ipairs(redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now), 'BYSCORE')) do
  redis.call('ZREM', KEYS[1], node)
  redis.call('HDEL', KEYS[4], node)
end
for _, node in ipairs(redis.call('ZRANGE', KEYS[1], '(' .. ends, '+inf', 'BYSCORE')) do
  redis.call('ZADD', KEYS[1], ends, node)
end
local is_new = redis.call('ZADD', KEYS[1], ends, ARGV[1]) == 1
redis.call('SET', KEYS[2], string.format('%.0f', now), 'PX', 86400000)
redis.call('HSET', KEYS[4], ARGV[1], ARGV[8])
redis.call('PEXPIRE', KEYS[1], 86400000)
redis.call('PEXPIRE', KEYS[4], 86400000)
if is_new then
  redis.call('PUBLISH', ARGV[4], ARGV[5])
end
return { time[1], time[2], redis.call('ZRANGE', KEYS[1], 0, -1), n, is_new and 1 or 0 }
