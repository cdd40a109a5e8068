# What people read, in English: the language that every other one follows.
#
# One message a line. A person is $who; $you is "yes" if they are the reader.

## Numbers (number-)

number-seconds = { $seconds } s
number-milliseconds = { $milliseconds } ms
number-minutes = { $minutes } min
number-hours = { $hours } h { $minutes } min

## People (person-)

person-you = you
person-you-object = you
person-role = { $role ->
    [admin] admin
    [moderator] moderator
   *[viewer] viewer
}

## Why a command is denied (denied-)


## Why a server refuses a connection (refused-)


## Names of members (name-)


## Bans (ban-)


## Frames that a server cannot read (frame-)


## The page behind an invite link (invite-)


## Errors of commands (usage-)


## Requests to the admins (request-)


## Notices (notice-)

notice-not-played = Couldn't play it. { $why }
notice-not-connected = Not connected: the room didn't pause or jump.
notice-server-error = The server couldn't read a message from this client: { $reason }
notice-out-of-date = Not connected. This is how things were when the connection broke:
notice-unbanned = { $name } is no longer banned.
notice-unbanned-by = { $you ->
    [yes] You unbanned { $name }.
   *[no] { $who } unbanned { $name }.
}
notice-acting-admin = { $you ->
    [yes] You're acting admin until an admin returns.
   *[no] { $who } is acting admin until an admin returns.
}
notice-acting-admin-until = { $you ->
    [yes] You're acting admin until { $admin } returns.
   *[no] { $who } is acting admin until { $admin } returns.
}
notice-titled = This room is now called { $title }.
notice-titled-by = { $you ->
    [yes] You named this room { $title }.
   *[no] { $who } named this room { $title }.
}
notice-untitled = This room no longer has a title.
notice-untitled-by = { $you ->
    [yes] You removed the room's title.
   *[no] { $who } removed the room's title.
}
notice-heir = { $you ->
    [yes] You take over when no admin is here.
   *[no] { $who } takes over when no admin is here.
}
notice-only-here = Only this computer can reach this room. Friends on your network: start with --lan. Elsewhere: see `watchtogether serve --help`. Got an invite? /join LINK
notice-on-lan = This room is on your local network. Others there join with: watchtogether join { $invites }
notice-tokens-overdue = The disk isn't answering, so your place in this room can't be looked up. Joining without it: you may come in as a new member.
notice-room-created = You created this room. Others join with: watchtogether join { $invite }
notice-made-private = This room is private: to join, everyone needs the password you gave.
notice-already-exists = This room already exists, so the title and visibility you asked for weren't used.
notice-password-unused = This room has no password, so yours wasn't used.
notice-name-changed = You're called { $name } in this room. Change it with /nick NAME.
notice-name-kept = You're still called { $name } in this room. { $why }
notice-cannot-seek = You're { $off } off, and your player can't jump in this video: its server takes no range requests. A link from another server would help.
notice-time-jumps = The time in this video jumps midway, so players aren't kept in step from here on. An admin's /seek brings them closer again.
notice-ends-early = Your copy of the video ends here, and the room plays on. Your player rejoins with the next video, or when the room goes back to a part you have.
notice-begins-later = Your copy of the video is missing its beginning, so you see a different scene, { $off } off. /retry opens it again.
notice-begins-earlier = Your copy of the video begins earlier than the room's, so you see a different scene, { $off } off. An admin's /retry may help.
notice-part-missing = Part of the stream is missing and was skipped.
notice-part-missing-at = Part of the stream is missing at { $at } and was skipped.
notice-part-missing-length = Part of the stream is missing ({ $length }) and was skipped.
notice-part-missing-at-length = Part of the stream is missing at { $at } ({ $length }) and was skipped.
notice-tries-again = { $problem } Trying again; /retry tries now.
notice-paused = { $you ->
    [yes] You paused at { $at }.
   *[no] { $who } paused at { $at }.
}
notice-resumed = { $you ->
    [yes] You resumed at { $at }.
   *[no] { $who } resumed at { $at }.
}
notice-rate = { $you ->
    [yes] You set the speed to { $rate }×.
   *[no] { $who } set the speed to { $rate }×.
}
notice-jumped = { $you ->
    [yes] You jumped from { $from } to { $to }.
   *[no] { $who } jumped from { $from } to { $to }.
}
notice-jumped-hint = /undo takes it back.
notice-jump-undone = { $you ->
    [yes] You took the jump back, from { $from } to { $to }.
   *[no] { $who } took the jump back, from { $from } to { $to }.
}
notice-skipped = { $you ->
    [yes] You skipped to the next video.
   *[no] { $who } skipped to the next video.
}
notice-countdown = { $you ->
    [yes] You started a countdown: 3, 2, 1.
   *[no] { $who } started a countdown: 3, 2, 1.
}
notice-countdown-hint = /pause stops it.
notice-finished = The video has ended. The queue is empty. /add LINK adds another.
notice-nothing-on = Waiting for a video... Add one in the terminal: /add LINK. You're responsible for the links you post; this service hosts nothing.
notice-nothing-on-invite = Waiting for a video... Add one in the terminal: /add LINK. Friends join with: watchtogether join { $invite }  You're responsible for the links you post; this service hosts nothing.
notice-quality-fixed = This link comes in one quality only; your choice applies to YouTube videos.
notice-stalled-lighter = Your video stalled twice. /quality 480 makes it lighter.
notice-stalled-fixed = Your video stalled twice, and this link comes in one quality only. A longer pause lets it load ahead: request one with /ask. With /nowait the others play on meanwhile.
notice-woke = This computer slept for { $slept }. Catching up.
notice-waiting = { $you ->
    [yes] Your video stalled. The room waits { $at_most } at most.
   *[no] { $who }'s video stalled. The room waits { $at_most } at most.
}
notice-waiting-hint = /go plays on.
notice-wait-over-short = { $you ->
    [yes] No longer waiting for you. Playing on.
   *[no] No longer waiting for { $who }. Playing on.
}
notice-wait-over = { $you ->
    [yes] Waited { $took } for you. Playing on.
   *[no] Waited { $took } for { $who }. Playing on.
}
notice-waits = The room now waits when a member's video stalls.
notice-waits-off = The room no longer waits when a member's video stalls.
notice-waits-by = { $you ->
    [yes] You turned waiting on: the room waits when a member's video stalls.
   *[no] { $who } turned waiting on: the room waits when a member's video stalls.
}
notice-waits-off-by = { $you ->
    [yes] You turned waiting off: the room plays on when a member's video stalls.
   *[no] { $who } turned waiting off: the room plays on when a member's video stalls.
}
notice-waits-small = With so few here, the room waits when a member's video stalls.
notice-waits-large = With so many here, the room no longer waits when a member's video stalls.
notice-approved = { $you ->
    [yes] You approved { $entry }.
   *[no] { $who } approved { $entry }.
}
notice-moved = { $you ->
    [yes] You moved { $entry } to place { $place } in the queue.
   *[no] { $who } moved { $entry } to place { $place } in the queue.
}
notice-rejected = { $own ->
    [yes] Your proposal { $entry } was rejected.
   *[no] { $entry }, proposed by { $by }, was rejected.
}
notice-rejected-by = { $you ->
    [yes] You
   *[no] { $who }
} rejected { $own ->
    [yes] your proposal { $entry }.
   *[no] { $entry }, proposed by { $by }.
}
notice-withdrawn = { $you ->
    [yes] You withdrew { $entry }.
   *[no] { $who } withdrew { $entry }.
}
notice-removed = { $entry } was removed from the queue.
notice-removed-by = { $you ->
    [yes] You removed { $entry } from the queue.
   *[no] { $who } removed { $entry } from the queue.
}
notice-rejected-together = { $you ->
    [yes] You
   *[no] { $who }
} rejected { $count ->
    [one] { $count } proposal.
   *[other] { $count } proposals.
}
notice-gave-way = { $own ->
    [yes] Your proposal { $entry } made room for another.
   *[no] { $entry }, proposed by { $by }, made room for another.
}
notice-who = { $count } here:
notice-who-not-admin = not the admin { $admin }
notice-who-acting = acting admin
notice-who-muted = muted
notice-who-not-waited-for = no wait
notice-bans = Banned from this room (an admin can /unban them):
notice-bans-none = No one is banned from this room.
notice-bans-by = by { $by }
notice-bans-by-address = by { $by }, address too
notice-player-ready = The player is ready.
notice-player-loading = Opening the video.
notice-player-playing = Playing.
notice-player-paused = Paused.
notice-player-buffering = Your video stalled: waiting for data.

