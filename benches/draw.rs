//! The cost of a picture of the room, as the terminal gets it: drawn, compared with the one before
//! and written as bytes. `cargo bench --bench draw` runs it.

#![expect(clippy::expect_used, reason = "a bench has nobody to hand an error to")]

use std::io;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use watchtogether::app::App;
use watchtogether::app::config::{AppConfig, Attendance, Reach, ScreenConfig, VideoConfig};
use watchtogether::app::event::{Event, Now};
use watchtogether::app::key::{Key, KeyPress};
use watchtogether::app::own_reactions::OwnReactions;
use watchtogether::app::wall_time::WallTime;
use watchtogether::doctor::system::System;
use watchtogether::media::Media;
use watchtogether::media::policy::Privacy;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::ephemeral::Reaction;
use watchtogether::protocol::event::Fact;
use watchtogether::protocol::ids::{LogId, MemberId, NodeId, RoomId, Seq};
use watchtogether::protocol::member::Visibility;
use watchtogether::protocol::text::{ChatText, Emoji, MemberName};
use watchtogether::protocol::time::{LocalTime, RoomTime, Span};
use watchtogether::room::committed::{Committed, Room};
use watchtogether::room::decide::{
    self, AdmittedMember, Creation, Decided, Moment, PresenceChange, RoomSettings,
};
use watchtogether::room::secrets::{AddressKey, TokenHash};
use watchtogether::sync::follow::FollowConfig;
use watchtogether::texts::language::Language;
use watchtogether::ui;
use watchtogether::wire::message::{CatchUp, Create, ServerMsg, Welcome};

fn main() {
    divan::main();
}

/// The member who looks at the screen, and leads the room.
const ME: MemberId = MemberId(1);

/// The time of every decision here.
const MOMENT: Moment = Moment {
    now: RoomTime(1_000_000_000),
    lead: Span::millis(100),
};

/// The time of the client. It stands still, so that the same is drawn each time.
const NOW: Now = Now {
    local: LocalTime(5_000_000),
    boot: 5_000_000,
    wall: WallTime {
        since_epoch: 5_000_000,
        offset: 0,
        change: None,
    },
};

/// The sizes of terminals.
const SIZES: [(u16, u16); 2] = [(120, 40), (200, 60)];

/// How much there is to be drawn.
#[derive(Debug, Clone, Copy)]
enum Fullness {
    /// Five members, a talk, three entries.
    Ordinary,
    /// 100 members, 10,000 lines of chat, a full queue, as many reactions as rise at once.
    Full,
}

impl Fullness {
    const fn members(self) -> u16 {
        match self {
            Self::Ordinary => 5,
            Self::Full => 100,
        }
    }

    const fn lines(self) -> usize {
        match self {
            Self::Ordinary => 50,
            Self::Full => 10_000,
        }
    }

    const fn entries(self) -> usize {
        match self {
            Self::Ordinary => 3,
            Self::Full => 100,
        }
    }

    const fn reactions(self) -> usize {
        match self {
            Self::Ordinary => 0,
            Self::Full => 60,
        }
    }
}

/// What each pair of fullness and size is called.
const SCENES: [(Fullness, usize); 4] = [
    (Fullness::Ordinary, 0),
    (Fullness::Ordinary, 1),
    (Fullness::Full, 0),
    (Fullness::Full, 1),
];

/// Applies what was decided; the facts of it.
fn commit(room: &mut Room, decided: Vec<Decided>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for one in decided {
        if let Decided::Event { public, private } = one {
            let fact = Fact {
                rev: room.state.rev.next(),
                at: MOMENT.now,
                by: Some(ME),
                seq: Some(Seq(1)),
                event: *public,
                about: Vec::new(),
            };
            facts.push(fact.clone());
            room.apply(&Committed { fact, private });
        }
    }
    facts
}

fn order(room: &mut Room, command: &Command) -> Vec<Fact> {
    let decided = decide::command(room, ME, command, None, MOMENT).expect("an admin may");
    commit(room, decided)
}

fn room_of(fullness: Fullness) -> Room {
    let mut room = Room::new(RoomId::parse("bench").expect("a room's name"));
    let creation = Creation {
        title: None,
        visibility: Visibility::Public,
        password: None,
        address_key: AddressKey([5; 32]),
    };
    let created = decide::create(&creation, RoomSettings::default());
    commit(&mut room, created);
    let arrivals: Vec<AdmittedMember> = (0..fullness.members())
        .map(|number| {
            let mut token = [0; 32];
            token[..2].copy_from_slice(&number.to_le_bytes());
            AdmittedMember {
                name: MemberName::parse(&format!("Member {number}")).expect("a name"),
                invite: None,
                resume: None,
                token: TokenHash(token),
                has_player: true,
                from: None,
            }
        })
        .collect();
    let joined = PresenceChange {
        arrivals: &arrivals,
        departures: &[],
        node: None,
    };
    let outcome = decide::join_leave(&room, joined, MOMENT);
    commit(&mut room, outcome.decided);
    let media = |number: usize| {
        let link = format!("https://films.example/a-long-name-of-a-film-{number}.mp4");
        Media::parse(&link).expect("a link")
    };
    order(&mut room, &Command::Play { media: media(0) });
    for number in 1..=fullness.entries() {
        let media = media(number);
        order(&mut room, &Command::Add { media });
    }
    room
}

