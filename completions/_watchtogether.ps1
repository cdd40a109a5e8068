
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'watchtogether' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'watchtogether'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'watchtogether' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Run a server for rooms')
            [CompletionResult]::new('join', 'join', [CompletionResultType]::ParameterValue, 'Join a room and watch')
            [CompletionResult]::new('host', 'host', [CompletionResultType]::ParameterValue, 'Open a room on this computer and watch')
            [CompletionResult]::new('gallery', 'gallery', [CompletionResultType]::ParameterValue, 'List the live rooms of a server')
            [CompletionResult]::new('calibrate', 'calibrate', [CompletionResultType]::ParameterValue, 'Set by eye and ear how late your sound device is')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show how it works: a room with a film and a second member, on this computer')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check whether films can be watched on this computer')
            [CompletionResult]::new('admin', 'admin', [CompletionResultType]::ParameterValue, 'Manage the server that runs on this computer')
            break
        }
        'watchtogether;serve' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Listen on this address; a port alone, or localhost:PORT, is for this computer only, by IPv4 and IPv6; can be repeated, and port 0 picks a free port, the same for both (default: 8000)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep the rooms in this folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'The address at which others reach this server; invite links start with it')
            [CompletionResult]::new('--succession-grace', '--succession-grace', [CompletionResultType]::ParameterName, 'How many seconds a room waits for an admin who lost the connection before someone else takes over (default: 30); existing rooms keep the time they were created with')
            [CompletionResult]::new('--room-ttl', '--room-ttl', [CompletionResultType]::ParameterName, 'How long to keep an empty room in which an admin played or queued something, or people at two addresses chatted: 7d, 12h, 90m or seconds (default: 7d); other empty rooms are kept for 10 minutes')
            [CompletionResult]::new('--admin-socket', '--admin-socket', [CompletionResultType]::ParameterName, 'The socket through which `watchtogether admin` reaches the server (default: admin.sock in the data folder)')
            [CompletionResult]::new('--metrics-listen', '--metrics-listen', [CompletionResultType]::ParameterName, 'Serve Prometheus metrics and health checks on this address; keep it private')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'How log lines are written: text or json (default: text)')
            [CompletionResult]::new('--trust-proxy', '--trust-proxy', [CompletionResultType]::ParameterName, 'Believe this proxy, or the proxies in this network (such as 127.0.0.1 or 10.0.0.0/8), when X-Forwarded-For or Forwarded says who is asking, so that limits and bans apply to people and not to the proxy; can be repeated')
            [CompletionResult]::new('--tls-cert', '--tls-cert', [CompletionResultType]::ParameterName, 'Serve https with the certificate in this PEM file: the server''s own first, then the rest of its chain')
            [CompletionResult]::new('--tls-key', '--tls-key', [CompletionResultType]::ParameterName, 'The private key of that certificate, as a PEM file')
            [CompletionResult]::new('--create', '--create', [CompletionResultType]::ParameterName, 'Who may create rooms: anyone, password (people who have the one in --create-password-file) or admin (people who have a key from `watchtogether admin create movie-night`) (default: anyone)')
            [CompletionResult]::new('--create-password-file', '--create-password-file', [CompletionResultType]::ParameterName, 'Read the password for new rooms from the first line of this file')
            [CompletionResult]::new('--max-rooms', '--max-rooms', [CompletionResultType]::ParameterName, 'The most rooms at once (default: 10000)')
            [CompletionResult]::new('--max-rooms-per-address', '--max-rooms-per-address', [CompletionResultType]::ParameterName, 'The most rooms created from one address that may exist at once (default: 50)')
            [CompletionResult]::new('--max-members', '--max-members', [CompletionResultType]::ParameterName, 'The most members in a room at once (default: 1000)')
            [CompletionResult]::new('--max-connections', '--max-connections', [CompletionResultType]::ParameterName, 'The most connections at once (default: 10000)')
            [CompletionResult]::new('--max-connections-per-address', '--max-connections-per-address', [CompletionResultType]::ParameterName, 'The most connections at once from one address (default: 64)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Check the settings, the certificate and the rooms as at startup, print what was found, and exit; changes nothing, and works while a server is running')
            [CompletionResult]::new('--ephemeral', '--ephemeral', [CompletionResultType]::ParameterName, 'Keep nothing on disk: the rooms end with the server')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'watchtogether;join' {
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The server to use (default: the one on this computer, started if there is none)')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Your name in the room (default: the one you used before, else your login name)')
            [CompletionResult]::new('--play', '--play', [CompletionResultType]::ParameterName, 'Play this link right away, as `/play LINK` does')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'If this creates the room: its title')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the room''s password from the first line of this file (or set WATCHTOGETHER_PASSWORD)')
            [CompletionResult]::new('--create-password-file', '--create-password-file', [CompletionResultType]::ParameterName, 'If this creates the room on a server that asks for it: the server''s password for new rooms, or a key from its operator, in the first line of this file')
            [CompletionResult]::new('--player', '--player', [CompletionResultType]::ParameterName, 'The mpv program to start (default: mpv)')
            [CompletionResult]::new('--player-arg', '--player-arg', [CompletionResultType]::ParameterName, 'Pass this option on to mpv; can be repeated')
            [CompletionResult]::new('--player-ipc', '--player-ipc', [CompletionResultType]::ParameterName, 'Have mpv listen for JSON commands on this socket path')
            [CompletionResult]::new('--ytdl', '--ytdl', [CompletionResultType]::ParameterName, 'The yt-dlp program that finds YouTube''s streams (default: the one mpv finds)')
            [CompletionResult]::new('--seek-threshold', '--seek-threshold', [CompletionResultType]::ParameterName, 'Jump, instead of catching up gradually, when this many seconds off (default: 2)')
            [CompletionResult]::new('--alert', '--alert', [CompletionResultType]::ParameterName, 'What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated')
            [CompletionResult]::new('--osd', '--osd', [CompletionResultType]::ParameterName, 'What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, besides the system''s own')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'With --play: let the video wait in the lobby until /start, everybody is ready, or a set time')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'No screen: read lines from standard input, print JSON, one object per line')
            [CompletionResult]::new('--unlisted', '--unlisted', [CompletionResultType]::ParameterName, 'If this creates the room: keep it out of the gallery')
            [CompletionResult]::new('--private', '--private', [CompletionResultType]::ParameterName, 'If this creates the room: let in only people who have the password')
            [CompletionResult]::new('--allow-private-media', '--allow-private-media', [CompletionResultType]::ParameterName, 'Let the room''s links lead to addresses on this computer and the local network')
            [CompletionResult]::new('--no-player', '--no-player', [CompletionResultType]::ParameterName, 'Start no player: only chat and see where the video is')
            [CompletionResult]::new('--audio-only', '--audio-only', [CompletionResultType]::ParameterName, 'Play only the sound, for machines without a display')
            [CompletionResult]::new('--lan', '--lan', [CompletionResultType]::ParameterName, 'If this starts a server: let the local network reach it')
            [CompletionResult]::new('--no-bell', '--no-bell', [CompletionResultType]::ParameterName, 'Don''t ring the terminal''s bell when you are mentioned or a video starts')
            [CompletionResult]::new('--no-notify', '--no-notify', [CompletionResultType]::ParameterName, 'Don''t send notifications through the terminal when you are mentioned or a video starts')
            [CompletionResult]::new('--no-player-keys', '--no-player-keys', [CompletionResultType]::ParameterName, 'Don''t use any keys in mpv''s window')
            [CompletionResult]::new('--player-scripts', '--player-scripts', [CompletionResultType]::ParameterName, 'Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync')
            [CompletionResult]::new('--no-space-pause', '--no-space-pause', [CompletionResultType]::ParameterName, 'Don''t pause when you press Space on an empty line')
            [CompletionResult]::new('--no-mouse', '--no-mouse', [CompletionResultType]::ParameterName, 'Leave the mouse to the terminal, for selecting text without Shift')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'watchtogether;host' {
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'The address at which others reach this computer, such as a tunnel''s; invite links start with it')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Listen on this port (default: 8000, or a free one)')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The server to use (default: the one on this computer, started if there is none)')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Your name in the room (default: the one you used before, else your login name)')
            [CompletionResult]::new('--play', '--play', [CompletionResultType]::ParameterName, 'Play this link right away, as `/play LINK` does')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'If this creates the room: its title')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the room''s password from the first line of this file (or set WATCHTOGETHER_PASSWORD)')
            [CompletionResult]::new('--create-password-file', '--create-password-file', [CompletionResultType]::ParameterName, 'If this creates the room on a server that asks for it: the server''s password for new rooms, or a key from its operator, in the first line of this file')
            [CompletionResult]::new('--player', '--player', [CompletionResultType]::ParameterName, 'The mpv program to start (default: mpv)')
            [CompletionResult]::new('--player-arg', '--player-arg', [CompletionResultType]::ParameterName, 'Pass this option on to mpv; can be repeated')
            [CompletionResult]::new('--player-ipc', '--player-ipc', [CompletionResultType]::ParameterName, 'Have mpv listen for JSON commands on this socket path')
            [CompletionResult]::new('--ytdl', '--ytdl', [CompletionResultType]::ParameterName, 'The yt-dlp program that finds YouTube''s streams (default: the one mpv finds)')
            [CompletionResult]::new('--seek-threshold', '--seek-threshold', [CompletionResultType]::ParameterName, 'Jump, instead of catching up gradually, when this many seconds off (default: 2)')
            [CompletionResult]::new('--alert', '--alert', [CompletionResultType]::ParameterName, 'What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated')
            [CompletionResult]::new('--osd', '--osd', [CompletionResultType]::ParameterName, 'What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, besides the system''s own')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'With a link: let the video wait in the lobby until /start, everybody is ready, or a set time')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'No screen: read lines from standard input, print JSON, one object per line')
            [CompletionResult]::new('--unlisted', '--unlisted', [CompletionResultType]::ParameterName, 'If this creates the room: keep it out of the gallery')
            [CompletionResult]::new('--private', '--private', [CompletionResultType]::ParameterName, 'If this creates the room: let in only people who have the password')
            [CompletionResult]::new('--allow-private-media', '--allow-private-media', [CompletionResultType]::ParameterName, 'Let the room''s links lead to addresses on this computer and the local network')
            [CompletionResult]::new('--no-player', '--no-player', [CompletionResultType]::ParameterName, 'Start no player: only chat and see where the video is')
            [CompletionResult]::new('--audio-only', '--audio-only', [CompletionResultType]::ParameterName, 'Play only the sound, for machines without a display')
            [CompletionResult]::new('--lan', '--lan', [CompletionResultType]::ParameterName, 'Let the local network reach the room')
            [CompletionResult]::new('--no-bell', '--no-bell', [CompletionResultType]::ParameterName, 'Don''t ring the terminal''s bell when you are mentioned or a video starts')
            [CompletionResult]::new('--no-notify', '--no-notify', [CompletionResultType]::ParameterName, 'Don''t send notifications through the terminal when you are mentioned or a video starts')
            [CompletionResult]::new('--no-player-keys', '--no-player-keys', [CompletionResultType]::ParameterName, 'Don''t use any keys in mpv''s window')
            [CompletionResult]::new('--player-scripts', '--player-scripts', [CompletionResultType]::ParameterName, 'Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync')
            [CompletionResult]::new('--no-space-pause', '--no-space-pause', [CompletionResultType]::ParameterName, 'Don''t pause when you press Space on an empty line')
            [CompletionResult]::new('--no-mouse', '--no-mouse', [CompletionResultType]::ParameterName, 'Leave the mouse to the terminal, for selecting text without Shift')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'watchtogether;gallery' {
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the screen looks: auto, dark, light, contrast, mono or own (default: auto, dark or light like the terminal)')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The server to ask (default: the one on this computer)')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Your name in the room that you join from here (default: as with join)')
            [CompletionResult]::new('--create-password-file', '--create-password-file', [CompletionResultType]::ParameterName, 'If this creates the room on a server that asks for it: the server''s password for new rooms, or a key from its operator, in the first line of this file')
            [CompletionResult]::new('--player', '--player', [CompletionResultType]::ParameterName, 'The mpv program to start (default: mpv)')
            [CompletionResult]::new('--player-arg', '--player-arg', [CompletionResultType]::ParameterName, 'Pass this option on to mpv; can be repeated')
            [CompletionResult]::new('--player-ipc', '--player-ipc', [CompletionResultType]::ParameterName, 'Have mpv listen for JSON commands on this socket path')
            [CompletionResult]::new('--ytdl', '--ytdl', [CompletionResultType]::ParameterName, 'The yt-dlp program that finds YouTube''s streams (default: the one mpv finds)')
            [CompletionResult]::new('--seek-threshold', '--seek-threshold', [CompletionResultType]::ParameterName, 'Jump, instead of catching up gradually, when this many seconds off (default: 2)')
            [CompletionResult]::new('--alert', '--alert', [CompletionResultType]::ParameterName, 'What flashes or rings, as /alerts sets it: mention, film or reaction, and flash, ring, both or off, like mention=both; can be repeated')
            [CompletionResult]::new('--osd', '--osd', [CompletionResultType]::ParameterName, 'What to show on the video: full (chat, reactions, what others do), quiet (only what affects your own playback) or off (default: full)')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, besides the system''s own')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--allow-private-media', '--allow-private-media', [CompletionResultType]::ParameterName, 'Let the room''s links lead to addresses on this computer and the local network')
            [CompletionResult]::new('--no-player', '--no-player', [CompletionResultType]::ParameterName, 'Start no player: only chat and see where the video is')
            [CompletionResult]::new('--audio-only', '--audio-only', [CompletionResultType]::ParameterName, 'Play only the sound, for machines without a display')
            [CompletionResult]::new('--no-bell', '--no-bell', [CompletionResultType]::ParameterName, 'Don''t ring the terminal''s bell when you are mentioned or a video starts')
            [CompletionResult]::new('--no-notify', '--no-notify', [CompletionResultType]::ParameterName, 'Don''t send notifications through the terminal when you are mentioned or a video starts')
            [CompletionResult]::new('--no-player-keys', '--no-player-keys', [CompletionResultType]::ParameterName, 'Don''t use any keys in mpv''s window')
            [CompletionResult]::new('--player-scripts', '--player-scripts', [CompletionResultType]::ParameterName, 'Load your own mpv scripts, which are off otherwise: they may get in the way of staying in sync')
            [CompletionResult]::new('--no-space-pause', '--no-space-pause', [CompletionResultType]::ParameterName, 'Don''t pause when you press Space on an empty line')
            [CompletionResult]::new('--no-mouse', '--no-mouse', [CompletionResultType]::ParameterName, 'Leave the mouse to the terminal, for selecting text without Shift')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, one object per room')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'watchtogether;calibrate' {
            [CompletionResult]::new('--player', '--player', [CompletionResultType]::ParameterName, 'The mpv program to start (default: mpv)')
            [CompletionResult]::new('--player-arg', '--player-arg', [CompletionResultType]::ParameterName, 'Pass this option on to mpv; can be repeated')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'watchtogether;demo' {
            [CompletionResult]::new('--player', '--player', [CompletionResultType]::ParameterName, 'The mpv program to start (default: mpv)')
            [CompletionResult]::new('--player-arg', '--player-arg', [CompletionResultType]::ParameterName, 'Pass this option on to mpv; can be repeated')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'No screen: read lines from standard input, print JSON, one object per line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'watchtogether;doctor' {
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Also check the way to this server')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print each finding as a line of JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'watchtogether;admin' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('rooms', 'rooms', [CompletionResultType]::ParameterValue, 'List all rooms, including unlisted and private ones')
            [CompletionResult]::new('room', 'room', [CompletionResultType]::ParameterValue, 'Show a room: its members, what''s playing and the queue')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a key for creating a room on a server with --create password or admin')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close a room for good; everyone in it is told')
            [CompletionResult]::new('hide', 'hide', [CompletionResultType]::ParameterValue, 'Take a public room out of the gallery; its members are told')
            [CompletionResult]::new('promote', 'promote', [CompletionResultType]::ParameterValue, 'Make a member an admin of their room')
            [CompletionResult]::new('ban', 'ban', [CompletionResultType]::ParameterValue, 'Ban a member from a room')
            [CompletionResult]::new('announce', 'announce', [CompletionResultType]::ParameterValue, 'Show everyone a message, on the screen and over the video')
            [CompletionResult]::new('drain', 'drain', [CompletionResultType]::ParameterValue, 'Warn every room, then stop the server')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Copy all rooms into a new file while the server runs')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Replace the rooms of a stopped server with a backup')
            [CompletionResult]::new('limits', 'limits', [CompletionResultType]::ParameterValue, 'Show the limits in force')
            [CompletionResult]::new('figures', 'figures', [CompletionResultType]::ParameterValue, 'Show how the server is doing')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Erase everything the rooms keep about a person: their record, chat, name and the hash of their address')
            break
        }
        'watchtogether;admin;rooms' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;room' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;create' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;close' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;hide' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;promote' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;ban' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;announce' {
            [CompletionResult]::new('--room', '--room', [CompletionResultType]::ParameterName, 'Show it only in this room')
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;drain' {
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'How long until the server stops: 60s, 5m or 1h')
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--cancel', '--cancel', [CompletionResultType]::ParameterName, 'Don''t stop after all')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;backup' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;restore' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;limits' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;figures' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
        'watchtogether;admin;forget' {
            [CompletionResult]::new('--socket', '--socket', [CompletionResultType]::ParameterName, 'The server''s socket (default: admin.sock in its data folder)')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'The server''s data folder (default: watchtogether in your data folder)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from this file instead of config.toml in your configuration folder')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to log: error, warn, info, debug, trace, or a tracing filter')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of the program: en or ru (default: your locale''s)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask first')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the answer as JSON')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
