//! The project's shell scripts and completions, read by their shells.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What `bash -n` reports about a file; `None` if it is well formed.
fn bash_complains(file: &Path) -> Option<String> {
    let output = Command::new("bash")
        .arg("-n")
        .arg(file)
        .output()
        .expect("bash is installed");
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn every_shell_script_is_well_formed_and_can_be_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut scripts: Vec<PathBuf> = std::fs::read_dir(root.join("scripts"))
        .expect("the folder of scripts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_none())
        .collect();
    scripts.push(root.join(".ci/run"));
    assert!(scripts.len() >= 3, "{scripts:?}");
    for script in scripts {
        assert_eq!(bash_complains(&script), None, "{}", script.display());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&script)
                .expect("it exists")
                .permissions()
                .mode();
            assert_ne!(mode & 0o100, 0, "{} is not executable", script.display());
        }
    }
}

/// `scripts/run` runs with a program that only notes its arguments.
#[test]
fn run_opens_the_demo_and_passes_on_how_that_ended() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let program = folder.path().join("program");
    let stand_in = r#"#!/usr/bin/env bash
        echo "$*" >>"$(dirname "$0")/notes"
        exit 7
    "#;
    std::fs::write(&program, stand_in).expect("written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(&program, executable).expect("made executable");
    }
    let status = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/run"))
        .arg(&program)
        .args(["--player", "mpv"])
        .status()
        .expect("the script starts");
    assert_eq!(
        status.code(),
        Some(7),
        "the client's exit code is passed on"
    );
    let notes = std::fs::read_to_string(folder.path().join("notes")).expect("notes");
    assert_eq!(notes, "demo --player mpv\n");
}
