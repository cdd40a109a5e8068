# What people read, in English: the language that every other one follows.
#
# One message a line. A person is $who; $you is "yes" if they are the reader.

## Numbers (number-)

number-seconds = { $seconds } s
number-milliseconds = { $milliseconds } ms
number-minutes = { $minutes } min
number-hours = { $hours } h { $minutes } min

## People (person-)


## Why a command is denied (denied-)


## Why a server refuses a connection (refused-)


## Names of members (name-)


## Bans (ban-)


## Frames that a server cannot read (frame-)


## The page behind an invite link (invite-)


## Errors of commands (usage-)


## Requests to the admins (request-)


## Notices (notice-)


## Why something was not done (why-)


## The connection (connection-)


## The screen (screen-)

screen-chat = Chat
screen-queue = Queue
screen-queue-approved = Queue { $approved }
screen-queue-proposed = Queue { $approved } · { $proposed } proposed
screen-queue-empty = Empty. /add LINK
screen-members = Members { $count }
screen-reactions = Reactions
screen-nothing-on = Waiting for a video...
screen-no-room-yet = Not in the room yet
screen-responsible = You're responsible for the links you post; this service hosts nothing.
screen-react = React
screen-react-typing = Alt+number while typing
screen-line-elsewhere = (i to write, / for a command)
screen-health = Members, health and why
screen-column-offset = offset
screen-column-buffer = buffer
screen-column-ping = ping
screen-health-keys = ↑↓ scroll   Esc close
screen-why = What your player did and why, latest first
screen-why-empty = Nothing so far.
screen-too-small = { $columns }×{ $rows } is too small. Make it at least 40×10.
screen-waiting-play = Play a video: /play LINK (YouTube, .mp4, .webm or .ogg)
screen-waiting-add = Propose a video: /add LINK (YouTube, .mp4, .webm or .ogg)
screen-waiting-friends = Friends join with this command; Ctrl-Y copies the link:
screen-waiting-alone = Only this computer can reach this room. Friends on your network: start with --lan.
screen-waiting-paste = Got an invite? Paste it: /join LINK
screen-waiting-keys = F2 lists the live rooms, F1 all keys
screen-added-by = { $you ->
    [yes] added by you
   *[no] added by { $who }
}
screen-proposed = proposed: { $who }
screen-proposed-by-you = proposed: you
screen-approve-keys = ⏎ yes  x no
screen-new-lines = { $count } new
screen-on-now = Now playing: { $title } · { $kind }
screen-focus-line = TYPING
screen-focus-chat = CHAT
screen-focus-queue = QUEUE
screen-focus-members = MEMBERS
screen-keys-line = ⏎ send  Tab panes  Ctrl-P pause  F2 gallery
screen-keys-chat = ↑↓ choose  c copy  o open link  x remove  i write  Space pause
screen-keys-queue = ↑↓ choose  ⏎ approve  x reject  J K move  a add  Space pause
screen-keys-members = ↑↓ choose  ⏎ actions  F4 health  i write  Space pause
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
screen-step-catching-up = catching up, { $off }
screen-step-in-step = in step, { $off }
screen-step-off = { $off } off
screen-step-starting = starting
screen-own = You: { $off } · { $clock } · speed { $speed }×
screen-own-live = live, { $apart }
screen-own-in-step = in step to the millisecond
screen-own-behind = { $off } behind the room
screen-own-ahead = { $off } ahead of the room
screen-own-not-measured = not measured right now
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
screen-counting = starts in { $number }
screen-over = ended, queue empty


## How members are doing (health-)

health-in-step = in step
health-catching-up = catching up
health-other-scene = other scene
health-other-scene-long = sees a different scene
health-copy-ended = copy ended
health-copy-ended-long = copy of the video has ended
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
dialog-pasted = { $lines ->
    [one] Pasted { $lines } line as one message. Enter sends it, Ctrl-C clears it.
   *[other] Pasted { $lines } lines as one message. Enter sends it, Ctrl-C clears it.
}
dialog-no-link = There's no link in that message.
dialog-nothing-chosen = Pick a line with ↑ first.
dialog-bad-address = That isn't an address. Try one like https://watch.example.org.
dialog-bad-room = A room's name is 2 to 40 characters long: a-z, 0-9 and -, like movie-night.
dialog-name-too-long = { $max ->
    [one] A name can have at most { $max } character.
   *[other] A name can have at most { $max } characters.
}
dialog-name-empty = That name has nothing visible in it.
dialog-away = You're away. Type /away again when you're back.
dialog-back = You're back.
dialog-leave = Leave the room?
dialog-leave-hosting = { $others ->
    [one] You're hosting this room. Leaving ends it for { $others } other person too. Leave?
   *[other] You're hosting this room. Leaving ends it for { $others } other people too. Leave?
}
dialog-suspend-hosting = { $others ->
    [one] You're hosting this room. Suspending freezes it for { $others } other person too. Suspend?
   *[other] You're hosting this room. Suspending freezes it for { $others } other people too. Suspend?
}
dialog-play-now = Play { $entry } now instead of what's on?
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
dialog-yes-no = Enter or y: yes    Esc or n: no
dialog-name = What's your name?
dialog-name-keys = Enter to continue, Esc to leave. /nick NAME changes it later.
dialog-password-needed = This room has a password
dialog-password-wrong = Wrong password
dialog-password-missing = A private room needs a password
dialog-password-keys = Type the password, then Enter. Esc goes back.
dialog-new-room = Name the new room, like movie-night:
dialog-new-room-keys = Enter opens it, Esc goes back.
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

