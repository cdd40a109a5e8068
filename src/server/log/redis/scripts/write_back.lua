-- Takes a room back that was lost: at the rev ARGV[1], with the tip ARGV[2] and the snapshot ARGV[3],
-- made at the time ARGV[7]. One that is there is replaced until the time ARGV[4] in microseconds, if it
-- was made earlier, or is the same and its rev is lower. One that was removed stays so. Tells all
-- nodes: on the channel ARGV[5], with the message ARGV[6]. ARGV[8] is the room, which goes on the list
-- KEYS[5].
local head = redis.call('HMGET', KEYS[1], 'rev', 'tip', 'made')
if head[1] then
  local made = head[3] or '0'
  if head[1] == ARGV[1] and head[2] == ARGV[2] then
    return { 'agreed', made }
  end
  local time = redis.call('TIME')
  local is_over = time[1] * 1000000 + time[2] >= tonumber(ARGV[4])
  local older = tonumber(made) - tonumber(ARGV[7])
  local has_less = older < 0 or older == 0 and tonumber(head[1]) < tonumber(ARGV[1])
  if is_over or not has_less then
    return { 'other' }
  end
elseif is_removed(ARGV[7]) then
  return { 'other' }
end
redis.call('DEL', KEYS[2])
redis.call('SET', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[1], 'rev', ARGV[1], 'tip', ARGV[2], 'snap', ARGV[1], 'snaptip', ARGV[2])
redis.call('HSET', KEYS[1], 'made', ARGV[7], 'unsaved', '0')
redis.call('ZADD', KEYS[5], redis.call('TIME')[1], ARGV[8])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { 'agreed', ARGV[7] }
