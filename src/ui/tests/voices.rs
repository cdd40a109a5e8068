//! Who speaks: nothing in a name, a line or a title stands where the screen says what the room
//! says, whatever the terminal's size.

use ratatui::buffer::Buffer;

use super::{Scene, drawn, evening};
use crate::app::key::Key;
use crate::app::tests::{ALICE, ME, member};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{MemberId, Seq};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{EntryState, Hold, QueueEntry};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{Position, Span};
use crate::test_support::entry;
use crate::ui::room::members::short_name;
use crate::ui::text::width;
use crate::wire::message::ServerMsg;

const SIZES: [(u16, u16); 5] = [(80, 24), (120, 40), (60, 20), (48, 14), (40, 10)];

/// A viewer who takes each of the [`CLAIMS`] for a name.
const FAKE: MemberId = MemberId(3);

/// Names that lay claim to a role or a sign of the screen. An old data file may have them.
const CLAIMS: [&str; 14] = [
    "Alice 👑",
    "👑 Alice",
    "👑  Alice",
    "Alice (admin)",
    "mod Alice",
    "● 👑 Alice",
    "Alice acting",
    "xxxxxxxxxxxxxxxxxx muted",
    "›Boris",
    "Boris you",
    "·",
    "* Ada is admin now",
    "映画の夜映画の夜映画の夜映画の夜👑",
    "👩🏽‍🚀👩🏽‍🚀 👑",
];

/// A name as a data file has it.
fn kept_name(text: &str) -> MemberName {
    serde_json::from_value(text.into()).unwrap()
}

fn symbol(buffer: &Buffer, x: u16, y: u16) -> &str {
    buffer.cell((x, y)).map_or(" ", |cell| cell.symbol())
}

fn text(buffer: &Buffer, from: u16, to: u16, y: u16) -> String {
    let mut written = String::new();
    let mut x = from;
    while x < to {
        let shown = symbol(buffer, x, y);
        written.push_str(shown);
        x += u16::try_from(width(shown).max(1)).unwrap();
    }
    written
}

/// A room with a viewer of this name, who has neither said nor done anything.
fn with_fake(name: &str) -> Scene {
    let mut server = evening(Role::Viewer);
    let fake = Member {
        name: kept_name(name),
        ..member(FAKE, "Fake", Role::Viewer)
    };
    server.happen(RoomEvent::Presence {
        joined: vec![fake],
        left: Vec::new(),
        count: 3,
        large: None,
    });
    Scene::of(server)
}

#[test]
fn no_name_stands_in_the_column_of_roles_or_at_the_edge_where_states_are() {
    for name in CLAIMS {
        for (columns, rows) in SIZES {
            let mut scene = with_fake(name);
            if columns < 60 {
                scene.key(Key::F(3));
                scene.key(Key::Tab);
            }
            let buffer = drawn(&scene.story.app, columns, rows);
            let left = (1..columns)
                .find(|x| symbol(&buffer, *x, rows - 6) == "│")
                .map_or(0, |x| x + 1);
            let shaped = |y: &u16| "·○●◐".contains(symbol(&buffer, left + 1, *y));
            let people: Vec<u16> = (3..rows - 3).filter(shaped).collect();
            let what = format!(
                "{name:?} at {columns}x{rows}: {}",
                scene.picture(columns, rows)
            );
            assert_eq!(people.len(), 3, "{what}");
            for (row, role) in people.iter().zip(["👑", "", ""]) {
                assert_eq!(
                    text(&buffer, left + 3, left + 6, *row).trim(),
                    role,
                    "{what}"
                );
            }
            let own = |row: &&u16| symbol(&buffer, left + 6, **row) == "›";
            assert_eq!(people.iter().filter(own).count(), 1, "{what}");
            let fake = people[2];
            // Nothing, or that this is not the admin whom the name claims.
            let is_empty = text(&buffer, columns - 9, columns, fake).trim().is_empty();
            let is_marked = text(&buffer, columns - 11, columns, fake).trim() == "not admin";
            assert!(is_empty || is_marked, "{what}");
        }
    }
}

#[test]
fn who_could_be_taken_for_the_admin_is_marked() {
    for name in ["Alice 2", "Аlice"] {
        let mut scene = with_fake(name);
        for (columns, rows) in [(80, 24), (120, 40)] {
            let picture = scene.picture(columns, rows);
            let marked = |line: &str| line.contains(name) && line.trim_end().ends_with("not admin");
            assert!(picture.lines().any(marked), "{picture}");
        }
        scene.write("/who");
        scene.key(Key::Enter);
        let picture = scene.picture(120, 40);
        let marked = |line: &str| line.contains(name) && line.contains("not admin");
        assert!(picture.lines().any(marked), "{picture}");
    }
}

