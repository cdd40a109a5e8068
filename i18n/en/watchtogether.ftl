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


## The goodbye (goodbye-)


## The gallery of rooms (room-)


## The start (start-)


## The server (server-)


## The command line (cli-)

cli-about = Watch a video together from a terminal
cli-config = Read settings from this file instead of config.toml in your configuration folder
cli-log = How much to log: error, warn, info, debug, trace, or a tracing filter
cli-lang = Language of the program: en or ru (default: the language of your locale)
cli-help = Print help
cli-version = Print version
cli-licence = Licence of this program as built: GPL-3.0 (it contains mpvipc); of its own source: MIT
cli-example-room = join a room; unless a server is given or found, on this computer
cli-example-invite = join a friend's room by its invite link
cli-example-server = let others reach rooms on this machine
cli-example-gallery = see which rooms are live
cli-settings = Every option of a subcommand can also be set in config.toml and in the environment: `serve --data-dir` is `data-dir` in the table [serve], and WATCHTOGETHER_DATA_DIR. A flag wins over the environment, and the environment over the file. In the environment a list is separated by spaces, and a switch is true or false. `--log` is `level` in the table [log], and WATCHTOGETHER_LOG; `--lang` is `lang` in the table [ui], and WATCHTOGETHER_LANG; `--config` is WATCHTOGETHER_CONFIG.
cli-serve-about = Run a server for rooms
cli-serve-listen = Listen on this address; can be repeated, and port 0 picks a free port (default: 127.0.0.1:8000 and [::1]:8000)
cli-serve-data-dir = Keep the rooms in this folder (default: watchtogether in your data folder)
cli-serve-ephemeral = Keep nothing on disk: the rooms end with the server
cli-serve-public-url = The address at which others reach this server; invite links begin with it
cli-serve-succession-grace = How long a room waits for an admin who lost the connection before someone else takes over (default: 30); existing rooms keep the time they were created with
cli-serve-example-here = for this computer only; the rooms are kept in your data folder
cli-serve-example-everyone = for everyone who can reach this machine
cli-serve-example-proxy = behind a proxy that terminates TLS; invite links show the public address
cli-serve-exit-codes = Exit codes: 0 stopped by a signal, 1 it can't run, 2 wrong usage or settings.
cli-join-about = Join a room and watch
cli-join-room = The name of a room, such as movie-night, or an invite link, such as https://host/r/movie-night
cli-join-server = The server to use (default: the one on this computer, started if there is none)
cli-join-name = Your name in the room (default: the one you used before, else your login name)
cli-join-play = Play this link at once, as `/play LINK` does
cli-join-json = No screen: read lines from standard input, print JSON, one object per line
cli-join-unlisted = If this creates the room: keep it out of the gallery
cli-join-private = If this creates the room: let in only people with the password
cli-join-title = If this creates the room: its title
cli-join-password-file = Read the room's password from the first line of this file (or set WATCHTOGETHER_PASSWORD)
cli-join-allow-private-media = Let the room's links lead to addresses on this computer and the local network
cli-join-player = The mpv program to start (default: mpv)
cli-join-player-arg = Pass this option on to mpv; can be repeated
cli-join-player-ipc = Have mpv listen for its JSON commands at this path
cli-join-no-player = Start no player: only chat and see where the video is
cli-join-audio-only = Play only the sound, for machines without a display
cli-join-ytdl = The yt-dlp program that finds YouTube's streams (default: the one mpv finds)
cli-join-seek-threshold = When this many seconds off, jump instead of catching up gradually (default: 2)
cli-join-lan = If this starts a server: let the local network reach it
cli-join-no-bell = Don't ring the terminal's bell when you are mentioned or a video starts
cli-join-no-notify = Don't send notifications through the terminal when you are mentioned or a video starts
cli-join-no-space-pause = Don't pause when you press Space on an empty line
cli-join-example-play = open a room and start a video
cli-join-example-invite = join a friend's room
cli-join-example-password = a room with a password; --password-file reads it from a file instead
cli-join-example-mpv = pass options of your own to mpv
cli-join-example-script = one command from a script, answered in JSON
cli-join-nobody = When nobody can play a video: if every player has failed, the room is told why, the video stops at its start, and the next one in the queue starts after 15 s, or at once with an admin's /go, /resume or /skip; /pause holds it. If the queue is empty, /retry tries again. If every player has reached the end of what it could get, the next video starts after 3 s. Players that are still retrying count as neither for at most 60 s, and the video waits meanwhile. If only some members can play it, they keep watching.
cli-join-exit-codes = Exit codes: 0 you left, 1 something failed here, 2 wrong usage or settings, 3 refused by the server, 4 server not reachable, 5 standard output was not read: more than 8 MiB waited, or its last lines waited for 2 s.
cli-gallery-about = List the live rooms of a server
cli-gallery-server = The server to ask (default: the one on this computer)
cli-gallery-json = Print JSON, one object per room
cli-gallery-example-server = the public rooms of this server
cli-gallery-example-ids = just the names of the rooms, as `join` takes them
cli-gallery-exit-codes = Exit codes: 0 listed, 1 something failed here, 2 wrong usage or settings, 4 server not reachable.
cli-value-addr-port = ADDR:PORT
cli-value-arg = ARG
cli-value-dir = DIR
cli-value-file = FILE
cli-value-language = LANGUAGE
cli-value-level = LEVEL
cli-value-link = LINK
cli-value-name = NAME
cli-value-path = PATH
cli-value-room = ROOM
cli-value-seconds = SECONDS
cli-value-text = TEXT
cli-value-url = URL
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
cli-man-examples = EXAMPLES AND NOTES
cli-man-version = VERSION
cli-error = error:
cli-warning = warning:
cli-tip = tip:
cli-tip-argument = a similar option exists: { $similar }
cli-tip-subcommand = a similar command exists: { $similar }
cli-tip-value = a similar value exists: { $similar }
cli-tip-elsewhere = did you mean { $words }?
cli-try-help = For more information, try { $flag }.
cli-argument-conflict = { $argument } and { $other } cannot be used together
cli-argument-twice = { $argument } can be given only once
cli-argument-missing = missing: { $arguments }
cli-argument-unknown = unexpected argument { $argument }
cli-argument-without-value = { $argument } takes no value, but got { $value }
cli-subcommand-unknown = unrecognized subcommand { $name }
cli-subcommand-missing = missing: a command ({ $commands })
cli-quoted = '{ $text }'
cli-value-missing = { $argument } needs a value
cli-value-invalid = invalid value { $value } for { $argument }
cli-value-invalid-why = invalid value { $value } for { $argument }: { $why }
cli-value-possible = possible values: { $values }
cli-words-not-utf8 = the command line has characters that aren't valid UTF-8
cli-no-start = Can't start a thread
cli-no-signals = Can't listen for signals
cli-no-output = Can't write to standard output
cli-no-free-port = There is no free port to start a server on
cli-no-log = No log will be written: { $why }
cli-no-home = there is no home folder
cli-no-folder = can't create { $path }
cli-no-log-file = can't write a log in { $path }
cli-file-limit = A write beyond the file size limit (ulimit -f) will end this process: { $why }

