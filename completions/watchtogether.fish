# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_watchtogether_global_optspecs
    string join \n h/help V/version config= log= lang=
end

function __fish_watchtogether_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_watchtogether_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_watchtogether_using_subcommand
    set -l cmd (__fish_watchtogether_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c watchtogether -n "__fish_watchtogether_needs_command" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_needs_command" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_needs_command" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_needs_command" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -s V -l version -d 'Print version'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "serve" -d 'Run a server for rooms'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "join" -d 'Join a room and watch'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "host" -d 'Open a room on this computer and watch'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "gallery" -d 'List the live rooms of a server'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "calibrate" -d 'Set by eye and ear how late your sound device is'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "demo" -d 'Show how it works: a room with a film and a second member, on this computer'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "doctor" -d 'Check whether films can be watched on this computer'
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "admin" -d 'Manage the server that runs on this computer'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l listen -d 'Listen on this address; a port alone, or localhost:PORT, is for this computer only, by IPv4 and IPv6; can be repeated, and port 0 picks a free port, the same for both (default: 8000)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l data-dir -d 'Keep the rooms in this folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l public-url -d 'The address at which others reach this server; invite links start with it' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l succession-grace -d 'How many seconds a room waits for an admin who lost the connection before someone else takes over (default: 30); existing rooms keep the time they were created with' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l room-ttl -d 'How long to keep an empty room in which an admin played or queued something, or people at two addresses chatted: 7d, 12h, 90m or seconds (default: 7d); other empty rooms are kept for 10 minutes' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l admin-socket -d 'The socket through which `watchtogether admin` reaches the server (default: admin.sock in the data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l metrics-listen -d 'Serve Prometheus metrics and health checks on this address; keep it private' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l log-format -d 'How log lines are written: text or json (default: text)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l trust-proxy -d 'Believe this proxy, or the proxies in this network (such as 127.0.0.1 or 10.0.0.0/8), when X-Forwarded-For or Forwarded says who is asking, so that limits and bans apply to people and not to the proxy; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l tls-cert -d 'Serve https with the certificate in this PEM file: the server\'s own first, then the rest of its chain' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l tls-key -d 'The private key of that certificate, as a PEM file' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l create -d 'Who may create rooms: anyone, password (people who have the one in --create-password-file) or admin (people who have a key from `watchtogether admin create movie-night`) (default: anyone)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l create-password-file -d 'Read the password for new rooms from the first line of this file' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l max-rooms -d 'The most rooms at once (default: 10000)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l max-rooms-per-address -d 'The most rooms created from one address that may exist at once (default: 50)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l max-members -d 'The most members in a room at once (default: 1000)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l max-connections -d 'The most connections at once (default: 10000)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l max-connections-per-address -d 'The most connections at once from one address (default: 64)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l check -d 'Check the settings, the certificate and the rooms as at startup, print what was found, and exit; changes nothing, and works while a server is running'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l ephemeral -d 'Keep nothing on disk: the rooms end with the server'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l theme -d 'How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)' -r -f -a "auto\t''
dark\t''
light\t''
contrast\t''
mono\t''
own\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l server -d 'The server to use (default: the one on this computer, started if there is none)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l name -d 'Your name in the room (default: the one you used before, else your login name)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l play -d 'Play this link right away, as `/play LINK` does' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l title -d 'If this creates the room: its title' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l password-file -d 'Read the room\'s password from the first line of this file (or set WATCHTOGETHER_PASSWORD)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l create-password-file -d 'If this creates the room on a server that asks for it: the server\'s password for new rooms, or a key from its operator, in the first line of this file' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l player -d 'The mpv program to start (default: mpv)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l player-arg -d 'Pass this option on to mpv; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l player-ipc -d 'Have mpv listen for JSON commands on this socket path' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l ytdl -d 'The yt-dlp program that finds YouTube\'s streams (default: the one mpv finds)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l seek-threshold -d 'Jump, instead of catching up gradually, when this many seconds off (default: 2)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l alert -d 'What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l osd -d 'What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l ca-file -d 'Trust the certificate authorities in this PEM file, besides the system\'s own' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l wait -d 'With --play: let the video wait in the lobby until /start, everybody is ready, or a set time'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l json -d 'No screen: read lines from standard input, print JSON, one object per line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l unlisted -d 'If this creates the room: keep it out of the gallery'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l private -d 'If this creates the room: let in only people who have the password'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l allow-private-media -d 'Let the room\'s links lead to addresses on this computer and the local network'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-player -d 'Start no player: only chat and see where the video is'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l audio-only -d 'Play only the sound, for machines without a display'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l lan -d 'If this starts a server: let the local network reach it'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-bell -d 'Don\'t ring the terminal\'s bell when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-notify -d 'Don\'t send notifications through the terminal when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-player-keys -d 'Don\'t use any keys in mpv\'s window'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l player-scripts -d 'Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-space-pause -d 'Don\'t pause when you press Space on an empty line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-mouse -d 'Leave the mouse to the terminal, for selecting text without Shift'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l public-url -d 'The address at which others reach this computer, such as a tunnel\'s; invite links start with it' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l port -d 'Listen on this port (default: 8000, or a free one)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l theme -d 'How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)' -r -f -a "auto\t''
dark\t''
light\t''
contrast\t''
mono\t''
own\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l server -d 'The server to use (default: the one on this computer, started if there is none)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l name -d 'Your name in the room (default: the one you used before, else your login name)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l play -d 'Play this link right away, as `/play LINK` does' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l title -d 'If this creates the room: its title' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l password-file -d 'Read the room\'s password from the first line of this file (or set WATCHTOGETHER_PASSWORD)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l create-password-file -d 'If this creates the room on a server that asks for it: the server\'s password for new rooms, or a key from its operator, in the first line of this file' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l player -d 'The mpv program to start (default: mpv)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l player-arg -d 'Pass this option on to mpv; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l player-ipc -d 'Have mpv listen for JSON commands on this socket path' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l ytdl -d 'The yt-dlp program that finds YouTube\'s streams (default: the one mpv finds)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l seek-threshold -d 'Jump, instead of catching up gradually, when this many seconds off (default: 2)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l alert -d 'What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l osd -d 'What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l ca-file -d 'Trust the certificate authorities in this PEM file, besides the system\'s own' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l wait -d 'With a link: let the video wait in the lobby until /start, everybody is ready, or a set time'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l json -d 'No screen: read lines from standard input, print JSON, one object per line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l unlisted -d 'If this creates the room: keep it out of the gallery'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l private -d 'If this creates the room: let in only people who have the password'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l allow-private-media -d 'Let the room\'s links lead to addresses on this computer and the local network'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l no-player -d 'Start no player: only chat and see where the video is'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l audio-only -d 'Play only the sound, for machines without a display'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l lan -d 'Let the local network reach the room'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l no-bell -d 'Don\'t ring the terminal\'s bell when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l no-notify -d 'Don\'t send notifications through the terminal when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l no-player-keys -d 'Don\'t use any keys in mpv\'s window'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l player-scripts -d 'Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l no-space-pause -d 'Don\'t pause when you press Space on an empty line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -l no-mouse -d 'Leave the mouse to the terminal, for selecting text without Shift'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand host" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l theme -d 'How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)' -r -f -a "auto\t''
dark\t''
light\t''
contrast\t''
mono\t''
own\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l server -d 'The server to ask (default: the one on this computer)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l name -d 'Your name in the room that you join from here (default: as with join)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l create-password-file -d 'If this creates the room on a server that asks for it: the server\'s password for new rooms, or a key from its operator, in the first line of this file' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l player -d 'The mpv program to start (default: mpv)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l player-arg -d 'Pass this option on to mpv; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l player-ipc -d 'Have mpv listen for JSON commands on this socket path' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l ytdl -d 'The yt-dlp program that finds YouTube\'s streams (default: the one mpv finds)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l seek-threshold -d 'Jump, instead of catching up gradually, when this many seconds off (default: 2)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l alert -d 'What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l osd -d 'What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l ca-file -d 'Trust the certificate authorities in this PEM file, besides the system\'s own' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l allow-private-media -d 'Let the room\'s links lead to addresses on this computer and the local network'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l no-player -d 'Start no player: only chat and see where the video is'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l audio-only -d 'Play only the sound, for machines without a display'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l no-bell -d 'Don\'t ring the terminal\'s bell when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l no-notify -d 'Don\'t send notifications through the terminal when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l no-player-keys -d 'Don\'t use any keys in mpv\'s window'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l player-scripts -d 'Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l no-space-pause -d 'Don\'t pause when you press Space on an empty line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l no-mouse -d 'Leave the mouse to the terminal, for selecting text without Shift'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l json -d 'Print JSON, one object per room'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand calibrate" -l player -d 'The mpv program to start (default: mpv)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand calibrate" -l player-arg -d 'Pass this option on to mpv; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand calibrate" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand calibrate" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand calibrate" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand calibrate" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand demo" -l player -d 'The mpv program to start (default: mpv)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand demo" -l player-arg -d 'Pass this option on to mpv; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand demo" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand demo" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand demo" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand demo" -l json -d 'No screen: read lines from standard input, print JSON, one object per line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand demo" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand doctor" -l server -d 'Also check the way to this server' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand doctor" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand doctor" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand doctor" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand doctor" -l json -d 'Print each finding as a line of JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "rooms" -d 'List all rooms, including unlisted and private ones'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "room" -d 'Show a room: its members, what\'s playing and the queue'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "create" -d 'Make a key for creating a room on a server with --create password or admin'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "close" -d 'Close a room for good; everyone in it is told'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "hide" -d 'Take a public room out of the gallery; its members are told'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "promote" -d 'Make a member an admin of their room'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "ban" -d 'Ban a member from a room'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "announce" -d 'Show everyone a message, on the screen and over the video'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "drain" -d 'Warn every room, then stop the server'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "backup" -d 'Copy all rooms into a new file while the server runs'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "restore" -d 'Replace the rooms of a stopped server with a backup'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "limits" -d 'Show the limits in force'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "figures" -d 'Show how the server is doing'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and not __fish_seen_subcommand_from rooms room create close hide promote ban announce drain backup restore limits figures forget" -f -a "forget" -d 'Erase everything the rooms keep about a person: their record, chat, name and the hash of their address'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from rooms" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from room" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from room" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from room" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from room" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from room" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from room" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from room" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from create" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from create" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from create" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from create" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from create" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from create" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from close" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from close" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from close" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from close" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from close" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from close" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from hide" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from hide" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from hide" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from hide" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from hide" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from hide" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from hide" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from promote" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from promote" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from promote" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from promote" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from promote" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from promote" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from promote" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from ban" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from ban" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from ban" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from ban" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from ban" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from ban" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from ban" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -l room -d 'Show it only in this room' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from announce" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l in -d 'How long until the server stops: 60s, 5m or 1h' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l cancel -d 'Don\'t stop after all'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from drain" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from backup" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from backup" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from backup" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from backup" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from backup" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from backup" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from restore" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from restore" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from restore" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from restore" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from restore" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from restore" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from limits" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from limits" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from limits" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from limits" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from limits" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from limits" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from limits" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from figures" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from figures" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from figures" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from figures" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from figures" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from figures" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from figures" -l json -d 'Print the answer as JSON'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -l socket -d 'The server\'s socket (default: admin.sock in its data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -l data-dir -d 'The server\'s data folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -l yes -d 'Don\'t ask first'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand admin; and __fish_seen_subcommand_from forget" -l json -d 'Print the answer as JSON'
