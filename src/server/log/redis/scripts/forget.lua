-- Removes a room, and tells all nodes: on the channel ARGV[1], with the message ARGV[2].
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return { 'gone' }
