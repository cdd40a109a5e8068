//! The Dockerfile copies what the build reads, and `.dockerignore` lets it through. No engine is
//! needed to know that.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// What the first stage copies from the repository.
fn copied() -> BTreeSet<String> {
    let text = read("Dockerfile");
    let lines = text.lines().filter_map(|line| line.strip_prefix("COPY "));
    let lines = lines.filter(|line| !line.starts_with("--from="));
    let mut sources = BTreeSet::new();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (_, from) = words.split_last().expect("where to");
        sources.extend(from.iter().map(|&source| source.to_owned()));
    }
    sources
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::copy(from, to).expect("it is copied");
    }
}

#[test]
fn what_is_copied_is_there_and_let_through_and_nothing_else() {
    let text = read(".dockerignore");
    let let_through = text.lines().filter_map(|line| line.strip_prefix('!'));
    let let_through: BTreeSet<String> = let_through.map(str::to_owned).collect();
    assert!(text.lines().any(|line| line == "*"), "{text}");
    assert_eq!(copied(), let_through);
    for source in copied() {
        assert!(root().join(&source).exists(), "{source}");
    }
}

#[test]
fn cargo_finds_the_program_in_what_is_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    for source in copied() {
        copy(&root().join(&source), &folder.path().join(&source));
    }
    let described = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(folder.path())
        .output()
        .expect("cargo runs");
    let complaint = String::from_utf8_lossy(&described.stderr);
    assert!(described.status.success(), "{complaint}");
    // Files that the program includes lie in the folders of their own crate.
    let included = regex::Regex::new(r#"include_(?:str|bytes)!\(\s*"([^"]+)""#).expect("a pattern");
    let mut found = 0;
    for file in crate::support::files_below(&folder.path().join("src")) {
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        for path in included.captures_iter(&text) {
            let path = file.parent().expect("its folder").join(&path[1]);
            assert!(
                path.exists(),
                "{} includes {}",
                file.display(),
                path.display()
            );
            found += 1;
        }
    }
    assert!(found > 0);
}
