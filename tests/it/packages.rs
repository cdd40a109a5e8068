//! What packages install: `scripts/install` and `scripts/dist` with the program that was just built.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::files_below;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a script of a folder, with these variables and arguments.
fn run(script: &Path, variables: &[(&str, &Path)], arguments: &[&str]) -> Output {
    let mut command = Command::new(script);
    command.env_remove("PREFIX").env_remove("DESTDIR");
    command
        .envs(variables.iter().copied())
        .args(arguments)
        .output()
        .expect("bash is installed")
}

/// What a script printed; it must have succeeded.
fn printed(output: &Output) -> String {
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaints}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The files below a folder, as paths within it.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let within = |path: PathBuf| path.strip_prefix(folder).expect("a file in it").to_owned();
    files_below(folder).into_iter().map(within).collect()
}

#[test]
fn an_installation_has_the_program_every_page_and_completion_and_goes_without_a_trace() {
    let to = tempfile::tempdir().expect("a folder");
    let install = root().join("scripts/install");
    let places = [("DESTDIR", to.path()), ("PREFIX", Path::new("/usr"))];
    printed(&run(
        &install,
        &places,
        &[env!("CARGO_BIN_EXE_watchtogether")],
    ));

    let usr = to.path().join("usr");
    let installed = files(&usr);
    let listed = printed(&run(&install, &[], &["--list"]));
    assert_eq!(
        listed.lines().map(PathBuf::from).collect::<BTreeSet<_>>(),
        installed
    );
    for page in files(&root().join("man")) {
        let pages = Path::new("share/man");
        let is_in_a_folder = page.components().count() > 1;
        let place = if is_in_a_folder {
            pages.join(&page)
        } else {
            let section = page.extension().expect("a section").to_string_lossy();
            pages.join(format!("man{section}")).join(&page)
        };
        assert!(installed.contains(&place), "{}", place.display());
    }
    let version = Command::new(usr.join("bin/watchtogether"))
        .arg("--version")
        .output();
    assert!(printed(&version.expect("it runs")).contains(env!("CARGO_PKG_VERSION")));

    // What others put beside it stays.
    let other = usr.join("share/man/man1/other.1");
    std::fs::write(&other, "").expect("it is written");
    printed(&run(&install, &places, &["--uninstall"]));
    assert_eq!(
        files(&usr),
        BTreeSet::from([PathBuf::from("share/man/man1/other.1")])
    );
}

#[test]
fn a_packed_release_installs_itself_and_is_the_same_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    // The packing is the same for any program, and a debug build is large.
    let program = folder.path().join("program");
    std::fs::write(&program, "#!/bin/sh\n").expect("it is written");
    let mode = Command::new("chmod").arg("755").arg(&program).status();
    assert!(mode.expect("chmod").success());
    let program = program.to_str().expect("a path");
    let pack = |target: &Path| {
        let variables = [("CARGO_TARGET_DIR", target)];
        printed(&run(
            &root().join("scripts/dist"),
            &variables,
            &["--pack", program],
        ));
        let archives = target.join("dist-archives");
        let archive = files_below(&archives)
            .into_iter()
            .find(|file| file.extension().is_some_and(|end| end == "gz"));
        archive.expect("an archive")
    };
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let archive = pack(&first);
    let bytes = std::fs::read(&archive).expect("an archive");
    assert!(bytes == std::fs::read(pack(&second)).expect("an archive"));

    let unpacked = folder.path().join("unpacked");
    std::fs::create_dir(&unpacked).expect("a folder");
    let tar = Command::new("tar")
        .arg("-xzf")
        .arg(&archive)
        .arg("-C")
        .arg(&unpacked)
        .status();
    assert!(tar.expect("tar").success());
    let name = archive
        .file_name()
        .expect("a name")
        .to_str()
        .expect("a name");
    let top = unpacked.join(name.trim_end_matches(".tar.gz"));
    let here = folder.path().join("here");
    let program = top.join("watchtogether");
    let program = program.to_str().expect("a path");
    printed(&run(
        &top.join("scripts/install"),
        &[("PREFIX", &here)],
        &[program],
    ));
    let listed = printed(&run(&root().join("scripts/install"), &[], &["--list"]));
    assert_eq!(
        listed.lines().map(PathBuf::from).collect::<BTreeSet<_>>(),
        files(&here)
    );
}

#[test]
fn the_recipes_of_other_packagers_say_the_same_version_and_licence() {
    let recipe = |name: &str| {
        let path = root().join("contrib/packaging").join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let version = env!("CARGO_PKG_VERSION");
    let arch = recipe("PKGBUILD");
    assert!(arch.contains(&format!("\npkgver={version}\n")), "{arch}");
    let brew = recipe("watchtogether.rb");
    assert!(brew.contains(&format!("/v{version}.tar.gz")), "{brew}");
    for (name, licence) in [
        ("PKGBUILD", "GPL-3.0-only"),
        ("watchtogether.rb", "GPL-3.0-only"),
        ("flake.nix", "gpl3Only"),
    ] {
        let text = recipe(name);
        assert!(text.contains(licence), "{name}");
        assert!(
            text.contains("scripts/install"),
            "{name} has a list of files of its own"
        );
    }
    let read = Command::new("bash")
        .arg("-n")
        .arg(root().join("contrib/packaging/PKGBUILD"))
        .status();
    assert!(read.expect("bash").success());
}

/// The licences that binaries come with: our own, that of the whole, and those of what is in it.
fn licences() -> BTreeSet<String> {
    let all = files_below(&root().join("LICENSES"));
    let of_parts = files_below(&root().join("src")).into_iter();
    let of_parts = of_parts.filter(|file| file.extension().is_some_and(|end| end == "LICENSE"));
    let all = all.into_iter().chain(of_parts);
    let within = |path: PathBuf| {
        let path = path.strip_prefix(root()).expect("a file of ours");
        path.to_str().expect("UTF-8").to_owned()
    };
    all.map(within).chain(["LICENSE".to_owned()]).collect()
}

#[test]
fn every_binary_that_is_handed_on_has_every_licence_with_it() {
    let read = |file: &str| std::fs::read_to_string(root().join(file)).expect(file);
    let installed = printed(&run(&root().join("scripts/install"), &[], &["--list"]));
    let image = read("Dockerfile");
    let (_, image) = image.split_once("nonroot\n").expect("its last stage");
    let (deb, arch) = (read("Cargo.toml"), read("contrib/packaging/PKGBUILD"));
    let all = licences();
    assert!(all.len() >= 4, "{all:?}");
    for licence in all {
        let (_, name) = licence.rsplit_once('/').unwrap_or(("", &licence));
        assert!(
            installed
                .lines()
                .any(|file| file.ends_with(&format!("/{name}"))),
            "scripts/install, {licence}"
        );
        assert!(
            image.contains(&format!("/src/{licence} ")),
            "Dockerfile, {licence}"
        );
        assert!(
            deb.contains(&format!("[\"{licence}\", ")),
            "Cargo.toml, {licence}"
        );
        assert!(
            arch.contains(&format!(" {licence} ")),
            "PKGBUILD, {licence}"
        );
    }
}
