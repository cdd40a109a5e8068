//! How answers become readings.

use serde_json::{Value, json};

use super::Sampler;
use crate::player::actions::{Purpose, SamplePart};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{Basis, Sample};

type Asks = Vec<(Purpose, Value)>;

/// One reading at `at` with these answers: the sample, and what is requested in addition.
fn read(sampler: &mut Sampler, at: LocalTime, answers: [Option<f64>; 3]) -> (Option<Sample>, Asks) {
    let mut asks = Vec::new();
    sampler.ask(&mut asks);
    let mut more = Vec::new();
    let mut sample = None;
    for ((purpose, _), answer) in asks.into_iter().zip(answers) {
        let Purpose::Sample(round, part) = purpose else {
            panic!("{purpose:?}")
        };
        sample = sampler.take(round, part, answer, at, &mut more);
    }
    (sample, more)
}

#[test]
fn the_audio_clock_is_preferred() {
    let at = LocalTime(7);
    let (sample, more) = read(
        &mut Sampler::default(),
        at,
        [Some(2.0), Some(2.02), Some(9.0)],
    );
    let position = Position::seconds(2);
    let buffered = Some(Span::seconds(7));
    assert_eq!(
        sample,
        Some(Sample {
            position,
            at,
            basis: Basis::Audio,
            buffered
        })
    );
    assert!(more.is_empty());
}

#[test]
fn without_it_the_frames_edges_are_watched_until_it_is_back() {
    let mut sampler = Sampler::default();
    let (sample, more) = read(&mut sampler, LocalTime(0), [None, Some(1.0), None]);
    assert_eq!(sample.unwrap().basis, Basis::Frame);
    assert!(more.is_empty(), "once is a seek");
    let (_, more) = read(&mut sampler, LocalTime(250_000), [None, Some(1.24), None]);
    assert_eq!(more[0].1, json!(["observe_property", 5, "time-pos"]));

    sampler.frame(Some(1.24), LocalTime(251_000));
    let (sample, _) = read(&mut sampler, LocalTime(252_000), [None, Some(1.24), None]);
    assert_eq!(
        sample.unwrap().at,
        LocalTime(252_000),
        "the first report is no edge"
    );
    sampler.frame(Some(1.28), LocalTime(280_000));
    let (sample, more) = read(
        &mut sampler,
        LocalTime(310_000),
        [None, Some(1.28), Some(5.0)],
    );
    let sample = sample.unwrap();
    assert_eq!(
        (sample.at, sample.position),
        (LocalTime(280_000), Position(1_280_000))
    );
    assert!(more.is_empty(), "observed once");
    let (sample, _) = read(&mut sampler, LocalTime(990_000), [None, Some(1.28), None]);
    assert_eq!(
        sample.unwrap().at,
        LocalTime(990_000),
        "the edge is too old"
    );

    let (_, more) = read(
        &mut sampler,
        LocalTime(995_000),
        [Some(1.3), Some(1.28), None],
    );
    assert_eq!(more[0].1, json!(["unobserve_property", 5]));
}

#[test]
fn a_new_reading_or_new_media_drops_the_one_under_way() {
    let mut sampler = Sampler::default();
    let mut asks = Vec::new();
    sampler.ask(&mut asks);
    sampler.ask(&mut asks);
    let take = |sampler: &mut Sampler, round| {
        sampler.take(
            round,
            SamplePart::Audio,
            Some(1.0),
            LocalTime(0),
            &mut Vec::new(),
        );
        sampler.take(
            round,
            SamplePart::Cache,
            None,
            LocalTime(0),
            &mut Vec::new(),
        )
    };
    assert_eq!(take(&mut sampler, 1), None);
    assert!(take(&mut sampler, 2).is_some());
    sampler.reset(&mut asks);
    assert_eq!(take(&mut sampler, 2), None);
}

#[test]
fn nothing_readable_is_no_sample() {
    let (sample, more) = read(
        &mut Sampler::default(),
        LocalTime(0),
        [None, None, Some(3.0)],
    );
    assert_eq!(sample, None);
    assert!(more.is_empty());
    let (sample, _) = read(
        &mut Sampler::default(),
        LocalTime(0),
        [Some(f64::NAN), None, None],
    );
    assert_eq!(sample, None);
}
