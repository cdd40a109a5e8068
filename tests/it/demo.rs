//! The demo: a film, and a second member who does what members do.

use crate::support::join_client::JoinClient;
use crate::support::program;

#[test]
fn the_second_member_greets_reacts_proposes_and_asks() {
    let home = tempfile::tempdir().expect("a folder");
    let temporary = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command
        .args(["demo", "--json"])
        .env("TMPDIR", temporary.path());
    for option in ["--vo=null", "--ao=null", "--no-config"] {
        command.arg(format!("--player-arg={option}"));
    }
    let mut demo = JoinClient::run(&mut command);
    assert_eq!(demo.joined()["you"]["role"], "admin");
    demo.wait_type("chat", |said| {
        said["text"]
            .as_str()
            .is_some_and(|text| text.contains("This is a demo"))
    });
    demo.wait_type("reaction", |_| true);
    demo.wait_for("a proposal of the next film", |reported| {
        reported.to_string().contains("One-more-minute")
    });
    demo.wait_type("chat", |said| {
        said["text"]
            .as_str()
            .is_some_and(|text| text.contains("asked for a pause"))
    });
    assert_eq!(demo.end_input(), Some(0));
    let left = std::fs::read_dir(temporary.path()).expect("a folder");
    let demos = left.filter_map(Result::ok).filter(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .starts_with("watchtogether-demo")
    });
    assert_eq!(demos.count(), 0, "nothing of the demo stays");
}
