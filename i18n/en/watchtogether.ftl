# What people read, in English: the language that every other one follows.
#
# One message a line. A person is $who; $you is "yes" if they are the reader.

## Numbers (number-)

number-seconds = { $seconds } s
number-milliseconds = { $milliseconds } ms
number-minutes = { $minutes } min
number-hours = { $hours } h { $minutes } min

## People (person-)


## Actions, after “can” (action-)

action-add = propose a video
action-approve = approve proposals
action-ask = ask the admins
action-ban = ban members
action-chat = chat
action-countdown = start a countdown
action-erase = erase other people's messages
action-go = end the wait
action-heir = name an heir
action-kick = kick members
action-length = set the video's length
action-move = reorder the queue
action-mute = mute members
action-nick = change their name
action-nowait = choose who the room waits for
action-pause = pause
action-play = play a video right away
action-play-now = play a queued video right away
action-rate = change the speed
action-react = react
action-reject = reject proposals
action-remove = remove videos from the queue
action-resume = resume
action-role = change roles
action-seek = seek
action-skip = skip to the next video
action-title = change the room's title
action-unban = unban members
action-undo = undo a jump
action-wait = turn waiting on or off
action-withdraw = withdraw a proposal

## Why a command is denied (denied-)

denied-not-allowed = Only { $needs ->
    [admin] an admin
    [moderator] a moderator or an admin
   *[viewer] a member
} can { $what }.
denied-instead-play = Propose it with /add LINK.
denied-instead-withdraw = To take back your own proposal: /withdraw #N.
denied-instead-ask = Ask for a pause with /ask.
denied-instead-nowait = For yourself: /nowait.
denied-only-acting = You're only acting admin, so you can't { $what }.
denied-only-acting-queue = You're only acting admin, so you can't remove what an admin queued.
denied-no-such-entry = There's no #{ $entry } in the queue.
denied-already-approved = #{ $entry } is already approved. An admin can remove it: /remove #{ $entry }.
denied-not-yours = #{ $entry } isn't your proposal.
denied-nothing-proposed = There are no proposals.
denied-nothing-next = The queue has no approved video. Add one with /add LINK.
denied-queue-full = { $limit ->
    [one] The queue is full: it holds one video.
   *[other] The queue is full: it holds { $limit } videos.
} An admin can make room with /remove #N.
denied-queue-too-large = The links in the queue are too long in total. Try a shorter one, or an admin can make room with /remove #N.
denied-too-many-proposals = { $limit ->
    [one] You already have a proposal waiting.
   *[other] You already have { $limit } proposals waiting.
} Take one back first: /withdraw #N.
denied-already-queued = This link is already in the queue as #{ $entry }.
denied-same-role = That member is already { $role ->
    [admin] an admin
    [moderator] a moderator
   *[viewer] a viewer
}.
denied-outranked = { $name } isn't below you in rank, so you can't do that.
denied-last-admin = The room needs an admin. Make someone else admin first: /admin NAME.
denied-yourself = You can't do that to yourself.
denied-member-gone = They're no longer in the room.
denied-not-in-room = You're no longer in the room. Join it again.
denied-muted = You are muted: no chat, no reactions, no new name. A moderator or an admin can unmute you.
denied-not-banned = { $name } isn't banned here. /bans shows who is.
denied-no-such-line = There's no such message, or it's too old.
denied-nothing-changes = Nothing changed: it's already like that.
denied-nothing-plays = Nothing is playing. Start a video with /play LINK.
denied-already-paused = It's already paused.
denied-already-playing = It's already playing.
denied-cannot-seek = This video is live: you can't seek in it or change its speed.
denied-length-passed = The video is already at { $at }. End it with /skip.
denied-nothing-to-undo = There's no jump to undo in this video.
denied-not-waiting = The room isn't waiting for anyone.
denied-nobody-plays = The video isn't open in anyone's player. /retry opens yours, /skip plays the next video.
denied-too-late = What you did in the player reached the room too late. Do it again.
denied-too-fast = Too fast. Try again in { $wait }.
denied-overtaken = A later command of yours was carried out first. Send this one again.
denied-not-understood = The server doesn't accept this. It's too long, not a valid link, or newer than the server, which its operator can upgrade.
denied-storage-away = The server can't reach its storage right now. Try again.

