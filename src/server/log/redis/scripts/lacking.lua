-- What a node lacks of a room that was made at the time `known`, of which it has the rev `after`, whose
-- append had the tip `tip`. KEYS: the room's head (hash), log (stream) and snapshot (string), and when
-- the room was made that was removed last.
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
  local snapshot = redis.call('GET', KEYS[3]) or ''
  return { 'room', head[1], head[2], head[5] or '0', snapshot, entries(found, 1) }
end

local function lacking(after, tip, known)
  local head = redis.call('HMGET', KEYS[1], 'rev', 'tip', 'snap', 'snaptip', 'made')
  if not head[1] then
    if after ~= '0' and not is_removed(known) then
      return { 'lost' }
    end
    return { 'gone' }
  end
  local made = head[5] or '0'
  if not (tonumber(head[1]) and tonumber(made)) then
    return { 'unreadable' }
  end
  if after ~= '0' then
    local older = tonumber(made) - tonumber(known)
    if older < 0 or older == 0 and tonumber(head[1]) < tonumber(after) then
      return { 'lost' }
    end
  end
  if head[1] == after and head[2] == tip then
    return { 'events', head[1], head[2], made, {} }
  end
  local found = redis.call('XRANGE', KEYS[2], after .. '-0', '+')
  if after == '0' then
    if found[1] and found[1][1] == '1-0' then
      return { 'events', head[1], head[2], made, entries(found, 1) }
    end
  elseif found[1] and found[1][1] == after .. '-0' and found[1][2][4] == tip then
    return { 'events', head[1], head[2], made, entries(found, 2) }
  elseif head[3] == after and head[4] == tip then
    -- A room that was brought here has no events before those.
    return { 'events', head[1], head[2], made, entries(found, 1) }
  end
  return whole(head)
end
