//! Text whose width terminals count differently, in tmux, which counts some of it in its own way:
//! the screen after a change equals the screen after a full redraw.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::support::join_client::JoinClient;
use crate::support::server::Server;
use crate::support::tmux::Tmux;

/// Members' names and their lines. None has a joiner: tmux 3.3a loses one between two reads, so its
/// screen is not always the same.
const TALK: [(&str, [&str; 3]); 7] = [
    (
        "🇩🇪 Отто",
        [
            "🇩🇪🇫🇷🇬🇧 flags, one 🇩 alone",
            "a 🏳️ and 🇺🇦",
            "🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵",
        ],
    ),
    ("ｶﾞﾊﾟｷﾞ", ["ｶﾞｷﾞｸﾞｹﾞｺﾞ", "ﾊﾟﾋﾟﾌﾟ end", "ガギグ and ｱｲｳ"]),
    ("සිංහල ලංකා", ["ලංකාව පෙරේරා", "ක්ෂණය කෝ", "தமிழ் கொள்கை"]),
    (
        "क्षितिज",
        ["क्षत्रिय ज्ञान कार्त्स्न्य", "বাংলা ক্ষমতা স্ত্রী", "ខ្ញុំស្រឡាញ់ភាពយន្ត"],
    ),
    (
        "👍🏽 emoji",
        ["👍🏽👩🏿👋🏻 tones", "1️⃣2️⃣#️⃣ ❤️ ❤︎", "new ones 🫠🫡🩷"],
    ),
    ("עִבְרִית", ["לא إله إلا الله", "ผู้ใหญ่ เก้าอี้ น้ำ", "བསྒྲུབས་པ"]),
    (
        "한글 \u{1112}\u{1161}\u{11AB}",
        [
            "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}",
            "Z̸̢̛̛̺͔a̵̡̛l̷̨̛g̸̢̛o̶̧̕",
            "映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜映画の夜",
        ],
    ),
];

/// Waits until everything so far is shown, by pressing a key whose effect is drawn after it.
fn wait_drawn(tmux: &Tmux) {
    tmux.write("x");
    tmux.wait("a letter", |picture| picture.contains("› x"));
    tmux.press("BSpace");
    tmux.wait("no letter", |picture| !picture.contains("› x"));
}

#[test]
fn what_stands_in_tmux_is_what_is_drawn_anew() {
    let server = Server::ephemeral();
    let join = |name: &str| {
        let mut client = JoinClient::start(server.url(), "widths", name, &["--no-player"]);
        client.joined();
        client
    };
    let mut host = join("Host");
    let tmux = Tmux::run(&format!(
        "join widths --server {} --name Alice --no-player",
        server.url()
    ));
    tmux.wait("the room", |picture| picture.contains("Alice, viewer"));
    let mut talkers = Vec::new();
    for (number, (name, lines)) in TALK.into_iter().enumerate() {
        host.command(&format!("/title {name}"));
        let mut talker = join(name);
        let encoded = utf8_percent_encode(lines[0], NON_ALPHANUMERIC);
        talker.command(&format!("/add https://films.example/{encoded}.mp4"));
        for (part, line) in lines.into_iter().enumerate() {
            talker.command(line);
            let last = format!("said {number}.{part}");
            talker.command(&last);
            tmux.wait(&last, |picture| picture.contains(&last));
            wait_drawn(&tmux);
            let shown = tmux.picture();
            tmux.press("C-l");
            wait_drawn(&tmux);
            assert_eq!(shown, tmux.picture(), "{line}");
        }
        talkers.push(talker);
    }
}
