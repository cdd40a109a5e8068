-- What a node needs before it may append. KEYS: the server's id, the epoch (a hash: the `run` of Redis,
-- the epoch's `id`, its `rank` among all, the number `n` of renewals in it, and whether it is the
-- `first`), the window after a loss (how long one is, in milliseconds), the newest time, and the key of
-- hashes. ARGV: the id for a server that has none here, the run of Redis now, how long the window is in
-- milliseconds, the epoch that the node knows or nothing, the key of hashes if there is none, the id of a
-- new epoch, how many renewals the node knows of, and the rank of its epoch. The fifth of what is returned
-- says how long ago, by Redis' clock, the newest time was noted.
redis.call('SET', KEYS[1], ARGV[1], 'NX')
redis.call('SET', KEYS[5], ARGV[5], 'NX')
local held = redis.call('HMGET', KEYS[2], 'run', 'id', 'n', 'first', 'rank')
local run, id, knows = held[1], held[2], ARGV[4] ~= ''
local rank, known_rank = tonumber(held[5] or '0'), tonumber(ARGV[8])
local is_older = rank < known_rank
if knows and id == ARGV[4] then
  is_older = tonumber(held[3] or '0') < tonumber(ARGV[7])
end
local opens_window = false
if run ~= ARGV[2] or is_older then
  -- Redis was started again, or its data are not those that the node has seen.
  id, rank = ARGV[6], math.max(rank, known_rank) + 1
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[2], 'run', ARGV[2], 'id', id, 'n', '0', 'rank', rank)
  opens_window = run or knows
  if not opens_window then
    redis.call('HSET', KEYS[2], 'first', '1')
  end
elseif held[4] and knows and id ~= ARGV[4] then
  -- A node that came first took Redis for a new one, and this one knows better.
  redis.call('HDEL', KEYS[2], 'first')
  opens_window = true
end
if opens_window then
  redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[3])
end
local window = math.max(redis.call('PTTL', KEYS[3]), 0)
local longest = tonumber(redis.call('GET', KEYS[3]) or '')
if longest and window > longest then
  -- Redis' clock was set back since the window was opened.
  redis.call('PEXPIRE', KEYS[3], longest)
  window = longest
end
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
  redis.call('GET', KEYS[5]),
  id,
  redis.call('HGET', KEYS[2], 'n'),
  rank,
}