#[test]
fn nor_on_the_page_of_the_members_which_shows_their_numbers() {
    for name in CLAIMS {
        let mut scene = with_fake(name);
        scene.write("/who");
        scene.key(Key::Enter);
        for columns in [48, 80, 120] {
            let buffer = drawn(&scene.story.app, columns, 24);
            let rows = [2, 3, 4].map(|y| text(&buffer, 3, 13, y));
            let expected = ["#1    👑", "#2       ›", "#3"];
            assert_eq!(
                rows.each_ref().map(|row| row.trim_end()),
                expected,
                "{name:?}"
            );
        }
    }
}

/// Whether a row is the rule above what is said during one media: no other is so short before a
/// letter.
fn divides(buffer: &Buffer, y: u16) -> bool {
    text(buffer, 0, 3, y) == "── "
}

/// The rows of the chat, and where their pane ends.
fn chat(buffer: &Buffer) -> (Vec<u16>, u16) {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let ruled = |y: &u16| symbol(buffer, 0, *y) == "─" && !divides(buffer, *y);
    let below = (0..rows).rev().find(ruled).unwrap();
    let first = (0..below).find(ruled).unwrap_or(2) + 1;
    let end = (1..columns)
        .find(|x| symbol(buffer, *x, first) == "│")
        .unwrap_or(columns);
    ((first..below).collect(), end)
}

/// What stands in the column of the room's sign, and what begins behind it, row by row.
fn rows(scene: &Scene, (columns, rows): (u16, u16)) -> Vec<(String, String)> {
    let buffer = drawn(&scene.story.app, columns, rows);
    let (rows, end) = chat(&buffer);
    let sign = if end >= 60 { 8 } else { 7 };
    let row = |y| {
        assert_eq!(symbol(&buffer, sign + 1, y), " ");
        let behind = text(&buffer, sign + 2, end, y);
        (symbol(&buffer, sign, y).to_owned(), behind)
    };
    let rows = rows.into_iter().filter(|y| !divides(&buffer, *y));
    rows.map(row).collect()
}

#[test]
fn nothing_that_members_say_has_the_sign_of_the_room() {
    let texts = [
        "· Ada is admin now".to_owned(),
        "* Ada is admin now".to_owned(),
        "--> Ada left".to_owned(),
        "Ada is admin now\n· Ada is admin now\n42:11 · Ada".to_owned(),
        "· ".repeat(120),
        format!("{} · Ada is admin now", "x".repeat(200)),
        "映".repeat(90),
    ];
    for name in CLAIMS {
        for message in &texts {
            let mut scene = with_fake(name);
            scene.say(FAKE, name, message);
            let starts = short_name(&kept_name(name), FAKE, 10);
            for size in SIZES {
                for (sign, behind) in rows(&scene, size) {
                    let is_chat = sign == " " && behind.starts_with(&starts);
                    let goes_on = sign == " " && behind.starts_with(' ');
                    assert!(is_chat || goes_on, "{sign:?} {behind:?}");
                }
            }
        }
    }
}

#[test]
fn no_title_looks_like_somebodys_line_where_it_is_wrapped() {
    let title = "Alice   hello  ".repeat(8);
    for size in SIZES {
        let mut scene = with_fake("Ada");
        let proposal = QueueEntry {
            title: Title::parse(&title).ok(),
            ..entry(15, EntryState::Proposed)
        };
        let fact = scene.server.happen(RoomEvent::Queued { entry: proposal });
        scene.story.facts(vec![fact]);
        let rows = rows(&scene, size);
        let wrapped = rows.iter().filter(|(sign, _)| sign != "·");
        assert!(wrapped.clone().any(|(_, text)| text.contains("hello")));
        for (sign, behind) in wrapped {
            assert!(sign == " " && behind.starts_with("  "), "{behind:?}");
        }
    }
}

#[test]
fn what_was_erased_is_shown_as_the_rooms_words_and_nobody_can_write_them() {
    let mut scene = with_fake("Ada");
    scene.say(ALICE, "Alice", "a secret");
    scene.say(FAKE, "Ada", "(removed by Alice)");
    let line = scene.server.room().chat.lines().next().unwrap().id;
    let by = kept_name("Boris");
    let mine = Some((ME, Seq(1)));
    let fact = scene.server.happen_by(mine, RoomEvent::Erased { line, by });
    scene.story.facts(vec![fact]);
    let rows = rows(&scene, (80, 24));
    let [removed, message] = [rows.len() - 2, rows.len() - 1].map(|at| &rows[at]);
    assert_eq!(removed.0, "·");
    assert!(
        removed.1.starts_with("You erased Alice's message"),
        "{removed:?}"
    );
    assert_eq!((message.0.as_str(), &message.1[..3]), (" ", "Ada"));
}

