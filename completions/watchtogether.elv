
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
            cand --config 'Read this file of settings instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand serve 'Run a server that keeps rooms'
            cand join 'Join a room and watch'
            cand gallery 'List the live rooms of a server'
        }
        &'watchtogether;serve'= {
            cand --listen 'Listen on this address; may be given several times, port 0 picks a free port (default: 127.0.0.1:8000 and [::1]:8000)'
            cand --data-dir 'Keep the rooms in this folder (default: watchtogether in your data folder)'
            cand --public-url 'The address under which others reach this server; invite links begin with it'
            cand --succession-grace 'How long a room waits for an admin who vanished until another follows (default: 30); rooms that exist keep what they were created with'
            cand --config 'Read this file of settings instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --ephemeral 'Keep nothing on disk: the rooms end with the server'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;join'= {
            cand --server 'The server to join on (default: one on this computer, started if there is none)'
            cand --name 'What the others call you (default: the name you gave before, else your login name)'
            cand --play 'Play this link at once, as `/play LINK` does'
            cand --title 'If this creates the room: its title'
            cand --password-file 'Read the room''s password from the first line of this file (or set `WATCHTOGETHER_PASSWORD`)'
            cand --player 'The mpv program to start (default: mpv)'
            cand --player-arg 'Pass this option on to mpv; may be given several times'
            cand --player-ipc 'Have mpv listen for its JSON commands at this path'
            cand --ytdl 'The yt-dlp program that finds YouTube''s streams (default: as mpv finds it)'
            cand --seek-threshold 'Jump instead of catching up when this many seconds off (default: 2)'
            cand --config 'Read this file of settings instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --json 'No screen: read lines from standard input, print one JSON object a line'
            cand --unlisted 'If this creates the room: leave it out of the gallery'
            cand --private 'If this creates the room: let in only who has the password'
            cand --allow-private-media 'Let a room''s links lead to addresses on this computer and the local network'
            cand --no-player 'Start no player: chat and watch the room''s times only'
            cand --audio-only 'Play the sound only, for where there is no display'
            cand --lan 'If a server is started here: let the local network reach it'
            cand --no-bell 'Do not ring the terminal''s bell when you are mentioned or a video starts'
            cand --no-notify 'Do not ask the terminal for notifications when you are mentioned or a video starts'
            cand --no-space-pause 'Do not pause when Space is pressed on an empty line'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;gallery'= {
            cand --server 'The server to ask (default: one on this computer)'
            cand --config 'Read this file of settings instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --json 'Print one JSON object a room'
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
