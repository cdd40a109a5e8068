//! The examples and notes below the help of each command. The command lines are the same in every
//! language; what they do is in the catalogue.

mod nested;

/// What stands below the options in a command's help.
#[derive(Debug)]
pub(in crate::cli) struct Examples {
    /// Command lines, each with the message that says what it does.
    pub(in crate::cli) lines: &'static [(&'static str, &'static str)],
    /// The messages of the paragraphs below the examples.
    pub(in crate::cli) notes: &'static [&'static str],
}

const PROGRAM: Examples = Examples {
    lines: &[
        ("watchtogether host movie-night", "cli-example-host"),
        (
            "watchtogether https://watch.example.org/r/movie-night",
            "cli-example-invite",
        ),
        ("watchtogether join movie-night", "cli-example-room"),
        (
            "watchtogether serve --listen 0.0.0.0:8000",
            "cli-example-server",
        ),
        (
            "watchtogether gallery --server https://watch.example.org",
            "cli-example-gallery",
        ),
    ],
    notes: &["cli-settings"],
};

const SERVE: Examples = Examples {
    lines: &[
        ("watchtogether serve", "cli-serve-example-here"),
        (
            "watchtogether serve --listen 0.0.0.0:8000 --listen '[::]:8000'",
            "cli-serve-example-everyone",
        ),
        (
            "watchtogether serve --trust-proxy 127.0.0.1 \
             --public-url https://watch.example.org",
            "cli-serve-example-proxy",
        ),
        (
            "watchtogether serve --data-dir /var/lib/watchtogether --check",
            "cli-serve-example-check",
        ),
        (
            "watchtogether serve --listen 0.0.0.0:8443 --tls-cert fullchain.pem \
             --tls-key privkey.pem",
            "cli-serve-example-tls",
        ),
    ],
    notes: &["cli-serve-exit-codes"],
};

const JOIN: Examples = Examples {
    lines: &[
        (
            "watchtogether join movie-night --play https://example.org/film.mp4",
            "cli-join-example-play",
        ),
        (
            "watchtogether join https://watch.example.org/r/movie-night --name Ada",
            "cli-join-example-invite",
        ),
        (
            "WATCHTOGETHER_PASSWORD=... watchtogether join our-place --private",
            "cli-join-example-password",
        ),
        (
            "watchtogether join movie-night --player-arg=--volume=40 --player-arg=--fs",
            "cli-join-example-mpv",
        ),
        (
            "printf '/who\\n' | watchtogether join movie-night --no-player --json",
            "cli-join-example-script",
        ),
    ],
    notes: &["cli-join-nobody", "cli-join-exit-codes"],
};

const HOST: Examples = Examples {
    lines: &[
        (
            "watchtogether host movie-night https://example.org/film.mp4",
            "cli-host-example-film",
        ),
        (
            "watchtogether host movie-night --lan",
            "cli-host-example-lan",
        ),
        (
            "watchtogether host movie-night --public-url https://watch.example.org",
            "cli-host-example-public",
        ),
    ],
    notes: &["cli-host-note", "cli-join-exit-codes"],
};

const GALLERY: Examples = Examples {
    lines: &[
        (
            "watchtogether gallery --server https://watch.example.org",
            "cli-gallery-example-server",
        ),
        (
            "watchtogether gallery --json | jq -r .id",
            "cli-gallery-example-ids",
        ),
    ],
    notes: &["cli-gallery-exit-codes"],
};

const CALIBRATE: Examples = Examples {
    lines: &[
        ("watchtogether calibrate", "cli-calibrate-example"),
        (
            "watchtogether calibrate --player-arg=--audio-device=pulse/hdmi",
            "cli-calibrate-example-device",
        ),
    ],
    notes: &["cli-calibrate-note"],
};

const DEMO: Examples = Examples {
    lines: &[("watchtogether demo", "cli-demo-example")],
    notes: &["cli-demo-note"],
};

const CONFIG: Examples = Examples {
    lines: &[
        ("watchtogether config", "cli-config-example"),
        ("watchtogether config init", "cli-config-example-init"),
        (
            "watchtogether config --json | jq -r 'select(.from != \"default\").key'",
            "cli-config-example-json",
        ),
        (
            "${EDITOR:-vi} \"$(watchtogether config path)\"",
            "cli-config-example-path",
        ),
    ],
    notes: &["cli-config-note"],
};

