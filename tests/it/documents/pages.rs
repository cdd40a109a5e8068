//! The examples of the manual pages, and how each is tried.

use std::path::Path;

use super::Block;
use crate::documented::read;

/// Why what looks after a system's server isn't run.
const ON_A_SYSTEM: &str = "not run: scripts/deploy-check does it as root in a fresh Debian";

/// How examples are tried, by how they begin; the first that fits counts.
const TRIED: [(&str, &str); 32] = [
    (
        "watchtogether serve --data-dir",
        "not run: scripts/deploy-check checks such a folder",
    ),
    ("watchtogether serve", "run as a server"),
    ("watchtogether admin", ON_A_SYSTEM),
    ("sudo ", ON_A_SYSTEM),
    (
        "watchtogether conformance",
        "not run: it takes a minute, and another test runs it",
    ),
    (
        "watchtogether gallery --json",
        "not run: jq may be missing here",
    ),
    (
        "watchtogether doctor --server https://watch.example.org --long",
        "not run: it takes 100 seconds",
    ),
    (
        "watchtogether doctor --json",
        "not run: jq may be missing here",
    ),
    (
        "watchtogether calibrate --player-arg",
        "not run: the sound device may be missing here",
    ),
    (
        "watchtogether completions fish",
        "not run: another test has fish read them",
    ),
    (
        "source <(watchtogether completions zsh)",
        "not run: another test has zsh read them",
    ),
    ("source <(watchtogether completions bash)", "run"),
    ("printf", "run"),
    (
        "watchtogether config --json",
        "not run: jq may be missing here",
    ),
    ("${EDITOR", "not run: it opens an editor"),
    ("watchtogether config", "run"),
    (
        "watchtogether watch",
        "not run: it goes on until it is ended, and another test runs it",
    ),
    ("watchtogether add movie-night https", "run"),
    (
        "watchtogether add",
        "not run: there is no file of links here",
    ),
    ("watchtogether say", "run"),
    ("fortune", "not run: fortune may be missing here"),
    (
        "watchtogether status movie-night --json",
        "not run: jq may be missing here",
    ),
    ("watchtogether status", "run"),
    ("watchtogether doctor", "run on a screen: mpv"),
    ("watchtogether gallery", "run on a screen: Live rooms on"),
    ("watchtogether calibrate", "run on a screen: click"),
    ("watchtogether demo", "run on a screen: This is a demo"),
    ("watchtogether host", "run on a screen: movie-night"),
    ("watchtogether join", "run on a screen: movie-night"),
    ("watchtogether https", "run on a screen: movie-night"),
    ("WATCHTOGETHER_PASSWORD=", "run on a screen: our-place"),
    ("[", "settings"),
];

/// Whether a block is an example of a manual page.
pub(super) fn is_in_one(block: &Block) -> bool {
    block.place.starts_with("man/")
}

/// The examples of all pages about commands and about settings.
pub(super) fn examples() -> Vec<Block> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let entries = std::fs::read_dir(folder).expect("the folder of pages");
    let names = entries.map(|entry| entry.expect("a page").file_name());
    let mut pages: Vec<String> = names
        .map(|name| format!("man/{}", name.to_string_lossy()))
        .filter(|page| page.ends_with(".1") || page.ends_with(".5"))
        .collect();
    pages.sort();
    let found: Vec<_> = pages.iter().flat_map(|page| examples_of(page)).collect();
    assert!(found.len() > 20, "{} examples", found.len());
    found
}

fn examples_of(page: &str) -> Vec<Block> {
    let text = read(page);
    let (_, examples) = text.split_once("\n.SH EXAMPLES\n").unwrap_or_default();
    let examples = examples.split("\n.SH ").next().unwrap_or_default();
    let shown = examples.split(".nf\n").skip(1);
    let shown = shown.filter_map(|rest| rest.split_once("\n.fi"));
    shown
        .map(|(text, _)| {
            let text = text.replace("\\-", "-").replace("\\(aq", "'");
            let text = text.replace("\\&", "").replace("\\\\", "\\");
            let tried = TRIED.iter().find(|(begin, _)| text.starts_with(begin));
            let (_, how) = tried.unwrap_or_else(|| panic!("{page}: how is {text:?} tried?"));
            let language = if *how == "settings" { "toml" } else { "sh" };
            Block {
                place: format!("{page}: {text}"),
                language: language.to_owned(),
                comment: Some((*how).to_owned()),
                text: format!("{text}\n"),
            }
        })
        .collect()
}
