//! Rooms that move from one server to another by `watchtogether admin export` and `import`.

use std::os::unix::fs::PermissionsExt;

use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::member::Role;

use super::client::{Client, LINK, chat, private_hello};
use super::operated::OperatedServer;

#[tokio::test]
async fn a_room_that_moves_keeps_its_roles_queue_chat_and_password() {
    let mut old = OperatedServer::start(&[]);
    let server = old.server();
    let private = private_hello("our-place", "Alice", Some("correct-horse"));
    let mut alice = Client::enter(&server, private).await.unwrap();
    alice.ask(chat("a line")).await.unwrap();
    let media = Media::parse(LINK).unwrap();
    alice.ask(Command::Add { media }).await.unwrap();
    let file = old.home.path().join("rooms.jsonl");
    let path = file.to_str().unwrap();
    let exported = old.admin(&["export", path]);
    assert_eq!(exported.code, Some(0), "{}", exported.complaint);
    assert!(
        exported.text.starts_with("1 room saved to "),
        "{}",
        exported.text
    );
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "only its owner reads it");
    let twice = old.admin(&["export", path]);
    assert_eq!(twice.code, Some(1));
    assert!(
        twice.complaint.contains("already exists"),
        "{}",
        twice.complaint
    );

    let mut new = OperatedServer::start(&[]);
    let server = new.server();
    let imported = new.admin(&["import", path]);
    assert_eq!(
        imported.text, "1 room imported.\n",
        "{}",
        imported.complaint
    );
    let stranger = private_hello("our-place", "Bob", None);
    let refused = Client::enter(&server, stranger).await.err();
    let refused = refused.map(|why| why.code);
    assert_eq!(refused.as_deref(), Some("password_needed"));
    let alice = alice.come_back(&server).await;
    assert_eq!(alice.chat(), ["Alice: a line"]);
    assert_eq!(alice.me().role, Role::Admin);
    let timeline = &alice.room.timeline;
    assert!(timeline.playing.is_some(), "what played is there");

    let again = new.admin(&["import", path]);
    assert_eq!(again.code, Some(0));
    assert_eq!(
        again.text,
        "0 rooms imported.\nLeft out, since there are rooms of these names: our-place.\n"
    );
    // What was taken stays when the server starts anew.
    let (code, complaints) = end_and_start_again(&mut new);
    assert_eq!(code, Some(0), "{complaints}");
    new.server();
    let rooms = new.admin(&["rooms"]);
    assert!(rooms.text.contains("our-place"), "{}", rooms.text);
}

fn end_and_start_again(server: &mut OperatedServer) -> (Option<i32>, String) {
    server.process.signal(rustix::process::Signal::TERM);
    let status = server.process.wait();
    let complaints = server.process.complaints();
    server.start_again();
    (status.code(), complaints)
}

#[tokio::test]
async fn a_file_that_is_damaged_or_no_export_changes_nothing() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    drop(Client::join(&server, "movie-night", "Alice").await);
    let file = operated.home.path().join("rooms.jsonl");
    let exported = operated.admin(&["export", file.to_str().unwrap()]);
    assert_eq!(exported.code, Some(0), "{}", exported.complaint);
    let whole = std::fs::read_to_string(&file).unwrap();
    let renamed = whole.replace("\"movie-night\"", "\"other-night\"");

    let trial = |name: &str, content: &str| {
        let path = operated.home.path().join(name);
        std::fs::write(&path, content).unwrap();
        operated.admin(&["import", path.to_str().unwrap()])
    };
    let cut = trial("cut", &renamed[..renamed.len() / 2]);
    assert_eq!(cut.code, Some(1));
    assert!(
        cut.complaint.contains("cut off; nothing was imported"),
        "{}",
        cut.complaint
    );
    let foreign = trial("foreign", "hello\n");
    assert!(
        foreign.complaint.contains("admin export"),
        "{}",
        foreign.complaint
    );
    let missing = operated.admin(&["import", "/nowhere/rooms.jsonl"]);
    assert_eq!(missing.code, Some(1));
    let rooms = operated.admin(&["rooms"]);
    assert!(!rooms.text.contains("other-night"), "{}", rooms.text);
    let whole = trial("whole", &renamed);
    assert_eq!(whole.text, "1 room imported.\n", "{}", whole.complaint);
}
