-- A whole room.
local head = redis.call('HMGET', KEYS[1], 'rev', 'tip', 'snap')
if not head[1] then
  return { 'gone' }
end
return whole(head)
