-- A whole room.
local head = redis.call('HMGET', KEYS[1], 'rev', 'tip', 'snap', 'snaptip', 'made')
if not head[1] then
  return { 'gone' }
end
return whole(head)
