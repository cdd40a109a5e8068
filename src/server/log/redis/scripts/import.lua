-- Takes a room as it is, unless there is one: at the rev ARGV[1], with the tip ARGV[2] and the
-- snapshot ARGV[3]. Tells all nodes: on the channel ARGV[4], with the message ARGV[5]. It is made now: one
-- of its name that was removed before is another. ARGV[6] is the room, which goes on the list KEYS[5].
if redis.call('EXISTS', KEYS[1]) == 1 then
  return { 'other' }
end
local refused = refusal({
  { 'DEL', KEYS[2] },
  { 'SET', KEYS[3], '' },
  { 'HSET', KEYS[1], 'rev', '' },
  { 'ZADD', KEYS[5], '0', '' },
  { 'PUBLISH', ARGV[4], '' },
})
if refused then
  return refused
end
local made = made_now()
redis.call('DEL', KEYS[2])
redis.call('SET', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[1], 'rev', ARGV[1], 'tip', ARGV[2], 'snap', ARGV[1], 'snaptip', ARGV[2])
redis.call('HSET', KEYS[1], 'made', made)
redis.call('ZADD', KEYS[5], redis.call('TIME')[1], ARGV[6])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return { 'agreed', made }