/// A client that has entered the room, and has seen everything.
fn client(fullness: Fullness) -> App {
    let mut room = room_of(fullness);
    let (mut app, _) = App::new(config(), NOW);
    app.update(Event::TokenFound(None), NOW);
    app.update(Event::Connected, NOW);
    receive(&mut app, welcome(&room));
    for number in 0..fullness.lines() {
        let text = format!("{number}: she should have stayed in the cellar 🍿 https://a.example/x");
        let text = ChatText::parse(&text).expect("a line");
        let events = order(&mut room, &Command::Chat { text });
        receive(&mut app, ServerMsg::Events { events });
    }
    let emoji = Emoji::parse("🔥").expect("an emoji");
    let reaction = Reaction {
        from: ME,
        name: MemberName::parse("Member 0").expect("a name"),
        emoji,
    };
    let reactions = vec![reaction; fullness.reactions()];
    receive(&mut app, ServerMsg::Reactions { reactions });
    app
}

fn receive(app: &mut App, message: ServerMsg) {
    let message = Box::new(message);
    let at = NOW.local;
    app.update(Event::Message { message, at }, NOW);
}

fn welcome(room: &Room) -> ServerMsg {
    ServerMsg::Welcome(Box::new(Welcome {
        you: ME,
        resume: "token".to_owned(),
        log: LogId("log".to_owned()),
        node: NodeId("node".to_owned()),
        server: "0.1.0".to_owned(),
        max_frame: 1 << 20,
        public_url: None,
        server_id: None,
        created: false,
        hosted: false,
        cadence: None,
        catch_up: CatchUp::State(Box::new(room.state.for_client(ME))),
    }))
}

fn config() -> AppConfig {
    AppConfig {
        server: "http://watch.example.org".to_owned(),
        room: RoomId::parse("bench").expect("a room's name"),
        written_room: None,
        name: MemberName::parse("Member 0").expect("a name"),
        whole_name: None,
        chosen_name: None,
        play: None,
        waits: false,
        password: None,
        invite: None,
        create: Create::default(),
        policy: Privacy::PublicOnly,
        attendance: Attendance::WithoutPlayer,
        over_ssh: false,
        system: System::default(),
        demo: false,
        follow: FollowConfig::default(),
        seed: 7,
        reach: Reach::Remote,
        hosts: None,
        hosts_with: Vec::new(),
        unkept: None,
        language: Language::English,
        reactions: OwnReactions::default(),
        video: VideoConfig::default(),
        screen: Some(ScreenConfig::default()),
    }
}

fn terminal((columns, rows): (u16, u16)) -> Terminal<CrosstermBackend<io::Sink>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    let backend = CrosstermBackend::new(io::sink());
    Terminal::with_options(backend, TerminalOptions { viewport }).expect("a terminal")
}

fn size(place: usize) -> (u16, u16) {
    SIZES.get(place).copied().unwrap_or(SIZES[0])
}

/// A picture that is as the one before.
#[divan::bench(args = SCENES)]
fn frame(bencher: divan::Bencher<'_, '_>, (fullness, place): (Fullness, usize)) {
    let app = client(fullness);
    let mut terminal = terminal(size(place));
    bencher.bench_local(|| {
        terminal
            .draw(|frame| {
                ui::draw(&app, frame);
            })
            .expect("drawn");
    });
}

/// A page of the chat up or down, and the picture of it.
#[divan::bench(args = SCENES)]
fn scrolled(bencher: divan::Bencher<'_, '_>, (fullness, place): (Fullness, usize)) {
    let mut app = client(fullness);
    let size = size(place);
    app.update(Event::Resize(size.0, size.1), NOW);
    let mut terminal = terminal(size);
    let mut turn = 0_u32;
    bencher.bench_local(|| {
        // Up to the oldest line and down again.
        turn = (turn + 1) % 1_000;
        let key = if turn < 500 {
            Key::PageUp
        } else {
            Key::PageDown
        };
        app.update(Event::Key(KeyPress::plain(key)), NOW);
        terminal
            .draw(|frame| {
                ui::draw(&app, frame);
            })
            .expect("drawn");
    });
}