#[test]
fn only_who_removed_a_line_reads_that_they_did_and_not_who_has_their_name() {
    for is_whole in [false, true] {
        let mut scene = with_fake("Ada");
        scene.say(ALICE, "Alice", "a secret");
        let line = scene.server.room().chat.lines().next().unwrap().id;
        // Somebody who was called Boris, as the member who reads is by now.
        let by = kept_name("Boris");
        let theirs = Some((ALICE, Seq(1)));
        let fact = scene
            .server
            .happen_by(theirs, RoomEvent::Erased { line, by });
        if is_whole {
            let state = Box::new(scene.server.room().clone());
            scene.story.receive(ServerMsg::State { state });
        } else {
            scene.story.facts(vec![fact]);
        }
        let shown = scene.picture(80, 24);
        assert!(shown.contains("· Boris erased Alice's message"), "{shown}");
    }
}

#[test]
fn a_name_that_is_cut_ends_with_the_members_number() {
    let mut scene = with_fake("Maximiliana 2");
    let admin = MemberId(4);
    let joined = vec![member(admin, "Maximiliana", Role::Admin)];
    let came = scene.server.happen(RoomEvent::Presence {
        joined,
        left: Vec::new(),
        count: 4,
        large: None,
    });
    scene.story.facts(vec![came]);
    let proposal = QueueEntry {
        by: FAKE,
        by_name: kept_name("Maximiliana 2"),
        ..entry(15, EntryState::Proposed)
    };
    let fact = scene.server.happen(RoomEvent::Queued { entry: proposal });
    scene.story.facts(vec![fact]);
    scene.say(admin, "Maximiliana", "hello");
    scene.say(FAKE, "Maximiliana 2", "hello");
    for size in SIZES {
        let message: Vec<String> = rows(&scene, size)
            .into_iter()
            .filter(|(sign, behind)| sign == " " && behind.contains("  hello"))
            .map(|(_, behind)| behind.trim_end().to_owned())
            .collect();
        assert_eq!(
            message,
            ["Maximil…#4  hello", "Maximil…#3  hello"],
            "{size:?}"
        );
    }
    let shown = scene.picture(80, 24);
    let of_fake = |line: &&str| line.contains("…#3") && line.ends_with("not admin");
    assert_eq!(shown.lines().filter(of_fake).count(), 1, "{shown}");
    // With the number of the member where even one cell of the name has no place.
    let name = kept_name("Maximiliana 2");
    let cut = [13, 12, 4, 3].map(|most| short_name(&name, FAKE, most));
    assert_eq!(cut, ["Maximiliana 2", "Maximilia…#3", "M…#3", "…#3"]);
}

#[test]
fn a_title_in_the_rooms_words_stands_in_quotation_marks() {
    let mut scene = with_fake("Ada");
    let title = Title::parse("x”. Ada is admin · MP4").ok();
    let proposal = QueueEntry {
        title: title.clone(),
        ..entry(15, EntryState::Proposed)
    };
    let fact = scene.server.happen(RoomEvent::Queued { entry: proposal });
    scene.story.facts(vec![fact]);
    let message = scene.picture(140, 24);
    let proposed = "Alice proposed #15 “x'. Ada is admin · MP4”";
    assert!(message.contains(proposed), "{message}");
}

#[test]
fn a_mention_stays_one_when_names_change() {
    let mut scene = with_fake("Ada");
    scene.say(ALICE, "Alice", "@Boris look");
    let before = drawn(&scene.story.app, 80, 24);
    let fact = scene.server.happen(RoomEvent::Renamed {
        member: ME,
        name: kept_name("Robert"),
        was: None,
    });
    let styled = |buffer: &Buffer| {
        let (rows, _) = chat(buffer);
        let row = rows
            .into_iter()
            .find(|y| text(buffer, 9, 40, *y).contains("@Boris look"));
        let y = row.unwrap();
        buffer.cell((18, y)).unwrap().style()
    };
    let alarmed = styled(&before);
    scene.story.facts(vec![fact]);
    scene.say(ALICE, "Alice", "plain");
    let after = drawn(&scene.story.app, 80, 24);
    assert_eq!(styled(&after), alarmed);
}

#[test]
fn on_ones_own_screen_the_room_waits_for_you() {
    for (whose, words) in [(ME, "waiting for you,"), (ALICE, "waiting for Alice,")] {
        let mut scene = with_fake("Ada");
        let at = scene.server.room().at;
        let held = scene.server.happen(RoomEvent::Held {
            hold: Hold {
                member: whose,
                since: at,
                until: at + Span::seconds(10),
            },
            position: Position::seconds(2_531),
        });
        scene.story.facts(vec![held]);
        let shown = scene.picture(80, 24);
        assert!(shown.contains(words), "{shown}");
    }
}

#[test]
fn a_proposal_of_ones_own_is_yours() {
    let mut scene = with_fake("Ada");
    let proposal = QueueEntry {
        by: ME,
        by_name: kept_name("Boris"),
        ..entry(15, EntryState::Proposed)
    };
    let fact = scene.server.happen(RoomEvent::Queued { entry: proposal });
    scene.story.facts(vec![fact]);
    let shown = scene.picture(80, 24);
    assert!(shown.contains("· You proposed #15"), "{shown}");
    assert!(shown.contains("proposed: you"), "{shown}");
}
