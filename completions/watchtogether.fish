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
complete -c watchtogether -n "__fish_watchtogether_needs_command" -f -a "gallery" -d 'List the live rooms of a server'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l listen -d 'Listen on this address; can be repeated, and port 0 picks a free port (default: 127.0.0.1:8000 and [::1]:8000)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l data-dir -d 'Keep the rooms in this folder (default: watchtogether in your data folder)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l public-url -d 'The address at which others reach this server; invite links start with it' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l succession-grace -d 'How many seconds a room waits for an admin who lost the connection before someone else takes over (default: 30); existing rooms keep the time they were created with' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -l ephemeral -d 'Keep nothing on disk: the rooms end with the server'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand serve" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l server -d 'The server to use (default: the one on this computer, started if there is none)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l name -d 'Your name in the room (default: the one you used before, else your login name)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l play -d 'Play this link right away, as `/play LINK` does' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l title -d 'If this creates the room: its title' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l password-file -d 'Read the room\'s password from the first line of this file (or set WATCHTOGETHER_PASSWORD)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l player -d 'The mpv program to start (default: mpv)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l player-arg -d 'Pass this option on to mpv; can be repeated' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l player-ipc -d 'Have mpv listen for JSON commands on this socket path' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l ytdl -d 'The yt-dlp program that finds YouTube\'s streams (default: the one mpv finds)' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l seek-threshold -d 'Jump, instead of catching up gradually, when this many seconds off (default: 2)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l json -d 'No screen: read lines from standard input, print JSON, one object per line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l unlisted -d 'If this creates the room: keep it out of the gallery'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l private -d 'If this creates the room: let in only people who have the password'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l allow-private-media -d 'Let the room\'s links lead to addresses on this computer and the local network'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-player -d 'Start no player: only chat and see where the video is'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l audio-only -d 'Play only the sound, for machines without a display'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l lan -d 'If this starts a server: let the local network reach it'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-bell -d 'Don\'t ring the terminal\'s bell when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-notify -d 'Don\'t send notifications through the terminal when you are mentioned or a video starts'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -l no-space-pause -d 'Don\'t pause when you press Space on an empty line'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand join" -s h -l help -d 'Print help'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l server -d 'The server to ask (default: the one on this computer)' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l config -d 'Read settings from this file instead of config.toml in your configuration folder' -r -F
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l log -d 'How much to log: error, warn, info, debug, trace, or a tracing filter' -r
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l lang -d 'Language of the program: en or ru (default: your locale\'s)' -r -f -a "en\t''
ru\t''"
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -l json -d 'Print JSON, one object per room'
complete -c watchtogether -n "__fish_watchtogether_using_subcommand gallery" -s h -l help -d 'Print help'
