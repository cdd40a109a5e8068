# shellcheck shell=bash
# Terminals in a tmux of one's own, for scripts/story and scripts/fresh-walk, which source this. They wait
# for what a screen shows, never for time to pass; `screens_patience` seconds are the most, and a wait in
# vain ends the script with the screen as it was. However the script ends, what runs in them ends too.

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

screens_close() { # screens_close: ends all that runs in the terminals, and the tmux
    [ -n "$screens_folder" ] || return 0
    local running
    running=$(screens_processes)
    # A server without its terminal reads its settings anew and goes on, so it is asked to end before; the
    # shells end with their terminals alone.
    # shellcheck disable=SC2086 # numbers
    [ -z "$running" ] || kill -s TERM $running 2>/dev/null || true
    screens kill-server 2>/dev/null || true
    # shellcheck disable=SC2086
    end_processes $running
    rm -rf "$screens_folder"
    screens_folder=
}

screens_processes() { # the processes below the terminals' shells, and these
    local shells
    shells=$(screens list-panes -a -F '#{pane_pid}' 2>/dev/null) || return 0
    ps -A -o pid=,ppid= | awk -v shells="$shells" '
        BEGIN { count = split(shells, first); for (i = 1; i <= count; i++) found[first[i]] = 1 }
        { parent[$1] = $2 }
        END {
            do {
                more = 0
                for (pid in parent)
                    if (!(pid in found) && (parent[pid] in found)) { found[pid] = 1; more = 1 }
            } while (more)
            for (pid in found) print pid
        }'
}

is_running() { # is_running PID: one that has ended may wait for its parent
    case $(ps -o stat= -p "$1") in '' | Z*) return 1 ;; esac
}

end_processes() { # end_processes PID...: asks them to end, waits, and kills what is left after 5 s
    local pid left signal
    for signal in TERM KILL; do
        [ $# -gt 0 ] || return 0
        kill -s "$signal" "$@" 2>/dev/null || true
        for _ in $(seq 50); do
            left=()
            for pid in "$@"; do
                if is_running "$pid"; then left+=("$pid"); fi
            done
            set -- "${left[@]}"
            [ $# -gt 0 ] || return 0
            sleep 0.1
        done
    done
}

ends_with() { # ends_with FUNCTION: calls it however this script ends, but for kill -9
    # shellcheck disable=SC2064 # expanded now
    trap "$1" EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

in_vain() { # in_vain NAME TEXT: says what is wrong, and shows the screen
    echo "$2. The screen of $1:" >&2
    shown "$1" >&2 || echo "(there is none)" >&2
    return 1
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
            in_vain "$1" "waited in vain: $1 $2 \"$3\""
            return 1
        fi
        sleep 0.1
    done
}

sees() { await "$1" has "$2"; }   # sees NAME TEXT: waits until a row of the screen has it
loses() { await "$1" lacks "$2"; } # loses NAME TEXT: waits until no row has it
