
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
        }
        &'watchtogether;serve'= {
            cand --listen 'Listen on this address; can be repeated, and port 0 picks a free port (default: 127.0.0.1:8000 and [::1]:8000)'
            cand --data-dir 'Keep the rooms in this folder (default: watchtogether in your data folder)'
            cand --public-url 'The address at which others reach this server; invite links start with it'
            cand --succession-grace 'How many seconds a room waits for an admin who lost the connection before someone else takes over (default: 30); existing rooms keep the time they were created with'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --ephemeral 'Keep nothing on disk: the rooms end with the server'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;join'= {
            cand --server 'The server to use (default: the one on this computer, started if there is none)'
            cand --name 'Your name in the room (default: the one you used before, else your login name)'
            cand --play 'Play this link right away, as `/play LINK` does'
            cand --title 'If this creates the room: its title'
            cand --password-file 'Read the room''s password from the first line of this file (or set WATCHTOGETHER_PASSWORD)'
            cand --player 'The mpv program to start (default: mpv)'
            cand --player-arg 'Pass this option on to mpv; can be repeated'
            cand --player-ipc 'Have mpv listen for JSON commands on this socket path'
            cand --ytdl 'The yt-dlp program that finds YouTube''s streams (default: the one mpv finds)'
            cand --seek-threshold 'Jump, instead of catching up gradually, when this many seconds off (default: 2)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --json 'No screen: read lines from standard input, print JSON, one object per line'
            cand --unlisted 'If this creates the room: keep it out of the gallery'
            cand --private 'If this creates the room: let in only people who have the password'
            cand --allow-private-media 'Let the room''s links lead to addresses on this computer and the local network'
            cand --no-player 'Start no player: only chat and see where the video is'
            cand --audio-only 'Play only the sound, for machines without a display'
            cand --lan 'If this starts a server: let the local network reach it'
            cand --no-bell 'Don''t ring the terminal''s bell when you are mentioned or a video starts'
            cand --no-notify 'Don''t send notifications through the terminal when you are mentioned or a video starts'
            cand --no-space-pause 'Don''t pause when you press Space on an empty line'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'watchtogether;gallery'= {
            cand --server 'The server to ask (default: the one on this computer)'
            cand --config 'Read settings from this file instead of config.toml in your configuration folder'
            cand --log 'How much to log: error, warn, info, debug, trace, or a tracing filter'
            cand --lang 'Language of the program: en or ru (default: your locale''s)'
            cand --json 'Print JSON, one object per room'
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
