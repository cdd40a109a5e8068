//! The pictures of the README and the guide: screens of an evening, drawn by the real drawing code and written as
//! SVG into `docs/pictures`. `make pictures` draws them anew; without that this test compares them.

use std::collections::VecDeque;
use std::path::Path;

use strum::IntoEnumIterator;

use super::gallery::{card, gallery};
use super::svg::{DARK, LIGHT, svg};
use super::{Scene, drawn};
use crate::app::appearance::ThemeChoice;
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::tests::evening::instant_player::InstantPlayer;
use crate::app::tests::{ALICE, ME, Server, config, member, name};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, LoadCause, Playing, QueueEntry, Segment};
use crate::protocol::text::{ChatText, Emoji, Title};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::sync::player::{Basis, PlayerEvent, ProcessState, Sample};
use crate::test_support::{entry, playing};
use crate::texts::language::Language;
use crate::wire::message::{ClientMsg, Health, HealthDigest, HealthState, ServerMsg};

/// The variable that has the pictures written instead of compared.
const WRITES: &str = "WRITE_PICTURES";

const VERA: MemberId = MemberId(3);
const DMITRI: MemberId = MemberId(4);
const LENA: MemberId = MemberId(5);

/// Where the main feature is as it comes on.
const AT: i64 = 2_500;

/// What is said while it plays: when, by whom, and what.
const TALK: [(i64, MemberId, &str, &str); 9] = [
    (2_374, ALICE, "Alice", "it is from 1968, yes"),
    (
        2_420,
        ALICE,
        "Alice",
        "welcome Vera! we are in the farmhouse",
    ),
    (2_431, VERA, "Vera", "наконец-то 🍿"),
    (2_462, ME, "Boris", "can the next one be short?"),
    (2_487, DMITRI, "Dmitri", "@Alice не открывай эту дверь"),
    (2_491, ALICE, "Alice", "she is going to open it"),
    (2_498, ME, "Boris", "sorry, wifi. on 480p now"),
    (2_501, VERA, "Vera", "АААА 😱"),
    (2_503, DMITRI, "Dmitri", "told you"),
];

fn title(text: &str) -> Option<Title> {
    Title::parse(text).ok()
}

fn loaded(epoch: u64, shown: Playing, at: i64, start: RoomTime) -> RoomEvent {
    RoomEvent::Loaded {
        gate: Vec::new(),
        epoch: Epoch(epoch),
        playing: shown,
        segment: Segment {
            anchor: Position::seconds(at),
            start,
            rate: Rate::NORMAL,
            paused: false,
        },
        entry: None,
        interrupted: None,
        cause: LoadCause::Next,
    }
}

fn queued(number: u64, state: EntryState, about: (&str, i64), by: (MemberId, &str)) -> RoomEvent {
    RoomEvent::Queued {
        entry: QueueEntry {
            title: title(about.0),
            duration: Some(Span::seconds(about.1)),
            by: by.0,
            by_name: name(by.1),
            ..entry(number, state)
        },
    }
}

/// A short film before the main feature, in a room of five.
fn early(role: Role) -> Server {
    let mut server = Server::with(role);
    server.happen(RoomEvent::Titled {
        title: title("Friday films"),
    });
    let others = [(VERA, "Vera"), (DMITRI, "Dmitri"), (LENA, "Лена")];
    server.happen(RoomEvent::Presence {
        joined: others
            .map(|(id, called)| member(id, called, Role::Viewer))
            .to_vec(),
        left: Vec::new(),
        count: 5,
        large: None,
    });
    let first = Playing {
        title: title("Steamboat Willie"),
        duration: Some(Span::seconds(467)),
        by: ME,
        by_name: name("Boris"),
        ..playing("https://youtu.be/BBgghnQF6E4")
    };
    let at = server.room().at;
    server.happen(loaded(1, first, 440, at));
    for event in [
        queued(
            13,
            EntryState::Approved,
            ("His Girl Friday", 5_508),
            (ALICE, "Alice"),
        ),
        queued(
            15,
            EntryState::Approved,
            ("Big Buck Bunny", 596),
            (VERA, "Vera"),
        ),
    ] {
        server.happen(event);
    }
    server
}

