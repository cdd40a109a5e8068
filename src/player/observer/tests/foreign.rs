//! Files that the member opens in the window.

use super::*;
use crate::media::fault::{FaultKind, MediaFault};
use crate::player::observer::foreign::ForeignFiles;
use crate::relay::{LoadId, RelayEvent};
use crate::sync::player::WindowEvent;

/// What a file that opens in the place of the media leads to, once mpv has named it.
fn dropped(scene: &mut Scene, ours: u64, path: &str) -> Vec<PlayerEvent> {
    let stopped = scene.event(end(ours, "stop"));
    assert_eq!(stopped.events, [], "a file may follow");
    let mut actions = scene.event(MpvEvent::StartFile { entry: ours + 1 });
    let asks = actions.asks.iter();
    let orders: Vec<&Value> = asks
        .map(|(_, command)| command)
        .filter(|command| command[0] == "stop" || command[1] == "path")
        .collect();
    assert_eq!(orders, [&json!(["get_property", "path"]), &json!(["stop"])]);
    let named = scene.answer(Purpose::ForeignFile(true), Ok(json!(path)));
    actions.events.extend(named.events);
    actions.events
}

fn foreign(link: Option<&str>) -> PlayerEvent {
    PlayerEvent::Window(WindowEvent::ForeignFile {
        link: link.map(str::to_owned),
        replaced: true,
    })
}

#[test]
fn a_file_in_the_place_of_the_media_is_undone_and_no_failure() {
    let link = "https://films.example/b.mp4";
    for (path, reported) in [
        (link, Some(link)),
        ("/home/alice/b.mp4", None),
        ("file:///etc/passwd", None),
        (&format!("https://{}", "a".repeat(3_000)), None),
    ] {
        let mut scene = Scene::new();
        scene.play(1, 1);
        assert_eq!(dropped(&mut scene, 1, path), [foreign(reported)]);
        assert_eq!(
            scene.answer(Purpose::Stopped(FIRST), Ok(json!(7))).events,
            []
        );
    }
}

#[test]
fn what_opens_files_over_and_over_stops_the_media() {
    let mut scene = Scene::new();
    for epoch in 1..=3 {
        scene.play(epoch, epoch * 10);
        assert_eq!(dropped(&mut scene, epoch * 10, "/a"), [foreign(None)]);
    }
    scene.play(4, 40);
    scene.event(end(40, "stop"));
    let actions = scene.event(MpvEvent::StartFile { entry: 41 });
    assert_eq!(actions.events, [replaced(4)]);
}

#[test]
fn media_that_is_only_stopped_is_reported_as_soon_as_mpv_answers() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    assert_eq!(scene.event(end(1, "stop")).events, []);
    let problem = MediaProblem::Stopped;
    let epoch = Epoch(1);
    assert_eq!(
        scene.all_in(Purpose::Stopped(FIRST), Ok(json!(7))).events,
        [PlayerEvent::Failed { epoch, problem }]
    );
    // A file that comes late all the same.
    let actions = scene.event(MpvEvent::StartFile { entry: 2 });
    assert_eq!(actions.events, []);
    assert!(
        actions
            .asks
            .contains(&(Purpose::ForeignFile(true), json!(["get_property", "path"])))
    );
}

#[test]
fn a_file_in_an_empty_window_is_only_stopped() {
    let mut scene = Scene::new();
    let actions = scene.event(MpvEvent::StartFile { entry: 1 });
    assert!(
        actions
            .asks
            .contains(&(Purpose::ForeignFile(false), json!(["get_property", "path"])))
    );
}

fn is_told(actions: &Actions) -> bool {
    let is_about = |(purpose, _): &(Purpose, Value)| matches!(purpose, Purpose::ForeignFile(_));
    actions.asks.iter().any(is_about)
}

fn give_up(scene: &mut Scene, epoch: u64) {
    let (load, fault) = (LoadId(1), MediaFault::here(FaultKind::NobodyListens));
    let event = RelayEvent::GaveUp { load, fault };
    let actions = scene
        .observer
        .on_relay_event(Epoch(epoch), event, |_| LATER);
    assert!(
        matches!(actions.events[..], [PlayerEvent::Failed { .. }]),
        "{actions:?}"
    );
}

/// Nobody listens at the link: the relay knows it before mpv says that it began to open it.
#[test]
fn a_load_that_was_given_up_is_not_the_members_file() {
    let mut scene = Scene::new();
    scene.open(1);
    scene.number(1, 1);
    give_up(&mut scene, 1);
    let late = scene.event(MpvEvent::StartFile { entry: 1 });
    assert!(!is_told(&late), "{late:?}");
    scene.event(end(1, "stop"));

    // mpv's answer to the load is later still.
    scene.open(2);
    give_up(&mut scene, 2);
    let late = scene.event(MpvEvent::StartFile { entry: 2 });
    assert!(!is_told(&late), "{late:?}");
    let answered = scene.number(2, 2);
    assert!(!is_told(&answered), "{answered:?}");

    let dropped = scene.event(MpvEvent::StartFile { entry: 3 });
    assert!(is_told(&dropped), "{dropped:?}");
}

#[test]
fn a_file_that_opens_before_the_answer_to_a_load_that_was_given_up_is_told_after_it() {
    let mut scene = Scene::new();
    scene.open(1);
    give_up(&mut scene, 1);
    assert!(!is_told(&scene.event(MpvEvent::StartFile { entry: 2 })));
    assert!(is_told(&scene.number(1, 1)));
}

#[test]
fn the_first_entry_of_a_list_that_opened_by_itself_is_not_the_members_file() {
    let mut scene = Scene::new();
    scene.open(1);
    scene.number(1, 1);
    scene.event(MpvEvent::StartFile { entry: 1 });
    assert_eq!(scene.event(end(1, "redirect")).events, [replaced(1)]);
    assert!(!is_told(&scene.event(MpvEvent::StartFile { entry: 2 })));
}

/// The relay's address has a secret in it, and is no link for a room.
#[test]
fn what_the_relay_serves_is_never_the_members_file() {
    let relayed = |path: &str| format!("http://127.0.0.1:4000/{path}");
    let mut files = ForeignFiles::default();
    files.note_own(&OpenTarget::direct(
        relayed("s3cret/1/a.mp4"),
        Container::Mp4,
    ));
    let told = |replaced, path: &str| {
        let mut actions = Actions::default();
        files.report(replaced, &Ok(json!(relayed(path))), &mut actions);
        actions.events
    };
    assert_eq!(told(false, "s3cret/2/b.mp4"), []);
    let anew = [PlayerEvent::Window(WindowEvent::OpenedAnew)];
    assert_eq!(told(true, "s3cret/2/b.mp4"), anew);
    let foreign = WindowEvent::ForeignFile {
        link: Some(relayed("b.mp4")),
        replaced: true,
    };
    assert_eq!(told(true, "b.mp4"), [PlayerEvent::Window(foreign)]);
}
