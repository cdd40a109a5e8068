-- Takes names off the list KEYS[1] of rooms that do not exist: of those whose heads are the other keys,
-- the ones that have none. ARGV are the names, in the order of the heads. Returns how many.
local removed = 0
for i = 1, #ARGV do
  if not redis.call('HGET', KEYS[i + 1], 'rev') then
    removed = removed + redis.call('ZREM', KEYS[1], ARGV[i])
  end
end
return removed
