//! The modules of the client's app import each other one way only: none leads back to itself,
//! parents and children counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A module's path from the crate's root.
type Module = Vec<String>;

/// The modules of the app with their files, without those of its tests.
fn modules() -> BTreeMap<Module, PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut left = vec![source.join("app")];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder of the source");
            left.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let inside = path.strip_prefix(&source).expect("a file of the source");
        let names = inside.with_extension("");
        let names = names.iter().map(|name| name.to_string_lossy().into_owned());
        let module: Module = names.filter(|name| name != "mod").collect();
        if !module.iter().any(|name| name.contains("test")) {
            found.insert(module, path);
        }
    }
    found
}

/// The code of a file, without comments, tests and visibilities, which name modules but import
/// none.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a file of the source");
    let code = text.split("#[cfg(test)]\nmod tests {").next();
    let lines = code.unwrap_or_default().lines();
    let lines: Vec<&str> = lines
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let visibility = Regex::new(r"pub\(in [a-z_:]+\)").expect("a pattern");
    visibility
        .replace_all(&lines.join("\n"), "pub")
        .into_owned()
}

/// The paths of a `use`, its braces resolved.
fn paths(tree: &str, before: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((head, list)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![format!("{before}{path}")];
    };
    let before = format!("{before}{head}");
    let list = list.strip_suffix('}').expect("a closed list");
    let mut depth = 0;
    let parts = list.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| paths(part, &before)).collect()
}

/// The modules of the app that another one names in its code.
fn imports(module: &Module, file: &Path, all: &BTreeMap<Module, PathBuf>) -> BTreeSet<Module> {
    let code = code(file);
    let used = Regex::new(r"\buse ([^;]+);").expect("a pattern");
    let named = Regex::new(r"\b(?:crate|super)(?:::\w+)+").expect("a pattern");
    let used = used.captures_iter(&code).flat_map(|one| paths(&one[1], ""));
    let named = named.find_iter(&code).map(|one| one.as_str().to_owned());
    let resolved = used.chain(named).filter_map(|path| {
        let mut names: Vec<&str> = path.split("::").collect();
        let mut target = match *names.first()? {
            "crate" => Vec::new(),
            _ => module.clone(),
        };
        names.retain(|name| *name != "crate");
        for name in names {
            if name == "super" {
                target.pop();
            } else {
                target.push(name.to_owned());
            }
        }
        // What follows the module is an item of it.
        while !target.is_empty() && !all.contains_key(&target) {
            target.pop();
        }
        (!target.is_empty() && target != *module).then_some(target)
    });
    resolved.collect()
}

#[test]
fn no_import_of_the_app_leads_back_to_where_it_comes_from() {
    let modules = modules();
    assert!(modules.len() > 50, "{} modules were found", modules.len());
    let mut left: BTreeMap<&Module, BTreeSet<Module>> = modules
        .iter()
        .map(|(module, file)| (module, imports(module, file, &modules)))
        .collect();
    let arrows: usize = left.values().map(BTreeSet::len).sum();
    assert!(arrows > 100, "{arrows} imports were found");
    // What imports nothing that is left is in no circle.
    loop {
        let before = left.len();
        let still: BTreeSet<Module> = left.keys().map(|module| (*module).clone()).collect();
        left.retain(|_, imports| imports.iter().any(|import| still.contains(import)));
        if left.len() == before {
            break;
        }
    }
    assert!(left.is_empty(), "modules in or above a circle: {left:#?}");
}
