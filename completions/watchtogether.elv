
use builtin;
use str;

set edit:completion:arg-completer[watchtogether] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'watchtogether'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'watchtogether'= {
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand serve 'Run a server for rooms'
            cand join 'Join a room and watch'
            cand gallery 'List the live rooms of a server'
            cand calibrate 'Set by eye and ear how late your sound device is'
            cand admin 'Manage the server that runs on this computer'
        }
        &'watchtogether;serve'= {
            cand --listen 'Listen on this address; a port alone, or localhost:PORT, is for this computer only, by IPv4 and IPv6; can be repeated, and port 0 picks a free port, the same for both (default: 8000)'
            cand --data-dir 'Keep the rooms in this folder (default: watchtogether in your data folder)'
            cand --public-url 'The address at which others reach this server; invite links start with it'
            cand --succession-grace 'How many seconds a room waits for an admin who lost the connection before someone else takes over (default: 30); existing rooms keep the time they were created with'
            cand --room-ttl 'How long to keep an empty room in which an admin played or queued something, or people at two addresses chatted: 7d, 12h, 90m or seconds (default: 7d); other empty rooms are kept for 10 minutes'
            cand --admin-socket 'The socket through which `watchtogether admin` reaches the server (default: admin.sock in the data folder)'
            cand --metrics-listen 'Serve Prometheus metrics and health checks on this address; keep it private'
            cand --log-format 'How log lines are written: text or json (default: text)'
            cand --trust-proxy 'Believe this proxy, or the proxies in this network (such as 127.0.0.1 or 10.0.0.0/8), when X-Forwarded-For or Forwarded says who is asking, so that limits and bans apply to people and not to the proxy; can be repeated'
            cand --tls-cert 'Serve https with the certificate in this PEM file: the server''s own first, then the rest of its chain'
            cand --tls-key 'The private key of that certificate, as a PEM file'
            cand --create 'Who may create rooms: anyone, password (people who have the one in --create-password-file) or admin (people who have a key from `watchtogether admin create movie-night`) (default: anyone)'
            cand --create-password-file 'Read the password for new rooms from the first line of this file'
            cand --max-rooms 'The most rooms at once (default: 10000)'
            cand --max-rooms-per-address 'The most rooms created from one address that may exist at once (default: 50)'
            cand --max-members 'The most members in a room at once (default: 1000)'
            cand --max-connections 'The most connections at once (default: 10000)'
            cand --max-connections-per-address 'The most connections at once from one address (default: 64)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --check 'Check the settings, the certificate and the rooms as at startup, print what was found, and exit; changes nothing, and works while a server is running'
            cand --ephemeral 'Keep nothing on disk: the rooms end with the server'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;join'= {
            cand --theme 'How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)'
            cand --server 'The server to use (default: the one on this computer, started if there is none)'
            cand --name 'Your name in the room (default: the one you used before, else your login name)'
            cand --play 'Play this link right away, as `/play LINK` does'
            cand --title 'If this creates the room: its title'
            cand --password-file 'Read the room''s password from the first line of this file (or set WATCHTOGETHER_PASSWORD)'
            cand --create-password-file 'If this creates the room on a server that asks for it: the server''s password for new rooms, or a key from its operator, in the first line of this file'
            cand --player 'The mpv program to start (default: mpv)'
            cand --player-arg 'Pass this option on to mpv; can be repeated'
            cand --player-ipc 'Have mpv listen for JSON commands on this socket path'
            cand --ytdl 'The yt-dlp program that finds YouTube''s streams (default: the one mpv finds)'
            cand --seek-threshold 'Jump, instead of catching up gradually, when this many seconds off (default: 2)'
            cand --alert 'What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated'
            cand --osd 'What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)'
            cand --ca-file 'Trust the certificate authorities in this PEM file, besides the system''s own'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --wait 'With --play: let the video wait in the lobby until /start, everybody is ready, or a set time'
            cand --json 'No screen: read lines from standard input, print JSON, one object per line'
            cand --unlisted 'If this creates the room: keep it out of the gallery'
            cand --private 'If this creates the room: let in only people who have the password'
            cand --allow-private-media 'Let the room''s links lead to addresses on this computer and the local network'
            cand --no-player 'Start no player: only chat and see where the video is'
            cand --audio-only 'Play only the sound, for machines without a display'
            cand --lan 'If this starts a server: let the local network reach it'
            cand --no-bell 'Don''t ring the terminal''s bell when you are mentioned or a video starts'
            cand --no-notify 'Don''t send notifications through the terminal when you are mentioned or a video starts'
            cand --no-player-keys 'Don''t use any keys in mpv''s window'
            cand --player-scripts 'Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync'
            cand --no-space-pause 'Don''t pause when you press Space on an empty line'
            cand --no-mouse 'Leave the mouse to the terminal, for selecting text without Shift'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;gallery'= {
            cand --server 'The server to ask (default: the one on this computer)'
            cand --name 'Your name in the room that you join from here (default: as with join)'
            cand --player-arg 'Pass this option on to mpv; can be repeated'
            cand --ca-file 'Trust the certificate authorities in this PEM file, besides the system''s own'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --allow-private-media 'Let the room''s links lead to addresses on this computer and the local network'
            cand --json 'Print JSON, one object per room'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;calibrate'= {
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;admin'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --json 'Print the answer as JSON'
            cand -h 'Print help'
            cand --help 'Print help'
            cand rooms 'List all rooms, including unlisted and private ones'
            cand room 'Show a room: its members, what''s playing and the queue'
            cand create 'Make a key for creating a room on a server with --create password or admin'
            cand close 'Close a room for good; everyone in it is told'
            cand hide 'Take a public room out of the gallery; its members are told'
            cand promote 'Make a member an admin of their room'
            cand ban 'Ban a member from a room'
            cand announce 'Show everyone a message, on the screen and over the video'
            cand drain 'Warn every room, then stop the server'
            cand backup 'Copy all rooms into a new file while the server runs'
            cand restore 'Replace the rooms of a stopped server with a backup'
            cand limits 'Show the limits in force'
            cand figures 'Show how the server is doing'
            cand forget 'Erase everything the rooms keep about a person: their record, chat, name and the hash of their address'
        }
        &'watchtogether;admin;rooms'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;room'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;create'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;close'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;hide'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;promote'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;ban'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;announce'= {
            cand --room 'Show it only in this room'
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;drain'= {
            cand --in 'How long until the server stops: 60s, 5m or 1h'
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --cancel 'Don''t stop after all'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;backup'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;restore'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;limits'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;figures'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
        &'watchtogether;admin;forget'= {
            cand --socket 'The server''s socket (default: admin.sock in its data folder)'
            cand --data-dir 'The server''s data folder (default: watchtogether in your data folder)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --yes 'Don''t ask first'
            cand -h 'Print help'
            cand --help 'Print help'
            cand --json 'Print the answer as JSON'
        }
    ]
    $completions[$command]
}
