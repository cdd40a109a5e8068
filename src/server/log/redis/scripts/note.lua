-- Notes the time ARGV[1], unless a later one is noted.
local noted = tonumber(redis.call('GET', KEYS[1]) or '-1')
if tonumber(ARGV[1]) > noted then
  redis.call('SET', KEYS[1], ARGV[1])
end
return { 'noted' }
