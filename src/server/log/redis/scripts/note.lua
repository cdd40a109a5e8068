-- Notes the room time ARGV[1] and what Redis' clock shows meanwhile, unless a later one is noted.
local noted = tonumber(string.match(redis.call('GET', KEYS[1]) or '', '^%d+') or '-1')
if tonumber(ARGV[1]) > noted then
  local time = redis.call('TIME')
  redis.call('SET', KEYS[1], string.format('%s %.0f', ARGV[1], time[1] * 1000000 + time[2]))
end
return { 'noted' }
