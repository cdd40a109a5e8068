-- Redis undoes nothing that a script wrote before it failed, so a script looks first whether its user may
-- do all that it will do. Returns the answer if not, and nil if so.
local function refusal(commands)
  for _, command in ipairs(commands) do
    if not redis.acl_check_cmd(unpack(command)) then
      return redis.error_reply('NOPERM a script may not run ' .. string.lower(command[1]) .. ' for this user')
    end
  end
end

