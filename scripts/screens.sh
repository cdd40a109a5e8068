# shellcheck shell=bash
# Terminals in a tmux of one's own, for scripts/story and scripts/fresh-walk, which source this. They wait
# for what a screen shows, never for time to pass; `screens_patience` seconds are the most, and a wait in
# vain ends the script with the screen as it was.

screens_folder=
screens_patience=${PATIENCE:-60}

screens() { tmux -S "$screens_folder/tmux" -f /dev/null "$@"; }

screens_open() { # screens_open: a tmux for this script, without anyone's settings
    screens_folder=$(mktemp -d)
    screens new-session -d -s nobody 'sleep infinity'
    screens set-option -g default-terminal tmux-256color
    screens set-option -s escape-time 0
    screens set-option -g remain-on-exit on
    screens set-option -g status off
}

screens_close() {
    [ -n "$screens_folder" ] || return 0
    screens kill-server 2>/dev/null || true
    rm -rf "$screens_folder"
}

screen() { # screen NAME COLUMNSxROWS COMMAND...: a terminal in which the command runs
    local name=$1 size=$2
    shift 2
    screens new-session -d -s "$name" -x "${size%x*}" -y "${size#*x}" "$@"
}

shown() { screens capture-pane -p -t "$1" 2>/dev/null; } # shown NAME: the screen as text

press() { screens send-keys -t "$1" "$2"; } # press NAME KEY: a key by tmux's name for it

write() { screens send-keys -t "$1" -l -- "$2"; } # write NAME TEXT: types it

enter() { # enter NAME TEXT: types it and presses Enter
    write "$1" "$2"
    press "$1" Enter
}

has() { grep -qF -- "$2" <<<"$(shown "$1")"; } # has NAME TEXT: whether a row of the screen has it

await() { # await NAME has|lacks TEXT
    local end=$((SECONDS + screens_patience))
    while ! { if [ "$2" = has ]; then has "$1" "$3"; else ! has "$1" "$3"; fi; }; do
        if [ $SECONDS -ge $end ]; then
            echo "waited in vain: $1 $2 \"$3\". The screen:" >&2
            shown "$1" >&2
            return 1
        fi
        sleep 0.1
    done
}

sees() { await "$1" has "$2"; }   # sees NAME TEXT: waits until a row of the screen has it
loses() { await "$1" lacks "$2"; } # loses NAME TEXT: waits until no row has it