## Why a server refuses a connection (refused-)

refused-client-old = The server speaks version { $server } of the protocol, this client { $client }. Install a newer watchtogether.
refused-server-old = The server speaks version { $server } of the protocol, this client { $client }. Ask the server's operator to upgrade it.
refused-password-needed = This room has a password. Join with WATCHTOGETHER_PASSWORD set, or with --password-file PATH.
refused-password-wrong = Wrong password. Check WATCHTOGETHER_PASSWORD or your --password-file.
refused-password-missing = A private room needs a password. Set WATCHTOGETHER_PASSWORD, or use --password-file PATH.
refused-password-too-long = { $limit ->
    [one] That password is longer than 1 byte.
   *[other] That password is longer than { $limit } bytes.
} Choose a shorter one.
refused-too-many-tries = Too many password attempts. Try again in { $wait }.
refused-too-many-rooms = Too many new rooms from your network address. Try again in { $wait }.
refused-too-many-joins = Too many people just joined this room from your network address. Try again in { $wait }.
refused-room-full = { $limit ->
    [one] The room is full: it holds one person.
   *[other] The room is full: it holds { $limit } people.
} Try again when someone leaves.
refused-server-full = { $limit ->
    [one] The server is full: it holds one room.
   *[other] The server is full: it holds { $limit } rooms.
} Try again later.
refused-internal = Something went wrong inside the server. Its operator can find out more in its log.
refused-no-hello = The connection didn't start with a watchtogether greeting.
refused-kicked = You were removed from the room.
refused-banned = You (or someone at your network address) are banned from this room. One of its admins can lift that with /unban.
refused-replaced = You joined from somewhere else, so this connection was closed.
refused-too-slow = Your connection was too slow for the room.
refused-bad-frames = The server couldn't read too many of this client's messages.
refused-shutting-down = The server is shutting down.
refused-room-closed = The room was closed.
refused-no-such-room = This room no longer exists. Join again to create it anew; a private room needs its password.
refused-storage-away = The server can't reach its storage right now. Try again.

## Names of members (name-)

name-sign = A name can't have “{ $sign }” there. Use letters, digits, emoji, spaces and . - _ ' ’ & and start with a letter, a digit, an emoji or _.
name-no-letter = A name needs a letter or an emoji: numbers alone stand for members and videos.
name-reserved = That word is reserved, like “admin”, “off” or “all”. Choose another name.
name-no-such-member = { $name } isn't in the room. /who shows who is.
name-one-alike = Nobody has exactly that name, but #{ $number } looks like it. If that's who you mean, write #{ $number }.
name-several-alike = Several names look like that. Use a number instead: { $numbers }.
name-looks-like = That looks like { $name }, another member's name. Choose a different one.
name-taken = { $name } is taken. Choose another name.

## Bans (ban-)

ban-you = you
ban-more = { $count } more
ban-same-address = Also at { $name }'s network address: { $others }.
ban-both-ways = /ban { $name } address bans everyone there except admins; /ban { $name } alone bans only { $name }.
ban-how-far = Who should be banned?
ban-scope-address = everyone at that address, except admins
ban-scope-member = only { $name }
ban-kicked-you = { $name } removed you from the room.
ban-banned-you = { $name } banned you from this room. One of its admins can lift that with /unban.
ban-banned = { $you ->
    [yes] You banned { $name }. /unban { $name } lets them back in.
   *[no] { $who } banned { $name }.
}
ban-banned-address = { $you ->
    [yes] You banned { $name } and their network address. /unban { $name } lifts both.
   *[no] { $who } banned { $name } and their network address.
}

## Frames that a server cannot read (frame-)

frame-too-large = { $limit ->
    [one] The message is larger than the 1 byte that this server accepts.
   *[other] The message is larger than the { $limit } bytes that this server accepts.
}
frame-bad = That isn't a message: the server takes JSON in text frames.
frame-bad-detail = That isn't a message: { $detail }
frame-already-here = This connection is already in a room.
frame-not-understood = The server doesn't accept this command: { $detail }

