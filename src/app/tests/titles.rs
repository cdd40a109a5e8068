//! What the client learns of links, and what it does with it.

use super::{ME, Server, Story, answers, commands, config, notices};
use crate::app::config::Attendance;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::output::{BatchNotice, Notice, OwnPlayerNotice, Why};
use crate::app::saved_list::{ListName, SavedList};
use crate::media::Media;
use crate::protocol::batch::NewEntry;
use crate::protocol::command::{Command, SeekTarget, requested};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{EntryId, Epoch, MemberId, Seq};
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, LoadCause, QueueEntry, Segment};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Span};
use crate::sync::player::{Chapter, MediaProblem, PlayerEvent};
use crate::test_support::{ALICE, entry, playing};
use crate::wire::message::ClientMsg;

const FIRST: EntryId = EntryId(1);

/// Somebody queues an entry, of their own.
fn queued(server: &mut Server, by: MemberId) -> Fact {
    let entry = QueueEntry {
        by,
        ..entry(1, EntryState::Proposed)
    };
    server.happen_by(Some((by, Seq(1))), RoomEvent::Queued { entry })
}

fn asks_what_it_is(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::Describe { entry, .. } if *entry == FIRST))
}

fn known(link: &str) -> NewEntry {
    NewEntry {
        media: Media::parse(link).unwrap(),
        title: Title::parse("A film").ok(),
        duration: Some(Span::seconds(90)),
    }
}

fn described(link: &str) -> Event {
    Event::Described {
        entry: FIRST,
        known: known(link),
    }
}

#[test]
fn what_the_member_queued_is_looked_up_and_told_to_the_room_once() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let effects = story.facts(vec![queued(&mut server, ME)]);
    assert!(asks_what_it_is(&effects), "{effects:?}");
    let effects = story.on(described("https://example.org/1.mp4"));
    let told = Command::Describe {
        entry: FIRST,
        title: Title::parse("A film").ok(),
        duration: Some(Span::seconds(90)),
    };
    let [(seq, command)] = &commands(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(*command, told);
    // Nobody asked, so nobody is answered.
    let effects = story.ok(*seq, 9);
    assert_eq!(answers(&effects), []);
}

#[test]
fn what_others_queued_is_theirs_to_look_up() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let effects = story.facts(vec![queued(&mut server, ALICE)]);
    assert!(!asks_what_it_is(&effects), "{effects:?}");
}

#[test]
fn without_a_player_nothing_is_fetched() {
    let mut alone = config();
    alone.attendance = Attendance::WithoutPlayer;
    let mut server = Server::new();
    let mut story = Story::joined_with(alone, &server);
    let effects = story.facts(vec![queued(&mut server, ME)]);
    assert!(!asks_what_it_is(&effects), "{effects:?}");
    let effects = story.line("/playlist https://www.youtube.com/playlist?list=PL1");
    assert_eq!(answers(&effects), [(1, Err(Why::NoPlayer))]);
}

#[test]
fn what_is_learned_too_late_or_of_another_link_is_dropped() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let effects = story.on(described("https://example.org/1.mp4"));
    assert_eq!(commands(&effects), []);
    story.facts(vec![queued(&mut server, ME)]);
    let effects = story.on(described("https://example.org/2.mp4"));
    assert_eq!(commands(&effects), []);
}

#[test]
fn a_playlist_is_looked_up_and_queued_by_one_command() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    let effects = story.line("/playlist https://www.youtube.com/playlist?list=PL1");
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::ResolvePlaylist { line, room, list } => Some((*line, room.clone(), list.url())),
        _ => None,
    });
    let (line, room, list) = asked.unwrap();
    assert_eq!(list, "https://www.youtube.com/playlist?list=PL1");
    let links = (0..3).map(|number| known(&format!("https://example.org/{number}.mp4")));
    let answer = Ok((links.collect(), 7));
    let effects = story.on(Event::Playlist { line, room, answer });
    let left_out = BatchNotice::OnlyTheFirst {
        queued: 3,
        left_out: 7,
    };
    assert_eq!(notices(&effects), [Notice::Batch(left_out)]);
    let [(seq, Command::AddAll { batch })] = &commands(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(batch.entries().len(), 3);
    let effects = story.ok(*seq, 9);
    assert_eq!(answers(&effects), [(line, Ok(9))]);
}