## Why something was not done (why-)

why-not-connected-pause = Not connected: the room didn't pause.
why-not-connected = Not connected: this didn't reach the room. Try again once you're connected.
why-proxy = Ask its operator to let the proxy pass the Upgrade header.
why-address = Check the address, and that the server is running.
why-removed = { $who } removed you from { $room }.
why-banned = { $who } banned you from { $room }. Ask an admin there to /unban you.
why-unknown = The server said no ({ $code }).
why-unanswered = You left before the room answered.
why-no-player = There's no player: you joined with --no-player.
why-tried-already = Already trying again.
why-nothing-wrong = The player looks fine, so there's nothing to retry. If you see otherwise, close mpv and type /retry.
why-reads-on = { $reading } If it gets stuck, close mpv and type /retry.
why-no-screen = That needs the screen: join in a terminal, without --json.

## The connection (connection-)

connection-connecting = Connecting to { $server }.
connection-connected = Connected.
connection-reconnecting = { $why } Trying again in { $after }; /retry tries now.
connection-closed = You left.
connection-unreachable = Can't reach the server ({ $error }).
connection-not-a-server = That address isn't a watchtogether server ({ $error }).
connection-no-websockets = That address is a watchtogether server, but the proxy in front of it blocks WebSockets ({ $error }).
connection-no-answer = The server doesn't answer.
connection-lost = The connection broke ({ $error }).
connection-silent = The server stopped answering.
connection-closed-by-server = The server closed the connection.

## The screen (screen-)


## How members are doing (health-)


## Dialogs (dialog-)


## Keys (key-)


## Commands and their help (command-)


## The player (player-)


## Faults of media (fault-)


## Links (media-)


## When nobody can play it (standstill-)


## What the player did and why (decision-)


## Plain lines (line-)


## The goodbye (goodbye-)


## The gallery of rooms (room-)


## The start (start-)


## The server (server-)


## The command line (cli-)


## Errors of the settings (config-)

