//! What a client writes of an evening at the screen: neither what people say nor what opens doors,
//! however much is logged.

use std::fs;

use crate::support::clips::Clip;
use crate::support::files_below;
use crate::support::media_server::MediaServer;
use crate::support::server::Server;
use crate::support::terminal::{CTRL_U, Terminal};

const PASSWORD: &str = "planted-password";
const QUERY: &str = "planted-query";
const CHAT: &str = "planted words of chat";
const DRAFT: &str = "planted draft";

/// The tokens that bring the member back, which stand in files of their own, and the text of every
/// other file but that with the password.
fn tokens_and_files(terminal: &Terminal) -> (Vec<String>, String) {
    let mut tokens = Vec::new();
    let mut text = String::new();
    let files = files_below(terminal.home()).into_iter();
    for path in files.filter(|path| path.is_file() && !path.ends_with("password")) {
        let bytes = fs::read(&path).expect("a file");
        let content = String::from_utf8_lossy(&bytes).into_owned();
        if path.extension().is_some_and(|end| end == "token") {
            tokens.extend(
                content
                    .split(|letter: char| !letter.is_ascii_hexdigit())
                    .filter(|part| part.len() == 32)
                    .map(str::to_owned),
            );
        } else {
            text.push_str(&content);
        }
    }
    (tokens, text)
}

#[test]
fn mpv_the_logs_of_an_evening_have_no_secret_and_no_word_that_was_written() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let mut server = Server::on_disk_with(&["--log", "trace"]);
    let mut alice = Terminal::open(&[]);
    let password = alice.home().join("password");
    fs::write(&password, PASSWORD).expect("a file");
    alice.run(&format!(
        "watchtogether join our-place --server {} --name Alice --private --password-file {} \
         --allow-private-media --player-arg=--no-config --player-arg=--vo=null \
         --player-arg=--ao=null --log trace",
        server.url(),
        password.display()
    ));
    alice.row_with(&["our-place", "Alice", "👥 1"]);
    alice.enter(CHAT);
    alice.row_with(&["Alice", CHAT]);
    alice.enter(&format!("/play {}?key={QUERY}", media.link(Clip::Mp4)));
    alice.row_with(&["1:00", "● in step"]);
    alice.press(DRAFT);
    alice.shows(&format!("› {DRAFT}"));
    alice.press(CTRL_U);
    alice.enter("/quit");
    alice.ended(0);

    let (tokens, written) = tokens_and_files(&alice);
    assert!(!tokens.is_empty(), "no token is kept");
    assert!(written.contains("TRACE"), "nothing is logged: {written}");
    let logged = server.log();
    assert!(logged.contains("our-place"), "{logged}");
    let planted = [PASSWORD, QUERY, CHAT, DRAFT].map(str::to_owned);
    for secret in planted.iter().chain(&tokens) {
        for (whose, log) in [("client", &written), ("server", &logged)] {
            let found = log.lines().find(|line| line.contains(secret.as_str()));
            assert_eq!(found, None, "{secret} in the log of the {whose}");
        }
    }
}