#[test]
fn a_playlist_that_does_not_open_answers_its_line() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    story.line("/playlist https://www.youtube.com/playlist?list=PL1");
    let room = server.room().id.clone();
    let answer = Err(MediaProblem::ResolverMissing);
    let line = 1;
    let effects = story.on(Event::Playlist { line, room, answer });
    let why = Why::NoPlaylist(MediaProblem::ResolverMissing);
    assert_eq!(answers(&effects), [(1, Err(why))]);

    story.line("/playlist https://www.youtube.com/playlist?list=PL1");
    let room = server.room().id.clone();
    let answer = Ok((Vec::new(), 0));
    let line = 2;
    let effects = story.on(Event::Playlist { line, room, answer });
    assert_eq!(answers(&effects), [(2, Err(Why::NothingToQueue))]);
}

/// The list that is to be kept.
fn saved(effects: &[Effect]) -> (u64, ListName, Vec<NewEntry>) {
    let saved = effects.iter().find_map(|effect| match effect {
        Effect::SaveList {
            line,
            name,
            entries,
            ..
        } => Some((*line, name.clone(), entries.clone())),
        _ => None,
    });
    saved.unwrap()
}

#[test]
fn what_plays_is_kept_first_and_what_is_only_proposed_is_not() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let proposal = entry(1, EntryState::Proposed);
    let facts = vec![server.happen(RoomEvent::Queued { entry: proposal })];
    story.facts(facts);
    let effects = story.line("/save Friday");
    let why = Why::NothingToSave { left_out: 1 };
    assert_eq!(answers(&effects), [(1, Err(why))]);
    let approved = QueueEntry {
        media: Media::parse("https://example.org/next.mp4").unwrap(),
        ..entry(2, EntryState::Approved)
    };
    let facts = vec![
        loaded(&mut server),
        server.happen(RoomEvent::Queued { entry: approved }),
    ];
    story.facts(facts);
    let effects = story.line("/save Friday");
    let (_, _, entries) = saved(&effects);
    let playing = server.room().timeline.playing.as_ref().unwrap();
    let media: Vec<_> = entries.iter().map(|entry| entry.media.url()).collect();
    assert_eq!(
        media,
        [&playing.media.url(), "https://example.org/next.mp4"]
    );
    let counts = |effect: &Effect| matches!(effect, Effect::SaveList { left_out: 1, .. });
    assert!(effects.iter().any(counts), "{effects:?}");
}

#[test]
fn a_script_that_ends_waits_for_what_the_client_looks_up() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    let leaves = |effects: &[Effect]| super::sends(effects, &ClientMsg::Leave);
    let room = server.room().id.clone();
    story.line("/playlist https://www.youtube.com/playlist?list=PL1");
    story.line("/load");
    assert!(!leaves(&story.on(Event::InputEnded)), "two are open");
    let names = Vec::new();
    assert!(!leaves(&story.on(Event::SavedLists {
        line: Some(2),
        names
    })));
    let answer = Ok((
        vec![NewEntry::untitled(
            Media::parse("https://youtu.be/aqz-KE-bpKQ").unwrap(),
        )],
        0,
    ));
    let effects = story.on(Event::Playlist {
        line: 1,
        room,
        answer,
    });
    assert!(matches!(
        commands(&effects)[..],
        [(1, Command::AddAll { .. })]
    ));
    assert!(!leaves(&effects), "the room has to answer");
    assert!(leaves(&story.ok(1, 5)));
}

