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


## How members are doing (health-)


## Dialogs (dialog-)


## Keys (key-)

key-title = Keys and commands
key-hint = ↑↓ scroll   Esc close   ◆ admin   ◇ moderator
key-commands = Commands (type them on the line)
key-signs = Symbols
key-sign-admin = before a name: an admin
key-sign-moderator = before a name: a moderator
key-sign-own = before a name: you
key-sign-room = before a line of chat: the room itself
key-sign-number = a member's number for commands; /who and F4 show it
key-everywhere = Everywhere
key-on-line = While you type
key-off-line = In any pane (Tab or Esc takes you there)
key-in-queue = In the queue
key-in-members = In the list of members
key-in-chat = In the chat
key-in-gallery = In the gallery (just type to search)
key-writing = In any text field
key-reading = On pages like this one
key-edit-left = one character left
key-edit-right = one character right
key-edit-home = to the start
key-edit-end = to the end
key-edit-erase = delete the character before the cursor
key-edit-delete = delete the character under the cursor
key-edit-erase-word = delete the word before the cursor
key-edit-erase-before = delete everything before the cursor
key-edit-up = one line up
key-edit-down = one line down
key-edit-page-up = one page up
key-edit-page-down = one page down
key-edit-top = to the top
key-edit-close = close
key-space = Space
key-react = react { $emoji }
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
key-pause = pause or resume for everyone
key-copy-invite = copy the invite
key-page-up = scroll the chat up
key-page-down = scroll the chat down
key-redraw = redraw
key-suspend = suspend
key-interrupt = clear the line; if it's empty, leave (asks first)
key-send = send
key-history-back = the line you sent before
key-history-on = the line you sent after it
key-complete = complete after / @ : or go to the next pane
key-next-pane = next pane
key-previous-pane = previous pane
key-toggle = close what's open, or switch between line and pane
key-pause-or-blank = if the line is empty: pause or resume for everyone
key-write = write a message
key-begin-command = start a command
key-undo = undo the last jump
key-next = play the next video in the queue
key-add = add a video
key-mute = your sound off, or on again
key-subtitles = your subtitles: the next ones, or none
key-audio = your audio track: the next one
key-fullscreen = your window: full screen, or not
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
key-join = join the room, or the pasted invite
key-sort = sort by viewers, name or age
key-new-room = open a new room
key-copy-room = copy the room's invite
key-other-server = look at another server
key-back = back to your room, or leave


## Commands and their help (command-)

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
command-approve = approve a proposal: #N, or the oldest
command-reject = reject #N, the oldest, all, or NAME's
command-withdraw = withdraw your own proposal
command-remove = remove a video from the queue
command-move = move a video in the queue; 1 is next
command-skip = play the next video in the queue
command-pause = pause for everyone
command-resume = resume for everyone
command-seek = jump to a time, or forward or back
command-undo = undo the last jump
command-rate = playback speed, from 0.25 to 4
command-length = set the length; off: as players report it
command-react = send a reaction; 1 to 5: ❤️ 🔥 😂 😱 💀
command-ask = ask the admins; by default, for a pause
command-nick = change your name
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
command-retry = restart the player, or reconnect now
command-join = go to another room
command-vol = set or change your own volume
command-sub = your own subtitles: the next ones, or none
command-audio = your own audio track: the next one
command-fullscreen = your own window: full screen, or not
command-quality = your own quality, for YouTube videos
command-away = say you're away, or back
command-gallery = show the live rooms
command-members = show the members and how they're doing
command-queue = go to the queue
command-why = show why your player did what it did
command-copy = copy the invite
command-who = list who is here
command-lang = choose the language: English or Russian
command-help = list the commands
command-quit = leave


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

