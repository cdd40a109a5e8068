# What people read, in English: the language that every other one follows.
#
# One message a line. A person is $who; $you is "yes" if they are the reader.

## Numbers (number-)

number-seconds = { $seconds } s
number-milliseconds = { $milliseconds } ms
number-minutes = { $minutes } min
number-hours = { $hours } h { $minutes } min
number-whole-hours = { $hours } h
number-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
  }

## People (person-)

person-you = you
person-you-object = you
person-operator = { $place ->
    [within] the server's operator
   *[start] The server's operator
}
person-role = { $role ->
    [admin] admin
    [moderator] moderator
   *[viewer] viewer
}

## Actions, after “can” (action-)

action-add = propose a video
action-approve = approve proposals
action-ask = ask the admins
action-ban = ban members
action-chat = chat
action-countdown = start a countdown
action-erase = erase messages
action-go = end the wait
action-heir = name an heir
action-kick = kick members
action-length = set the video's length
action-move = reorder the queue
action-mute = mute or unmute members
action-nick = change their name
action-nowait = choose who the room waits for
action-pause = pause
action-play = play a video right away
action-play-now = play a queued video right away
action-ready = say they're ready
action-start = start the video
action-start-set = set when the video starts
action-rate = change the speed
action-react = react
action-reject = reject proposals
action-remove = remove videos from the queue
action-resume = resume
action-role = change roles
action-seek = seek
action-skip = skip to the next video
action-subtitles = offer subtitles
action-emote = change the room's emotes
action-title = change the room's title
action-unban = unban members
action-undo = undo a jump
action-wait = turn waiting on or off
action-describe = name queued videos
action-withdraw = withdraw a proposal
action-visibility = change who can find and join the room
action-invite = make invite links
action-revoke = cancel invite links
action-invites = list the invite links
action-close = close the room
action-clear = erase all of a member's messages
action-lock = lock or unlock the room
action-newcomers = decide what newcomers may do
action-observers = decide whether observers see the chat
action-report = report members
action-slow = set slow mode

## Why a command is denied (denied-)

denied-not-allowed = Only { $needs ->
    [admin] an admin
    [moderator] a moderator or an admin
   *[viewer] a member
} can { $what }.
denied-instead-play = Propose it with /add LINK.
denied-instead-withdraw = To withdraw your own proposal: /withdraw #N.
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
} Withdraw one first: /withdraw #N.
denied-already-queued = This link is already in the queue as #{ $entry }.
denied-same-role = That member is already { $role ->
    [admin] an admin
    [moderator] a moderator
   *[viewer] a viewer
}.
denied-outranked = You don't outrank { $name }, so you can't do that.
denied-last-admin = The room needs an admin. Make someone else admin first: /admin NAME.
denied-yourself = You can't do that to yourself.
denied-member-gone = They're no longer in the room.
denied-not-in-room = You're no longer in the room. Join it again.
denied-muted = You're muted: you can't chat, react, ask the admins or change your name. A moderator or an admin can unmute you.
denied-not-banned = { $name } isn't banned here. /bans shows who is.
denied-no-such-line = There's no such message, or it's too old.
denied-nothing-changes = Nothing changed: it's already like that.
denied-nothing-plays = Nothing is playing.
denied-already-paused = It's already paused.
denied-already-playing = It's already playing.
denied-already-ready = You're ready already. /ready off takes it back.
denied-cannot-seek = This video is live: you can't seek in it or change its speed.
denied-length-passed = The video is already at { $at }. End it with /skip.
denied-nothing-to-undo = There's no jump to undo in this video.
denied-not-waiting = The room isn't waiting for anyone.
denied-nobody-plays = The video isn't open in anyone's player. /retry opens yours.
denied-start-out-of-reach = The start can be set up to a day ahead. Try /start 21:00.
denied-too-late = What you did in the player reached the room too late. Do it again.
denied-too-fast = Too fast. Try again in { $wait }.
denied-overtaken = A later command of yours went through first. Send this one again.
denied-not-understood = The server doesn't accept this: it may be too long, not a valid link, or too new for the server. Shorten or correct it, or ask the server's operator to upgrade.
denied-storage-away = The server can't reach its storage right now. Try again.
denied-password-missing = A private room needs a password. Send /private again and type one.
denied-password-too-long = { $limit ->
    [one] That password is longer than 1 byte.
   *[other] That password is longer than { $limit } bytes.
} Choose a shorter one.
denied-no-such-invite = No invite link #{ $invite } works here. /invites lists those that do.
denied-too-many-emotes = The room can have { $limit } emotes. Take one away: /emote :name: off
denied-too-many-invites = { $limit ->
    [one] This room already has an invite link.
   *[other] This room already has { $limit } invite links.
} Cancel one first: /revoke #N.
denied-invite-not-needed = This room has no password, so guests need only its plain link. /copy copies it.
denied-too-many-proposals-there = You and others at your network address already have { $limit ->
    [one] one proposal
   *[other] { $limit } proposals
} waiting. Withdraw one of yours (/withdraw #N), or wait until one is approved or rejected.
denied-slow-mode = Slow mode is on: one message every { $every }. Try again in { $wait }.
denied-newcomer = You're new here, so for now you can only watch. In { $wait } you can chat, react and propose videos.

## Why a server refuses a connection (refused-)

refused-client-old = The server speaks protocol version { $server }, this client { $client }. Install a newer watchtogether.
refused-server-old = The server speaks protocol version { $server }, this client { $client }. Ask the server's operator to upgrade it.
refused-password-needed = This room has a password. Join with WATCHTOGETHER_PASSWORD set, or with --password-file PATH.
refused-password-wrong = Wrong password. Check WATCHTOGETHER_PASSWORD or your --password-file.
refused-password-missing = A private room needs a password. Set WATCHTOGETHER_PASSWORD, or use --password-file PATH.
refused-password-too-long = { $limit ->
    [one] That password is longer than 1 byte.
   *[other] That password is longer than { $limit } bytes.
} Choose a shorter one.
refused-too-many-tries = Too many passwords are being tried right now. Try again in { $wait }.
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
refused-internal = Something went wrong on the server. The operator can find the details in its log.
refused-no-hello = The connection didn't start with a watchtogether greeting.
refused-kicked = You were removed from the room.
refused-banned = You or someone at your network address is banned from this room. An admin there can lift the ban with /unban.
refused-replaced = You joined from somewhere else, so this connection was closed.
refused-too-slow = Your connection was too slow for the room.
refused-bad-frames = This client sent too many messages that the server couldn't read.
refused-shutting-down = The server is shutting down.
refused-room-closed = The room was closed.
refused-no-such-room = This room no longer exists. Join again to recreate it; a private room needs its password.
refused-storage-away = The server can't reach its storage right now. Try again.
refused-create-password-needed = This server asks for a password to create a room. Get it from the server's operator and give it with --create-password-file PATH.
refused-create-key-needed = Creating a room here takes a key from the server's operator. Ask for a key for this room and give it with --create-password-file PATH.
refused-create-password-wrong = Wrong password or key for creating this room. Check it, or ask the server's operator for a new one.
refused-too-many-own-rooms = { $limit ->
    [one] Your network address has already created one room here, which is the limit. Use that one, or try again when it has closed.
   *[other] Your network address has already created { $limit } rooms here, which is the limit. Use one of those, or try again when one has closed.
}
refused-too-many-connections = { $limit ->
    [one] Your network address can have only one connection to this server at a time.
   *[other] Your network address can have only { $limit } connections to this server at a time.
} Close one and try again.
refused-server-busy = The server has reached its limit of connections. Try again in a minute.
refused-invite-invalid = This invite link doesn't work: it may be incomplete, expired, used up or cancelled. Ask for a new one, or join with the room's password.
refused-locked = This room is locked: only people who have been in it before can join. Ask one of its admins to /unlock it.
refused-not-private = This isn't the private room you were in: a room of this name that isn't private exists now. To join it all the same, run the same command in a terminal: it asks.
refused-not-private-of = This isn't the private room you were in: { $who } runs a room of this name now that isn't private. To join it all the same, run the same command in a terminal: it asks.

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
usage-emote-name = { $given } can't be the name of an emote: 2 to 20 letters, digits and _, as in /emote :cheers: hooray.
usage-emote-wide = { $given } is too wide: an emote takes at most 32 columns.
usage-emote-text = { $given } stands for text, and only emoji float. Write it in the chat.
usage-no-emote = There's no emoji or emote called { $given }.
usage-not-playlist = { $given } isn't a YouTube playlist: its link has list= in it. For a single video: /add LINK.
usage-link-for-list = { $given } is a link, and here goes the name of a playlist that you saved. To put a video on: /play LINK. To add it to the queue: /add LINK.
usage-not-subtitles = { $given } doesn't name a subtitle file: a link ends in .srt, .vtt or .ass.
usage-offers-subtitles = To offer a subtitle file to everyone: /subtitles LINK. /sub chooses among the video's own.
usage-chooses-subtitles = /subtitles offers a file to everyone. Your own are chosen with /sub, as in /sub 2 or /sub off.
usage-too-far = Can't go to { $given }: no video is that long.
usage-not-askable = You can't ask for { $given }. You can ask for pause, resume, seek, chapter, undo, skip, rate and start, and for play, approve, reject, remove and move with a number: /ask approve #3.
usage-address = { $given } isn't a web address like https://watch.example.org/r/movie-night.
usage-address-scheme = { $given } isn't a whole address. It looks like https://watch.example.org/r/movie-night.
usage-address-not-http = { $given } isn't a server's address: those start with http:// or https://.
usage-address-credentials = Leave the user name and the password out of the address.
usage-address-long = That address is too long.
usage-address-signs = An address can't have quotation marks, dollar signs or similar characters.
usage-address-room = { $given } doesn't name a room. An invite link ends in /r/ROOM, like https://watch.example.org/r/movie-night.
usage-room = { $given } can't be a room's name. Use 2 to 40 lower-case letters (a-z), digits and hyphens, like movie-night.
usage-room-too-long = That's too long for a room: a name has at most { $name } characters, a title { $title }.
usage-too-long = { $max ->
    [one] That's too long: at most one character.
   *[other] That's too long: at most { $max } characters.
}
usage-empty = That has no visible characters.
usage-not-a-message = { $typed } is a command, so nothing was said. Commands work in the room: watchtogether join.
usage-password-in-line = Send /private on its own, without the password. You'll be asked for it.
usage-invite-token = That invite link isn't complete: the part after the # has 32 characters. Copy the whole link.
usage-invite-lasts = An invite link can last from 1 minute to 30 days, for example --for 90m, --for 12h or --for 7d.
usage-invite-uses = An invite link can let in 1 to { $most } people.
usage-invite-role = An invite link makes people viewers or moderators. For an admin: /admin NAME.
usage-delay = Can't set the wait to { $given }. It goes from 1 to 86400 seconds (a day); off ends it.

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
request-start-off = { $you ->
    [yes] You asked the admins not to wait in the lobby.
   *[no] { $who } asks not to wait in the lobby.
}
request-start-all = { $you ->
    [yes] You asked the admins to start when everyone is ready.
   *[no] { $who } asks to start when everyone is ready.
}
request-start-ready = { $you ->
    [yes] You asked the admins to start when { $count } are ready.
   *[no] { $who } asks to start when { $count } are ready.
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
request-ask-for = To ask them: { $command }.

## Notices (notice-)

notice-not-played = Couldn't play it. { $why }
notice-not-connected = Not connected: the room didn't pause or jump.
notice-server-error = The server couldn't read a message from this client: { $reason }
notice-out-of-date = Not connected. This is how things were when the connection was lost:
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
notice-emote = { $name } now stands for { $text }.
notice-emote-hides = { $name } now stands for { $text }, no longer for { $emoji }.
notice-emote-gone = { $name } is no longer an emote.
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
    [yes] You'll take over as admin when no admin is here.
   *[no] { $who } will take over as admin when no admin is here.
}
notice-heir-by = { $you ->
    [yes] You
   *[no] { $who }
} named { $own ->
    [yes] you heir: you take over when no admin is here.
   *[no] { $heir } heir, to take over when no admin is here.
}
notice-only-here = Only this computer can reach this room. For friends on your network: `watchtogether host ROOM --lan`. For friends elsewhere: a tunnel and `host ROOM --public-url URL`, or a server of your own. Got an invite? /join LINK
notice-only-here-no-network = No network was found, so only this computer can reach this room. Connect to Wi-Fi or a cable, then host the room again with --lan. Got an invite? /join LINK
notice-only-here-not-ours = Only this computer can reach this room. Got an invite to another? /join LINK
notice-room-name-mended = “{ $written }” is the room { $room } in links and commands.
notice-on-lan = This room is on your local network. Others there join with:
notice-on-lan-command = watchtogether join { $invite }
notice-on-lan-or = or: watchtogether join { $invite }
notice-tunnelled = The server of this room listens at { $server } on this computer: that's where your tunnel or proxy has to lead.
notice-tokens-overdue = The disk isn't responding, so your place in this room can't be looked up. Joining without it: you may come in as a new member.
notice-room-created = You created this room. Others join with: watchtogether join { $invite }
notice-room-is-new = { $unlisted ->
    [yes] This room is new and yours: whoever knows its name can join.
   *[no] This room is new and yours: anyone can find and join it.
} If you expected people here, their room has ended or has another name. To let people in only with a password: /private
notice-room-nearby = { $room } is live here. If you meant that room: /join { $room }
notice-private-room-created = You created this room. To make a link that lets others in without the password: /invite
notice-made-private = This room is private: to join, others need the password you set or an invite link.
notice-already-exists = This room already exists, so the title and visibility you asked for weren't used.
notice-password-unused = This room has no password, so yours wasn't used.
notice-name-changed = You're called { $name } in this room. Change it with /nick NAME.
notice-name-shortened = “{ $whole }” is longer than the { $most } characters of a name, so you're called { $name }. { $command } NAME changes that.
notice-name-kept = You're still called { $name } in this room. { $why }
notice-cannot-seek = You're { $off } off, and your player can't jump in this video: its server doesn't support range requests. A link from another server would help.
notice-time-jumps = This video's timestamps jump partway through, so players aren't kept in step from here on. An admin's /seek brings them closer again.
notice-ends-early = Your copy of the video ends here, but the room plays on. Your player rejoins with the next video, or when the room goes back to a part you have.
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
notice-rate-now = Speed { $rate }×
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
notice-starts = { $you ->
    [yes] You start the video: 3, 2, 1.
   *[no] { $who } starts the video: 3, 2, 1.
}
notice-starts-ready = Ready! The video starts: 3, 2, 1.
notice-starts-time = It's time! The video starts: 3, 2, 1.
notice-start-set = { $you ->
    [yes] You set the start: { $when }.
   *[no] { $who } set the start: { $when }.
}
notice-start-next = { $you ->
    [yes] The next video will start { $when }.
   *[no] { $who } set the start of the next video: { $when }.
}
notice-start-next-hint = /play LINK puts it on; until then it waits in the lobby.
notice-lobby-closed = { $you ->
    [yes] You closed the lobby. The video is paused.
   *[no] { $who } closed the lobby. The video is paused.
}
notice-lobby-closed-hint = /resume plays it.
notice-start-off = { $you ->
    [yes] You called off the start.
   *[no] { $who } called off the start.
}
notice-ready-again = This is another video: say once more that you're ready.
notice-lobby-hint = Type /ready when you are.
notice-start-missed = The time set for the start has passed.
notice-start-missed-hint = /start starts the video.
notice-finished = The video has ended. The queue is empty. /add LINK adds another.
notice-nothing-on = Waiting for a video… Add one in the terminal: /add LINK. You're responsible for the links you post; this service hosts nothing.
notice-nothing-on-invite = Waiting for a video… Add one in the terminal: /add LINK. Friends join with: watchtogether join { $invite }  You're responsible for the links you post; this service hosts nothing.
notice-finished-approve = The video has ended. { $proposed ->
    [one] A proposal waits: /approve takes it.
   *[other] { $proposed } proposals wait: /approve takes one.
}
notice-finished-proposed = The video has ended. { $proposed ->
    [one] A proposal waits for an admin.
   *[other] { $proposed } proposals wait for an admin.
}
notice-finished-again = To watch this one again: /resume.
notice-put-back = { $title } waits at the top of the queue, from where it was.
notice-plays-again = { $you ->
    [yes] You play the video again from the start.
   *[no] { $who } plays the video again from the start.
}
video-foreign-file = The room's video goes on: a file on your computer can't be shared. A web link can: /add LINK.
video-foreign-link = The room's video goes on. To put yours on for everyone: /play { $link }
video-foreign-link-viewer = The room's video goes on. To suggest yours: /add { $link }
video-input-hint = Enter sends, Esc cancels
video-key-drop = Drop
video-key-drop-does = a file or link dropped in doesn't play for the room; a link: /play ◆, /add
video-key-osd = how much stands on the video: full, quiet or off
video-key-own = Your keys
video-key-own-does = what your own mpv binds stays yours; --no-player-keys takes no key at all
video-key-pause = pause or play; if that's up to the admins, press twice to ask them
video-key-react = react
video-key-ready = in the lobby: say you're ready, or not yet
video-key-scripts = Scripts
video-key-scripts-does = your own mpv scripts are off; --player-scripts loads them
video-key-sync = show whether you're in step
video-key-write = write in the chat, or a command, right on the video
video-keys = In the video window
video-no-connection = No connection to the room; reconnecting…
video-line-kept = The line you were writing on the video is kept: it comes back with the window, and ↑ shows it here.
video-only-in-terminal = That works in the terminal only.
video-osd-full = On the video: chat, reactions and what others do. /osd quiet shows less.
video-osd-off = On the video: nothing. /osd full shows chat and more.
video-osd-quiet = On the video: only what affects your own playback. /osd full shows more.
video-proposed = { $who } proposes { $title }. To approve: /approve #{ $number }
video-subtitles-offered = { $who } offers subtitles: { $name }, from { $host }. To show them: Enter, then /subtitles yes
video-subtitles-offered-terminal = { $who } offers subtitles: { $name }, from { $host }. To show them, in the terminal: /subtitles yes
video-started = Now: { $title }
video-lobby-hint = Ready? Press Space.
video-lobby-hint-terminal = Ready? Type /ready in the terminal.
video-waiting-several = Waiting for { $names }
video-asks-for-pause = { $who } asks for a pause. Press Space.
video-asks-to-resume = { $who } asks to play on. Press Space.
video-waiting-at-most = { $you ->
    [yes] The room is waiting for your video, up to { $at_most }.
   *[no] Waiting for { $who }, up to { $at_most }.
}
video-waiting = { $you ->
    [yes] The room is waiting for your video
   *[no] Waiting for { $who }
}
notice-quality-fixed = This link comes in one quality only; your choice applies to YouTube videos.
notice-subtitles-offered = { $you ->
    [yes] You offer subtitles to everyone: { $name }, from { $host }.
   *[no] { $who } offers subtitles: { $name }, from { $host }. To show them: /subtitles yes
}
notice-own-volume = Volume { $volume } %
notice-own-volume-most = Volume { $volume } %, as loud as your player goes
notice-own-muted = Muted (volume { $volume } %)
notice-own-fullscreen = Full screen
notice-own-window = Back in a window
notice-own-subtitles = Subtitles: { $name }
notice-own-subtitles-off = Subtitles off
notice-own-subtitles-already = You have these subtitles on already.
notice-own-no-subtitles = This video has no subtitles.
notice-own-subtitle-list = Subtitles. Choose with /sub NUMBER, or /sub off:
notice-own-subtitles-on-time = Subtitles on time
notice-own-subtitles-later = Subtitles { $by } later
notice-own-subtitles-sooner = Subtitles { $by } sooner
notice-own-subtitles-not-fetched = The subtitles can't be fetched: { $why }
notice-own-subtitles-large = The subtitles are too large: more than 5 MB.
notice-own-subtitles-none = That link doesn't serve subtitles.
notice-own-subtitles-changed = Something else came on before the subtitles had loaded.
notice-own-subtitles-unreadable = mpv can't read these subtitles.
notice-own-audio = Audio: { $name }
notice-own-audio-off = No audio track
notice-own-no-audio = This video has no sound.
notice-own-chapter-list = Chapters. Jump with /{ $command } NUMBER, NAME, next or prev:
notice-own-audio-list = Audio. Choose with /audio NUMBER:
notice-own-offset-none = No sound offset ({ $device }). For a device that is 40 ms late: /nudge +40
notice-own-offset-late = Sound is sent { $by } sooner, since the device is that late ({ $device }).
notice-own-offset-early = Sound is sent { $by } later, since the device is that early ({ $device }).
own-device-unknown = no sound played yet
own-sound-delay-later = mpv's audio-delay: you hear the sound { $by } after the others.
own-sound-delay-sooner = mpv's audio-delay: you hear the sound { $by } before the others.
notice-own-quality = Quality: up to { $lines } lines.
notice-own-quality-best = Quality: the best there is.
notice-own-quality-audio = Sound only.
notice-own-quality-usual = Quality: up to 1080 lines, as nothing else was chosen.
own-quality-reopens = Opening the video again.
own-quality-next = It counts from the next video on.
own-quality-later = It counts once your player is open again: /retry
notice-own-refused = mpv refused that.
notice-own-picture = The picture has { $lines } lines now.
track-unnamed = track { $number }
track-place = { $number } of { $of }
track-default = default
track-forced = always shown
track-external = from a file
track-more = { $count ->
    [one] … and { $count } more, by its number
   *[other] … and { $count } more, by their numbers
}
notice-stalled-lighter = Your video stalled twice. /quality 480 needs less bandwidth.
notice-stalled-fixed = Your video stalled twice, and this link comes in one quality only. A longer pause lets it load ahead: ask for one with /ask. With /nowait the others play on meanwhile.
notice-woke = This computer slept for { $slept }. Catching up.
notice-waiting = { $you ->
    [yes] Your video stalled. The room will wait up to { $at_most }.
   *[no] { $who }'s video stalled. The room will wait up to { $at_most }.
}
notice-waiting-hint = /go ends the wait.
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
notice-waits-now = The room waits when a member's video stalls.
notice-waits-now-off = The room doesn't wait when a member's video stalls.
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
    [yes] You moved { $entry } to position { $place } in the queue.
   *[no] { $who } moved { $entry } to position { $place } in the queue.
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
notice-taken-back = { $you ->
    [yes] You
   *[no] { $who }
} took { $count ->
    [one] { $count } entry
   *[other] { $count } entries
} out of the queue.
notice-queued-together = { $you ->
    [yes] You
   *[no] { $who }
} { $how ->
    [proposed] proposed
   *[added] queued
} { $count ->
    [one] { $count } video.
   *[other] { $count } videos.
}
notice-queued-known = { $count ->
    [one] { $count } was in the queue already.
   *[other] { $count } were in the queue already.
}
notice-queued-left-out = { $count ->
    [one] { $count } didn't fit into the queue.
   *[other] { $count } didn't fit into the queue.
}
notice-queued-take-back = Changed your mind? /{ $command } #{ $first }-#{ $last }
notice-queued-take-back-one = Changed your mind? /{ $command } #{ $number }
notice-only-the-first = Only the first { $queued } go into the queue at once; { $count ->
    [one] { $count } more is left out.
   *[other] { $count } more are left out.
}
notice-list-saved = Saved the queue as { $name }, { $count ->
    [one] { $count } video
   *[other] { $count } videos
}.
notice-list-left-out = { $count ->
    [one] { $count } proposal was left out.
   *[other] { $count } proposals were left out.
}
notice-list-load = To queue it again: /{ $command } { $short }
notice-list-removed = Removed the saved playlist { $name }. To get it back: /{ $command } { $short } on
notice-list-back = { $name } is back. To queue it: /{ $command } { $short }
notice-saved-lists-none = No playlist is saved on this computer. /{ $command } NAME saves the queue.
notice-saved-lists = Saved playlists: { $names }. /{ $command } NAME queues one.
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
notice-bans-none = Nobody is banned from this room.
notice-bans-by = by { $you ->
    [yes] you
   *[no] { $by }
}
notice-bans-by-address = by { $you ->
    [yes] you
   *[no] { $by }
}, address too
notice-player-ready = The player is ready.
notice-player-loading = Opening the video.
notice-player-playing = Playing.
notice-player-paused = Paused.
notice-player-buffering = Your video stalled: waiting for data.
notice-bans-by-operator = by the server's operator
notice-bans-by-operator-address = by the server's operator, address too
notice-announcement = From the server's operator: { $text }
notice-server-stops = The server stops in { $after }. The room is kept, and you'll reconnect automatically once the server is back.
notice-server-stops-now = The server stops in { $after }.
notice-node-stops = This server stops in { $after }. The room goes on at another, and you'll be moved there automatically.
notice-node-stops-now = You'll be moved to another server in { $after }.
notice-server-stays = The server won't stop after all.
notice-storage-away = The server can't reach its storage right now. Keep watching: chat and commands will work again once it's back.
notice-storage-back = The server can reach its storage again: chat and commands work.
notice-visibility = { $visibility ->
    [public] The room is public now: anyone can find it and join.
    [unlisted] The room is unlisted now: anyone who knows its name can join.
   *[private] The room is private now: to join, new members need the password or an invite link.
}
notice-visibility-by = { $you ->
    [yes] You
   *[no] { $who }
} made the room { $visibility ->
    [public] public: anyone can find it and join.
    [unlisted] unlisted: anyone who knows its name can join.
   *[private] private: to join, new members need the password or an invite link.
}
notice-password-changed = The room's password has changed.
notice-password-changed-by = { $you ->
    [yes] You changed the room's password.
   *[no] { $who } changed the room's password.
}
notice-password-follows = Type the room's new password on the next line. It isn't hidden here.
notice-invite-link = Invite link #{ $invite } lets in { $role ->
    [moderator] { $uses ->
        [one] one moderator
       *[other] up to { $uses } moderators
    }
   *[viewer] { $uses ->
        [one] one viewer
       *[other] up to { $uses } viewers
    }
} without a password for { $lasts } (/revoke #{ $invite } cancels it)
notice-invite-only-here = This link leads nowhere on other computers: for friends, host the room with --lan or --public-url.
notice-invite-link-unnumbered = This invite link works without a password for { $lasts } (/invites shows its number)
notice-invite-created = { $who } made invite link #{ $invite } for { $role ->
    [moderator] moderators.
   *[viewer] viewers.
}
notice-invite-revoked = { $you ->
    [yes] You cancelled invite link #{ $invite }.
   *[no] { $who } cancelled invite link #{ $invite }.
}
notice-invites = Invite links (/revoke #N cancels one):
notice-invites-none = There are no invite links. /invite makes one.
notice-invites-row = { $role ->
    [moderator] moderators
   *[viewer] viewers
}, { $uses ->
    [one] { $uses } use left
   *[other] { $uses } uses left
}, { $lasts } left
notice-invites-row-by = { $role ->
    [moderator] moderators
   *[viewer] viewers
}, { $uses ->
    [one] { $uses } use left
   *[other] { $uses } uses left
}, { $lasts } left, by { $you ->
    [yes] you
   *[no] { $by }
}
notice-invite-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
notice-rooms-unkept = This room won't be kept after you quit: can't use { $path }: { $why }.
notice-rooms-unkept-damaged = This room won't be kept after you quit: { $path } is damaged or isn't a room log. Move it away to start afresh.
notice-rooms-unkept-newer = This room won't be kept after you quit: a newer version of watchtogether wrote { $path }. Update this one.
notice-rooms-unkept-away = This room won't be kept after you quit: { $path } can't be read or written at the moment.
notice-rooms-unkept-in-use = This room won't be kept after you quit: another watchtogether on this computer is using the kept rooms.
notice-rooms-unkept-no-folder = This room won't be kept after you quit: there's no home folder to keep it in.
notice-new-room-of-same-name = This is a new room with the same name: the queue and chat are gone.
notice-erased-all = { $you ->
    [yes] You
   *[no] { $who }
} erased { $own ->
    [yes] { $count ->
        [one] one of your messages
       *[other] { $count } of your messages
    }
   *[no] { $count ->
        [one] a message by { $author }
       *[other] { $count } messages by { $author }
    }
}.
notice-slow-by = { $you ->
    [yes] You
   *[no] { $who }
} turned slow mode on: viewers can send one message every { $wait }.
notice-slow-off-by = { $you ->
    [yes] You
   *[no] { $who }
} turned slow mode off.
notice-slow = Slow mode is on: viewers can send one message every { $wait }.
notice-slow-off = Slow mode is off.
notice-locked-by = { $you ->
    [yes] You
   *[no] { $who }
} locked the room: only people who have been here before can join.
notice-locked-hint = /unlock opens it again.
notice-unlocked-by = { $you ->
    [yes] You
   *[no] { $who }
} unlocked the room: new people can join again.
notice-locked = The room is locked: only people who have been here before can join.
notice-unlocked = The room isn't locked.
notice-newcomers-by = { $you ->
    [yes] You made newcomers wait: for their first { $wait } they can only watch.
   *[no] { $who } made newcomers wait: for their first { $wait } they can only watch.
}
notice-newcomers-off-by = { $you ->
    [yes] You ended the wait for newcomers: they can take part at once.
   *[no] { $who } ended the wait for newcomers: they can take part at once.
}
notice-newcomers = For their first { $wait }, newcomers can only watch.
notice-newcomers-off = Newcomers can take part at once.
notice-observers-chat-by = { $you ->
    [yes] You
   *[no] { $who }
} opened the chat to observers: new messages can be read from outside.
notice-observers-chat-off-by = { $you ->
    [yes] You
   *[no] { $who }
} closed the chat to observers.
notice-observers-chat = Observers can read new chat messages from outside.
notice-observers-chat-off = Observers don't see the chat.
notice-reported = { $who } reported { $author }.
notice-reported-reason = { $who } reported { $author }: { $reason }.
notice-reported-line = It's about message #{ $number }: { $text }.
notice-reported-line-gone = It's about message #{ $number }, which is gone.
notice-reported-next = You can /mute, /clear or /kick { $author }.
notice-report-taken = Your report about { $name } went to the moderators.
notice-report-kept = Nobody else here can look into a report about { $name } right now. It's kept for the next moderator or admin who joins.
notice-report-kept-own = Nobody else here can look into a report about { $name }, but you can: /mute, /clear or /kick.

## Why something was not done (why-)

why-not-connected-pause = Not connected: the room didn't pause.
why-not-connected = Not connected: this didn't reach the room. Only messages wait until you're back; try the rest again then.
why-too-many-unsent = Not connected, and { $most } messages are waiting to go out. Send this one once you're connected.
why-proxy = Ask its operator to make the proxy pass on the Upgrade header.
why-address = Check the address, and that the server is running.
why-nothing-to-watch = There's no public room { $room } here that can be watched from outside.
why-removed = { $who } removed you from { $room }.
why-banned = { $who } banned you from { $room }. Ask an admin there to /unban you.
why-unknown = The server refused this ({ $code }).
why-server-says = The server says: { $text }.
why-unanswered = You left before the room answered.
why-player-closed = Your player is closed. /retry opens it again.
why-player-frozen = Your player isn't responding. /retry restarts it.
why-no-player = There's no player: you joined with --no-player.
why-tried-already = Already trying again.
why-not-offered = Not offered to anyone: { $why }
why-no-subtitles-offered = Nobody has offered subtitles for this video. /subtitles LINK offers some.
why-no-such-audio = There's no such audio track. /audio lists them.
why-no-such-subtitles = There are no such subtitles. /sub lists them.
why-nothing-wrong = The player looks fine, so there's nothing to retry. If it still isn't right, close mpv and type /retry.
why-not-ready = Your player can't play what waits here, so you don't count as ready yet. /retry tries again.
why-not-ready-closed = Your player doesn't open what waits here, so you don't count as ready yet: the link leads into a local network. If you trust this room, /trust opens it.
why-reads-on = { $reading } If it gets stuck, close mpv and type /retry.
why-no-playlist = The playlist can't be looked up. { $problem }
why-no-playlist-ytdl = { $missing } Install it, then send { $command } again.
why-playlists-wait = Your last playlists are still being looked up. Try this one when they are in the queue.
why-nothing-to-queue = There's no video in it that could be queued.
why-no-chapters = This video has no chapters.
why-no-such-chapter = There's no such chapter: the video has { $count ->
    [one] { $count } chapter.
   *[other] { $count } chapters.
} /{ $command } lists them.
why-nothing-to-save = The queue is empty, so there's nothing to save.
why-only-proposals-to-save = The queue has only proposals, and /save leaves those out.
own-file-damaged = { $path } is damaged. It is kept as { $aside }, and nothing of it is used.
own-file-settings = config.toml has changed, but can't be used, so everything stays as it was. { $why }
own-file-too-many-lists = { $count } playlists are saved, and no more fit. /save NAME off removes one, /load lists them.
own-file-unusable = Can't keep or read files on this computer: { $why }
why-no-such-list = No playlist of that name is saved. /load lists them.
why-no-removed-list = No removed playlist has that name.
why-no-screen = That needs the screen: join in a terminal, without --json.
why-room-closed = { $you ->
    [yes] You closed { $room }.
   *[no] { $who } closed { $room } for everyone.
  }

