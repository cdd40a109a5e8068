//! The examples of the subcommands below `admin` and `config`, one each.

use super::Examples;

/// The examples of such a subcommand by its own name; `None` if there is none of that name.
pub(super) fn examples_of(nested: &str) -> Option<&'static Examples> {
    let mut all = OF_ADMIN.iter().chain(&OF_CONFIG);
    all.find_map(|(name, examples)| (*name == nested).then_some(examples))
}

/// An example of each thing that an operator can do, by the name of its subcommand.
static OF_ADMIN: [(&str, Examples); 16] = [
    (
        "announce",
        one(&[(
            "watchtogether admin announce 'Back after the upgrade, in two minutes.'",
            "cli-admin-example-announce",
        )]),
    ),
    (
        "backup",
        one(&[(
            "watchtogether admin backup rooms-copy.redb",
            "cli-admin-example-backup",
        )]),
    ),
    (
        "ban",
        one(&[(
            "watchtogether admin ban movie-night Mallory",
            "cli-admin-example-ban",
        )]),
    ),
    (
        "close",
        one(&[(
            "watchtogether admin close movie-night",
            "cli-admin-example-close",
        )]),
    ),
    (
        "create",
        one(&[(
            "watchtogether admin create movie-night",
            "cli-admin-example-create",
        )]),
    ),
    (
        "drain",
        one(&[(
            "watchtogether admin drain --in 60s",
            "cli-admin-example-drain",
        )]),
    ),
    (
        "export",
        one(&[(
            "watchtogether admin export rooms.jsonl",
            "cli-admin-example-export",
        )]),
    ),
    (
        "import",
        one(&[(
            "watchtogether admin import rooms.jsonl",
            "cli-admin-example-import",
        )]),
    ),
    (
        "figures",
        one(&[(
            "watchtogether admin figures --json | jq .answer",
            "cli-admin-example-figures",
        )]),
    ),
    (
        "forget",
        one(&[(
            "watchtogether admin forget Mallory --yes",
            "cli-admin-example-forget",
        )]),
    ),
    (
        "hide",
        one(&[(
            "watchtogether admin hide movie-night",
            "cli-admin-example-hide",
        )]),
    ),
    (
        "limits",
        one(&[("watchtogether admin limits", "cli-admin-example-limits")]),
    ),
    (
        "promote",
        one(&[(
            "watchtogether admin promote movie-night Ada",
            "cli-admin-example-promote",
        )]),
    ),
    (
        "restore",
        one(&[(
            "watchtogether admin restore rooms-copy.redb",
            "cli-admin-example-restore",
        )]),
    ),
    (
        "room",
        one(&[(
            "sudo watchtogether admin room movie-night --data-dir /var/lib/watchtogether",
            "cli-admin-example-room",
        )]),
    ),
    (
        "rooms",
        one(&[("watchtogether admin rooms", "cli-admin-example-rooms")]),
    ),
];

/// An example of each subcommand of `config`.
static OF_CONFIG: [(&str, Examples); 2] = [
    (
        "init",
        one(&[("watchtogether config init", "cli-config-example-init")]),
    ),
    (
        "path",
        one(&[(
            "${EDITOR:-vi} \"$(watchtogether config path)\"",
            "cli-config-example-path",
        )]),
    ),
];

/// Examples without a paragraph below them.
const fn one(lines: &'static [(&'static str, &'static str)]) -> Examples {
    Examples { lines, notes: &[] }
}
