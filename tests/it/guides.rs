//! ARCHITECTURE.md and CONTRIBUTING.md name files, functions and make targets that exist.

use std::path::Path;

use regex::Regex;

/// The guides for newcomers, which name parts of the code.
const GUIDES: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The groups of each match of a pattern in a text.
fn found<'a>(pattern: &str, text: &'a str) -> Vec<Vec<&'a str>> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let captures = pattern.captures_iter(text);
    captures
        .map(|one| {
            let groups = one.iter().skip(1).flatten();
            groups.map(|group| group.as_str()).collect()
        })
        .collect()
}

#[test]
fn every_path_that_the_guides_name_exists() {
    for guide in GUIDES {
        let text = read(guide);
        let paths = found(
            r"`((?:src|tests|benches|scripts|man|completions)/[^` ]*)`",
            &text,
        );
        assert!(paths.len() > 10, "{guide} names few files");
        for path in paths.concat() {
            assert!(root().join(path).exists(), "{guide} names {path}");
        }
    }
}

#[test]
fn every_definition_that_the_guides_name_stands_in_its_file() {
    let mut named = 0;
    for guide in GUIDES {
        let text = read(guide);
        for pair in found(r"`((?:src|tests)/[^` ]*\.rs)` `([A-Za-z_:]+)`", &text) {
            let (file, path) = (pair[0], pair[1]);
            let name = path.rsplit("::").next().unwrap_or(path);
            let kinds = "fn|struct|enum|trait|const|static|type|mod|macro_rules!";
            let item = Regex::new(&format!(r"(?:{kinds}) {name}\b")).expect("a pattern");
            // A variant of an enum is at the beginning of a line.
            let variant = Regex::new(&format!(r"(?m)^\s*{name}\b\s*[\{{(,]")).expect("a pattern");
            let code = read(file);
            let is_defined = item.is_match(&code) || variant.is_match(&code);
            assert!(is_defined, "{guide} looks for {name} in {file}");
            named += 1;
        }
    }
    assert!(named > 30, "the guides name {named} definitions");
}

#[test]
fn every_make_target_that_the_guides_name_exists() {
    let makefile = read("Makefile");
    for guide in GUIDES {
        for target in found(r"`make ([a-z-]+)", &read(guide)).concat() {
            let rule = Regex::new(&format!("(?m)^{target}:")).expect("a pattern");
            assert!(rule.is_match(&makefile), "{guide} names make {target}");
        }
    }
}
