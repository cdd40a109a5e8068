//! The committed manual pages, completions and schemas equal those that the program generates.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::files_below;

/// The contents of the files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let read = |path: PathBuf| {
        let name = path.strip_prefix(folder).expect("a file in the folder");
        let name = name.to_str().expect("a UTF-8 name").to_owned();
        (name, fs::read_to_string(&path).expect("a UTF-8 file"))
    };
    files_below(folder).into_iter().map(read).collect()
}

#[test]
fn manual_pages_completions_and_schemas_are_up_to_date() {
    let fresh = TempDir::new().expect("a folder");
    let [man, completions, schemas] =
        ["man", "completions", "schemas"].map(|name| fresh.path().join(name));
    let status = Command::new(env!("CARGO_BIN_EXE_watchtogether"))
        .arg("generate")
        .args([
            Path::new("--man"),
            &man,
            Path::new("--completions"),
            &completions,
            Path::new("--schemas"),
            &schemas,
        ])
        .status()
        .expect("the program starts");
    assert!(status.success(), "{status}");

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = [
        ("man", man),
        ("completions", completions),
        ("docs/schemas", schemas),
    ];
    for (name, fresh) in generated {
        let (fresh, committed) = (files(&fresh), files(&root.join(name)));
        assert!(fresh.len() >= 4, "{name} has only {:?}", fresh.keys());
        assert!(
            fresh.keys().eq(committed.keys()),
            "{name}/ has files too many or too few: run `make generate` and commit what it writes"
        );
        if name == "man" {
            let is_russian = |file: &&String| file.starts_with("ru/man1/");
            assert_eq!(fresh.keys().filter(is_russian).count(), 2);
        }
        for (file, text) in fresh {
            assert!(
                committed.get(&file) == Some(&text),
                "{name}/{file} is out of date: run `make generate` and commit what it writes"
            );
        }
    }
}

#[test]
fn the_manual_pages_are_well_formed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    for page in files_below(&root) {
        // In a Russian page each letter counts as the eight that a page's source has for it, so its
        // lines are too long by style.
        let is_russian = page
            .strip_prefix(&root)
            .is_ok_and(|name| name.starts_with("ru"));
        let strictness = if is_russian { "-Wwarning" } else { "-Wall" };
        let judged = Command::new("mandoc")
            .args(["-Tlint", strictness])
            .arg(&page)
            .output();
        let judged = judged.expect("mandoc is there; scripts/setup --tests installs it");
        let complaints = String::from_utf8_lossy(&judged.stdout);
        // Pages of other programs need not be installed here.
        let own: Vec<&str> = complaints
            .lines()
            .filter(|line| !line.contains("referenced manual not found"))
            .collect();
        assert!(own.is_empty(), "{own:#?}");
    }
}
