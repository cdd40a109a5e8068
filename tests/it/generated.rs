//! The committed manual pages and completions equal those that the program generates.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// The contents of a folder's files, by name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("the folder exists");
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().expect("a UTF-8 name");
        (
            name,
            fs::read_to_string(entry.path()).expect("a UTF-8 file"),
        )
    };
    entries
        .map(|entry| read(entry.expect("an entry")))
        .collect()
}

#[test]
fn manual_pages_and_completions_are_up_to_date() {
    let fresh = TempDir::new().expect("a folder");
    let (man, completions) = (fresh.path().join("man"), fresh.path().join("completions"));
    let status = Command::new(env!("CARGO_BIN_EXE_watchtogether"))
        .arg("generate")
        .args([
            Path::new("--man"),
            &man,
            Path::new("--completions"),
            &completions,
        ])
        .status()
        .expect("the program starts");
    assert!(status.success(), "{status}");

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, fresh) in [("man", man), ("completions", completions)] {
        let (fresh, committed) = (files(&fresh), files(&root.join(name)));
        assert!(fresh.len() >= 4, "{name} has only {:?}", fresh.keys());
        assert!(
            fresh.keys().eq(committed.keys()),
            "{name}/ has files too many or too few: run `make generate` and commit what it writes"
        );
        for (file, text) in fresh {
            assert!(
                committed.get(&file) == Some(&text),
                "{name}/{file} is out of date: run `make generate` and commit what it writes"
            );
        }
    }
}
