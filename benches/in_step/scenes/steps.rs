//! Frame steps in a paused player, and a command behind many reports.

use std::net::TcpStream;

use serde_json::Value;
use tokio_tungstenite::tungstenite::stream::MaybeTlsStream;
use tokio_tungstenite::tungstenite::{Message, WebSocket, connect};
use watchtogether::protocol::command::{Command, Report};
use watchtogether::protocol::ids::{Epoch, RoomId, Seq};
use watchtogether::protocol::text::{ChatText, MemberName};
use watchtogether::wire::codec;
use watchtogether::wire::message::{ClientMsg, Create, Hello, ServerMsg};

use super::Scene;
use crate::meter::{Reports, now, rest};
use crate::report::Figure;
use crate::rig::{ROOM, Rig, Viewer};
use crate::stats::worst;
use crate::support::mpv_probe::MpvProbe;
use crate::test_media::TestMedia;

/// A frame step in the admin's window, and one in a viewer's.
pub(crate) const STEPS: Scene = Scene {
    name: "frame steps",
    rows: &["step-frame", "step-undone"],
    play: steps,
};

/// A command of a member whose player has just sent many reports.
pub(crate) const REPORTS: Scene = Scene {
    name: "reports",
    rows: &["reports-behind"],
    play: reports,
};

/// How often each is measured.
const ROUNDS: usize = 5;

/// The most that two positions of the same frame differ, in seconds.
const SAME: f64 = 0.001;

fn steps() -> Vec<Figure> {
    let rig = Rig::new();
    let (mut alice, mut boris) = rig.watching(&rig.link(TestMedia::Plain), [&[]; 2]);
    rest(3.0);
    alice.command("/pause");
    rest(2.0);
    let frames = Reports::of(boris.socket(), "time-pos", Value::as_f64);
    let (mut followed, mut undone) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let before = picture(&mut alice.mpv);
        alice.mpv.press(".");
        let pressed = now();
        let there = |alice: &mut Viewer, boris: &mut Viewer| {
            let (hers, his) = (picture(&mut alice.mpv), picture(&mut boris.mpv));
            hers - before > SAME && (hers - his).abs() < SAME
        };
        followed.push(until(5.0, pressed, || there(&mut alice, &mut boris)));
        rest(1.0);
        let before = picture(&mut boris.mpv);
        frames.forget();
        let pressed = now();
        boris.mpv.press(".");
        rest(2.0);
        let off = |(_, at): &(f64, f64)| (at - before).abs() > SAME;
        let mut shown = frames.all().into_iter();
        let back = shown
            .find(off)
            .and_then(|_| shown.find(|shown| !off(shown)));
        undone.push(back.map_or(f64::INFINITY, |(at, _)| 1_000.0 * (at - pressed)));
        rest(1.0);
    }
    vec![
        ("step-frame", worst(followed)),
        ("step-undone", worst(undone)),
    ]
}

fn picture(mpv: &mut MpvProbe) -> f64 {
    mpv.number("time-pos").unwrap_or(f64::NAN)
}

/// How long after `from` the condition `so` became true, in milliseconds; infinite if it did not
/// within so many seconds.
fn until(seconds: f64, from: f64, mut so: impl FnMut() -> bool) -> f64 {
    while now() - from < seconds {
        if so() {
            return 1_000.0 * (now() - from);
        }
        rest(0.005);
    }
    f64::INFINITY
}

fn reports() -> Vec<Figure> {
    let rig = Rig::new();
    let mut member = Member::join(rig.rooms());
    let mut took = Vec::new();
    for round in 1..=ROUNDS {
        for report in 0..20 {
            let epoch = Epoch(report);
            member.send(&ClientMsg::Report {
                report: Report::Stalled {
                    epoch,
                    stalled: report % 2 == 0,
                    place: None,
                },
            });
        }
        let seq = Seq(u64::try_from(round).expect("a small number"));
        let sent = now();
        let text = ChatText::parse("still here").expect("a text");
        let command = Command::Chat { text };
        member.send(&ClientMsg::Command { seq, command });
        member.wait(|reported| matches!(reported, ServerMsg::Ok { seq: of, .. } if *of == seq));
        took.push(1_000.0 * (now() - sent));
        // The rate limits recover meanwhile.
        rest(10.0);
    }
    super::show("a command behind 20 reports was answered after", &took);
    vec![("reports-behind", worst(took))]
}

/// A member whose frames the bench sends itself.
struct Member {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
}

impl Member {
    fn join(server: &str) -> Self {
        let address = format!("{}/ws", server.replace("http://", "ws://"));
        let (socket, _) = connect(address).expect("the server answers");
        let mut member = Self { socket };
        member.send(&ClientMsg::Hello(Box::new(Hello {
            protocol: codec::PROTOCOL,
            room: RoomId::parse(ROOM).expect("a room's name"),
            name: MemberName::parse("Alice").expect("a name"),
            password: None,
            invite: None,
            resume: None,
            token: None,
            log: None,
            since: None,
            create: Create::default(),
            has_player: true,
        })));
        member.wait(|reported| matches!(reported, ServerMsg::Welcome(_)));
        member
    }

    fn send(&mut self, message: &ClientMsg) {
        let text = serde_json::to_string(message).expect("a message is JSON");
        let sent = self.socket.send(Message::text(text));
        sent.expect("the server reads");
    }

    fn wait(&mut self, fits: impl Fn(&ServerMsg) -> bool) {
        loop {
            let frame = self.socket.read().expect("the server answers");
            if let Message::Text(text) = frame
                && serde_json::from_str(&text).is_ok_and(|reported| fits(&reported))
            {
                return;
            }
        }
    }
}
