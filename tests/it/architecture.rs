//! The modules import what the table in the crate's docs allows, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The table in `src/lib.rs`: for each module, in order, those that it may import.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let docs = fs::read_to_string(source().join("lib.rs")).expect("the crate's docs");
    let rows = docs.lines().filter_map(|line| {
        let row = line.strip_prefix("//! | ")?.strip_suffix('|')?;
        let cells: Vec<&str> = row.split(" | ").collect();
        let [module, _, imports] = cells[..] else {
            return None;
        };
        let name = |cell: &str| cell.trim_matches(&[' ', '[', ']', '`'][..]).to_owned();
        let imports = imports.split(',').map(name);
        Some((
            name(module),
            imports.filter(|name| !name.is_empty()).collect(),
        ))
    });
    rows.filter(|(module, _)| module != "module").collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files of a top-level module, without those of its tests.
fn files(module: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![source().join(module), source().join(format!("{module}.rs"))];
    while let Some(path) = left.pop() {
        let name = path.file_stem().expect("a name").to_string_lossy();
        if name.contains("test") || name == "rig" {
            continue;
        }
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder of the source");
            left.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|end| end == "rs") && path.exists() {
            found.push(path);
        }
    }
    found
}

/// The top-level modules that the code of a file names, tests and comments aside.
fn imports(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).expect("a file of the source");
    // A module of tests has a file of its own, or is at the end of this one.
    let declared =
        Regex::new(r"#\[cfg\(test\)\]\n(?:pub(?:\(\w+\))? )?mod \w+;").expect("a pattern");
    let text = declared.replace_all(&text, "");
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code.lines().map(str::trim_start);
    let code: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
    let mut found = BTreeSet::new();
    for after in code.join("\n").split("crate::").skip(1) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let named = match after.strip_prefix('{') {
            // `use crate::{signals, ui};`
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => after.split(|c| !is_part(c)).next().unwrap_or_default(),
        };
        let firsts = named.split(',').map(str::trim);
        found.extend(firsts.map(|first| first.split("::").next().unwrap_or_default().to_owned()));
    }
    found
}

#[test]
fn every_module_imports_what_its_row_of_the_crates_table_names() {
    let table = table();
    let modules: BTreeSet<&str> = table.iter().map(|(module, _)| module.as_str()).collect();
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (module, _) in &table {
        let files = files(module);
        assert!(!files.is_empty(), "the table has a module {module}");
        let all = files.iter().flat_map(|file| imports(file));
        let others = all.filter(|name| name != module && modules.contains(name.as_str()));
        found.insert(module, others.collect());
    }
    for (module, allowed) in &table {
        assert_eq!(&found[module.as_str()], allowed, "imports of {module}");
    }
}

#[test]
fn imports_point_to_earlier_rows_only() {
    let mut earlier = BTreeSet::new();
    for (module, allowed) in table() {
        assert!(allowed.is_subset(&earlier), "{module}: {allowed:?}");
        earlier.insert(module);
    }
}

#[test]
fn the_table_has_every_module_of_the_crate() {
    let text = fs::read_to_string(source().join("lib.rs")).expect("the crate's docs");
    // Modules for tests alone are no part of the program.
    let text = text.replace("#[cfg(test)]\nmod ", "// ");
    let declared = text.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    });
    let listed: BTreeSet<String> = table().into_iter().map(|(module, _)| module).collect();
    assert_eq!(declared.collect::<BTreeSet<_>>(), listed);
}