## The page behind an invite link (invite-)

invite-title = You're invited to { $room }
invite-before = Watch together from a terminal, with mpv. To join, run:
invite-after = Don't have watchtogether yet? Ask the person who invited you where to get it.

## Errors of commands (usage-)

usage-unknown = There's no command /{ $typed }. /help lists them all.
usage-unknown-nearest = There's no command /{ $typed }. Did you mean /{ $nearest }?
usage-missing = Usage: { $usage }
usage-unreadable = Can't read { $given }. Usage: { $usage }
usage-rate = Can't set the speed to { $given }. It goes from 0.25 to 4, and 1 is normal.
usage-sixty = Can't read { $given }. Minutes and seconds go up to 59, as in 1:02:03; 99 on its own is 99 seconds.
usage-too-far = Can't go to { $given }: no video is that long.
usage-not-askable = You can't ask for { $given }. You can ask for pause, resume, seek, undo, skip and rate, and for play, approve, reject, remove and move with a number: /ask approve #3.
usage-address = { $given } isn't a web address like https://watch.example.org/r/movie-night.
usage-address-scheme = { $given } needs https:// or http:// in front, as in https://watch.example.org/r/movie-night.
usage-address-not-http = { $given } isn't a server: their addresses start with http:// or https://.
usage-address-credentials = Leave the user name and the password out of the address.
usage-address-long = That address is too long.
usage-address-signs = An address can't have quotation marks, dollar signs or the like.
usage-address-room = { $given } doesn't name a room. An invite link ends in /r/ROOM, like https://watch.example.org/r/movie-night.
usage-room = { $given } can't be a room's name. Use 2 to 40 lower-case letters (a-z), digits and hyphens, like movie-night.
usage-too-long = { $max ->
    [one] That's too long: at most one character.
   *[other] That's too long: at most { $max } characters.
}
usage-empty = There's nothing visible in that.

## Requests to the admins (request-)

request-pause = { $you ->
    [yes] You asked the admins for a pause.
   *[no] { $who } asks for a pause.
}
request-resume = { $you ->
    [yes] You asked the admins to resume.
   *[no] { $who } asks to resume.
}
request-seek = { $you ->
    [yes] You asked the admins to jump to { $at }.
   *[no] { $who } asks to jump to { $at }.
}
request-forward = { $you ->
    [yes] You asked the admins to jump { $span } ahead.
   *[no] { $who } asks to jump { $span } ahead.
}
request-back = { $you ->
    [yes] You asked the admins to jump { $span } back.
   *[no] { $who } asks to jump { $span } back.
}
request-undo = { $you ->
    [yes] You asked the admins to undo the last jump.
   *[no] { $who } asks to undo the last jump.
}
request-skip = { $you ->
    [yes] You asked the admins to skip to the next video.
   *[no] { $who } asks to skip to the next video.
}
request-rate = { $you ->
    [yes] You asked the admins for { $rate }× speed.
   *[no] { $who } asks for { $rate }× speed.
}
request-approve = { $you ->
    [yes] You asked the admins to approve #{ $entry }.
   *[no] { $who } asks to approve #{ $entry }.
}
request-reject = { $you ->
    [yes] You asked the admins to reject #{ $entry }.
   *[no] { $who } asks to reject #{ $entry }.
}
request-remove = { $you ->
    [yes] You asked the admins to remove #{ $entry } from the queue.
   *[no] { $who } asks to remove #{ $entry } from the queue.
}
request-move = { $you ->
    [yes] You asked the admins to move #{ $entry } to position { $place }.
   *[no] { $who } asks to move #{ $entry } to position { $place }.
}
request-play-now = { $you ->
    [yes] You asked the admins to play #{ $entry } now.
   *[no] { $who } asks to play #{ $entry } now.
}
request-other = { $you ->
    [yes] You asked the admins to { $what }.
   *[no] { $who } asks to { $what }.
}
request-granted-by = { $command } grants it.

## Notices (notice-)


## Why something was not done (why-)


## The connection (connection-)


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