## The connection (connection-)

connection-connecting = Connecting to { $server }.
connection-connected = Connected.
connection-reconnecting = { $why } Trying again in { $after }; /retry tries now.
connection-interrupted = { $why } Trying again; /retry tries now.
connection-closed = You left.
connection-unreachable = Can't reach the server ({ $error }).
connection-not-a-server = That address isn't a watchtogether server ({ $error }).
connection-no-websockets = That address is a watchtogether server, but the proxy in front of it blocks WebSockets ({ $error }).
connection-no-answer = The server isn't responding.
connection-lost = Lost the connection ({ $error }).
connection-silent = The server stopped responding.
connection-host-left = This room runs on its host's computer, and the host has left: it's back when they open it again.
connection-closed-by-server = The server closed the connection.
connection-tls-expired = The server's certificate has expired.
connection-tls-expired-next = Ask the server's operator to renew it. If it should still be valid, check this computer's date.
connection-tls-not-yet-valid = The server's certificate isn't valid yet.
connection-tls-not-yet-valid-next = Check this computer's date and time; if they're right, tell the server's operator.
connection-tls-unknown-issuer = The server's certificate comes from an authority that this computer doesn't trust.
connection-tls-unknown-issuer-next = If you trust that authority, give its certificate with --ca-file FILE. Otherwise tell the server's operator: an intermediate certificate may be missing.
connection-tls-self-signed = The server's certificate is self-signed: no authority vouches for it.
connection-tls-self-signed-next = If you trust this server, get its certificate from the operator and give it with --ca-file FILE.
connection-tls-authority = The server uses the certificate from your --ca-file as its own, but that one is for an authority, not for a server.
connection-tls-authority-next = The server's operator needs a certificate that this authority has issued, or a self-signed one with CA:FALSE.
connection-tls-other-name = The server's certificate is for another name.
connection-tls-other-names = The server's certificate is for { $names }, not for this address.
connection-tls-other-name-next = Check the address: it must use a name that the certificate covers.
connection-tls-revoked = The server's certificate has been revoked.
connection-tls-untrusted = The server's certificate can't be trusted.
connection-tls-untrusted-next = Don't enter a password there; tell the server's operator.
connection-tls-no-agreement = The server and this program can't agree on how to encrypt the connection.
connection-tls-no-agreement-next = The server's operator needs to allow TLS 1.2 or newer.
connection-tls-speaks-http = That port speaks http, not https.
connection-tls-speaks-http-next = For an unencrypted connection, use this address: { $address }
connection-tls-speaks-https = That port speaks https, not http.
connection-tls-speaks-https-next = Use this address: { $address }

## What went wrong on the way to a server (network-)

network-by-proxy = through the proxy { $proxy }: { $what }
network-ended = the other side closed it
network-hung-up = it hung up without answering
network-late = no answer within { $span }
network-status = it answers with status { $status }
network-redirects = it redirects to { $place }
network-elsewhere = it redirects to another server ({ $place }), and such redirects aren't followed
network-proxy-password = it asks for a password
network-proxy-refuses = it refuses, with status { $status }
network-not-http = it doesn't speak HTTP
network-head-too-long = the headers of its answer are too long
network-message-too-long = its message is too large
network-takes-nothing = the server stopped accepting messages
network-senseless = its answer makes no sense
network-first-message = its first message can't be read
network-too-much = it reports more than any room can hold
network-held-back = a watchtogether server is there, but the proxy in front of it blocks the request for its rooms

## Errors of the system (system-)

system-not-found = there's no such file
system-permission-denied = permission denied
system-already-exists = it already exists
system-not-a-folder = it isn't a folder
system-is-a-folder = it's a folder
system-folder-not-empty = the folder isn't empty
system-read-only = the file system is read-only
system-disk-full = no space left on the disk
system-quota = the disk quota is used up
system-file-too-large = the file is too large
system-busy = another program is using it
system-program-written = the program's file is still being written
system-crosses-disks = the two places aren't on the same disk
system-too-many-links = there are too many links to it
system-invalid-name = the name is too long or not allowed
system-link-loop = its links lead in a circle
system-network-file-gone = it's gone from the network drive
system-not-seekable = it can only be read in one go
system-input-output = input/output error
system-not-executable = it isn't a program for this system
system-no-device = there's no such device
system-not-a-terminal = it isn't a terminal
system-no-lock = the file can't be locked
system-not-open = it isn't open
system-out-of-memory = out of memory
system-out-of-resources = the system is out of resources right now
system-too-many-files = the program has too many files open
system-too-many-files-in-all = the system has too many files open
system-arguments-too-long = the command line is too long
system-deadlock = two programs are waiting for each other
system-invalid-input = the system doesn't accept this
system-invalid-data = the data can't be understood
system-ended-early = the data ended too early
system-nothing-written = no more can be written
system-interrupted = it was interrupted
system-unsupported = this system can't do that
system-connection-refused = connection refused
system-connection-reset = connection reset
system-connection-aborted = the connection was aborted
system-not-connected = there's no connection
system-broken-pipe = the other side closed the connection
system-host-unreachable = the host can't be reached
system-network-unreachable = the network can't be reached
system-network-down = the network is down
system-address-in-use = the address is already in use
system-address-not-available = this computer doesn't have that address
system-address-not-supported = this computer doesn't support that kind of address
system-timed-out = timed out
system-name-not-found = the name can't be found
system-unknown = unknown error
system-other = error { $number }, { $words }

## The screen (screen-)

