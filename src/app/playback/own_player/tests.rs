use super::OwnPlayer;
use crate::app::command::TrackRequest;
use crate::app::output::{Notice, Output, OwnPlayerNotice, Why};
use crate::app::playback::handling::Handling;
use crate::app::playback::{PlaybackOutput, PlaybackView};
use crate::protocol::time::LocalTime;
use crate::sync::player::{OwnAct, OwnReport, PlayerCommand, Sound, Track, TrackKind};

const NOTHING_KNOWN: PlaybackView<'static> = PlaybackView {
    now: LocalTime(0),
    room: None,
    me: None,
    health: None,
    is_joined: false,
};

fn track(kind: TrackKind, number: u32, language: &str, title: &str) -> Track {
    Track {
        kind,
        number,
        title: Some(title.to_owned()),
        language: Some(language.to_owned()),
        codec: None,
        is_default: false,
        is_forced: false,
        is_external: false,
        is_selected: number == 2,
    }
}

fn own() -> OwnPlayer {
    let tracks = vec![
        track(TrackKind::Subtitles, 1, "eng", "SDH"),
        track(TrackKind::Subtitles, 2, "rus", "Полные"),
        track(TrackKind::Audio, 1, "eng", "Stereo"),
    ];
    let mut own = OwnPlayer::default();
    let mut step = Handling::new(&NOTHING_KNOWN);
    own.report(OwnReport::Tracks(tracks), None, &mut step);
    assert_eq!(step.finish(), [], "what nobody asked for is not told");
    own
}

fn wanted(kind: TrackKind, request: &TrackRequest) -> Result<Vec<PlaybackOutput>, Why> {
    let mut step = Handling::new(&NOTHING_KNOWN);
    own().choose_track(kind, request, &mut step)?;
    Ok(step.finish())
}

#[test]
fn a_track_is_found_by_number_language_or_title() {
    let subtitles = TrackKind::Subtitles;
    for (name, number) in [
        ("1", 1),
        ("#2", 2),
        ("rus", 2),
        ("англ", 0),
        ("english", 1),
        ("полн", 2),
    ] {
        let found = wanted(subtitles, &TrackRequest::Named(name.to_owned()));
        let order = PlaybackOutput::Order(PlayerCommand::SelectTrack {
            kind: subtitles,
            number: Some(number),
        });
        let expected = if number == 0 {
            Err(Why::NoSuchTrack(subtitles))
        } else {
            Ok(vec![order])
        };
        assert_eq!(found, expected, "{name}");
    }
    let third = TrackRequest::Named("3".to_owned());
    let audio = TrackKind::Audio;
    assert_eq!(wanted(audio, &third), Err(Why::NoSuchTrack(audio)));
}

#[test]
fn an_order_is_answered_by_what_the_player_reports() {
    let mut own = own();
    let now = Sound {
        volume: 65,
        muted: false,
        most: 130,
    };
    let mut step = Handling::new(&NOTHING_KNOWN);
    own.report(OwnReport::Sound(now), Some(OwnAct::Volume), &mut step);
    let volume = Notice::Own(OwnPlayerNotice::Volume(now));
    let emitted = PlaybackOutput::Emit(Output::Notice(volume));
    assert_eq!(step.finish(), [emitted]);
    assert_eq!(own.sound(), Some(now));

    let act = OwnAct::Track(TrackKind::Subtitles);
    let mut step = Handling::new(&NOTHING_KNOWN);
    let tracks = own.tracks.clone();
    own.report(OwnReport::Tracks(tracks), Some(act), &mut step);
    let [
        PlaybackOutput::Emit(Output::Notice(Notice::Own(OwnPlayerNotice::Track {
            track, of, ..
        }))),
    ] = &step.finish()[..]
    else {
        panic!("no answer");
    };
    assert_eq!(track.as_ref().map(|track| track.number), Some(2));
    assert_eq!(*of, 2);
}

#[test]
fn the_picture_is_told_once_after_a_quality_was_chosen() {
    let mut own = own();
    let told = |own: &mut OwnPlayer| {
        let mut step = Handling::new(&NOTHING_KNOWN);
        own.report(OwnReport::PictureLines(480), None, &mut step);
        step.finish().len()
    };
    assert_eq!(told(&mut own), 0);
    own.tell_picture();
    assert_eq!((told(&mut own), told(&mut own)), (1, 0));
}