const DOCTOR: Examples = Examples {
    lines: &[
        ("watchtogether doctor", "cli-doctor-example"),
        (
            "watchtogether doctor --server https://watch.example.org",
            "cli-doctor-example-server",
        ),
        (
            "watchtogether doctor --server https://watch.example.org --long",
            "cli-doctor-example-long",
        ),
        (
            "watchtogether doctor --json | jq -r 'select(.verdict != \"ok\").remedy'",
            "cli-doctor-example-json",
        ),
    ],
    notes: &["cli-doctor-note", "cli-doctor-exit-codes"],
};

const ADD: Examples = Examples {
    lines: &[
        (
            "watchtogether add movie-night https://example.org/film.mp4",
            "cli-add-example",
        ),
        (
            "watchtogether add movie-night --json <links.txt",
            "cli-add-example-input",
        ),
    ],
    notes: &["cli-errand-who", "cli-errand-exit-codes"],
};

const SAY: Examples = Examples {
    lines: &[
        (
            "watchtogether say movie-night 'The film starts in ten minutes.'",
            "cli-say-example",
        ),
        (
            "fortune | watchtogether say movie-night --name Fortune",
            "cli-say-example-input",
        ),
    ],
    notes: &["cli-errand-who", "cli-errand-exit-codes"],
};

const STATUS: Examples = Examples {
    lines: &[
        ("watchtogether status movie-night", "cli-status-example"),
        (
            "watchtogether status movie-night --format '{media} {position} {viewers}'",
            "cli-status-example-format",
        ),
        (
            "watchtogether status movie-night --json | jq .viewers",
            "cli-status-example-json",
        ),
    ],
    notes: &["cli-status-format-note", "cli-status-exit-codes"],
};

const COMPLETIONS: Examples = Examples {
    lines: &[
        (
            "source <(watchtogether completions bash)",
            "cli-completions-example-bash",
        ),
        (
            "source <(watchtogether completions zsh)",
            "cli-completions-example-zsh",
        ),
        (
            "watchtogether completions fish | source",
            "cli-completions-example-fish",
        ),
    ],
    notes: &["cli-completions-note"],
};

const CONFORMANCE: Examples = Examples {
    lines: &[
        (
            "watchtogether conformance http://127.0.0.1:8000",
            "cli-conformance-example",
        ),
        (
            "watchtogether conformance http://127.0.0.1:8000 --only resume --only order",
            "cli-conformance-example-only",
        ),
        (
            "watchtogether conformance http://127.0.0.1:8000 --json | jq 'select(.verdict != \"pass\")'",
            "cli-conformance-example-json",
        ),
    ],
    notes: &["cli-conformance-note", "cli-conformance-exit-codes"],
};

const WATCH: Examples = Examples {
    lines: &[
        ("watchtogether watch movie-night", "cli-watch-example"),
        (
            "watchtogether watch movie-night | jq --unbuffered -r 'select(.type == \"media\").name'",
            "cli-watch-example-media",
        ),
    ],
    notes: &["cli-watch-note", "cli-watch-exit-codes"],
};

const ADMIN: Examples = Examples {
    lines: &[
        ("watchtogether admin rooms", "cli-admin-example-rooms"),
        (
            "sudo watchtogether admin room movie-night --data-dir /var/lib/watchtogether",
            "cli-admin-example-room",
        ),
        (
            "watchtogether admin announce 'Back after the upgrade, in two minutes.'",
            "cli-admin-example-announce",
        ),
        (
            "watchtogether admin drain --in 60s",
            "cli-admin-example-drain",
        ),
        (
            "watchtogether admin backup rooms-copy.redb",
            "cli-admin-example-backup",
        ),
        (
            "watchtogether admin figures --json | jq .answer",
            "cli-admin-example-figures",
        ),
    ],
    notes: &["cli-admin-who", "cli-admin-exit-codes"],
};

impl Examples {
    /// The examples of a command by its name; the program itself has no subcommand's name.
    pub(in crate::cli) fn of(command: &str) -> Option<&'static Self> {
        match command {
            super::PROGRAM => Some(&PROGRAM),
            "serve" => Some(&SERVE),
            "add" => Some(&ADD),
            "say" => Some(&SAY),
            "status" => Some(&STATUS),
            "watch" => Some(&WATCH),
            "join" => Some(&JOIN),
            "host" => Some(&HOST),
            "gallery" => Some(&GALLERY),
            "calibrate" => Some(&CALIBRATE),
            "demo" => Some(&DEMO),
            "config" => Some(&CONFIG),
            "doctor" => Some(&DOCTOR),
            "completions" => Some(&COMPLETIONS),
            "conformance" => Some(&CONFORMANCE),
            "admin" => Some(&ADMIN),
            nested => nested::examples_of(nested),
        }
    }
}