/// The same room well into the main feature, as a member of a role and a language sees it in a theme.
fn evening(role: Role, language: Language, theme: ThemeChoice) -> Scene {
    let server = early(role);
    let mut screen = ScreenConfig::default();
    screen.appearance.theme = theme;
    let config = AppConfig {
        screen: Some(screen),
        ..config()
    };
    let story = crate::app::tests::Story::joined_with(config, &server);
    let mut scene = Scene { story, server }.in_language(language);
    let mut player = Companion::new(&mut scene);
    player.pass(&mut scene, Span::seconds(5));
    say(
        &mut scene,
        (455, LENA, "Лена", "he whistles the whole way!"),
    );
    let main = Playing {
        title: title("Night of the Living Dead (1968)"),
        duration: Some(Span::seconds(5_720)),
        ..playing("https://youtu.be/H91BxkBXttE")
    };
    let start = player.room_time(&scene);
    let facts = vec![scene.server.happen(loaded(2, main, AT, start))];
    player.happens(&mut scene, facts);
    for line in TALK {
        say(&mut scene, line);
    }
    let proposal = queued(
        14,
        EntryState::Proposed,
        ("Duck and Cover", 555),
        (DMITRI, "Dmitri"),
    );
    let proposal = scene.server.happen(proposal);
    player.happens(&mut scene, vec![proposal]);
    player.pass(&mut scene, Span::seconds(30));
    react(&mut scene);
    player.pass(&mut scene, Span::millis(900));
    healthy(&mut scene);
    scene
}

fn say(scene: &mut Scene, (at, from, called, text): (i64, MemberId, &str, &str)) {
    let line = ChatLine {
        id: scene.server.room().chat.next_id(),
        from,
        name: name(called),
        text: ChatText::parse(text).unwrap(),
        position: Some(Position::seconds(at)),
        at: scene.server.room().at,
        erased: None,
        second_address: false,
    };
    let fact = scene.server.happen(RoomEvent::Chat(line));
    scene.story.facts(vec![fact]);
}

fn react(scene: &mut Scene) {
    for emoji in ["😱", "🔥", "😱", "💀", "😱"] {
        let reaction = Reaction {
            from: VERA,
            name: name("Vera"),
            emoji: Emoji::parse(emoji).unwrap(),
        };
        let reactions = vec![reaction];
        scene.story.receive(ServerMsg::Reactions { reactions });
        scene.story.pass(Span::millis(250));
    }
}

fn healthy(scene: &mut Scene) {
    let health = |state, error, buffered, trip| Health {
        state,
        error: Some(Span::millis(error)),
        buffered: Some(Span::seconds(buffered)),
        round_trip: Some(Span::millis(trip)),
        ..Health::default()
    };
    let worst = vec![
        (ME, health(HealthState::InStep, 1, 52, 18)),
        (ALICE, health(HealthState::InStep, 2, 48, 31)),
        (VERA, health(HealthState::CatchingUp, 40, 6, 212)),
        (DMITRI, Health::default()),
        (LENA, health(HealthState::Away, 0, 30, 44)),
    ];
    scene.story.receive(ServerMsg::Health(HealthDigest {
        worst,
        ..HealthDigest::default()
    }));
}

/// The player and the clock of the member who looks at the screen.
struct Companion {
    player: InstantPlayer,
    /// What room time is ahead of local time, in microseconds.
    ahead: i64,
}

impl Companion {
    /// A player that is ready.
    fn new(scene: &mut Scene) -> Self {
        let player = InstantPlayer {
            speed: 1.0,
            ..InstantPlayer::default()
        };
        let ahead = scene.server.room().at.0 - scene.story.now.local.0;
        let mut companion = Self { player, ahead };
        let ready = ProcessState::Ready {
            version: "0.40.0".into(),
            lacks: None,
        };
        let effects = scene.story.on(Event::Player(PlayerEvent::Process(ready)));
        companion.carry_out(scene, effects);
        companion
    }

    fn room_time(&self, scene: &Scene) -> RoomTime {
        RoomTime(scene.story.now.local.0 + self.ahead)
    }

    fn happens(&mut self, scene: &mut Scene, facts: Vec<crate::protocol::event::Fact>) {
        let effects = scene.story.facts(facts);
        self.carry_out(scene, effects);
    }

    /// Time passes; the player reports where it is, and the server answers.
    fn pass(&mut self, scene: &mut Scene, span: Span) {
        let step = Span::millis(100);
        let end = scene.story.now.local + span;
        while scene.story.now.local < end {
            let effects = scene.story.pass(step);
            self.carry_out(scene, effects);
            let now = scene.story.now.local;
            let sample = Sample {
                position: self.player.run(now),
                at: now,
                basis: Basis::Audio,
                buffered: Some(Span::seconds(340)),
            };
            let effects = scene.story.on(Event::Player(PlayerEvent::Sample(sample)));
            self.carry_out(scene, effects);
        }
    }

