-- Removes a room and its name on the list KEYS[5], unless it is another one by now than that whose tip
-- is ARGV[3], and tells all nodes: on the channel ARGV[1], with the message ARGV[2]. For ARGV[4]
-- milliseconds it stays known when the room was made, so that no node that was away writes it back.
-- ARGV[5] is the room.
local head = redis.call('HMGET', KEYS[1], 'tip', 'made')
if head[1] ~= ARGV[3] then
  return { 'other' }
end
local refused = refusal({
  { 'DEL', KEYS[1], KEYS[2], KEYS[3] },
  { 'ZREM', KEYS[5], '' },
  { 'SET', KEYS[4], '' },
  { 'PUBLISH', ARGV[1], '' },
})
if refused then
  return refused
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[5], ARGV[5])
redis.call('SET', KEYS[4], head[2] or '0', 'PX', ARGV[4])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return { 'gone' }
