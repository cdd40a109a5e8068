-- What a node lacks of a room of which it has the rev `after`, whose append had the tip `tip`.
-- KEYS: the room's head (hash), log (stream) and snapshot (string).
local function entries(found, first)
  local events = {}
  for i = first, #found do
    events[#events + 1] = found[i][2][2]
  end
  return events
end

local function whole(head)
  local after = tonumber(head[3] or '0')
  local found = redis.call('XRANGE', KEYS[2], string.format('%.0f-0', after + 1), '+')
  return { 'room', head[1], head[2], redis.call('GET', KEYS[3]) or '', entries(found, 1) }
end

local function lacking(after, tip)
  local head = redis.call('HMGET', KEYS[1], 'rev', 'tip', 'snap', 'snaptip')
  if not head[1] then
    return { 'gone' }
  end
  if head[1] == after and head[2] == tip then
    return { 'events', head[1], head[2], {} }
  end
  local found = redis.call('XRANGE', KEYS[2], after .. '-0', '+')
  if after == '0' then
    if found[1] and found[1][1] == '1-0' then
      return { 'events', head[1], head[2], entries(found, 1) }
    end
  elseif found[1] and found[1][1] == after .. '-0' and found[1][2][4] == tip then
    return { 'events', head[1], head[2], entries(found, 2) }
  elseif head[3] == after and head[4] == tip then
    -- A room that was brought here has no events before those.
    return { 'events', head[1], head[2], entries(found, 1) }
  end
  return whole(head)
end