screen-chat = Chat
screen-sending = sending…
screen-queue = Queue
screen-queue-approved = Queue { $approved }
screen-queue-proposed = Queue { $approved } · { $proposed } proposed
screen-queue-only-proposed = Queue · { $proposed } proposed
screen-queue-empty = Empty. /add LINK
screen-members = Members { $count }
screen-reactions = Reactions
screen-nothing-on = Waiting for a video…
screen-no-room-yet = Not in the room yet
screen-responsible = You're responsible for the links you post; this service hosts nothing.
screen-react = React
screen-react-typing = Alt+number while typing
screen-demo = Demo. For real: watchtogether host NAME
screen-line-elsewhere = ({ $write } to write, { $command } for a command)
screen-health = Members and health
screen-column-offset = offset
screen-column-buffer = buffer
screen-column-ping = ping
screen-column-trend = lately
screen-health-keys = ↑↓ scroll   Esc close
screen-why = What your player did and why, latest first
screen-why-empty = Nothing so far.
screen-too-small = { $columns }×{ $rows } is too small. Make it at least 40×10.
screen-waiting-play = Play a video: /play LINK (YouTube, .mp4, .webm or .ogg)
screen-waiting-add = Propose a video: /add LINK (YouTube, .mp4, .webm or .ogg)
screen-waiting-friends = Friends join with this command; Alt-I copies the link:
screen-waiting-alone = Only this computer can reach this room. Friends on your network: host it with --lan.
screen-waiting-no-network = No network was found: only this computer can reach this room.
screen-waiting-only-here = Only this computer can reach this room.
screen-waiting-paste = Got an invite? Paste it: /join LINK
screen-waiting-private = This room is private. Friends join with an invite link.
screen-waiting-invite = Alt-I or /invite makes one that works without the password, and copies it.
screen-waiting-ask-invite = Ask an admin for one that works without the password.
screen-waiting-keys = F2 lists the live rooms, F1 all keys
screen-added-by = { $you ->
    [yes] added by you
   *[no] added by { $who }
}
screen-chapter = chapter { $number } of { $count }
screen-next = next: { $title }
screen-next-length = next: { $title }, { $length }
screen-proposed = proposed: { $who }
screen-proposed-by-you = proposed: you
screen-approve-keys = ⏎ approve  x reject
screen-approve-keys-short = x reject
screen-approve-keys-elsewhere = F3: ⏎ approve  x reject
screen-approve-keys-elsewhere-short = F3 decide
screen-invite-copied = { $about }. Copied; Alt-I copies it again: { $link }
screen-invite-copied-once = { $about }. Copied; { $key } on this line of the chat copies it again: { $link }
screen-subtitles-key = { $about }, or { $key } in any pane
screen-new-lines = { $count } new
screen-focus-line = TYPING
screen-focus-chat = CHAT
screen-focus-queue = QUEUE
screen-focus-members = MEMBERS
screen-keys-line = ⏎ send  Tab panes  Ctrl-P pause  F2 gallery
screen-keys-line-lobby = ⏎ send  Space ready  Ctrl-P start  Tab panes
screen-keys-line-lobby-viewer = ⏎ send  Space ready  Tab panes  F2 gallery
screen-keys-line-over = ⏎ send  Tab panes  Ctrl-P play again  F2 gallery
screen-on-its-way = Sending… The server hasn't answered yet.
screen-key-ready = Space ready
screen-key-again = Space play again
screen-keys-line-viewer = ⏎ send  Tab panes  F2 gallery  F5 find
screen-keys-chat = ↑↓ choose  c copy  o open link  x erase  i write  Space pause
screen-keys-chat-moderator = ↑↓ choose  c copy  o open link  x erase  i write
screen-keys-chat-viewer = ↑↓ choose  c copy  o open link  i write
screen-keys-queue = ↑↓ choose  ⏎ approve  x reject  J K move  a add  Space pause
screen-keys-queue-approved = ↑↓ choose  ⏎ play now  x remove  J K move  a add  Space pause
screen-keys-queue-viewer = ↑↓ choose  a add  x take back your own  i write
screen-keys-members = ↑↓ choose  ⏎ actions  F4 health  i write  Space pause
screen-keys-members-viewer = ↑↓ choose  ⏎ actions  F4 health  i write
screen-help-key-line = F1 help
screen-help-key = ? help
screen-mark-moderator = mod
screen-mark-acting = acting
screen-mark-muted = muted
screen-mark-not-admin = not admin
screen-mark-no-wait = no wait
screen-role-acting = acting admin
screen-room-public = public
screen-room-unlisted = unlisted
screen-room-private = private
screen-room-waits = waits for slow viewers
screen-lacks-display = no picture
screen-lacks-sound = no sound
screen-lacks-both = no picture, no sound
screen-muted = muted
screen-volume = volume { $volume } %
screen-room-waits-not = doesn't wait for anyone
screen-live = live
screen-live-short = live
screen-live-close = less than 1 s apart
screen-live-apart = about { $seconds } s apart
screen-player-off = chat only
screen-player-starting = starting mpv
screen-player-gone = no mpv: /retry
screen-player-failed = can't play: F4
screen-player-refused = link refused
screen-player-opening = opening
screen-player-reading = loading: { $read } of { $to }
screen-player-buffering = buffering
screen-player-frozen = mpv is frozen
screen-player-ready = ready
screen-step-waiting = waiting
screen-step-ahead = ahead, waiting
screen-step-seeking = seeking
screen-step-live = live: { $apart }
screen-step-time-jumps = out of step
screen-step-copy-ended = your copy has ended
screen-step-other-scene = different scene
screen-step-no-clock = syncing clocks
screen-step-paused = paused
screen-step-catching-up = catching up
screen-step-in-step = in step
screen-step-behind = { $off } behind
screen-step-ahead-of = { $off } ahead
screen-step-starting = starting
screen-own = You: { $off } · { $clock } · speed { $speed }×
screen-own-live = live, { $apart }
screen-own-in-step = in step to the millisecond
screen-own-behind = { $off } behind the room
screen-own-ahead = { $off } ahead of the room
screen-own-not-measured = not measured right now
screen-own-paused = paused at the room's frame
screen-own-clock = room clock known to ±{ $bound }
screen-own-no-clock = room clock not known yet
screen-reconnecting = reconnecting, { $since }
screen-held = { $you ->
    [yes] waiting for you, up to { $left }
   *[no] waiting for { $who }, up to { $left }
}
screen-held-several = { $you ->
    [yes] waiting for you +{ $others }, up to { $left }
   *[no] waiting for { $who } +{ $others }, up to { $left }
}
screen-starts-in = starts in { $left }
lobby-start = The video starts { $when }
lobby-when-you = when you say so: /start
lobby-when-admin = when { $who } says so
lobby-when-told = when an admin says so
lobby-when-ready = { $count ->
    [one] when one person is ready
   *[other] when { $count } are ready
}
lobby-when-all = when everyone is ready
lobby-when-opened = as soon as the first player has loaded it
lobby-when-at = at { $time }
lobby-when-tomorrow = tomorrow at { $time }
lobby-when-in = { $at }, in { $left }
lobby-ready = ready: { $names }
lobby-nobody-ready = nobody is ready yet
lobby-not-yet = not ready yet: { $names }
lobby-hint = Ready? Type /ready.
lobby-hint-space = Ready? Press Space or type /ready.
lobby-state = in the lobby, { $ready } of { $all } ready
screen-counting = starts in { $number }
screen-over = ended, queue empty
screen-over-proposed = ended, { $proposed } proposed
screen-locked = locked
screen-observers = { $count ->
    [one] +{ $count } outside
   *[other] +{ $count } outside
}
screen-slow = slow { $wait }
screen-newcomers = newcomers { $wait }
screen-observers-chat = chat seen outside


## How members are doing (health-)

health-in-step = in step
health-catching-up = catching up
health-other-scene = other scene
health-other-scene-long = sees a different scene
health-copy-ended = copy ended
health-copy-ended-long = copy of the video has ended
health-starting = mpv starts
health-starting-long = starting mpv
health-opening = opening
health-opening-long = opening the video
health-buffering = buffering
health-buffering-long = video is buffering
health-frozen = frozen
health-frozen-long = player isn't responding
health-failed = can't play
health-failed-long = can't play this video
health-chat-only = chat only
health-away = away


## Dialogs (dialog-)

dialog-ask-again = Press again to ask them.
dialog-asks-for-pause = { $who } asks for a pause: Ctrl-P pauses.
dialog-copied = Copied: { $text }
dialog-copied-here = Copied: { $text } (it leads nowhere on other computers: for friends, host the room with --lan or --public-url)
dialog-pasted = { $lines ->
    [one] Pasted { $lines } line as one message. Enter sends it, Ctrl-C clears it.
   *[other] Pasted { $lines } lines as one message. Enter sends it, Ctrl-C clears it.
}
dialog-no-link = There's no link in that message.
dialog-nothing-completes = Nothing to complete here.
dialog-kept-aside = { $why } ↑ brings your line back.
dialog-nothing-chosen = Pick a line with { $key } first.
dialog-here-already = You're already in { $room }.
dialog-bad-address = That isn't an address. Try one like https://watch.example.org.
dialog-bad-room = A room's name is 2 to 40 characters long: a-z, 0-9 and -, like movie-night.
dialog-name-too-long = { $max ->
    [one] A name has at most { $max } character.
   *[other] A name has at most { $max } characters.
}
dialog-name-empty = Type a name first, with at least one visible character.
dialog-theme-auto = Theme: dark or light, like the terminal.
dialog-theme-dark = Theme: dark.
dialog-theme-light = Theme: light.
dialog-theme-contrast = Theme: high contrast.
dialog-theme-mono = Theme: no colors.
dialog-theme-own = Theme: your own.
dialog-theme-no-colours = But colors are off here: your terminal shows none, or NO_COLOR or --color turns them off.
dialog-no-own-theme = You have no theme of your own yet: describe it under [theme] in config.toml.
dialog-settings-taken = config.toml has changed: theme, keys and reactions are as it says now.
dialog-away = You're away. Type /away again when you're back.
dialog-back = You're back.
dialog-layout-cinema = Cinema: only the chat and the progress. F6 brings the rest back.
dialog-layout-full = All panes are back. F6 leaves only the chat.
dialog-widest = The chat is as wide as it gets.
dialog-narrowest = The chat is as narrow as it gets.
dialog-alerts = Mention: { $mention } · film: { $film } · reaction: { $reaction }
dialog-alert-off = off
dialog-alert-flash = flash
dialog-alert-ring = ring
dialog-alert-both = flash and ring
dialog-leave = Leave the room?
dialog-leave-hosting = { $others ->
    [one] You're hosting this room. Leaving ends it for { $others } other person too. Leave?
   *[other] You're hosting this room. Leaving ends it for { $others } other people too. Leave?
}
dialog-suspend-hosting = { $others ->
    [one] You're hosting this room. Suspending freezes it for { $others } other person too. Suspend?
   *[other] You're hosting this room. Suspending freezes it for { $others } other people too. Suspend?
}
dialog-play-now = Play { $entry } now instead of what's playing?
dialog-remove = Remove { $entry } from the queue?
dialog-withdraw = Withdraw your proposal { $entry }?
dialog-kick = Remove { $who } from the room?
dialog-ban = Ban { $who }? /unban lets them back in.
dialog-erase-own = Erase your message for everyone?
dialog-erase = Erase { $who }'s message for everyone?
dialog-take-role = { $role ->
    [admin] Become an admin?
    [moderator] Become a moderator?
   *[viewer] Become a viewer?
}
dialog-give-role = { $role ->
    [admin] Make { $who } an admin?
    [moderator] Make { $who } a moderator?
   *[viewer] Make { $who } a viewer?
}
dialog-make-again-public = This room no longer exists. Create it again, open to everyone and listed in the gallery?
dialog-make-again-unlisted = This room no longer exists. Create it again, open to anyone who knows its name?
dialog-make-again-private = This room no longer exists. Create it again, private, with its password?
dialog-join-open = This isn't the private room you were in: a room of this name that isn't private exists now. Join it?
dialog-join-open-of = This isn't the private room you were in: { $who } runs a room of this name now that isn't private. Join it?
dialog-trust = The link leads to { $host }. Trust this room's local links?
dialog-trust-on-the-way = The link leads to an address on your own network. Trust this room's local links?
dialog-trust-keys = y, Enter: yes    n, Enter: no
dialog-close-key = Esc close
dialog-yes-no = Enter or y: yes    Esc or n: no
dialog-name = What's your name?
dialog-name-keys = Enter to continue, Esc to leave. /nick NAME changes it later.
dialog-name-keys-gallery = Enter to continue, Esc to see the rooms. /nick NAME changes it later.
dialog-password-needed = This room has a password
dialog-password-wrong = Wrong password
dialog-password-missing = A private room needs a password
dialog-password-keys = Type the password, then Enter. Esc goes back.
dialog-password-checking = Checking…
dialog-password-checking-keys = Esc goes back.
dialog-create-password-needed = This server asks for a password to create a room
dialog-create-key-needed = To create a room here, type a key from the operator
dialog-create-password-wrong = Wrong password or key for creating this room
dialog-new-room = Name the new room:
dialog-new-room-hint = Movie Night, or any other name
dialog-new-room-keys = Enter creates it, Esc goes back.
dialog-server = Server address, like https://watch.example.org:
dialog-server-keys = Enter lists its rooms, Esc goes back.
dialog-menu-mention = mention in chat
dialog-menu-take-role = { $role ->
    [admin] become an admin
    [moderator] become a moderator
   *[viewer] become a viewer
}
dialog-menu-give-role = { $role ->
    [admin] make them an admin
    [moderator] make them a moderator
   *[viewer] make them a viewer
}
dialog-menu-heir = make them heir: admin when no admin is here
dialog-menu-no-wait-own = don't wait for me when my video stalls
dialog-menu-wait-own = wait for me again when my video stalls
dialog-menu-no-wait = don't wait for them when their video stalls
dialog-menu-wait = wait for them again when their video stalls
dialog-menu-mute = mute: no chat, no reactions
dialog-menu-unmute = unmute: let them chat and react again
dialog-menu-kick = remove from the room
dialog-menu-ban = ban: remove for good
dialog-menu-keys = ↑↓ choose  Enter select  Esc close
dialog-invite-invalid = This invite link no longer works. Ask for a new one, or type the room's password:
dialog-copied-private = Copied: { $text } (guests also need the password; an admin can make a link that works without it)
dialog-passwords-differ = The passwords don't match. Try again.
dialog-new-password = New password for this room:
dialog-new-password-keys = Enter continues, Esc cancels. Everyone who is here stays.
dialog-repeat-password = The same password again:
dialog-repeat-password-keys = Enter makes the room private, Esc cancels.
dialog-close = Close this room for everyone? Its queue and chat will be gone.
dialog-erase-all-own = { $count ->
    [one] Erase your message for everyone?
   *[other] Erase all { $count } of your messages for everyone?
}
dialog-erase-all = { $count ->
    [one] Erase { $who }'s message for everyone?
   *[other] Erase all { $count } messages by { $who } for everyone?
}


## Keys (key-)

key-title = Keys and commands
key-hint = Type to search   ↑↓ scroll   Esc close   ◆ admin   ◇ moderator
key-hint-searching = Type to search   ↑↓ scroll   Esc show all   ◆ admin   ◇ moderator
key-search = Find
key-nothing-found = Nothing matches.
key-commands = Commands (type them on the line)
key-mouse = Mouse
key-mouse-click = Click
key-mouse-click-does = go to a pane, choose, say yes or no, react; on a member: the menu
key-mouse-progress = On the bar
key-mouse-progress-does = jump there for everyone ◆; a viewer clicks again to ask for it
key-mouse-twice = Twice
key-mouse-twice-does = on a room in the gallery: join it
key-mouse-wheel = Wheel
key-mouse-wheel-does = scroll what's under the pointer
key-mouse-shift = Shift
key-mouse-shift-does = hold it to select text as usual; --no-mouse leaves the mouse alone
key-signs = Symbols
key-sign-admin = before a name: an admin
key-sign-moderator = before a name: a moderator
key-sign-own = before a name: you
key-sign-room = before a line of chat: the room itself
key-sign-error = before a line of chat: something went wrong
key-sign-number = a member's number for commands; /who and F4 show it
key-everywhere = Everywhere
key-on-line = While you type
key-in-list = In the list of commands (type / on the empty line; F5 anywhere)
key-off-line = In any pane (Tab or Esc takes you there)
key-in-queue = In the queue
key-in-members = In the list of members
key-in-chat = In the chat
key-in-gallery = In the gallery (just type to search)
key-writing = In any text field
key-reading = On the page of F4 (letters only if you came from a pane)
key-edit-left = one character left
key-edit-right = one character right
key-edit-word-left = one word left
key-edit-word-right = one word right
key-edit-home = to the start
key-edit-end = to the end
key-edit-erase = delete the character before the cursor
key-edit-delete = delete the character under the cursor
key-edit-erase-word = delete the word before the cursor
key-edit-erase-next-word = delete the word after the cursor
key-edit-erase-before = delete everything before the cursor
key-edit-erase-after = delete everything after the cursor
key-edit-restore = put back what was last deleted
key-edit-up = one line up
key-edit-down = one line down
key-edit-page-up = one page up
key-edit-page-down = one page down
key-edit-top = to the top
key-edit-close = close
key-space = Space
key-react = react with your emoji 1 to 5
key-jump-back = { $span } back
key-jump-on = { $span } forward
key-slower = play slower
key-faster = play faster
key-quieter = your volume: quieter
key-louder = your volume: louder
key-move-up = move it up
key-move-down = move it down
key-help = this help
key-gallery = the live rooms
key-queue = go to the queue
key-members = members and how they're doing
key-layout = only the chat (cinema), or all panes again
key-layout-wider = make the chat wider
key-layout-narrower = make the chat narrower
key-find = find a command, video or room
key-take = write the command on the line
key-run = run it; if it needs more, write it on the line
key-close-list = close the list
key-pause = pause or resume for everyone
key-copy-invite = copy the invite
key-page-up = scroll the chat up
key-page-down = scroll the chat down
key-redraw = redraw
key-suspend = suspend
key-interrupt = clear the line; if it's empty, leave (asks first)
key-send = send
key-history-back = previous line you sent
key-history-on = next line you sent
key-complete = complete after / @ : or go to the next pane
key-next-pane = next pane
key-previous-pane = previous pane
key-toggle = close what's open, or switch between line and pane
key-pause-or-blank = on the empty line: pause or resume; in the lobby, everyone: ready
key-pause-or-ready = pause or resume for everyone; in the lobby, everyone: ready
key-write = write a message
key-begin-command = start a command
key-undo = undo the last jump
key-next = play the next video in the queue
key-add = add a video
key-mute = your sound off, or on again
key-subtitles = your subtitles: next track, or none
key-accept-subtitles = show the subtitles that are offered
key-audio = your audio: next track
key-fullscreen = your window: toggle full screen
key-retry = restart mpv, or reconnect now
key-away = say you're away, or back
key-why = why your player did what it did
key-leave = leave (asks first)
key-up = up
key-down = down
key-approve = approve; if approved, play it now
key-reject = reject, remove, or withdraw your own
key-menu = what you can do with a member
key-copy-line = copy the message
key-erase-line = erase the message for everyone (asks first)
key-open-link = open the link in the message
key-list-page-up = a page up
key-list-page-down = a page down
key-list-start = to the first room
key-list-end = to the last room
key-join = join the room, or the pasted invite
key-sort = sort by viewers, name or age
key-new-room = create a room
key-copy-room = copy the room's invite
key-other-server = look at another server
key-back = back to your room, or leave


## Commands and their help (command-)