#[test]
fn the_queue_is_kept_under_a_name_and_offered_again() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let effects = story.line("/save Friday");
    assert_eq!(
        answers(&effects),
        [(1, Err(Why::NothingToSave { left_out: 0 }))]
    );
    let film = QueueEntry {
        title: Title::parse("A film").ok(),
        ..entry(1, EntryState::Approved)
    };
    let queued = server.happen(RoomEvent::Queued { entry: film });
    story.facts(vec![queued]);
    let effects = story.line("/save Friday");
    let (line, name, entries) = saved(&effects);
    assert_eq!((name.as_str(), entries.len()), ("Friday", 1));
    assert_eq!(entries[0].title, Title::parse("A film").ok());
    let told = SavedList {
        name,
        count: 1,
        left_out: 0,
    };
    let answer = Ok(told.clone());
    let effects = story.on(Event::ListSaved { line, answer });
    let told = BatchNotice::ListSaved(told);
    assert_eq!(notices(&effects), [Notice::Batch(told)]);
    assert_eq!(answers(&effects).len(), 1);

    let effects = story.line("/load Friday");
    let asked = |effect: &Effect| matches!(effect, Effect::LoadList { line: 3, .. });
    assert!(effects.iter().any(asked), "{effects:?}");
    let room = server.room().id.clone();
    let answer = Ok(Some(entries));
    let line = 3;
    let effects = story.on(Event::SavedList { line, room, answer });
    assert!(
        matches!(commands(&effects)[..], [(_, Command::AddAll { .. })]),
        "{effects:?}"
    );
    let line = Some(4);
    story.line("/load");
    let names = Vec::new();
    let effects = story.on(Event::SavedLists { line, names });
    let none = Notice::Batch(BatchNotice::SavedLists(Vec::new()));
    assert_eq!(notices(&effects), [none]);
}

#[test]
fn a_chapter_is_a_seek_of_an_admin_and_a_request_of_a_viewer() {
    for (role, asks) in [(Role::Admin, false), (Role::Viewer, true)] {
        let mut server = Server::with(role);
        let on = loaded(&mut server);
        let mut story = Story::joined(&server);
        story.facts(vec![on]);
        let effects = story.line("/chapter 2");
        let none = Why::NoSuchChapter { count: 0 };
        assert_eq!(answers(&effects), [(1, Err(none))]);
        let chapter = |seconds| Chapter {
            start: Position::seconds(seconds),
            title: Title::parse("Two").ok(),
        };
        story.on(Event::Player(PlayerEvent::Chapters {
            epoch: Epoch(1),
            chapters: vec![chapter(0), chapter(60)],
        }));
        assert_eq!(story.app.chapter().map(|(number, _)| number), Some(1));
        let effects = story.line("/chapter next");
        let seek = Command::Seek {
            target: SeekTarget::To(Position::seconds(60)),
            mark: None,
        };
        let sent = commands(&effects).remove(0).1;
        if asks {
            let request = requested(seek);
            assert_eq!(sent, Command::Ask { request });
        } else {
            assert_eq!(sent, seek);
        }
    }
}

/// Whoever wants to know which chapters there are need not be an admin, nor guess numbers.
#[test]
fn the_chapters_are_listed_and_gone_to_by_name() {
    let mut server = Server::with(Role::Viewer);
    let on = loaded(&mut server);
    let mut story = Story::joined(&server);
    story.facts(vec![on]);
    let chapter = |seconds, title| Chapter {
        start: Position::seconds(seconds),
        title: Title::parse(title).ok(),
    };
    let chapters = vec![chapter(0, "The farmhouse"), chapter(60, "The cellar")];
    story.on(Event::Player(PlayerEvent::Chapters {
        epoch: Epoch(1),
        chapters: chapters.clone(),
    }));
    let effects = story.line("/chapter");
    let list = OwnPlayerNotice::Chapters {
        chapters,
        present: Some(1),
    };
    assert_eq!(notices(&effects), [Notice::Own(list)]);
    let effects = story.line("/chapter cell");
    let request = requested(Command::Seek {
        target: SeekTarget::To(Position::seconds(60)),
        mark: None,
    });
    assert_eq!(commands(&effects).remove(0).1, Command::Ask { request });

    let mut alone = config();
    alone.attendance = Attendance::WithoutPlayer;
    let mut story = Story::joined_with(alone, &server);
    assert_eq!(answers(&story.line("/chapter")), [(1, Err(Why::NoPlayer))]);
}

/// Media comes on.
pub(super) fn loaded(server: &mut Server) -> Fact {
    server.happen(RoomEvent::Loaded {
        epoch: Epoch(1),
        playing: playing("https://example.org/film.mp4"),
        segment: Segment {
            paused: true,
            ..Segment::default()
        },
        entry: None,
        interrupted: None,
        cause: LoadCause::Played,
        gate: Vec::new(),
    })
}
