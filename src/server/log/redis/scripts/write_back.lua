-- Takes a room back that was lost: at the rev ARGV[1], with the tip ARGV[2] and the snapshot ARGV[3],
-- made at the time ARGV[7]. One that is there is replaced until the time ARGV[4] in microseconds, if it
-- was made earlier, or is the same and its rev is lower. One that was removed stays so. Tells all
-- nodes: on the channel ARGV[5], with the message ARGV[6]. ARGV[8] is the room, which goes on the list
-- KEYS[5].
--
-- From then on it counts as made now: what a node has that missed this loss was made earlier, and does not
-- win at the next loss, whatever the revs are. Nodes that write back after the same loss, in the epoch
-- ARGV[9], still compare by the time before.
local head = redis.call('HMGET', KEYS[1], 'rev', 'tip', 'made', 'before', 'epoch')
local newest = tonumber(ARGV[7])
if head[1] then
  local made = head[3] or '0'
  if head[1] == ARGV[1] and head[2] == ARGV[2] then
    return { 'agreed', made }
  end
  local time = redis.call('TIME')
  local is_over = time[1] * 1000000 + time[2] >= tonumber(ARGV[4])
  local before = head[5] == ARGV[9] and head[4] or made
  local older = tonumber(before) - tonumber(ARGV[7])
  local has_less = older < 0 or older == 0 and tonumber(head[1]) < tonumber(ARGV[1])
  if is_over or not has_less then
    return { 'other' }
  end
  newest = math.max(newest, tonumber(made))
elseif is_removed(ARGV[7]) then
  return { 'other' }
end
local refused = refusal({
  { 'DEL', KEYS[2] },
  { 'SET', KEYS[3], '' },
  { 'HSET', KEYS[1], 'rev', '' },
  { 'ZADD', KEYS[5], '0', '' },
  { 'PUBLISH', ARGV[5], '' },
})
if refused then
  return refused
end
local made = string.format('%.0f', math.max(tonumber(made_now()), newest + 1))
redis.call('DEL', KEYS[2])
redis.call('SET', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[1], 'rev', ARGV[1], 'tip', ARGV[2], 'snap', ARGV[1], 'snaptip', ARGV[2])
redis.call('HSET', KEYS[1], 'made', made, 'before', ARGV[7], 'epoch', ARGV[9], 'unsaved', '0')
redis.call('ZADD', KEYS[5], redis.call('TIME')[1], ARGV[8])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { 'agreed', made }
