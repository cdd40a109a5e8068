//! Hostile texts, sent without a client's checks, in the terminal of somebody who only watches:
//! none of them steers the terminal, and the panes stay in place.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use vt100::Screen;

use crate::support::server::Server;
use crate::support::terminal::Terminal;

/// Known attacks on terminals.
const CORPUS: [&str; 14] = [
    "\x1b[2J\x1b[Hgone",
    "\x1b]0;owned\x07\x1b]2;owned\x1b\\titled",
    "\x1b]52;c;b3duZWQ=\x07copied",
    "\x1b[?1049l\x1b[?25l\x1b[?2004l\x1b[?1000hmodes",
    "\u{9b}31m\u{9d}0;owned\u{9c}eight bits",
    "\x1bc\x1b[8;5;5treset",
    "\u{202E}exe.txt\u{202C} \u{2066}a\u{2067}b\u{2069}",
    "a\u{200B}b\u{FEFF}c\u{00AD}d\u{2060}e",
    "line\nbreak\rreturn\ttab\u{0B}\u{0C}\u{8}\u{8}\u{8}",
    "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈🇩🇪❤️👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
    "Z\u{338}\u{322}\u{31b}\u{33a}\u{354}\u{347}\u{359}\u{339}\u{31c}\u{32f}\u{30e}\u{308}\u{301}\u{340}\u{302}\u{352}\u{311}algo",
    "映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜",
    "\u{E0001}\u{E0041}\u{E007F}\u{115F}\u{3164}tags",
    "\0\u{1}\u{2}\u{7f}\u{80}\u{9f}controls",
];

/// A member who sends raw frames and keeps no rule of the protocol.
struct Stranger {
    runtime: Runtime,
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    chat_lines: u64,
}

impl Stranger {
    fn join(server: &Server, room: &str, name: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime can be built");
        let address = format!("{}/ws", server.url().replacen("http", "ws", 1));
        let connected = runtime.block_on(connect_async(address));
        let mut stranger = Self {
            runtime,
            stream: connected.expect("a socket").0,
            chat_lines: 0,
        };
        stranger.send(
            &json!({"type": "hello", "protocol": 1, "room": room, "name": name, "has_player": true}),
        );
        stranger.wait_for(|message| message["type"] == "welcome");
        stranger
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let sent = self.runtime.block_on(self.stream.send(text.into()));
        sent.expect("it is sent");
    }

    /// Sends a command until it is carried out, again whenever it was too fast.
    fn ask(&mut self, command: &Value) {
        let refused = self.refused(command);
        assert_eq!(refused, None, "{command}");
    }

    /// The same until it is denied for another reason; returns the code.
    fn refused(&mut self, command: &Value) -> Option<String> {
        loop {
            self.chat_lines += 1;
            let seq = self.chat_lines;
            self.send(&json!({"type": "command", "seq": seq, "command": command}));
            let answer = self.wait_for(|message| {
                assert_ne!(message["type"], "error", "{command}: {message}");
                message["seq"] == seq
            });
            if answer["type"] == "ok" {
                return None;
            }
            let code = answer["code"].as_str().expect("a code");
            if code != "too_fast" {
                return Some(code.to_owned());
            }
            let wait = answer["args"]["retry_ms"].as_u64().expect("a time to wait");
            std::thread::sleep(Duration::from_millis(wait));
        }
    }

    fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.runtime.block_on(self.stream.next());
            let Some(Ok(Message::Text(text))) = message else {
                panic!("the server is gone: {message:?}");
            };
            let message = serde_json::from_str(&text).expect("JSON");
            if fits(&message) {
                return message;
            }
        }
    }
}

/// Whether the lines between the panes are in place, from edge to edge.
fn panes_stand(screen: &Screen) -> bool {
    let (rows, columns) = screen.size();
    let at = |row: u16, column: u16| {
        let cell = screen.cell(row, column);
        cell.map_or(String::new(), |cell| cell.contents().to_owned())
    };
    let Some(divide) = (0..columns.get()).find(|column| at(2, *column) == "┬") else {
        return false;
    };
    let foot = rows.get() - 4;
    at(foot, divide) == "┴"
        && (3..foot).all(|row| ["│", "├"].contains(&at(row, divide).as_str()))
        && (0..columns.get()).all(|column| ["─", "┴"].contains(&at(foot, column).as_str()))
        && at(rows.get() - 2, 1) == "›"
        && at(rows.get() - 1, 1) == "T"
}

#[test]
fn what_strangers_write_moves_nothing() {
    let server = Server::ephemeral();
    let mut mallory = Stranger::join(&server, "hostile", "Mallory");
    let mut alice = Terminal::open(&[]);
    alice.run(&format!(
        "watchtogether join hostile --server {} --name Alice --no-player",
        server.url()
    ));
    alice.row_with(&["hostile", "Alice", "👥 2"]);
    mallory.ask(&json!({"do": "play", "media": "https://films.example/night.mp4"}));
    // No player opens it, so it does not run.
    alice.row_with(&["night", "👥 2"]);
    alice.press("half a line");
    alice.row_with(&["› half a line"]);
    for (number, text) in CORPUS.into_iter().enumerate() {
        let name: String = text.chars().take(20).collect();
        mallory.ask(&json!({"do": "set_title", "title": text}));
        // A new member for each text, so that nobody exceeds a limit. Only the letters and digits
        // of the name are left: the server cleans it, and clients clean what servers and files
        // contain. This test draws what is left; the picture tests draw the rest.
        let mut stranger = Stranger::join(&server, "hostile", &name);
        let renamed = format!("{number}{name}");
        let refused = stranger.refused(&json!({"do": "rename", "name": renamed}));
        assert!(
            matches!(refused.as_deref(), None | Some("not_understood")),
            "{text:?}: {refused:?}"
        );
        let encoded = utf8_percent_encode(text, NON_ALPHANUMERIC);
        let link = format!("https://films.example/{encoded}.mp4");
        stranger.ask(&json!({"do": "add", "media": link}));
        stranger.ask(&json!({"do": "chat", "text": text}));
        stranger.ask(&json!({"do": "chat", "text": format!("number {number}")}));
        alice.row_with(&[&format!("number {number}")]);
        alice.wait("the panes and the cursor where they belong", |screen| {
            let on_the_line = screen.cursor_position() == (22, 14);
            (panes_stand(screen) && on_the_line).then_some(())
        });
        alice.row_with(&["› half a line"]);
        let screen = alice.screen();
        assert!(
            screen.alternate_screen() && screen.bracketed_paste(),
            "{text:?}"
        );
        assert!(!screen.hide_cursor(), "{text:?}");
        let mouse = screen.mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::PressRelease);
        let reported = alice.callbacks();
        assert!(reported.title.contains("hostile"), "{reported:?}");
        assert!(!reported.title.contains("owned"), "{reported:?}");
        assert_eq!(reported.copies, 0, "{reported:?}");
        assert!(reported.strange.is_empty(), "{reported:?}");
    }
    alice.press("\x03");
    alice.hides("› half a line");
    alice.enter("/quit");
    alice.ended(0);
}
