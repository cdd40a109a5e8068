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


## Commands and their help (command-)


## The player (player-)


## Faults of media (fault-)


## Links (media-)


## When nobody can play it (standstill-)


## What the player did and why (decision-)


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
line-member-role = { $you ->
    [yes] You are
   *[no] { $who } is
  } now { $role ->
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

## The goodbye (goodbye-)

goodbye-window = { $room } · { $viewers ->
    [one] { $viewers } viewer
   *[other] { $viewers } viewers
  }
goodbye-mentioned = watchtogether: { $who } mentioned you
goodbye-started = watchtogether: now playing { $title }
goodbye-started-untitled = watchtogether: a video is starting
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
goodbye-panicked = watchtogether hit a bug and had to close. The log has the details.

## The gallery of rooms (room-)

room-heading = Live rooms on { $server }
room-find = Find ›
room-find-hint = room, title or type; or paste an invite
room-column-room = Room
room-column-media = Now playing
room-column-kind = Type
room-column-time = Position
room-note = Private and unlisted rooms don't show up here: paste your invite to join one.
room-state-live = { $rooms ->
    [one] { $rooms } room
   *[other] { $rooms } rooms
  }  👥 { $viewers }  ● live
room-state-silent = { $rooms ->
    [one] { $rooms } room
   *[other] { $rooms } rooms
  }  👥 { $viewers }  ○ not answering
room-state-unknown = ○ not answering
room-state-loading = ◔ loading
room-unreachable = Can't reach the server ({ $error }).
room-unreachable-next = Trying again every few seconds. Ctrl-O picks another server.
room-not-a-server = That address isn't a watchtogether server.
room-not-a-server-next = Ctrl-O picks another one.
room-none-found = No room matches.
room-none-found-next = Esc clears the search; Enter creates that room, or follows an invite.
room-none-live = No public rooms right now.
room-none-live-next = Press Ctrl-N to create one, or paste the invite you were given.
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
room-key-copy = Ctrl-Y copy
room-key-server = Ctrl-O server
room-next = Next: { $title }
room-next-short = next: { $title }
room-admin = 👑 admin: { $name } · { $waits }
room-no-admin = no admin right now · { $waits }
room-join-live = It's live: you'd see what everyone else sees.
room-join-at = You'd join at { $at }; nobody else is affected.
room-youtube = YouTube works here: yt-dlp was found.
room-youtube-missing = YouTube needs yt-dlp, which wasn't found: install it, or give its path with --ytdl.
room-direct = A direct link, which mpv plays as is.
room-idle = Nothing is playing right now.
room-elsewhere = From another terminal:
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
start-no-local-server = No server is running on this computer. Name one (--server https://watch.example.org), or start one here: watchtogether serve.
start-proxies = Ignoring { $proxies }: only http://HOST:PORT is supported as a proxy.
start-unreachable = Can't reach { $server }: { $error }. Check the address and your network, then try again.
start-not-a-server = { $server } isn't a watchtogether server. Check the address.
start-output-not-read = Standard output wasn't read fast enough: more than 8 MiB piled up, or the last lines waited for two seconds. What wasn't read is lost. Keep reading while it runs, or write to a file.

## The server (server-)

server-only-here = Only this computer can reach the server. To let others in, start it with --listen 0.0.0.0:{ $port } --listen '[::]:{ $port }'
server-in-use = { $address } is already in use by another program; stop that one, or choose another port with --listen ({ $free } picks a free one)
server-not-permitted = you don't have the right to listen on port { $port } of { $ip }; choose a port from 1024 up with --listen, or put a proxy in front of the server
server-not-local = { $ip } isn't an address of this computer; choose one that is with --listen, or 0.0.0.0:{ $port } for all of them
server-cannot-listen = can't listen on { $address }; choose another address with --listen
server-twice = { $address } is already covered by --listen { $earlier }; leave one of the two out
server-no-threads = can't start the server's threads
server-no-signals = can't listen for signals
server-data-in-use = { $path } is in use by another watchtogether server; stop that one, or give this one another --data-dir
server-data-damaged = { $path } is damaged or isn't a room log ({ $reason }); it was left as it is. Move it away to start afresh, or put a backup in its place
server-data-full = can't use { $path }: { $error }; free some space there, or choose another --data-dir
server-data-limited = can't use { $path }: { $error }; raise the limit on file sizes (ulimit -f)
server-data-unusable = can't use { $path }: { $error }; check its owner and permissions, or choose another --data-dir
server-room-unreadable = can't read the record of room { $room }: { $reason }; nothing was changed. Put a backup of the data folder in its place, or start afresh with another --data-dir

## The command line (cli-)


## Errors of the settings (config-)