## Errors of the settings (config-)

config-missing = There is no file { $path }. Create it, or name another one with --config or WATCHTOGETHER_CONFIG.
config-unreadable = Can't read { $path }: { $why }
config-syntax = { $path }, line { $line }: this isn't valid TOML: { $why }
config-unknown = { $path }, line { $line }: there is no setting `{ $key }`.
config-unknown-nearest = { $path }, line { $line }: there is no setting `{ $key }`. Did you mean `{ $nearest }`?
config-value = { $path }, line { $line }: invalid value for `{ $key }`: { $why }
config-variable = Invalid value in the environment variable { $name }: { $why }
config-both-in-environment = `{ $one }` and `{ $other }` are both set in the environment, but only one of them can apply.
config-both-in-file = `{ $one }` and `{ $other }` are both set in config.toml, but only one of them can apply.
config-invite-and-server = An invite link already names its server. Leave out --server and --lan.
config-private-without-password = A private room needs a password. Set WATCHTOGETHER_PASSWORD, or name a file with --password-file.
config-empty-password = The first line of { $path } is empty. Write the password there.
config-no-data-folder = There is no home folder to keep the rooms in. Pass --data-dir DIR or --ephemeral.
config-log = `{ $text }` isn't a log level ({ $why }). Use error, warn, info, debug or trace, or a filter such as info,watchtogether::server=debug.
config-why-boolean = use true or false
config-why-not-utf8 = it isn't valid UTF-8
config-why-empty-password = it is empty; set a password, or unset the variable
config-why-seconds = use seconds, more than 0 and at most 3600, such as 2.5
config-why-language = use en or ru
config-why-listen = use an IP address and a port, such as 127.0.0.1:8000
config-why-no-address = this isn't a web address such as https://watch.example.org
config-why-no-scheme = write the whole address, such as https://watch.example.org
config-why-scheme = the address of a server begins with http:// or https://
config-why-credentials = leave the user name and password out of the address
config-why-too-long = this address is too long
config-why-not-plain = the address has quotes, dollar signs or the like in it
config-why-no-room = an invite link ends in /r/ROOM, as in https://watch.example.org/r/movie-night
config-why-room = a room's name has 2 to 40 lower-case letters, digits and hyphens, and begins with a letter or digit, such as movie-night
config-why-missing = there is no such file
config-why-no-permission = you have no permission to read it
config-why-folder = it is a folder, not a file
config-why-pipe = it is a pipe that nothing writes to
config-why-silent = nothing came from it for { $span }
config-why-too-large = it has more than { $bytes } bytes
config-why-line-too-large = its first line has more than { $bytes } bytes