palette-queue = queue
palette-member = member
palette-room = room
palette-empty = Nothing matches.
palette-keys-line = ↑↓ choose  Tab take  Enter run  Esc close
palette-keys-finder = ↑↓ choose  Tab take  Enter go  Esc close
command-all = Type to chat, or use a command (◆ admins, ◇ moderators and admins):
command-word-link = LINK
command-word-name = NAME
command-word-place = PLACE
command-word-emoji = EMOJI
command-word-command = COMMAND
command-word-text = TEXT
command-word-line = LINE
command-word-room = ROOM
command-language-changed = Language: English.
command-play = play a link now, or #N from the queue
command-add = add a video; a viewer's is a proposal
command-playlist = queue a YouTube playlist: 50 videos
command-save = save the queue; off: remove, on: bring back
command-load = queue a saved playlist, or list them
command-approve = approve a proposal: #N, or the oldest
command-reject = reject #N, the oldest, all, or NAME's
command-withdraw = withdraw your own proposal
command-remove = remove a video from the queue
command-move = move a video in the queue; 1 is next
command-skip = play the next video in the queue
command-pause = pause for everyone
command-resume = resume for everyone
command-seek = jump to a time, or forward or back
command-chapter = jump to a chapter for all, or list them
command-undo = undo the last jump
command-rate = playback speed, from 0.25 to 4
command-length = set the length; off: as players report it
command-react = send a reaction; 1 to 5: your own
command-reactions = your emoji on the keys 1 to 5
command-reactions-now = Your emoji: { $emoji } (change one: /reactions 1 :tada:)
command-ask = ask the admins; by default, for a pause
command-nick = change your name
command-emote = an emote for chat: emoji or text; off
command-title = set the room's title, or clear it
command-admin = make someone an admin
command-moderator = make someone a moderator
command-viewer = make someone a viewer again
command-heir = choose who becomes admin after you
command-kick = remove someone from the room
command-mute = your own sound off or on; or mute NAME ◇
command-unmute = let someone chat and react again
command-erase = erase a message, or NAME's last one
command-ban = remove someone for good
command-unban = lift a ban
command-bans = list who is banned
command-wait = wait for viewers whose video stalls, or not
command-nowait = don't wait for you; ◆ for someone else
command-go = stop waiting and play on
command-countdown = count 3, 2, 1 on every screen, then play
command-ready = say you're ready to start, or not yet
command-start = start now, when ready, or at a time
command-retry = restart the player, or reconnect now
command-join = go to another room
command-vol = set or change your own volume
command-sub = choose your own subtitle track
command-subtitles = offer everyone a subtitle file
command-sub-delay = your own subtitles later or sooner
command-audio = your own audio track: list or choose
command-nudge = sound delay, ms (watchtogether calibrate)
command-fullscreen = your own window: toggle full screen
command-quality = your own quality, for YouTube videos
command-osd = choose what appears on the video
command-away = say you're away, or back
command-trust = open this room's links to your local network
command-gallery = show the live rooms
command-members = show the members and how they're doing
command-queue = go to the queue
command-why = show why your player did what it did
command-layout = chat only, all panes, or another width
command-alerts = flash or ring: mention, film, reaction
command-copy = copy the invite
command-who = list who is here
command-lang = choose the language: English or Russian
command-theme = choose how the screen looks
command-find = list commands, queue, members and rooms
command-more-play = What played goes back to the top of the queue. With --wait the video waits in the lobby for /start.
command-more-add = An admin's video is queued at once, a viewer's once it's approved.
command-more-playlist = A viewer proposes the videos. A link to one video of the playlist will do, too.
command-more-save = What plays comes first; proposals are left out. A list of the same name is replaced. off removes a list, on brings it back.
command-more-load = An admin adds the videos, a viewer proposes them. Alone, it lists what you saved.
command-more-approve = Without a number it's the oldest proposal.
command-more-reject = Without a number it's the oldest proposal. @NAME is all that a member proposed, even one who has left.
command-more-withdraw = #3-#7 withdraws several at once, such as a whole playlist.
command-more-remove = #3-#7 removes several at once.
command-more-move = The place counts from the top of the queue.
command-more-seek = A number alone is seconds. +10 and -10 jump from where the room is.
command-more-chapter = A part of the name will do. Alone, it lists the chapters with their times.
command-more-rate = 1 is normal. Alone, it says how fast it is now.
command-more-length = For a video whose length the players get wrong: the next one starts when it's over.
command-more-react = 1 to 5 are your own emoji (/reactions). Names work, too: :fire:.
command-more-reactions = Only yours, and remembered. Alone, it lists them.
command-more-ask = Name the command that an admin should run for you. Alone, it asks for a pause.
command-more-nick = Everyone sees it. A name that looks like someone else's is refused.
command-more-title = It's shown in the header and in the gallery. Alone, it's removed.
command-more-emote = Where :cheers: stands alone in the chat, everyone sees what you set. off removes it.
command-more-invite = It lasts 7 days unless you say 30m, 12h or 14d. With --moderator the guest is one.
command-more-revoke = /invites shows the numbers. Whoever has come in by it stays.
command-more-admin = An admin can do everything, including change roles.
command-more-moderator = A moderator can mute and remove members and erase messages.
command-more-viewer = A viewer chats, reacts, proposes videos and asks the admins.
command-more-heir = They become an admin when no admin is here any more.
command-more-kick = They can come back; /ban keeps them out.
command-more-mute = Alone, it turns your own sound off or on. Whoever is muted can't chat, react or ask.
command-more-unmute = The list of members shows who is muted.
command-more-erase = #120 is the number of a message. A name is that member's last message.
command-more-clear = Works for someone who has left, too.
command-more-slow = Every viewer waits so many seconds between two messages. off ends it.
command-more-newcomers = Until then they can't chat, react or propose. off ends it.
command-more-observers = on: whoever runs watchtogether watch on this public room sees new messages, none of the earlier ones.
command-more-report = Only moderators and admins read it. If none is here, it's kept for the next one.
command-more-ban = If others share the address: “address” bans everyone there, “alone” only this member.
command-more-unban = /bans lists who is banned.
command-more-wait = Alone, it says how it is now. /go ends a wait that is going on.
command-more-nowait = The room plays on when your video stalls, and you catch up. off takes it back.
command-more-ready = In the lobby everyone sees who is ready. off takes it back.
command-more-start = Alone: now, after 3, 2, 1. when 3: once three are ready. 21:00: by your clock. wait: not before /start.
command-more-join = Paste the invite you were given, or name a room on this server.
command-more-vol = Only yours: +5 is louder, -5 quieter. Alone, it says how loud it is.
command-more-sub = Only yours. A language or a part of the title will do. Alone, it lists them.
command-more-subtitles = A link to an .srt, .vtt or .ass file. Each member shows it with /subtitles yes.
command-more-sub-delay = Only yours: +0.5 is half a second later, -0.5 sooner, 0 as in the file.
command-more-audio = Only yours. A language or a part of the title will do. Alone, it lists them.
command-more-nudge = So many ms your sound device is late: HDMI 20 to 40, Bluetooth 100 to 300. Kept for each device, shown in F4. To find it, run watchtogether calibrate.
command-more-quality = Only yours. 480 are the lines of the picture, audio is sound alone. Alone, it says what you chose.
command-more-osd = quiet leaves only what is about your own playback. Alone, it says which is on.
command-more-trust = They open at once, and the next time you're here too. off closes them again.
command-more-layout = cinema leaves only the progress, the chat and the line. Alone, it goes there and back, as F6 does.
command-more-alerts = WHAT is mention, film or reaction. Alone, it says how each of them is set.
command-more-lang = Only yours. Commands are understood in both languages.
command-more-theme = auto follows your terminal. own is the table [theme] of your configuration file.
command-more-help = F1 shows all keys and commands, F5 searches everything.
command-help-role = Takes a role: { $role }
command-help-example = Example: { $example }
command-help-key = { $place ->
    [line] On the empty line
    [panes] In any pane
    [chat] In the chat
    [queue] In the queue
    [members] In the members
    [gallery] In the gallery
   *[everywhere] Key
}: { $key }
command-help-like = Not to be confused with /{ $name }: { $about }
command-help-names = Also: { $names }
command-help = list the commands, or explain one
command-quit = leave
command-public = list the room in the gallery, open to all
command-unlisted = open to anyone who knows the name
command-private = require a password, or change it
command-invite = a link without a password
command-invites = list the invite links
command-revoke = cancel an invite link
command-close = close the room for everyone
command-word-seconds = SECONDS
command-word-reason = REASON
command-word-what = WHAT
command-clear = erase all of someone's messages
command-slow = slow mode: limit how often viewers write
command-lock = let nobody new into the room
command-unlock = let new people into the room again
command-newcomers = set how long newcomers can only watch
command-observers = show the chat to observers outside
command-report = report someone to the moderators


## The player (player-)

player-off = No player: you joined with --no-player. Chat works.
player-starting = Starting mpv…
player-ready = mpv { $version } is ready.
player-frozen = mpv isn't responding. The room goes on; /retry restarts mpv.
player-thawed = mpv is responding again.
player-quit = mpv was closed. You're still in the room; /retry opens it again.
player-restarts = mpv quit unexpectedly. Starting it again.
player-killed = mpv was killed. You're still in the room; /retry starts it again.
player-exited = mpv quit unexpectedly (exit code { $code }). You're still in the room; /retry starts it again.
player-missing = Can't find { $binary }. Install mpv, then /retry, or join again with --player PATH. Chat works without it.
player-too-old = mpv { $version } is too old; 0.35 or newer is needed. Install a newer one, then /retry, or join again with --player PATH. Chat works without it.
player-refused = mpv didn't start: { $reason }. Check --player, --player-arg and your mpv.conf, then /retry. Chat works without it.
player-why-silent = it ended before it answered
player-why-no-answer = no answer within { $within }
player-not-mpv = { $binary } isn't mpv. Join again with --player PATH, or put mpv there and type /retry. Chat works without it.
player-system = Can't start { $binary }: { $why }. Put that right and type /retry, or join again with --player PATH. Chat works without it.
player-socket-taken = mpv didn't start: { $path } already exists and isn't an unused socket. Remove it and type /retry, or join again with another --player-ipc. Chat works without it.
player-socket-in-use = mpv didn't start: another player is listening at { $path }. Close that one and type /retry, or join again with another --player-ipc. Chat works without it.
player-socket-no-folder = mpv didn't start: there's no folder { $path } for its socket. Create it and type /retry, or join again with another --player-ipc. Chat works without it.
player-socket-too-long = mpv didn't start: the path of its socket is too long: { $path }. Join again with a shorter --player-ipc; /retry tries this one again. Chat works without it.
player-socket-system = mpv didn't start: can't create its socket in { $path }: { $why }. Put that right and type /retry, or join again with another --player-ipc. Chat works without it.
player-lacks-display = mpv found no display: there's no picture here. For one, join from a terminal on a desktop, or choose a video output yourself: join again with --player-arg=--vo=NAME.
player-lacks-display-ssh = mpv found no display in this ssh session: there's no picture here. For one, join from a terminal on the desktop in front of you, or run `mpv --vo=tct LINK` in a second terminal: that's rough, and not kept in step.
player-lacks-sound = mpv found no sound device: you'll hear nothing here. Connect one or start your sound server; then, in a room, close mpv and type /retry.
player-lacks-sound-ssh = mpv found no sound device on the computer you're connected to: you'll hear nothing here. For sound, join from a terminal on the computer in front of you.
player-lacks-both = mpv found neither display nor sound: you'll see and hear nothing here. Chat works. To watch, join from a terminal on a desktop, or choose the outputs yourself: join again with --player-arg=--vo=NAME and --player-arg=--ao=NAME.
player-lacks-both-ssh = mpv found neither display nor sound in this ssh session: you'll see and hear nothing here. Chat works. To watch, join from a terminal on the desktop in front of you; `mpv --vo=tct LINK` in a second terminal draws a rough picture that's not kept in step.
player-regained-display = mpv has found a display: there's a picture now.
player-regained-sound = mpv has found a sound device: there's sound now.
player-regained-both = mpv has found display and sound: there's everything now.
notice-links-trusted = You trust this room: its links to this computer and your local network open from now on, next time too. /trust off closes them again.
notice-links-closed = This room's links to this computer and your local network stay closed. /trust opens them.
notice-links-open = Local links open in every room: your settings allow private media.
player-reads-on = Your player can't jump in this video. It has loaded { $read } of { $to } and will play once it gets there.
player-interrupted = The video was interrupted.
player-server-busy = The video's server is too busy.
player-server-hung-up = The video's server hung up without answering.
player-server-silent = The video's server isn't responding.
player-server-not-found = The video's server can't be found.
player-server-down = The video's server is down.
player-server-out-of-reach = The video's server can't be reached from here.
player-proxy-down = Your proxy can't be reached.
player-server-refuses = The video's server refuses to send any more.
player-server-lost = The connection to the video's server was lost.
player-next-try = Trying again in { $left }; /retry tries now.
player-trying = Trying again now.
player-resolver = YouTube didn't provide this video: { $reason }. Updating yt-dlp often helps, then /retry; a direct .mp4 link works without it.
player-resolver-missing = { $missing } Install it, then /retry.
player-failed = Couldn't play the video: { $reason }. Check that the link opens in a browser, then /retry; a direct .mp4 link works best.
player-no-relay = Couldn't open the video: this computer has no free port to fetch it through. Close some programs and join again; /retry won't help until then.
player-cannot-seek = Your mpv can't join this stream midway or jump in it: it lands at its end instead. Get an mpv with a newer FFmpeg, then /retry; a direct .mp4 link works best.
player-stopped = The video was stopped in mpv's window. /retry opens it again.
player-replaced = mpv opened something other than the room's video, such as a playlist, so it was stopped. /retry opens the room's video again; a direct .mp4 link works best.
player-no-javascript = { $missing } Install one, then /retry; a direct .mp4 link works without it.
player-challenge = yt-dlp couldn't get past YouTube's bot check. Update yt-dlp and install deno 2 or newer, then /retry; a direct .mp4 link works without it.
player-no-such-format = YouTube doesn't have this video in the quality you chose. Choose another with /quality or update yt-dlp, then /retry.
player-sign-in = YouTube takes you for a bot and wants you to sign in. Join again with your browser's login (--cookies-from-browser firefox), or /retry later; a direct .mp4 link works without it.
player-age-restricted = YouTube shows this video only to adults who are signed in. Join again with your browser's login (--cookies-from-browser firefox), or try another link; /retry checks again.
player-private = This YouTube video is private or for members only. Ask its owner for access or try another link; /retry checks again.
player-unavailable = This video isn't available on YouTube. Check the link in a browser or try another, such as a direct .mp4 link; /retry checks again.
player-region = YouTube doesn't show this video in your country. Try another link; /retry checks again.
player-not-yet = This YouTube video hasn't started yet. Type /retry once it has.
player-too-many-requests = YouTube is getting too many requests from your address. Wait a few minutes, then /retry; a direct .mp4 link works right away.
player-youtube-unreachable = YouTube can't be reached. Check your connection, then /retry.

## Faults of media (fault-)

fault-password-asked = The video's server asks for a password. Use another link that opens without one; /retry asks again.
fault-refused = The video's server refuses this link; it may have expired. Copy a fresh one from where you got it, or /retry.
fault-gone = There's no video at this link; it may have been removed. Copy the whole link again or use another link; /retry checks again.
fault-ranges-refused = The video's server won't send the file, whole or in parts. Use another link; /retry asks again.
fault-busy = The video's server is too busy. Wait a minute, then /retry, or use another link.
fault-status = The video's server answered with an error (HTTP status { $status }). Check that the link opens in a browser, then /retry, or use another link.
fault-web-page = Got a web page instead of a video, perhaps this network's login page. Open any page in a browser and log in, then /retry; if the link itself leads to a page, use the link to the file.
fault-empty = The link leads to an empty file. It may still be uploading: /retry later, or use another link.
fault-incomplete = The file is incomplete: it ends earlier than its index says. It may still be uploading: /retry later, or use another link.
fault-index-at-end = This MP4 has its index at the end and its server can't send it in parts, so players can't read it. Use another link, or convert the file with `ffmpeg -i IN -c copy -movflags +faststart OUT`.
fault-circle = The link redirects in a loop. Open it in a browser and use the address you end up at, or /retry.
fault-not-web = The link leads to something that isn't a web address. Use another link, to the video file itself; /retry checks again.
fault-closed-unanswered = The video's server hung up without answering. /retry asks again; if that doesn't help, use another link.
fault-no-answer = The video's server didn't respond within 10 seconds. Check your network, then /retry, or use another link.
fault-changed = The file at the link has been replaced by another one. /retry opens the new one; if that doesn't help, use another link.
fault-broken = The connection to the video's server was lost and didn't come back. Check your network, then /retry, or use another link.
fault-certificate = The video's server has an invalid certificate. Check this computer's date and whether this network asks you to log in, then /retry, or use another link.
fault-tls-mismatch = The link says https but its server speaks http, or the other way round. Swap one for the other in the link; /retry tries again.
fault-name-not-found = The video's server can't be found. Check how the link is spelled, and your network, then /retry, or use another link.
fault-nobody-listens = There's no web server at the link's address. /retry once it's running, or use another link.
fault-no-route = This computer can't reach the video's server. Check your network, then /retry, or use another link.
fault-proxy-away = Your proxy (HTTP_PROXY or HTTPS_PROXY) can't be reached. Check that variable and your network, then /retry.
fault-proxy-refuses = Your proxy (HTTP_PROXY or HTTPS_PROXY) doesn't let this link through. Check the password in that variable and what the proxy allows, then /retry, or use another link.
fault-parts-missing = The stream was found, but its parts can't be loaded. It may have ended: /retry, or use another link.
fault-nothing-to-play = There's neither video nor sound at this link. Check that it opens in a browser, then /retry, or use another link.
fault-still-picture = The link leads to a still picture, not a video. Use another link, to the video file itself; /retry checks again.
fault-not-http = The server at the link's address isn't a web server. Check the port in the link, then /retry, or use another link.
fault-compressed = The video's server compresses the file in transit, and players can't read that. Use another link, or ask its owner to serve the file as it is; /retry asks again.
fault-forbidden-content = Not opened: the link leads to a playlist that could send your player to any address. Use another link, to the video file itself; /retry checks again.
fault-private-address = Not opened: the link leads to an address outside the public internet, such as one on your own network. If you trust this room, /trust opens it (or join with --allow-private-media); else use another link.
fault-took-too-long = The video took too long to open. Its server may be slow: /retry, or use another link.

## Links (media-)

media-empty = Enter a link: a YouTube video, or a media file such as https://example.org/film.mp4.
media-too-long = That link is too long: the limit is { $limit } bytes. Look for a shorter link to the same video.
media-control-character = That link contains an invisible control character. Copy it again, or type it.
media-several-links = That's more than one link. Enter one at a time.
media-local-file = That's a file on your own computer, and nobody else in the room has it. Put it on a web server and use its http or https link.
media-scheme = { $scheme } links don't work here. Use one that starts with https:// or http://.
media-not-a-link = { $text } isn't a link. Enter the link to a YouTube video, or to a media file such as https://example.org/film.mp4.
media-malformed = That link is broken. Copy it again from the address bar, all of it.
media-credentials = That link contains a user name or password, which the whole room would see. Use one that works without (nothing before an “@”).
media-youtube-no-video = That YouTube link doesn't lead to a video. Open the video itself and copy its link.
media-youtube-bad-id = That YouTube link has { $found } where the video's ID should be: eleven letters, digits, “-” or “_”. Copy the link again, all of it.
media-youtube-playlist = That YouTube link is a playlist. /playlist LINK queues its first 50 videos.
media-youtube-channel = That YouTube link is a channel. Open the video itself and copy its link.
media-youtube-live = That YouTube link leads to whatever the channel is streaming at the moment. Open the stream and copy the link to that video (Share, Copy).
media-youtube-clip = That YouTube link is a clip and doesn't say which video it's from. Open the full video and copy its link.
media-youtube-search = That YouTube link is a search. Open the video itself and copy its link.
media-youtube-elsewhere = That YouTube link leads to another site. Open it in a browser and copy the address you end up at.
media-hash-in-name = That link has a “#” in its file name, and links end there. Write “%23” instead.
media-no-extension = That isn't a YouTube link and doesn't end like a media file, so it looks like a web page. Use the link to the file itself; it ends in { $endings }.
media-unknown-extension = That isn't a YouTube link and ends in { $ending }, so it looks like a web page. Use the link to the file itself; it ends in { $endings }.
media-endings = { $others } or { $last }
media-refused = Not opened: the link leads to { $host }, not to the public internet. If you trust this room, /trust opens it (or join with --allow-private-media).
media-refused-own = Not opened: the link leads to { $host }, and on every computer that is that computer itself, not the one of whoever added the link. If you serve the file here, /trust opens it (or join with --allow-private-media).
media-address = { $address } ({ $what })
media-local-name = { $host }, a name on a local network
media-range-own = your own computer
media-range-private = an address on a private network
media-range-link-local = an address on your own network
media-range-shared = an address inside a provider's network
media-range-multicast = a multicast address
media-range-documentation = an address reserved for examples
media-range-reserved = a reserved address

## When nobody can play it (standstill-)

standstill-nobody = ✕ nobody can play it
standstill-all-ended = ■ ended for everyone
standstill-all-closed = ○ no player is open
standstill-gone = the link is dead
standstill-refused = the link asks for a password or has expired
standstill-busy = the video's server is busy
standstill-unreachable = the video's server can't be reached
standstill-not-video = the link isn't a video
standstill-untrusted = the link leads into a local network, and they haven't allowed that
standstill-untrusted-for-all = the link leads into a local network, and nobody here has allowed that
standstill-other = their player can't open it
standstill-other-for-all = no player here can open it
standstill-started-without = Starting without { $missed }: not ready in time.
standstill-you = you
standstill-one = { $who } can't play this: { $reason }.
standstill-one-retries = { $who } can't play this right now: { $reason }. Their player is trying again.
standstill-failed = Nobody can play it: { $reason }.
standstill-ended = Everyone's copy of the video ends here.
standstill-closed = No player has the video open. The room waits until one does: /retry opens yours.
standstill-next = The next video starts in { $left }; an admin can start it now with /go, or hold it with /pause.
standstill-retry = /retry tries again; an admin can play another with /play LINK.
standstill-trust = If you trust this room, /trust opens it for you; an admin can play another with /play LINK.
standstill-all-wait = No player can continue right now. The video waits until one can, for up to { $at_most }; an admin can stop waiting with /go.
standstill-somebody = The video is playing after all.
standstill-somebody-named = { $who } can play the video after all.
standstill-part-skipped = Part of the video is missing for everyone: jumped from { $from } to { $to }.
standstill-length-set = { $you ->
    [yes] You set the video's length to { $length }. /length off takes it back.
   *[no] { $who } set the video's length to { $length }.
}
standstill-length-unset = { $you ->
    [yes] You set the video's length back to what the players report.
   *[no] { $who } set the video's length back to what the players report.
}

## What the player did and why (decision-)