    fn carry_out(&mut self, scene: &mut Scene, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let now = scene.story.now.local;
            let events = match effect {
                Effect::Player(order) => self.player.obey(&order, now),
                Effect::Send(ClientMsg::Ping { t0 }) => {
                    let t1 = self.room_time(scene);
                    waiting.extend(scene.story.receive(ServerMsg::Pong {
                        t0,
                        t1,
                        t2: t1,
                        cadence: None,
                    }));
                    Vec::new()
                }
                _ => Vec::new(),
            };
            for event in events {
                // The room knows the length already.
                if !matches!(event, PlayerEvent::Length { .. }) {
                    waiting.extend(scene.story.on(Event::Player(event)));
                }
            }
        }
    }
}

fn live_rooms() -> Scene {
    let rooms = vec![
        card("blender-open", None, 302, Some(("Sintel", 620.0))),
        card(
            "nosferatu-ru",
            None,
            41,
            Some(("Носферату, симфония ужаса", 540.0)),
        ),
        card("lofi", None, 19, Some(("beats to code to", 5_000.0))),
        card(
            "movie-night",
            Some("Friday films"),
            5,
            Some(("Night of the Living Dead (1968)", 2_530.0)),
        ),
        card(
            "short-films",
            Some("Shorts"),
            4,
            Some(("Big Buck Bunny", 240.0)),
        ),
    ];
    let mut scene = gallery(Some(Ok(rooms)));
    for _ in 0..3 {
        scene.key(Key::Down);
    }
    scene
}

/// Every picture: its name, and how it is drawn.
fn pictures() -> Vec<(String, String)> {
    let mut pictures = Vec::new();
    let mut draw = |name: String, scene: &Scene, size: (u16, u16)| {
        let appearance = scene.story.app.screen().unwrap().appearance();
        let is_light = appearance.theme == ThemeChoice::Light;
        let paper = if is_light { LIGHT } else { DARK };
        pictures.push((name, svg(&drawn(&scene.story.app, size.0, size.1), paper)));
    };
    for language in Language::iter() {
        let named = |name: &str| format!("{name}-{}", language.code());
        let mut scene = evening(Role::Admin, language, ThemeChoice::Dark);
        draw(named("watch"), &scene, (120, 32));
        scene.story.on(Event::Key(KeyPress::plain(Key::F(6))));
        scene.story.pass(Span::seconds(7));
        draw(named("cinema"), &scene, (80, 18));
        let mut scene = evening(Role::Viewer, language, ThemeChoice::Dark);
        draw(named("small"), &scene, (80, 24));
        scene.write("/p");
        draw(named("list"), &scene, (80, 24));
        scene.story.on(Event::Key(KeyPress::ctrl('u')));
        scene.key(Key::F(5));
        scene.write("a");
        draw(named("find"), &scene, (80, 24));
        scene.key(Key::Esc);
        scene.key(Key::F(1));
        draw(named("help"), &scene, (120, 32));
        let mut scene = evening(Role::Admin, language, ThemeChoice::Light);
        scene.key(Key::F(3));
        draw(named("light"), &scene, (80, 24));
        let clock = Scene::ordinary(Role::Viewer).server.room().at;
        let at = clock + Span::seconds(26 * 60);
        let lobby = Scene::in_the_lobby(Role::Viewer, StartRule::At { at });
        draw(named("lobby"), &lobby.in_language(language), (100, 24));
        draw(
            named("gallery"),
            &live_rooms().in_language(language),
            (100, 18),
        );
    }
    pictures
}

#[test]
fn the_pictures_of_the_readme_show_what_is_drawn_today() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let writes = std::env::var_os(WRITES).is_some();
    for (name, picture) in pictures() {
        let path = folder.join(format!("{name}.svg"));
        if writes {
            std::fs::write(&path, &picture).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        // The whole of two pictures is more than anybody reads.
        let first = kept.lines().zip(picture.lines()).find(|(a, b)| a != b);
        assert!(
            kept == picture,
            "{name} is drawn otherwise now; `make pictures` draws it anew: {first:?}"
        );
    }
}