decision-because = { $what }: { $why }
decision-because-off = { $what }: { $why }; { $off }
decision-off = { $side ->
    [behind] it was { $off } behind
   *[ahead] it was { $off } ahead
}
decision-off-within = { $side ->
    [behind] it was { $off } behind, ±{ $bound }
   *[ahead] it was { $off } ahead, ±{ $bound }
}
decision-load = opened the video at { $at }
decision-seek = jumped to { $to }
decision-pause = paused
decision-play = started playing
decision-rate = set the speed to { $rate }×
decision-slowed = slowed to { $speed }×
decision-sped-up = sped up to { $speed }×
decision-restored = back to { $rate }×
decision-back-off = waiting before the next jump, as the last one didn't help
decision-give-up = gave up on the video
decision-joined = you joined the room
decision-loaded = the room moved on to a new video
decision-room-paused = the room paused
decision-room-plays = the room is playing
decision-room-counts = the room counts down
decision-room-jumped = the room jumped
decision-media-over = the video has ended
decision-room-rate = the room changed its speed
decision-room-waits = the room is waiting for a member
decision-wait-over = the room's wait is over
decision-action-undone = what you did in the player was undone
decision-player-back = the player started
decision-thawed = the player is responding again
decision-reopened = the video was reopened
decision-slept = this computer was asleep
decision-drift = it was out of step
decision-ahead = waiting for the room to catch up
decision-room-arrived = the room has caught up
decision-data-late = the data arrived late, and the room had moved on
decision-tried-again = the video broke off or didn't open, trying again
decision-uncached = the room went back to a part that's no longer cached and your player can't jump in this video, so it loads again from the start
decision-does-not-play = it doesn't play

## Plain lines (line-)

line-you = you
line-joined = You are in { $room } on { $server } as { $name } ({ $role }). Type to chat; /help lists the commands.
line-member-joined = { $you ->
    [yes] You joined
   *[no] { $who } joined
  }
line-member-left = { $you ->
    [yes] You left
   *[no] { $who } left
  }
line-member-muted = { $you ->
    [yes] You are muted and can't chat or react
   *[no] { $who } is muted and can't chat or react
  }
line-member-unmuted = { $you ->
    [yes] You can chat and react again
   *[no] { $who } can chat and react again
  }
line-member-not-waited-for = { $you ->
    [yes] The room no longer waits for you
   *[no] The room no longer waits for { $who }
  }
line-member-waited-for = { $you ->
    [yes] The room waits for you again
   *[no] The room waits for { $who } again
  }
line-member-ready = { $you ->
    [yes] You're ready
   *[no] { $who } is ready
  }
line-member-not-ready = { $you ->
    [yes] You're not ready yet
   *[no] { $who } isn't ready yet
  }
line-member-role = { $you ->
    [yes] You are
   *[no] { $who } is
  } now { $role ->
    [admin] an admin
    [moderator] a moderator
   *[viewer] a viewer
  }
line-muted-by = { $you ->
    [yes] You
   *[no] { $who }
  } muted { $own ->
    [yes] you: you can't chat or react
   *[no] { $name }
  }
line-unmuted-by = { $you ->
    [yes] You
   *[no] { $who }
  } unmuted { $own ->
    [yes] you: you can chat and react again
   *[no] { $name }
  }
line-not-waited-for-by = { $you ->
    [yes] You
   *[no] { $who }
  } chose not to wait for { $own ->
    [yes] you
   *[no] { $name }
  } any longer
line-waited-for-by = { $you ->
    [yes] You
   *[no] { $who }
  } chose to wait for { $own ->
    [yes] you
   *[no] { $name }
  } again
line-role-by = { $you ->
    [yes] You
   *[no] { $who }
  } made { $own ->
    [yes] you
   *[no] { $name }
  } { $role ->
    [admin] an admin
    [moderator] a moderator
   *[viewer] a viewer
  }
line-renamed = { $was } is now { $who }
line-renamed-you = You are now { $who }
line-renamed-number = Member #{ $number } is now { $who }
line-removed = { $you ->
    [yes] You removed { $name } from the room
   *[no] { $who } removed { $name } from the room
  }
line-removed-gone = { $you ->
    [yes] You removed { $name }, who had already left
   *[no] { $who } removed { $name }, who had already left
  }
line-removed-unknown = { $name } was removed from the room
line-removed-unknown-gone = { $name }, who had already left, was removed
line-erased-message = { $you ->
    [yes] You
   *[no] { $who }
  } erased { $own ->
    [yes] your
   *[no] { $author }'s
  } message
line-erased = { $you ->
    [yes] You erased a message
   *[no] { $who } erased a message
  }
line-proposed = { $you ->
    [yes] You proposed #{ $number } { $title }
   *[no] { $who } proposed #{ $number } { $title }
  }
line-media = Now playing: { $title } · { $kind }
line-media-length = Now playing: { $title } · { $kind } · { $length }
line-media-live = Now playing: { $title } · { $kind } · live
line-started = { $you ->
    [yes] You started { $media }
   *[no] { $who } started { $media }
  }
line-in-lobby = { $you ->
    [yes] You put { $media } in the lobby
   *[no] { $who } put { $media } in the lobby
  }
line-waits = In the lobby: { $media }
line-playing = Playing at { $at }
line-playing-rate = Playing at { $at }, speed { $rate }×
line-paused = Paused at { $at }
line-paused-rate = Paused at { $at }, speed { $rate }×
line-gate = Starting when everyone is ready, in { $wait } at the latest. Not ready yet: { $names }
line-queue = Queue:
line-queue-proposed = proposed
line-queue-by = { $you ->
    [yes] by you
   *[no] by { $who }
  }
line-observers = { $count ->
    [one] { $count } observer watches from outside
   *[other] { $count } observers watch from outside
}
line-observers-none = Nobody watches from outside any more
line-joined-kept = Once everyone has left, the room is kept for { $span }.
line-joined-kept-not = Nothing of this room is kept once you leave.
line-joined-kept-briefly = Once everyone has left, the room is kept for { $span }, or for { $lasting } if an admin plays or queues something.

## The goodbye (goodbye-)

goodbye-window = { $room } · { $viewers ->
    [one] { $viewers } viewer
   *[other] { $viewers } viewers
  }
goodbye-mentioned = watchtogether: { $who } mentioned you
goodbye-started = watchtogether: now playing { $title }
goodbye-started-untitled = watchtogether: a video is starting
goodbye-reacted = watchtogether: { $who } reacted { $emoji }
goodbye-visit = Goodbye. { $together } together: { $videos ->
    [one] { $videos } video
   *[other] { $videos } videos
  }, { $reactions ->
    [one] { $reactions } reaction
   *[other] { $reactions } reactions
  }.
goodbye-visit-in-step = Goodbye. { $together } together: { $videos ->
    [one] { $videos } video
   *[other] { $videos } videos
  }, { $reactions ->
    [one] { $reactions } reaction
   *[other] { $reactions } reactions
  }, in step { $percent }% of the time.
goodbye-back = Rejoin: { $command }
goodbye-demo = That was the demo. Nothing of it is kept.
goodbye-for-real = For a real evening: watchtogether host movie-night
goodbye-panicked = watchtogether hit a bug and had to close. The log has the details.
goodbye-kept = Once everyone has left, the room is kept for { $span }.
goodbye-kept-empty = The room is empty now. It's kept for { $span }.
goodbye-kept-here = The room is kept on this computer for { $span }.
goodbye-kept-nowhere = The room ran on this computer and has ended.

## The gallery of rooms (room-)

room-heading = Live rooms on { $server }
room-find = Find ›
room-find-hint = room, title or type; or paste an invite
room-column-room = Room
room-column-media = Now playing
room-column-kind = Type
room-column-time = Position
room-column-admin = Admin
room-column-next = Next
room-note = Private and unlisted rooms don't show up here: paste your invite to join one.
room-state-live = { $rooms ->
    [one] { $rooms } room
   *[other] { $rooms } rooms
  }  👥 { $viewers }  ● live
room-state-silent = { $rooms ->
    [one] { $rooms } room
   *[other] { $rooms } rooms
  }  👥 { $viewers }  ○ no response
room-state-unknown = ○ no response
room-state-loading = ◔ loading
room-unreachable = Can't reach the server ({ $error }).
room-unreachable-next = Trying again every few seconds. Ctrl-O picks another server.
room-not-a-server = That address isn't a watchtogether server.
room-not-a-server-next = Ctrl-O picks another one.
room-none-found = No room matches.
room-none-found-next = Esc clears the search; Enter creates that room, or follows an invite.
room-none-live = No public rooms right now.
room-none-live-next = Press Ctrl-N to create one, or paste the invite you were given.
room-range = { $first }–{ $last } of { $count }
room-key-join = ⏎ join
room-key-choose = ↑↓ choose
room-key-back = Esc back
room-key-quit = Esc quit
room-key-sort = Tab sort: { $order ->
    [name] name
    [newest] newest
   *[viewers] viewers
  }
room-key-new = Ctrl-N new room
room-key-copy = Alt-I copy
room-key-server = Ctrl-O server
room-next = Next: { $title }
room-next-short = next: { $title }
room-admin = 👑 admin: { $name } · { $waits }
room-no-admin = no admin right now · { $waits }
room-row-lobby = in the lobby
room-row-ready = lobby, ready: { $count }
room-row-starts = starts at { $time }
room-in-lobby = It waits in the lobby and hasn't started yet.
room-in-lobby-at = It waits in the lobby and starts { $at }.
room-lobby-ready = Ready: { $ready }.
room-lobby-ready-of = Ready: { $ready } of { $wanted }.
room-join-live = It's live: you'd see what everyone else sees.
room-join-at = You'd join at { $at }; nobody else is affected.
room-youtube = YouTube works here: yt-dlp was found.
room-direct = A direct link, which mpv plays as is.
room-idle = Nothing is playing right now.
room-elsewhere = From another terminal:
room-waits = Lobby: { $title }
room-paused = Paused: { $title }
room-time = { $minutes }/{ $length } min
room-time-live = live, { $time }
room-heading-room = ROOM
room-heading-title = TITLE
room-heading-viewers = VIEWERS
room-heading-media = NOW PLAYING
room-heading-time = TIME
room-live = live
room-list-empty = No public rooms on { $server } right now. Create one:
room-state-polled = { $rooms ->
    [one] { $rooms } room
   *[other] { $rooms } rooms
  }  👥 { $viewers }  ◷ every 3 s

## The start (start-)

start-name = { $name } can't be your name. { $why } It comes from --name, WATCHTOGETHER_NAME or config.toml.
start-name-too-long = A name has at most { $max ->
    [one] { $max } character
   *[other] { $max } characters
  }.
start-name-invisible = It has no visible characters.
start-title-too-long = The title is too long: --title takes at most { $max ->
    [one] { $max } character
   *[other] { $max } characters
  }.
start-title-invisible = The title has no visible characters. Give another one, or leave out --title.
start-player-argument = { $argument } isn't an mpv option. Give each as one argument, such as --player-arg=--hwdec=no.
start-cookies = Can't read the cookies in { $path }: { $why }. Export them from your browser to that file, or let yt-dlp take them itself: --cookies-from-browser firefox.
start-no-local-server = No server is running on this computer. Name one (--server https://watch.example.org), or start one here: watchtogether serve.
start-misspelt = Ignoring { $name }: there's no such variable. Did you mean { $nearest }?
start-proxies = Ignoring { $proxies }: only http://HOST:PORT is supported as a proxy.
start-unreachable = Can't reach { $server }: { $error }. Check the address and your network, then try again.
start-not-a-server = { $server } isn't a watchtogether server. Check the address.
start-no-terminal = Can't use the terminal
start-no-terminal-size = Can't read the size of the terminal
start-output-not-read = Standard output wasn't read fast enough: more than 8 MiB piled up, or the last lines waited for two seconds. What wasn't read is lost. Keep reading while it runs, or write to a file.
start-insecure = Can't connect to { $server }. { $why }

## The server (server-)

server-only-here = Only this computer can reach the server. To let others in, start it with --listen 0.0.0.0:{ $port } --listen '[::]:{ $port }'
server-in-use = { $address } is already in use by another program; stop that one, or choose another port with --listen ({ $free } picks a free one)
server-not-permitted = you don't have permission to listen on port { $port } of { $ip }; choose a port from 1024 up with --listen, or put a proxy in front of the server
server-not-local = { $ip } isn't an address of this computer; choose one that is with --listen, or 0.0.0.0:{ $port } for all of them
server-cannot-listen = can't listen on { $address }; choose another address with --listen
server-twice = { $address } is already covered by --listen { $earlier }; leave one of them out
server-no-shared-port = none of { $tried } free ports was free for both IPv4 and IPv6; name a port instead of 0
server-no-threads = can't start the server's threads
server-no-signals = can't listen for signals
server-data-in-use = { $path } is in use by another watchtogether server; stop that one, or give this one another --data-dir
server-data-damaged = { $path } is damaged or isn't a room log ({ $reason }); it was left as it is. Move it away to start afresh, or put a backup in its place
server-redis-unusable = can't use Redis at { $url }: { $why }
server-redis-unusable-quoted = can't use Redis at { $url }: { $why }. The error: { $words }
server-redis-nobody-listens = nothing is listening there; start Redis, or correct the host and port in the address
server-redis-no-socket = there's no such socket; start Redis, or give the path that `unixsocket` has in redis.conf
server-redis-socket-denied = this user isn't allowed to use the socket; set `unixsocketperm 770` in redis.conf, and add the user to the socket's group
server-redis-name-not-found = the host's name can't be found; check how it's spelled in the address, and this machine's DNS
server-redis-system = { $error }; check the address, and the network on the way there
server-redis-silent = it doesn't answer; check the host and port, that no firewall is in the way, that Redis isn't stuck, and that a port used with `rediss://` is the `tls-port` in redis.conf
server-redis-hung-up = it closes the connection; if the port is the `tls-port` in redis.conf, write `rediss://` in the address, and otherwise look into Redis' log
server-redis-wrong-password = it doesn't accept the user and password; correct them in the address (redis://USER:PASSWORD@HOST:PORT, which belongs in config.toml or WATCHTOGETHER_REDIS)
server-redis-password-needed = it asks for a password; put one into the address (redis://USER:PASSWORD@HOST:PORT, which belongs in config.toml or WATCHTOGETHER_REDIS)
server-redis-not-permitted = its user lacks a permission; give it those that DEPLOY.md lists, for the prefix in --redis-prefix
server-redis-protected-mode = it takes connections from its own machine only (`protected-mode yes`); give it a user with a password, as DEPLOY.md says, and `bind` an address that this machine reaches
server-redis-too-many-clients = it takes no more connections; raise `maxclients` in redis.conf, or end some of its other clients
server-redis-not-tls = that port doesn't use TLS; write `redis://` instead of `rediss://`, or use the `tls-port` in redis.conf
server-redis-unknown-authority = its certificate comes from an authority that this machine doesn't trust; give that authority's certificate with --redis-ca-file FILE
server-redis-certificate-expired = its certificate has expired; renew it at Redis, or correct this machine's date
server-redis-certificate-not-yet-valid = its certificate isn't valid yet; correct the date and time of this machine
server-redis-certificate-other-name = its certificate is for another name; write a name that it covers in the address, or get one for this name (in a cluster, for the name or address that each server announces)
server-redis-certificate-refused = its certificate can't be used; get another one for Redis, issued for a server
server-redis-no-tls-agreement = it doesn't agree to this TLS connection; set `tls-auth-clients no` in redis.conf, and allow TLS 1.2 or newer
server-redis-not-redis = what answers there isn't Redis; correct the port in the address (Redis itself uses 6379)
server-redis-command-missing = it doesn't know a command that's needed; use Redis 7 or Valkey, not a Sentinel, and rename no commands in redis.conf
server-redis-no-database = it doesn't have the database in the address; leave out the number at its end, or raise `databases` in redis.conf
server-redis-cluster-database = it runs as a cluster, which has only database 0; leave out the number at the end of the address, and keep servers apart with --redis-prefix
server-redis-loading = it's still loading its data; try again when it's done (`redis-cli INFO persistence` says how far it is)
server-redis-cluster-down = no primary of its cluster has the rooms' keys right now; start the cluster's missing servers (`redis-cli CLUSTER NODES` lists them), or wait until a replica has taken over
server-redis-replica = it's a replica, which takes no writes; put the address of its primary there
server-redis-full = it has no memory left; raise `maxmemory` in redis.conf, or remove what else is kept there
server-redis-cannot-save = it takes no writes because it can't save its data; free some space on its disk, and look into its log
server-redis-restarted = it was restarted or lost data just now; start this server again
server-redis-other = it refuses something; look into its log, and check that it's Redis 7 or Valkey
server-redis-drops-rooms = Redis at { $url } drops keys when it's full (maxmemory-policy { $policy }), so rooms may vanish. Set `maxmemory-policy noeviction` in redis.conf, and for now with `redis-cli CONFIG SET maxmemory-policy noeviction`.
server-redis-drops-expiring = Redis at { $url } drops keys that expire when it's full (maxmemory-policy { $policy }): servers may seem dead, and counted tries and keys for new rooms may be lost. Set `maxmemory-policy noeviction` in redis.conf, and for now with `redis-cli CONFIG SET maxmemory-policy noeviction`.
server-redis-no-append-only-file = Redis at { $url } writes no append-only file: if it ends together with all servers that use it, everything since its last save is lost. Turn the file on with `redis-cli CONFIG SET appendonly yes` while Redis is running, then set `appendonly yes` and `appendfsync always` in redis.conf.
server-redis-syncs-every-second = Redis at { $url } writes to disk only once a second: if its machine fails together with all servers that use it, the last second is lost. Set `appendfsync always` in redis.conf, and for now with `redis-cli CONFIG SET appendfsync always`.
server-redis-never-syncs = Redis at { $url } leaves it to its system when to write to disk: if its machine fails together with all servers that use it, the last half minute or more is lost. Set `appendfsync always` in redis.conf, and for now with `redis-cli CONFIG SET appendfsync always`.
server-not-compacted-in-redis = the rooms are in Redis, which rewrites its own files; `redis-cli BGREWRITEAOF` does that now
server-data-full = can't use { $path }: { $error }; free some space there, or choose another --data-dir
server-data-limited = can't use { $path }: { $error }; raise the limit on file sizes (ulimit -f)
server-data-unusable = can't use { $path }: { $error }; check its owner and permissions, or choose another --data-dir
server-room-unreadable = can't read the record of room { $room }: { $reason }; nothing was changed. Put a backup of the data folder in its place, or start afresh with another --data-dir
server-no-admin-socket = `watchtogether admin` can't reach this server: { $why }. Choose another path with --admin-socket
server-admin-why-in-use = { $path } is the socket of another running server
server-admin-why-in-the-way = { $path } is in the way and isn't a socket
server-admin-why-too-long = { $path } is too long for a socket's path
server-admin-in-use = { $path } is the socket of another running server; stop that one, or choose another path with --admin-socket
server-admin-in-the-way = { $path } is in the way and isn't a socket; move it, or choose another path with --admin-socket
server-admin-unusable = can't listen on { $path }: { $why }; choose another path with --admin-socket, shorter than 100 characters and in a folder of your own
server-data-newer = { $path } was written by a newer version of watchtogether (format { $found }; this version knows { $known }); it was left as it is. Install that version, or put an earlier backup in its place
server-data-not-compacted = couldn't rewrite the data file ({ $reason }); what was removed stays in it for now. The server will try again on its own
server-data-away = the data file can't be read or written at the moment; see the server's log, and free some space if the disk is full
server-backup-exists = { $path } already exists; choose another name for the file
server-backup-unusable = can't write { $path }: { $error }; choose another place for the file
server-backup-interrupted = the server closed its file while the backup was being made; try again
server-backup-unreadable = the backup can't be read back, so it was removed: { $why }
server-backup-done = { $rooms ->
    [one] { $rooms } room saved to { $path } ({ $size } kB).
   *[other] { $rooms } rooms saved to { $path } ({ $size } kB).
}
server-restore-unreadable = can't restore this file: { $why }
server-restore-in-use = a server is using { $path }; stop it first, then restore
server-restored = { $rooms ->
    [one] { $rooms } room restored to { $path }. Start the server.
   *[other] { $rooms } rooms restored to { $path }. Start the server.
}
server-restored-kept = { $rooms ->
    [one] { $rooms } room restored to { $path }. The previous file is now { $replaced }. Start the server.
   *[other] { $rooms } rooms restored to { $path }. The previous file is now { $replaced }. Start the server.
}
server-check-certificate = { $path }: the certificate and its key fit together.
server-check-nothing = { $path }: nothing there yet; the first start creates it.
server-check-found = { $rooms ->
    [one] { $path }: { $rooms } room, { $size } kB, readable.
   *[other] { $path }: { $rooms } rooms, { $size } kB, all readable.
}
server-check-format = Format { $format }, the one this version writes.
server-check-older = Format { $format }. The next start copies the file to { $copy } and converts it to format { $newest }; to go back to the earlier version, put that copy in its place.
server-check-in-use = A server is using it now.
server-check-redis = { $rooms ->
    [one] Redis at { $url }: 1 room.
   *[other] Redis at { $url }: { $rooms } rooms.
}
server-check-ephemeral = Rooms are kept in memory only: nothing to check.
server-check-ready = Ready to start.
server-public = Others reach this server at { $url }
server-tls-unreadable = can't read { $path }: { $error }. Check the path, and that the server is allowed to read it
server-tls-no-certificate = there's no certificate in { $path }. --tls-cert takes a PEM file with BEGIN CERTIFICATE in it, such as fullchain.pem
server-tls-no-key = there's no private key in { $path }. --tls-key takes a PEM file with BEGIN PRIVATE KEY in it, such as privkey.pem
server-tls-encrypted-key = the key in { $path } is protected by a passphrase. Save it without one: openssl pkey -in { $path } -out NEW-FILE
server-tls-unusable = can't use { $path }: it's damaged or of a kind that isn't supported ({ $reason }). Get a new certificate and key
server-tls-mismatch = the key in { $key } doesn't belong to the certificate in { $certificate }. Use the two that were issued together
server-tls-expired = The certificate in { $path } has expired: clients refuse it. Renew it, then reload (SIGHUP) or restart the server.
server-tls-ends-soon = The certificate in { $path } expires within 14 days. Check that it gets renewed.
server-tls-not-yet-valid = The certificate in { $path } isn't valid yet. Check this machine's date and time.
server-no-address = can't tell which address the server is listening on
server-fault-empty = it's empty
server-fault-truncated = it ends too early
server-fault-foreign = another program wrote it
server-fault-not-a-file = it isn't a file
server-fault-changed = it changed while it was being opened
server-fault-always-written = the server keeps writing to it
server-fault-too-many-copies = there are too many copies beside it
server-fault-too-much-meanwhile = too much was written in the meantime
server-fault-missing-event = event { $number } is missing
server-fault-not-open = the file isn't open

## The command line (cli-)

cli-about = Watch a video together from a terminal
cli-start-about = Watch a video together from a terminal.
cli-start-host = open a room here, and invite others
cli-start-link = join by an invite link, or open a room with a video
cli-start-gallery = see which rooms are live, and join one
cli-start-more = Everything else: { $line }
cli-config = Read settings from this file instead of config.toml in your configuration folder
cli-log = How much to log: error, warn, info, debug, trace, or a tracing filter
cli-color = When to use colors, on the screen too: auto, always or never (default: auto)
cli-lang = Language of the program: en or ru (default: your locale's)
cli-help = Print help
cli-version = Print version
cli-licence = Licence of this program as built: GPL-3.0 (it contains mpvipc); of its own source: MIT
cli-example-room = join a room, on this computer unless you name another server
cli-example-host = open a room on this computer
cli-example-invite = join a friend's room by its invite link
cli-example-server = let others reach rooms on this machine
cli-example-gallery = see which rooms are live
cli-settings = Every option of a subcommand can also be set in config.toml and in the environment: `serve --data-dir` is `data-dir` in the [serve] table, or WATCHTOGETHER_DATA_DIR. A flag overrides the environment, and the environment overrides the file. In the environment, separate the items of a list with spaces, and set a switch to true or false. `--log` is `level` in the [log] table, or WATCHTOGETHER_LOG; `--lang`, `--color` and `--theme` are `lang`, `color` and `theme` in the [ui] table, or WATCHTOGETHER_LANG, WATCHTOGETHER_COLOR and WATCHTOGETHER_THEME; `--config` is WATCHTOGETHER_CONFIG.
cli-serve-about = Run a server for rooms
cli-serve-listen = Listen on this address; a port alone, or localhost:PORT, is for this computer only, by IPv4 and IPv6; can be repeated, and port 0 picks a free port, the same for both (default: 8000)
cli-serve-data-dir = Keep the rooms in this folder (default: watchtogether in your data folder)
cli-serve-ephemeral = Keep nothing on disk: the rooms end with the server
cli-serve-redis = Keep the rooms in this Redis: redis://HOST:PORT, rediss:// with TLS, or unix:///PATH; of a cluster, any server will do. Several servers with the same Redis are one: their members meet in the same rooms. Put an address with a password into config.toml or WATCHTOGETHER_REDIS, since everyone on this machine can read a command line
cli-serve-redis-prefix = What the names of all keys in Redis begin with, in braces, so that several servers can use one Redis without meeting (default: watchtogether)
cli-serve-redis-ca-file = Trust the certificate authorities in this PEM file for rediss://, instead of the system's
cli-serve-node-name = What this server is called among those that share its rooms in Redis, in admin figures (default: the machine's name)
cli-serve-public-url = The address at which others reach this server; invite links start with it
cli-serve-succession-grace = How many seconds a room waits for an admin who lost the connection before someone else takes over (default: 30); existing rooms keep the time they were created with
cli-serve-room-ttl = How long to keep an empty room in which an admin played or queued something, or people at two addresses chatted: 7d, 12h, 90m or seconds (default: 7d); other empty rooms are kept for 10 minutes
cli-serve-example-here = for this computer only; the rooms are kept in your data folder
cli-serve-example-everyone = for everyone who can reach this machine
cli-serve-example-proxy = behind a proxy that terminates TLS; invite links show the public address
cli-serve-exit-codes = Exit codes: 0 stopped by a signal or `admin drain`, or --check found no fault; 1 it couldn't run; 2 wrong usage or settings.
cli-serve-check = Check the settings, the certificate and the rooms as at startup, print what was found, and exit; changes nothing, and works while a server is running
cli-serve-example-check = before an upgrade: reads settings and rooms, and changes nothing
cli-join-about = Join a room and watch
cli-join-room = The name of a room, such as movie-night, a title in any language, or an invite link, such as https://host/r/movie-night
cli-join-server = The server to use: its address, or its name in config.toml (default: the one on this computer, started if there is none)
cli-join-name = Your name in the room (default: the one you used before, else your login name)
cli-join-play = Play this link right away, as `/play LINK` does
cli-join-wait = With --play: let the video wait in the lobby until /start, everybody is ready, or a set time
cli-join-json = No screen: read lines from standard input, print JSON, one object per line
cli-join-unlisted = If this creates the room: keep it out of the gallery
cli-join-private = If this creates the room: let in only people who have the password; in a terminal it is asked for unless it is set
cli-join-title = If this creates the room: its title
cli-join-password-file = Read the room's password from the first line of this file (or set WATCHTOGETHER_PASSWORD)
cli-join-allow-private-media = Let the room's links lead to addresses on this computer and the local network
cli-join-player = The mpv program to start (default: mpv)
cli-join-player-arg = Pass this option on to mpv; can be repeated
cli-join-player-ipc = Have mpv listen for JSON commands on this socket path
cli-join-no-player = Start no player: only chat and see where the video is
cli-join-audio-only = Play only the sound, for machines without a display
cli-join-ytdl = The yt-dlp program that finds YouTube's streams (default: the one mpv finds)
cli-join-cookies-from-browser = Let yt-dlp use this browser's cookies: brave, chrome, chromium, edge, firefox, opera, safari, vivaldi or whale, perhaps with a profile, as in chrome:Work
cli-join-cookies = Let yt-dlp use the cookies in this file, in the format of Netscape; yt-dlp also writes to it
cli-join-seek-threshold = Jump, instead of catching up gradually, when this many seconds off (default: 2)
cli-join-lan = If this starts a server: let the local network reach it
cli-join-theme = How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)
cli-join-no-bell = Don't ring the terminal's bell when you are mentioned or a video starts
cli-join-no-notify = Don't send notifications through the terminal when you are mentioned or a video starts
cli-join-alert = What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated
cli-join-osd = What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)
cli-join-no-player-keys = Don't use any keys in mpv's window
cli-join-player-scripts = Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync
cli-join-no-space-pause = Don't pause when you press Space on an empty line
cli-join-no-mouse = Leave the mouse to the terminal, for selecting text without Shift
cli-join-example-play = open a room and start a video
cli-join-example-invite = join a friend's room
cli-join-example-password = a room with a password; --password-file reads it from a file instead
cli-join-example-mpv = pass options of your own to mpv
cli-join-example-script = one command from a script, answered in JSON
cli-join-nobody = When nobody can play a video: if every player has failed, the room is told why, the video stops at its start, and the next one in the queue starts after 15 s, or right away with an admin's /go, /resume or /skip; /pause holds it. If the queue is empty, /retry tries again. If every player has reached the end of what it could get, the next video starts after 3 s. Players that are still retrying count as neither for up to 60 s, and the video waits for them. If only some members can play it, they keep watching.
cli-join-exit-codes = Exit codes: 0 you left, 1 something failed here, 2 wrong usage or settings, 3 refused by the server, 4 server unreachable, 5 standard output wasn't read: more than 8 MiB piled up, or the last lines waited for 2 s.
cli-host-about = Open a room on this computer and watch
cli-host-room = The room's name, such as movie-night, or a title in any language, such as "Movie Night"
cli-host-link = A link to play right away, as `/play LINK` does
cli-host-public-url = The address at which others reach this computer, such as a tunnel's; invite links start with it
cli-host-port = Listen on this port (default: 8000, or a free one)
cli-host-lan = Let the local network reach the room
cli-host-wait = With a link: let the video wait in the lobby until /start, everybody is ready, or a set time
cli-host-example-film = open a room and start a video
cli-host-example-lan = for friends on your network
cli-host-example-public = for everyone, by a tunnel or a proxy that passes this address on to port 8000
cli-host-note = The server runs as long as you are in the room; the room itself is kept for the next time. If a server runs on this computer already, the room is opened there, unless --public-url or --port is given. The other options are those of `join`, and are read from the table [join] and the same variables.
cli-calibrate-about = Set by eye and ear how late your sound device is
cli-calibrate-example = a flash and a click each second: make them one, then press Enter
cli-calibrate-example-device = the same for another sound device
cli-calibrate-note = The player and its options are those of `join`. The offset is kept for the sound device; /nudge changes it while you watch.
calibrate-how = A flash and a click come each second. If the click comes late, press Right until they are one.
calibrate-keys = Right, Left: 5 ms   Up, Down: 10 ms   0: none   Enter: keep it   q: leave
calibrate-no-picture = mpv shows no picture: the flash is drawn here, as exactly as a terminal can.
calibrate-no-device = Not kept: mpv has found no sound device. Leave with q.
calibrate-no-sound = mpv found no sound device, so there's nothing to set. `watchtogether doctor` says more.
calibrate-no-terminal = calibrate needs a terminal: it reads keys and draws a flash.
calibrate-offset = Sound offset { $offset }
calibrate-offset-device = Sound offset { $offset } for { $device }
calibrate-kept = Kept: { $offset }
calibrate-given-up = Nothing was kept.
calibrate-no-folder = Can't make a folder for mpv's socket
calibrate-no-state = Can't keep the offset
calibrate-no-player = Can't start { $program }: install mpv, or name it with --player
calibrate-not-answering = mpv was started and doesn't answer
calibrate-unsupported = calibrate works on Linux and macOS only
cli-config-about = Print the settings in force, and where each comes from
cli-config-json = Print each setting as a line of JSON
cli-config-example = every setting, with the file's line, the variable or the flag that sets it
cli-config-example-init = write a file with every setting, explained and as a comment
cli-config-example-json = only what is set somewhere
cli-config-example-path = edit the configuration file
cli-config-note = What a command's own flags set is known to that command only. A password is never printed.
cli-config-init-about = Write a configuration file with every setting as a comment; one that is there stays
cli-config-path-about = Print the path of the configuration file
cli-demo-about = Show how it works: a room with a film and a second member, on this computer
cli-demo-example = the room, and what its clients keep, goes away with it
cli-demo-note = For a real evening: `watchtogether host movie-night`. Without a display or a sound device the film plays all the same, just unseen or unheard.
demo-title = Demo
demo-name = Mia
demo-you = Guest
demo-greeting = Hi! This is a demo: this film, this room and I are all on your computer. Write something, or press F1 for the keys.
demo-proposes = I've just proposed the next film. You're the admin here: /approve takes it into the queue.
demo-asks = Now I've asked for a pause: /pause pauses for both of us, /resume plays on.
demo-film = A minute of shapes
demo-next-film = The same minute again
demo-real = For a real evening, leave with /quit and start: watchtogether host movie-night
demo-no-folder = Can't make a folder for the demo
demo-folder-stays = Can't remove the demo's folder, { $folder }: { $why }
demo-no-client = Can't start the demo's client
cli-completions-about = Print what a shell loads to complete commands, rooms and servers
cli-completions-shell = The shell: bash, elvish, fish, powershell or zsh
cli-completions-example-bash = for bash, in ~/.bashrc
cli-completions-example-zsh = for zsh, in ~/.zshrc, below compinit
cli-completions-example-fish = for fish, in ~/.config/fish/config.fish
cli-completions-note = Packages install the same for bash, zsh and fish. The shell asks the program while you type: `join` offers the rooms that are live and those you were in, if your server answers within a second.
cli-conformance-about = Try whether a server speaks the protocol
cli-conformance-server = The server: its address, or the name of a profile, [servers.NAME], in config.toml
cli-conformance-only = Play this scenario only; can be repeated
cli-conformance-json = Print each verdict as a line of JSON
cli-conformance-example = play every scenario against a server on this computer
cli-conformance-example-only = play two scenarios only
cli-conformance-example-json = list only what did not pass
cli-conformance-note = For those who write a server or change one. It takes a minute or two and plays in up to three rooms with made-up names, unlisted or private, which it closes at the end. A server that lets few rooms be created makes it wait, or skip a scenario. watchtogether-protocol(7) is what it tries.
cli-conformance-exit-codes = Exit codes: 0 every scenario passed, 1 one failed or was skipped, 2 wrong usage or settings, 4 the server cannot be reached or does not answer.
conformance-pass = pass
conformance-fail = fail
conformance-skipped = skipped
conformance-expected = expected: { $frame }
conformance-came = came: { $frame }
conformance-nothing = nothing within { $seconds } s
conformance-nothing-after = nothing that fits within { $seconds } s; the last frame was { $frame }
conformance-broken = the connection broke, without a close frame
conformance-closed = close { $code } { $reason }
conformance-no-connection = no connection: { $why }
conformance-limit = The server does not let it be tried: { $code }
conformance-no-limit = The server's limit, if it has one, is higher than what was tried.
conformance-unreachable = No WebSocket opens at { $server }. { $why }
conformance-silent = { $server } takes connections and never answers. The other scenarios weren't tried.
conformance-summary = { $passed } passed, { $failed } failed, { $skipped } skipped.
scenario-hello-first = what is no hello is refused, and the connection closed
scenario-version = a version that is too far away is refused, with both versions
scenario-room-names = a room whose name is none is not made
scenario-first-is-admin = who creates a room is its admin, and the welcome has all its fields
scenario-second-is-viewer = who comes later is a viewer, and everyone sees them come and go
scenario-names-unique = a second member of the same name gets another
scenario-names-cleaned = nothing that steers a terminal stays in a name
scenario-unknown-fields = the next version and unknown fields are accepted
scenario-unknown-kind = a message of an unknown kind is an error, and nothing worse
scenario-bad-json = what is no JSON or no message is an error, and nothing worse
scenario-frame-size = a frame beyond the size in the welcome is an error, and nothing worse
scenario-junk = who sends nothing but junk is sent away
scenario-second-hello = a second hello is an error
scenario-clock = the clock exchange echoes t0, and room time runs like a clock
scenario-cadence = the cadence in the welcome can be kept: exchanges in bursts, health before it is stale
scenario-health = who reports their playback health gets everyone's
scenario-answers = a command that makes no sense is denied under its number
scenario-revs = an answer names its event, and the event its command
scenario-once = a command sent twice under one number counts once
scenario-order = two members see the same events in the same order
scenario-reactions = everyone gets a reaction, with its sender
scenario-denials = each command beyond a viewer's role is denied, and changes nothing
scenario-rate-limit = too many commands at once are denied, with the time to wait
scenario-state = the whole state comes on request
scenario-resume = who comes back by their token lacks nothing
scenario-resume-commands = a command that was on its way when the connection broke counts once
scenario-resume-other-log = who names another log, or an event that has not happened, gets the state
scenario-resume-replaces = a second connection of one member takes the place of the first
scenario-resume-unknown = a token that nobody has makes a new viewer
scenario-resume-no-room = coming back creates no room
scenario-token = a hello repeated with the client's own token is the same member
scenario-errand = an errand speaks in a member's name, unseen, beside their own connection
scenario-observe = an observer of a public room is counted, and sees its chat only where an admin shows it
scenario-timeline = pause, seek, resume and rate are the same for everyone
scenario-undo = a seek is taken back, and back again
scenario-proposals = a viewer proposes, an admin approves and plays it
scenario-withdrawal = a proposal is withdrawn by its own member only
scenario-late-join = who joins late finds media, queue, chat and title
scenario-hold-data = a hold for a slow player ends when it has data again
scenario-hold-admin = an admin ends a hold
scenario-hold-time = a hold ends by itself, when it said
scenario-rename = a name that is taken is denied, another is told to everyone
scenario-mute = who is muted cannot chat
scenario-moderator = a moderator moderates, and leaves playback and admins alone
scenario-kick = who is kicked is told so, and their token is void
scenario-ban = who is banned stays out until the ban is lifted
scenario-hand-over = when the admin leaves, who stays acts as admin until they return; then the room closes
scenario-private = a private room asks for its password, and for none on return
scenario-private-password = a private room is not made without a password
cli-doctor-about = Check whether films can be watched on this computer
cli-doctor-server = Also check the way to this server
cli-doctor-long = Keep a quiet connection to that server open for so long (100 if no number is given)
cli-doctor-json = Print each finding as a line of JSON
cli-doctor-example = check player, yt-dlp, terminal, folders and network
cli-doctor-example-server = the same, with the way to a server
cli-doctor-example-long = for its operator: does the proxy cut quiet connections?
cli-doctor-example-json = only the commands that mend something
cli-doctor-note = The player and the server are those of `join` if your settings name any. Below each warning and each failure stands the command that mends it, if there is one for this system.
cli-doctor-exit-codes = Exit codes: 0 a film can be watched, 1 not, 2 wrong usage or settings.
doctor-keeps-quiet = Keeping a quiet connection open for { $seconds } seconds…
doctor-ok = ok
doctor-warning = warning
doctor-failure = failure
doctor-can-watch = Films can be watched on this computer.
doctor-cannot-watch = No film can be watched here until the failures above are mended.
doctor-mpv = mpv { $version } starts and answers.
doctor-mpv-missing = Can't find { $binary }, so there's only chat here.
doctor-mpv-old = mpv { $version } is too old, so there's only chat here: 0.35 or newer is needed.
doctor-mpv-other = { $binary } isn't mpv, so there's only chat here. Put mpv there, or have your settings name another program.
doctor-mpv-refused = mpv doesn't start: { $reason }. Check your mpv.conf and the player and its options in your settings.
doctor-mpv-system = Can't start { $binary }: { $why }.
doctor-socket-taken = mpv doesn't start: { $path } already exists and isn't an unused socket. Remove it, or have your settings name another socket (--player-ipc).
doctor-socket-in-use = mpv doesn't start: another player is listening at { $path }. Close that player, or have your settings name another socket (--player-ipc).
doctor-socket-no-folder = mpv doesn't start: there's no folder { $path } for its socket.
doctor-socket-too-long = mpv doesn't start: the path of its socket is too long: { $path }. Have your settings name a shorter one (--player-ipc).
doctor-socket-system = mpv doesn't start: can't create its socket in { $path }: { $why }. Your settings can name another one (--player-ipc).
doctor-ffmpeg = FFmpeg { $version }, which mpv uses, asks for bounded ranges, as YouTube's servers want it.
doctor-ffmpeg-open = FFmpeg { $version }, which mpv uses, asks for open ranges, which some of YouTube's servers refuse. 8.1 or newer, in newer releases of your system, asks for bounded ones.
doctor-output = Picture and sound: there's a display, and sound plays through { $sound }.
doctor-ytdl = yt-dlp { $version } is { $days ->
    [one] one day
   *[other] { $days } days
} old, which is new enough, and mpv can use it.
doctor-ytdl-own = yt-dlp { $version } is a build of your own, and mpv finds it.
doctor-ytdl-no-hook = mpv is built without Lua and can't start yt-dlp, so YouTube links won't play. Direct links do.
doctor-ytdl-missing = yt-dlp isn't found, so YouTube links won't play. Direct links do.
doctor-ytdl-broken = { $path } doesn't run, so YouTube links won't play. Direct links do.
doctor-ytdl-dangerous = yt-dlp { $version } is dangerous: releases before 2026.07.04 have five published security holes ({ $holes }).
doctor-ytdl-old = yt-dlp { $version } is { $days } days old; YouTube may have changed since.
doctor-javascript = yt-dlp can run YouTube's JavaScript with { $name } { $version }.
doctor-javascript-named = yt-dlp can run YouTube's JavaScript with { $name } { $version }, which `join` names to it by --js-runtimes.
doctor-javascript-old = { $name } { $version } is too old to run YouTube's JavaScript for yt-dlp; many YouTube videos won't play.
doctor-javascript-missing = No JavaScript runtime is found for yt-dlp (deno 2, node 20, quickjs or bun); many YouTube videos won't play.
doctor-terminal = The terminal has { $columns } × { $rows } cells.
doctor-terminal-small = The terminal has { $columns } × { $rows } cells: panes become tabs, or little fits. Make its window larger.
doctor-terminal-missing = There's no terminal here: `join` shows plain lines, or JSON with --json.
doctor-colours = The terminal has { $colours } colours.
doctor-colours-all = The terminal has all colours.
doctor-colours-none = No colours: the terminal has none, or NO_COLOR or --color turns them off.
doctor-emoji = Emoji are as wide as they should be.
doctor-emoji-shifts = ❤️ is { $cells ->
    [one] one cell
   *[other] { $cells } cells
} wide in this terminal, not two. Reactions may look cut off.
doctor-terminal-silent = The terminal doesn't say how wide emoji are, whether it draws images, or whether it draws whole pictures at once (mode 2026).
doctor-synchronized = The terminal draws whole pictures at once (mode 2026).
doctor-flickers = The terminal doesn't draw whole pictures at once (mode 2026); they may flicker a little.
doctor-images = The terminal can draw images ({ $protocol }).
doctor-images-none = The terminal draws no images; blocks of colour stand for them.
doctor-terminal-copies = What you copy is handed to the terminal (OSC 52); most put it on the clipboard.
doctor-tmux-passes = tmux lets through what the terminal around it understands.
doctor-tmux-holds = tmux holds back what only the terminal around it understands. Nothing here needs it.
doctor-tmux-copies = tmux hands what you copy to the clipboard.
doctor-tmux-keeps = tmux keeps what you copy here from the clipboard.
doctor-folder = { $purpose }: { $path } can be written to.
doctor-folder-closed = { $purpose }: can't write to { $path }: { $why }.
doctor-folder-full = Free some space there.
doctor-folder-other-state = WATCHTOGETHER_STATE_DIR names another folder.
doctor-folder-other-data = `serve` and `admin` take another folder by --data-dir.
doctor-folder-other-socket = XDG_RUNTIME_DIR names another folder.
doctor-folder-none = { $purpose }: there's no home folder.
doctor-folder-state = Your choices and places in rooms
doctor-folder-data = A server's rooms
doctor-folder-socket = mpv's socket
doctor-no-network = This computer is on no network: no film from the internet plays, and friends can't reach rooms here. Connect it by Wi-Fi or cable.
doctor-direct = No proxy is set; connections are direct.
doctor-proxy = Connections to the internet go through the proxy { $proxy }.
doctor-proxy-unusable = { $variable } names no proxy that can be used: { $value }. It must begin with http://.
doctor-server = { $server } answers, { $rooms ->
    [0] with no live rooms
    [one] with one live room
   *[other] with { $rooms } live rooms
}.
doctor-upgrade = WebSockets come through, so rooms can be joined.
doctor-upgrade-missing = WebSockets don't come through, so no room can be joined: the proxy in front of the server doesn't pass the upgrade on.
doctor-round-trip = Answers come back within { $millis } ms, so clocks can be compared to { $bound } ms or better.
doctor-round-trip-slow = Answers take { $millis } ms to come back: pauses and jumps reach people late.
doctor-round-trip-none = Nothing comes back on an open WebSocket.
doctor-certificate = The certificate is valid for { $days } more days.
doctor-certificate-ends = The certificate ends in { $days ->
    [one] one day
   *[other] { $days } days
}. It should have been renewed by itself by now.
doctor-address = The server counts you by the address { $address }.
doctor-address-distrusted = The server counts everyone by { $address }, a proxy it doesn't trust, so limits and bans by address can't work.
doctor-address-silent = The server counts everyone by { $address }: the proxy in front of it doesn't say who asks, so limits and bans by address can't work.
doctor-events = What changes in the gallery comes at once.
doctor-events-held = Nothing came of the gallery's stream of changes: the proxy in front of the server waits for full buffers.
doctor-quiet = A quiet connection stays open, for { $seconds } s and more.
doctor-quiet-signs = A connection stays open for { $seconds } s. This server is older and says something every 10 s, so a proxy that cuts quiet ones goes unnoticed.
doctor-quiet-between = something in front of the server
doctor-quiet-cut = A quiet connection was cut after { $seconds } s by { $proxy }. Rooms say something at least every 10 s, so people stay in; on a network that stalls, they drop out sooner.
doctor-quiet-cuts-rooms = A quiet connection was cut after { $seconds } s by { $proxy }. Rooms may say something only every 10 s, so people will drop out again and again.
doctor-quiet-lost = A quiet connection was not closed, but after { $seconds } s nothing came through any more: something in between has forgotten it.
doctor-quiet-refused = No quiet connection could be tried: { $why }
cli-gallery-about = List the live rooms of a server
cli-gallery-server = The server to ask: its address, or its name in config.toml (default: the one on this computer)
cli-gallery-name = Your name in the room that you join from here (default: as with join)
cli-gallery-allow-private-media = Let the room's links lead to addresses on this computer and the local network
cli-gallery-player-arg = Pass this option on to mpv; can be repeated
cli-gallery-json = Print JSON, one object per room
cli-gallery-example-server = the public rooms of this server
cli-gallery-example-ids = just the names of the rooms, as `join` takes them
cli-gallery-exit-codes = Exit codes: 0 listed, 1 something failed here, 2 wrong usage or settings, 4 server unreachable.
cli-add-about = Queue links in a room without joining it
cli-add-link = The links to queue; without any, each line of standard input
cli-add-server = The server to use: its address, or its name in config.toml (default: the one on this computer)
cli-add-name = Add them under this name; if it isn't yours in the room, as a guest (default: as the room knows you, else as with join)
cli-add-json = Print each answer as a line of JSON
cli-add-example = queue a film, or propose it if you aren't an admin there
cli-add-example-input = queue the links in a file, each answered in JSON
cli-say-about = Write in a room's chat without joining it
cli-say-text = What to say; without it, each line of standard input
cli-say-server = The server to use: its address, or its name in config.toml (default: the one on this computer)
cli-say-name = Say it under this name; if it isn't yours in the room, as a guest (default: as the room knows you, else as with join)
cli-say-json = Print each answer as a line of JSON
cli-say-example = one line in the chat
cli-say-example-input = each line of a program's output, under a name of its own
cli-errand-who = If this computer has been in the room, you are the same member as there, with the same rights, whether you are in the room right now or not. Otherwise you are a guest, and are the same guest the next time. Nobody is told that anyone came or left. The room has to exist: `watchtogether host` and `watchtogether join` make one. If the server says it's too fast, the command waits, for a minute at most.
cli-errand-exit-codes = Exit codes: 0 done, 1 something failed here, 2 wrong usage or settings, 3 refused by the server, 4 server unreachable, 6 the room didn't take at least one line.
cli-status-about = Say in one line what a room is playing
cli-status-server = The server to use: its address, or its name in config.toml (default: the one on this computer)
cli-status-name = Your name if a private room doesn't know this computer yet (default: as with join)
cli-status-format = Print this text instead, with the room's figures in place of {"{"}media{"}"} and the like
cli-status-json = Print JSON, the same object as `gallery --json`
cli-status-example = the line for people
cli-status-example-format = a line of your own, for a status bar
cli-status-example-json = a figure for a script
cli-status-format-note = The placeholders of --format: {"{"}room{"}"}, {"{"}title{"}"}, {"{"}viewers{"}"}, {"{"}admin{"}"}, {"{"}state{"}"} (playing, paused, lobby or idle), {"{"}media{"}"}, {"{"}kind{"}"}, {"{"}position{"}"}, {"{"}duration{"}"}, {"{"}left{"}"}, {"{"}next{"}"} and {"{"}line{"}"}. What isn't known is empty. Nobody in the room notices that you asked. A private room answers only those whom it knows, or who bring its password.
cli-status-exit-codes = Exit codes: 0 shown, 1 something failed here, 2 wrong usage or settings, 3 no such room, or refused by the server, 4 server unreachable.
cli-watch-about = Print what happens in a public room, without joining it
cli-watch-server = The server to use: its address, or its name in config.toml (default: the one on this computer)
cli-watch-example = one line of JSON for everything that happens, until Ctrl-C
cli-watch-example-media = only what comes on
cli-watch-note = The lines are those of `join --json`; `joined` has no `you`, since nobody joins. New chat messages are among them only while an admin allows it (`/observers chat on`). Everybody in the room sees how many watch from outside, at most four of them from one address. After a broken connection it goes on by itself; once the room isn't public any more, it ends.
cli-watch-exit-codes = Exit codes: 0 ended by you or because nobody reads the output, 1 something failed here, 2 wrong usage or settings, 3 no such public room, or refused by the server, 4 server unreachable, 5 standard output wasn't read: more than 8 MiB piled up, or the last lines waited for 2 s.
errand-no-text = What do you want to say? Give the text after the room, or pipe it in.
errand-no-links = Which links? Give them after the room, or pipe them in, one a line.
errand-plays = Playing now: { $name }
errand-queued = #{ $entry } queued: { $name }
errand-proposed = #{ $entry } proposed, an admin has to approve it: { $name }
errand-added = Added: { $name }
errand-no-room = There's no room { $room } here. `watchtogether host { $room }` opens one, `watchtogether join { $room }` too.
errand-no-room-there = There's no room { $room } there. `watchtogether join { $link }` opens one.
errand-trying-again = { $why } Trying again.
errand-unanswered = The connection broke before the answer came, so it may or may not have been done: { $why }
status-viewers = { $count ->
    [one] { $count } viewer
   *[other] { $count } viewers
}
status-idle = Nothing plays · { $viewers }
status-no-room = There's no room { $room } here, or it's private: then give its password, with --password-file.
status-no-placeholder = There's no placeholder {"{"}{ $name }{"}"}. Those that exist: { $known }
cli-value-addr-port = ADDR:PORT
cli-value-kind-how = KIND=HOW
cli-value-arg = ARG
cli-value-shell = SHELL
cli-value-dir = DIR
cli-value-file = FILE
cli-value-language = LANGUAGE
cli-value-when = WHEN
cli-value-theme = THEME
cli-value-level = LEVEL
cli-value-link = LINK
cli-value-name = NAME
cli-value-path = PATH
cli-value-port = PORT
cli-value-room = ROOM
cli-value-seconds = SECONDS
cli-value-text = TEXT
cli-value-server = SERVER
cli-value-browser = BROWSER
cli-value-url = URL
cli-value-redis-url = REDIS-URL
cli-value-prefix = PREFIX
cli-value-node = NODE
cli-value-command = COMMAND
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-everywhere = Options everywhere
cli-heading-examples = Examples:
cli-usage = Usage:
cli-usage-options = [OPTIONS]
cli-man-name = NAME
cli-man-synopsis = SYNOPSIS
cli-man-description = DESCRIPTION
cli-man-options = OPTIONS
cli-man-commands = COMMANDS
cli-man-examples = EXAMPLES
cli-man-exit = EXIT STATUS
cli-man-environment = ENVIRONMENT
cli-man-files = FILES
cli-man-licence = LICENCE
cli-man-see = SEE ALSO
cli-man-keys = KEYS
cli-exit-codes = Exit codes: 0 done, 1 something failed here, 2 wrong usage or settings.
cli-man-variable-options = Every option that is a key of config.toml has a variable: its name in capitals, with `_` for each dash, such as `WATCHTOGETHER_DATA_DIR`. It goes before the file, and a flag before it. A misspelt one is told of and changes nothing.
cli-man-variable-config = The configuration file to read, as with --config.
cli-man-variable-password = The password of the room to join or create.
cli-man-variable-state = The folder for what is remembered and for the log, instead of the usual one.
cli-man-variable-proxy = Proxies for addresses outside your network, and exceptions from them.
cli-man-variable-colour = If set to anything, no colors are used, unless --color says always.
cli-man-variable-force-colour = If set to anything but 0, colors are used in pipes and files too, unless NO_COLOR or --color forbids them.
cli-man-variable-locale = The language, unless it is set otherwise.
cli-man-file-config = Your settings; see watchtogether-config(5).
cli-man-file-service = The settings of the server that the package installs.
cli-man-file-state = What is remembered: rooms, your name in them, who you are there, saved queues, choices; and the rooms of a server that was started along the way.
cli-man-file-log = The log of the client. A full one becomes client.old.log.
cli-man-file-data = The rooms of a server, unless --data-dir names another folder.
cli-man-file-elsewhere = These are the places on Linux; XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_DATA_HOME move them. Other systems have their own.
cli-man-config-about = the settings of watchtogether
cli-man-config-how = The file is in TOML. Its tables are the subcommands, and their keys the options; `host` reads the table of `join`. Unknown keys and wrong values are errors, which name the line. All keys are optional.
cli-man-config-reactions = The emoji on the keys 1 to 5, from the first on; the rest are the usual ones
cli-man-config-player-keys = Whether keys are used in the window of mpv; the opposite of no-player-keys in [join]
cli-man-config-servers = A server with a name of your own: `--server home`, and `server = "home"` elsewhere in this file. What else stands here counts on that server only, however it is named; it goes before the other tables, and flags and the environment before it.
cli-man-config-server-url = The server's address; every server needs one
cli-man-config-ytdl = What yt-dlp is given, both for what mpv plays and for titles and playlists. The keys are options of yt-dlp, without their dashes; those that take no value are true or false. Names and passwords belong into a netrc file.
cli-man-config-keys-table = Your own keys for what is done outside of the line; F1 shows all keys. A key is a letter or sign, as `x`, `X` and `>`, or the name of one: `Space`, `Enter`, `Tab`, `Left`, `F7`, perhaps with `Ctrl-` or `Alt-` before it. It replaces the usual one. Each key does one thing only; keys that work everywhere stay as they are.
cli-man-config-theme = Your own theme, as one of strings: a color (`#ff8800`, `208`, `red`, `bright-blue`, `default`), `on` and a color for the background, and any of `bold`, `dim`, `italic`, `underline` and `reverse`. `plain` is the terminal's own style. `names` takes several, with commas between them, which members share out. What is left out looks as in the dark or light theme.
cli-man-config-keys = The keys: { $keys }.
cli-man-json-about = what watchtogether prints and reads for programs
cli-man-protocol-about = how a client and a server of watchtogether talk
cli-man-keys-about = the keys and commands of watchtogether
cli-man-keys-how = What the screen of `watchtogether join` understands, as F1 shows it there. Letters also work on a Russian layout. Whatever a terminal may keep for itself has a command. Outside of the line you can have keys of your own: see [keys] in watchtogether-config(5).
cli-man-admins = { $about } (admins)
cli-man-moderators = { $about } (moderators and admins)
cli-error = error:
cli-warning = warning:
cli-tip = tip:
cli-tip-argument = a similar option exists: { $similar }
cli-tip-subcommand = a similar command exists: { $similar }
cli-tip-or-room = did you mean { $similar }? To join a room of that name: { $line }
cli-tip-value = a similar value exists: { $similar }
cli-tip-line = did you mean: { $line }
cli-tip-belongs = { $argument } belongs to { $command }: { $line }
cli-try-help = For more information, try { $flag }.
cli-argument-conflict = { $argument } and { $other } can't be used together
cli-argument-twice = { $argument } can be given only once
cli-argument-missing = missing: { $arguments }
cli-argument-unknown = unexpected argument { $argument }
cli-argument-without-value = { $argument } takes no value, but got { $value }
cli-subcommand-unknown = unknown command { $name }
cli-subcommand-missing = missing: a command ({ $commands })
cli-word-empty = the first word is empty: give a room's name, such as movie-night, or a link
cli-quoted = '{ $text }'
cli-value-missing = { $argument } needs a value
cli-value-empty = { $argument } is empty
cli-value-invalid = invalid value { $value } for { $argument }
cli-value-invalid-why = invalid value { $value } for { $argument }: { $why }
cli-value-equals = { $argument } needs its value after an equals sign
cli-values-too-few = { $argument } needs more values
cli-values-wrong = { $argument } has the wrong number of values
cli-value-possible = possible values: { $values }
cli-words-not-utf8 = the command line has characters that aren't valid UTF-8
cli-password-new = Password for the room:
cli-password-again = The same once more:
cli-password-empty = Enter a password: an empty one protects nothing.
cli-password-too-long = That's too long: at most { $most } bytes.
cli-no-start = Can't start a thread
cli-no-signals = Can't listen for signals
cli-no-output = Can't write to standard output
cli-no-free-port = There's no free port to start a server on
cli-no-port = Can't listen on port { $port }, where a server may be running already; --port takes another
cli-no-local-server = Can't start a server on this computer
cli-no-log = No log will be written: { $why }
cli-no-home = there's no home folder
cli-no-folder = can't create { $path }
cli-no-files = can't write files in { $path }
cli-old-log-stays = can't remove the old log { $path }: { $why }
cli-no-log-file = can't write a log in { $path }
cli-file-limit = A write beyond the file size limit (ulimit -f) will end this process: { $why }
cli-serve-admin-socket = The socket through which `watchtogether admin` reaches the server (default: admin.sock in the data folder)
cli-serve-metrics-listen = Serve Prometheus metrics and health checks on this address; keep it private
cli-serve-log-format = How log lines are written: text or json (default: text)
cli-admin-about = Manage the server that runs on this computer
cli-admin-socket = The server's socket (default: admin.sock in its data folder)
cli-admin-data-dir = The server's data folder (default: watchtogether in your data folder)
cli-admin-json = Print the answer as JSON
cli-admin-rooms-about = List all rooms, including unlisted and private ones
cli-admin-room-about = Show a room: its members, at whichever server they are, what's playing and the queue
cli-admin-room-room = The room's name
cli-admin-close-about = Close a room for good; everyone in it is told
cli-admin-close-room = The room's name
cli-admin-promote-about = Make a member an admin of their room
cli-admin-promote-room = The room's name
cli-admin-promote-member = The member's name, or their number such as '#7'
cli-admin-ban-about = Ban a member from a room
cli-admin-ban-room = The room's name
cli-admin-ban-member = The member's name, or their number such as '#7'
cli-admin-announce-about = Show everyone a message, on the screen and over the video
cli-admin-announce-text = The message, up to 500 characters
cli-admin-announce-room = Show it only in this room
cli-admin-drain-about = Warn the people at this server, then stop it; if others share its rooms in Redis, they go on
cli-admin-drain-in = How long until the server stops: 60s, 5m or 1h
cli-admin-drain-cancel = Don't stop after all
cli-admin-limits-about = Show the limits in force at this server
cli-admin-figures-about = Show how this server is doing, and which others share its rooms in Redis
cli-admin-forget-about = Erase everything the rooms keep about a person: their record, chat, name and the hash of their address
cli-admin-forget-name = The name they used
cli-admin-forget-yes = Don't ask first
cli-admin-example-rooms = the rooms of your own server
cli-admin-example-room = a room of a server that systemd runs
cli-admin-example-announce = a message for everyone, in all rooms
cli-admin-example-drain = before an upgrade: every room sees the countdown
cli-admin-example-figures = the figures for a script
cli-admin-example-ban = a member who may not come back
cli-admin-example-close = end a room for good: everyone in it is told
cli-admin-example-create = a key with which somebody can create the room
cli-admin-example-forget = every trace of a name, in all rooms
cli-admin-example-hide = a room that the gallery no longer lists
cli-admin-example-limits = how many rooms, members and connections there may be
cli-admin-example-promote = a member as admin, where none is left
cli-admin-example-restore = the rooms of a copy, before the server starts
cli-admin-who = Run it as the user the server runs as, or as root.
cli-admin-exit-codes = Exit codes: 0 done, 1 not done, 2 wrong usage or settings, 4 no server answers.
cli-value-format = FORMAT
cli-value-member = MEMBER
cli-value-time = TIME
cli-admin-backup-about = Copy all rooms into a new file while the server runs
cli-admin-backup-file = The new file, in a folder that the server can write to
cli-admin-restore-about = Replace the rooms of a stopped server with a backup
cli-admin-restore-file = The file that `watchtogether admin backup` wrote
cli-admin-export-about = Write all rooms into a new file for another server, while this one runs
cli-admin-export-file = The new file, in a folder that the server can write to
cli-admin-import-about = Take the rooms of another server, while this one runs; rooms whose names are taken are left out
cli-admin-import-file = The file that `watchtogether admin export` wrote
cli-admin-example-export = all rooms in a file that any server can take, with Redis or without
cli-admin-example-import = the rooms of such a file
cli-admin-example-backup = a copy of all rooms, while the server runs
cli-serve-trust-proxy = Believe this proxy, or the proxies in this network (such as 127.0.0.1 or 10.0.0.0/8), when X-Forwarded-For or Forwarded says who is asking, so that limits and bans apply to people and not to the proxy; can be repeated
cli-serve-tls-cert = Serve https with the certificate in this PEM file: the server's own first, then the rest of its chain
cli-serve-tls-key = The private key of that certificate, as a PEM file
cli-serve-example-tls = with a certificate of its own, without a proxy
cli-serve-create = Who may create rooms: anyone, password (people who have the one in --create-password-file) or admin (people who have a key from `watchtogether admin create movie-night`) (default: anyone)
cli-serve-create-password-file = Read the password for new rooms from the first line of this file
cli-serve-max-rooms = The most rooms at once (default: 10000)
cli-serve-max-rooms-per-address = The most rooms created from one address that may exist at once (default: 50)
cli-serve-max-members = The most members in a room at once (default: 1000)
cli-serve-max-connections = The most connections at once (default: 10000)
cli-serve-max-connections-per-address = The most connections at once from one address (default: 64)
cli-join-create-password-file = If this creates the room on a server that asks for it: the server's password for new rooms, or a key from its operator, in the first line of this file
cli-admin-create-about = Make a key for creating a room on a server with --create password or admin
cli-admin-create-room = The new room's name
cli-value-who = WHO
cli-value-number = NUMBER
cli-join-ca-file = Trust the certificate authorities in this PEM file, besides the system's own
cli-gallery-ca-file = Trust the certificate authorities in this PEM file, besides the system's own
cli-value-network = NETWORK
cli-admin-hide-about = Take a public room out of the gallery; its members are told
cli-admin-hide-room = The room's name

## Errors of the settings (config-)

config-missing = There's no file { $path }. Create it, or name another one with --config or WATCHTOGETHER_CONFIG.
config-unreadable = Can't read { $path }: { $why }
config-syntax = { $path }, line { $line }: this isn't valid TOML: { $why }
config-unknown = { $path }, line { $line }: there's no setting `{ $key }`.
config-unknown-nearest = { $path }, line { $line }: there's no setting `{ $key }`. Did you mean `{ $nearest }`?
config-value = { $path }, line { $line }: invalid value for `{ $key }`: { $why }
config-variable = Invalid value in the environment variable { $name }: { $why }
config-flag = Invalid value for { $name }: { $why }
config-both-in-environment = `{ $one }` and `{ $other }` are both set in the environment, but only one of them can apply.
config-both-in-file = `{ $one }` and `{ $other }` are both set in config.toml, but only one of them can apply.
config-invite-and-server = An invite link already names its server. Leave out --server and --lan.
config-invite-to-host = A room of your own has no server yet: give `host` the room's name only. To join by an invite or on a server, use `join`.
config-private-without-password = A private room needs a password. Set WATCHTOGETHER_PASSWORD, or name a file with --password-file.
config-empty-password = The first line of { $path } is empty. Write the password there.
config-no-data-folder = There's no home folder to keep the rooms in. Pass --data-dir DIR or --ephemeral.
config-log = `{ $text }` isn't a log level. Use error, warn, info, debug or trace, or a filter such as info,watchtogether::server=debug.
config-log-nearest = `{ $text }` isn't a log level or a filter. Did you mean `{ $nearest }`?
config-file-read = # The settings in force. The file: { $path }
config-file-none = # The settings in force. There's no { $path }; `watchtogether config init` writes one.
config-from-usual = default
config-from-nothing = not set
config-from-kept = chosen before
config-from-secret = { $name }, not shown
config-no-home = There's no home folder for a configuration file. Name one with --config FILE.
config-written = Wrote { $path }
config-exists = { $path } is there already, and stays as it is. `watchtogether config` prints what's in force.
config-unwritten = Can't write { $path }
config-new-file = The settings of watchtogether. Remove the # before a setting to use it. `watchtogether config` prints what's in force, and watchtogether-config(5) says more.
config-why-boolean = use true or false
config-why-text = put the text in quotation marks
config-why-unquoted = the value is missing, or the quotation marks around it
config-why-list = use a list in brackets, such as `["a", "b"]`
config-why-table = write it as a section of its own, in brackets on a line
config-why-key-twice = the setting is set twice
config-why-no-value = a setting needs = and a value
config-why-open-bracket = a bracket isn't closed
config-why-open-quote = a quotation mark is missing at the end
config-why-no-comma = separate the values with commas
config-why-not-utf8 = it isn't valid UTF-8
config-why-empty-password = it's empty; set a password, or unset the variable
config-why-seconds = use seconds, more than 0 and at most 3600, such as 2.5
config-why-duration = use a time such as 7d, 12h, 90m or 45s
config-why-reactions = list up to five emoji
config-why-reaction = { $entry } isn't an emoji; list up to five
config-why-language = use en or ru
config-why-color = use auto, always or never
config-why-theme = use auto, dark, light, contrast, mono or own
config-why-style = use a color such as #ff8800, 208 or red, `on` and a color for the background, and words such as bold, dim, italic, underline, reverse or plain
config-why-no-address = it isn't a web address such as https://watch.example.org
config-why-listen = use a port, or an IP address and a port, such as 8000 or 0.0.0.0:8000
config-why-port = use a port from 1 to 65535, such as 8000
config-why-no-scheme = write the whole address, such as https://watch.example.org
config-why-server = write the whole address, such as https://watch.example.org, or the name of a server in config.toml; there's no [servers.{ $name }]
config-why-server-nearest = there's no [servers.{ $name }] in config.toml. Did you mean `{ $nearest }`? An address is written in full, such as https://watch.example.org
config-why-no-url = a server needs its address: url = "https://watch.example.org"
config-why-browser = use a browser that yt-dlp knows, such as firefox, chrome or safari, perhaps with a profile, as in chrome:Work
config-why-browser-nearest = yt-dlp knows no such browser. Did you mean { $nearest }?
config-why-ytdl-option = use a text in quotation marks, a number, or true
config-why-key = write a key such as x, X, Space, Left, F7, Ctrl-N or Alt-X, in quotation marks; each action has one
config-why-key-reserved = this key has a fixed meaning; take another one
config-why-key-taken = this key is the one of `{ $other }`; give that another one, or take a free one
config-why-profile-name = a server's name has only letters, digits, hyphens and underscores, at most 40, and isn't an address
config-why-scheme = a server's address starts with http:// or https://
config-why-credentials = leave the user name and password out of the address
config-why-too-long = the address is too long
config-why-not-plain = the address has quotation marks, dollar signs or similar characters in it
config-why-no-room = an invite link ends in /r/ROOM, as in https://watch.example.org/r/movie-night
config-why-room = a room's name has 2 to 40 lower-case letters, digits and hyphens, and starts with a letter or digit, such as movie-night
config-why-room-too-long = too long: a room's name has at most { $name } characters, a title { $title }
config-why-missing = there's no such file
config-why-no-permission = you don't have permission to read it
config-why-folder = it's a folder, not a file
config-why-pipe = it's a pipe that nothing writes to
config-why-silent = nothing came from it for { $span }
config-why-too-large = it has more than { $bytes } bytes
config-why-line-too-large = its first line has more than { $bytes } bytes
config-why-delay = use a time such as 60s, 5m or 1h, at most 24h
config-why-osd = use full, quiet or off
config-why-log-format = use text or json
config-why-count = use a whole number from 1 to 1000000
config-why-create = use anyone, password or admin
config-why-alert = use mention, film or reaction, then = and flash, ring, both or off
config-why-member = use a member's name, or a number such as #7
config-why-announcement = write 1 to 500 characters
config-half-of-tls = --tls-cert and --tls-key belong together. Set both, or neither.
config-create-without-password = With --create password, the server needs a password for new rooms. Name a file that holds it with --create-password-file.
config-no-authority = There's no certificate in { $path }. --ca-file takes a PEM file with BEGIN CERTIFICATE in it.
config-authority-damaged = A certificate in { $path } can't be read. Get a new copy of the file.
config-why-redis = use an address such as redis://127.0.0.1:6379, rediss://HOST or unix:///PATH
config-why-node-name = use up to 63 letters, digits, hyphens, underscores and dots
config-why-redis-prefix = use up to 40 letters, digits, hyphens, underscores, dots and colons
config-why-proxy = use an IP address or a network, such as 127.0.0.1 or 10.0.0.0/8
config-why-invite-token = the invite link isn't complete; copy the whole link, with all 32 characters after the #

## The web pages (door-)

door-tagline = Watch a video together, each from your own terminal
door-about = Everyone in a room sees the same frame at the same moment, from a YouTube video or a direct link to an MP4, WebM or OGG file. Your own mpv plays it. The terminal has chat, reactions and a queue of what comes next.
door-rooms = Live rooms
door-rooms-all = See all live rooms
door-rooms-none = No public rooms right now.
door-rooms-hidden = Private and unlisted rooms don't show up here. If you were invited to one, open the link you were given.
door-create = Open a room of your own
door-create-how = Run this in your terminal. It shows you a link for your friends.
door-updates-reload = This is how it was when the page was opened. Reload it to see what's new.
door-updates-live = Live: changes show up by themselves
door-updates-polled = Updated every 10 seconds
door-updates-lost = Connection lost. Trying again...
door-room-viewers = Viewers
door-room-admin = Admin
door-room-next = Next
door-room-position = Position
door-room-running = Playing
door-room-paused = Paused
door-room-lobby = In the lobby
door-room-starts = Starts at
door-room-ready = Ready
door-room-stream = Live stream
door-room-idle = Nothing is playing yet.
door-room-here = Live now
door-room-empty = Nobody is here right now.
door-room-kept = Nobody is here right now. The room is kept for another { $span }.
door-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
door-summary-playing = { $viewers ->
    [one] { $viewers } person is watching { $media }.
   *[other] { $viewers } people are watching { $media }.
}
door-summary-paused = { $viewers ->
    [one] { $viewers } person is here. Paused: { $media }.
   *[other] { $viewers } people are here. Paused: { $media }.
}
door-summary-lobby = { $viewers ->
    [one] { $viewers } person is waiting for { $media } to start.
   *[other] { $viewers } people are waiting for { $media } to start.
}
door-summary-idle = { $viewers ->
    [one] { $viewers } person is here. Nothing is playing yet.
   *[other] { $viewers } people are here. Nothing is playing yet.
}
door-copy = Copy
door-copied = Copied
door-copy-failed = Select it and press Ctrl-C
door-token-missing = Does your link continue after a #? Then put the whole link in place of the one here: what follows the # is your invitation.
door-token-here = The invitation from your link is part of this command. Share it only with people who should come in.
door-absent-title = There's no room { $room } to see here
door-absent = It may have ended, or it may be private and open only to people who were invited.
door-absent-new = If there's no such room, this command creates one with this name.
door-get = Get watchtogether
door-get-needs = It runs on Linux and macOS, needs mpv 0.35 or newer, and is built with Rust 1.95 or newer. YouTube also needs a current yt-dlp.
door-get-debian = Debian 12, Ubuntu 24.04, or newer
door-get-arch = Arch Linux
door-get-macos = macOS, with Homebrew
door-get-windows = Windows
door-get-windows-how = There's no version for Windows itself. It should run in WSL 2, where Windows shows mpv's window, but we don't test it there. In PowerShell, install Ubuntu, then follow the Ubuntu steps above inside it:
door-get-build = Then, in a copy of its source code:
door-get-source = The source code, or a package made from it, comes from the person who runs this server.
door-nothing-title = There's nothing here
door-nothing = No page has this address.
door-nothing-next = Go to the start page
door-going-down = The server is restarting. Try again in a moment.
door-many-listeners = Too many pages are following the live rooms. Ask for /api/rooms every few seconds instead.
door-badge-live = live
door-badge-paused = paused
door-badge-lobby = in the lobby
door-badge-empty = empty
door-badge-absent = not live
## The operator's commands (admin-)

admin-no-rooms = There are no rooms.
admin-rooms = { $count ->
    [one] { $count } room:
   *[other] { $count } rooms:
}
admin-room-line = { $room }  { $visibility }, { $here } here{ $more }
admin-visibility = { $visibility ->
    [public] public
    [unlisted] unlisted
   *[private] private
}
admin-title = Title: { $title }
admin-playing = Playing: { $title } at { $at }
admin-paused = Paused: { $title } at { $at }
admin-nothing-plays = Nothing is playing.
admin-empty = Empty for { $time }.
admin-empty-closes = Empty for { $time }; it closes in { $left } unless someone joins.
admin-members = Members:
admin-nobody = Nobody has ever been here.
admin-queue = Queue:
admin-entry = #{ $number } { $title }, by { $who }
admin-entry-proposed = #{ $number } { $title }, proposed by { $who }
admin-banned-names = Banned: { $names }
admin-acting = acting admin
admin-gone = gone
admin-muted = muted
admin-at-node = at node { $name } ({ $node })
admin-at-node-unnamed = at node { $node }
admin-closed = { $room } is closed.
admin-promoted = { $member } is now an admin of { $room }.
admin-banned = { $member } is banned from { $room }.
admin-told = { $rooms ->
    [0] Nobody is in any room, so nobody was told.
    [one] Told the people in { $rooms } room.
   *[other] Told the people in { $rooms } rooms.
}
admin-drains = The server stops in { $after }; every room is warned. To cancel: watchtogether admin drain --cancel
admin-drain-cancelled = The server won't stop after all, and every room is told.
admin-figures-head = watchtogether { $version }, running for { $time }
admin-figures-now = { $connections ->
    [one] { $connections } connection
   *[other] { $connections } connections
}, { $members ->
    [one] { $members } member
   *[other] { $members } members
}, { $rooms ->
    [one] { $rooms } room
   *[other] { $rooms } rooms
}
admin-figures-file = The rooms take { $size } on disk.
admin-figures-messages = Messages: { $counts }
admin-figures-denied = Denied: { $counts }
admin-figures-refused = Refused or disconnected: { $counts }
admin-figures-append = Writes, to disk or Redis: { $count }, half within { $half }, 99% within { $most }
admin-figures-fan-out = Events sent to rooms: { $count }, half within { $half }, 99% within { $most }
admin-figures-dropped = Outdated messages skipped for slow readers: { $count }
admin-figures-away = The server can't reach its storage: check the disk.
admin-figures-appends = Appends to Redis: { $agreed }; { $behind } decided anew because another node came first, { $failed } failed
admin-figures-round-trip = Redis answers: half within { $half }, 99% within { $most }
admin-figures-followed = Events from other nodes: { $events }; rooms that had to catch up: { $gaps }
admin-figures-clock = Room time is { $offset } off Redis' clock, which was read to within { $doubt }
admin-figures-seldom = Seldom with Redis: { $counts }
admin-figures-without = Without Redis: { $time } in all, { $times ->
    [one] { $times } reconnection
   *[other] { $times } reconnections
}{ $rooms ->
    [0] {""}
    [one] ; { $rooms } lost room given back
   *[other] ; { $rooms } lost rooms given back
}
admin-figures-nodes = { $count ->
    [one] { $count } node: { $nodes }
   *[other] { $count } nodes: { $nodes }
}
admin-figures-this-node = { $name } ({ $node }, this one)
admin-figures-node = { $name } ({ $node }, { $connections ->
    [one] { $connections } connection
   *[other] { $connections } connections
}, heard from { $seconds } s ago)
admin-figures-node-unnamed = { $node } (heard from { $seconds } s ago)
admin-figures-redis-away = The server can't reach Redis, or Redis is full: rooms play on, but commands are refused.
admin-figures-drains = The server stops soon (drain).
admin-figures-none = none
admin-over = more than { $time }
admin-traces-none = No room keeps anything about { $name }.
admin-traces-found = { $rooms ->
    [one] Found { $name } in { $rooms } room:
   *[other] Found { $name } in { $rooms } rooms:
}
admin-traces-line = { $room }: member records (with hashes of token and address): { $members }, messages: { $lines }, queue entries: { $entries }, bans: { $bans }
admin-traces-present = { $room }: in the room right now. Nothing is erased there until they leave; close the room or ban them first
admin-forget-question = Erase this for good? Type yes:
admin-forget-not-done = Nothing was erased.
admin-forget-unasked = Nothing was erased. Add --yes to erase without being asked.
admin-forgotten = Erased. Older backups still hold it, and so may the system's log.
admin-no-server = No server answers at { $path }. Start one with `watchtogether serve`, or name its folder with --data-dir or its socket with --socket.
admin-no-permission = { $path } belongs to another user. Run this as the user the server runs as, or as root (sudo).
admin-unreachable = Can't reach the server at { $path }: { $why }
admin-no-answer = The server at { $path } closed the connection without an answer. Its log says why.
admin-not-understood = The server doesn't understand this. It may be older or newer than this program: upgrade both to the same release.
admin-no-such-room = There's no room { $room }. `watchtogether admin rooms` lists them.
admin-create-key = Key for { $room }, valid for one day and one use: { $key }
admin-room-exists = The room { $room } already exists.
admin-no-such-member = { $name } isn't in the room. To see who is: watchtogether admin room ROOM
admin-denied = Not done: { $why }
admin-storage-away = Not done: the room isn't responding, or the server can't reach its storage. Check the disk (or Redis) and the server's log, then try again.
admin-nothing-planned = The server isn't about to stop, so there's nothing to cancel.
admin-going-down = The server is stopping.
admin-unsupported = `watchtogether admin` needs Unix sockets, which this system doesn't have.
admin-restore-where = Name the data folder to restore into with --data-dir.
admin-backup-in-redis = The rooms are in Redis: back it up with `redis-cli --rdb FILE`, or write the rooms into a file with `watchtogether admin export FILE`.
admin-backup-away = The server can't reach its storage right now. Check the disk (or Redis), then try again.
admin-imported = { $rooms ->
    [one] { $rooms } room imported.
   *[other] { $rooms } rooms imported.
}
admin-imported-existing = { $more ->
    [0] Left out, since there are rooms of these names: { $names }.
   *[other] Left out, since there are rooms of these names: { $names } and { $more } more.
}
admin-imported-left = { $rooms ->
    [one] { $rooms } room was left out: the server has as many as it takes. Raise max-rooms, then import again.
   *[other] { $rooms } rooms were left out: the server has as many as it takes. Raise max-rooms, then import again.
}
admin-import-unusable = The server can't read { $path }: { $why }. Nothing was imported.
admin-import-foreign = { $path } isn't an export of rooms; nothing was imported. `watchtogether admin export FILE` makes one; a backup goes back with `watchtogether admin restore`.
admin-import-newer = { $path } was written by a newer version of watchtogether (format { $found }; this server knows { $known }); nothing was imported. Upgrade the server first.
admin-import-truncated = { $path } is cut off; nothing was imported. Copy or export it again.
admin-import-line = Line { $line } of { $path } is no room: { $error }. Nothing was imported.
admin-import-ahead = These rooms are { $span } ahead of this server's clock; nothing was imported. Set the clock right, restart the server, and import again.
admin-import-away = { $rooms ->
    [0] The server can't reach its storage right now; nothing was imported. Import { $path } again later.
    [one] The server can't reach its storage right now; { $rooms } room was imported. Import { $path } again later for the rest.
   *[other] The server can't reach its storage right now; { $rooms } rooms were imported. Import { $path } again later for the rest.
}
admin-mebibytes = { $mebibytes } MiB
admin-limit-default = default
admin-milliseconds = { $milliseconds } ms
admin-hidden = { $room } is unlisted now: only people who know its name can find it.
admin-figures-reports = Reports by members about others: { $count }
