//! Inputs that make no sense, in any order: nothing of it panics, spins or floods.

use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::playback::{
    Hold, Playing, Segment, Standstill, StandstillCause, StandstillPhase,
};
use crate::protocol::time::{LocalTime, Position, Rate, RoomTime, Span};
use crate::room::timeline::Timeline;
use crate::sim::random::Random;
use crate::sync::PongTimes;
use crate::sync::follow::{FollowConfig, FollowInput, FollowOutput, Follower};
use crate::sync::player::{
    Basis, CloseCause, MediaProblem, PlayerCommand, PlayerEvent, ProcessState, Refetch, Sample,
};
use crate::test_support::playing;

/// A number from the whole range, or a small one.
fn any_number(random: &mut Random) -> i64 {
    match random.below(6) {
        0 => i64::MIN,
        1 => i64::MAX,
        2 => 0,
        _ => crate::sim::link::micros(random.between(-1e7, 1e7)),
    }
}

fn any_span(random: &mut Random) -> Option<Span> {
    random.chance(0.5).then(|| Span(any_number(random)))
}

fn any_standstill(random: &mut Random) -> Standstill {
    Standstill {
        cause: if random.chance(0.5) {
            StandstillCause::Ended
        } else {
            let code = FailureCode::Gone;
            StandstillCause::Failed { code }
        },
        phase: if random.chance(0.5) {
            StandstillPhase::Doubtful
        } else {
            StandstillPhase::Certain
        },
        position: Position(any_number(random)),
        until: RoomTime(any_number(random)),
    }
}

fn any_timeline(random: &mut Random) -> Timeline {
    let playing = Playing {
        duration: any_span(random),
        live: random.chance(0.1),
        begins: any_span(random),
        ..playing("https://media.example.org/film.mp4")
    };
    Timeline {
        entry: None,
        epoch: Epoch(u64::try_from(random.below(3)).unwrap()),
        playing: random.chance(0.9).then_some(playing),
        segment: Segment {
            anchor: Position(any_number(random)),
            start: RoomTime(any_number(random)),
            rate: Rate::from_factor(random.between(0.25, 4.0)).unwrap(),
            paused: random.chance(0.3),
        },
        hold: random.chance(0.1).then_some(Hold {
            member: MemberId(2),
            since: RoomTime(0),
            until: RoomTime(1),
        }),
        finished: random.chance(0.1),
        standstill: random.chance(0.1).then(|| any_standstill(random)),
        since: RoomTime(any_number(random)),
        retry_since: RoomTime(0),
        before: random.chance(0.1).then(|| Segment {
            anchor: Position(any_number(random)),
            start: RoomTime(any_number(random)),
            ..Segment::default()
        }),
        gate: if random.chance(0.2) {
            vec![MemberId(2)]
        } else {
            Vec::new()
        },
        countdown: random.chance(0.1),
    }
}

fn any_problem(random: &mut Random) -> MediaProblem {
    let reason = "it broke".to_owned();
    match random.below(4) {
        0 => MediaProblem::ResolverMissing,
        1 => MediaProblem::Player { reason },
        2 => MediaProblem::Fetch(MediaFault::here(FaultKind::Busy)),
        _ => MediaProblem::Fetch(MediaFault::here(FaultKind::Gone)),
    }
}

fn any_event(random: &mut Random) -> PlayerEvent {
    let epoch = Epoch(u64::try_from(random.below(3)).unwrap());
    let at = LocalTime(any_number(random));
    let position = Position(any_number(random));
    match random.below(20) {
        0 => PlayerEvent::Process(ProcessState::Frozen),
        1 => PlayerEvent::Process(ProcessState::Thawed),
        2 => PlayerEvent::Process(ProcessState::Closed(CloseCause::Killed)),
        3 | 4 => PlayerEvent::Process(ProcessState::Ready {
            version: "0.35.1".into(),
            lacks: None,
        }),
        5 | 6 => PlayerEvent::Loaded {
            epoch,
            title: Some("\u{1b}[31m".into()),
            has_audio: random.chance(0.5),
            seekable: random.chance(0.8),
            live: random.chance(0.1),
            begins: any_span(random),
        },
        7 => PlayerEvent::Failed {
            epoch,
            problem: any_problem(random),
        },
        8 => PlayerEvent::SeekBegan { at },
        9 | 10 => PlayerEvent::PlaybackRestarted { position, at },
        11 => PlayerEvent::Paused {
            paused: random.chance(0.5),
            position: random.chance(0.5).then_some(position),
            at,
        },
        12 => PlayerEvent::Speed {
            speed: [0.0, -1.0, 1.1, f64::NAN, f64::INFINITY][random.below(5)],
        },
        13 => PlayerEvent::Stalled(random.chance(0.5)),
        14 => PlayerEvent::Ended {
            epoch,
            broken: random.chance(0.5).then(|| any_problem(random)),
        },
        15 => PlayerEvent::Length {
            epoch,
            length: Span(any_number(random)),
        },
        16 => PlayerEvent::Stepped { position, at },
        18 => PlayerEvent::LiveOrigin {
            epoch,
            wall: Span(any_number(random)),
        },
        17 => PlayerEvent::Refetching {
            epoch,
            refetch: random.chance(0.5).then_some(Refetch {
                fault: MediaFault::here(FaultKind::Busy),
                next: at,
            }),
        },
        _ => PlayerEvent::Sample(Sample {
            position,
            at,
            basis: [Basis::Audio, Basis::Frame][random.below(2)],
            buffered: any_span(random),
        }),
    }
}

fn any_input(random: &mut Random, now: LocalTime) -> FollowInput {
    match random.below(10) {
        0 => FollowInput::Timeline {
            timeline: any_timeline(random),
            own: random.chance(0.3),
        },
        1 => FollowInput::Connected {
            same_node: random.chance(0.5),
        },
        2 if random.chance(0.2) => FollowInput::Disconnected,
        3 => FollowInput::Pong(PongTimes {
            t0: now - Span::millis(100),
            t1: RoomTime(any_number(random)),
            t2: RoomTime(any_number(random)),
            t3: now,
        }),
        4 if random.chance(0.2) => FollowInput::Suspended,
        5 => FollowInput::Undo,
        6 => FollowInput::Deadline,
        _ => FollowInput::Player(any_event(random)),
    }
}

/// What is ordered is something that a player can do.
fn assert_sane(output: &FollowOutput, seed: u64) {
    let FollowOutput::Order(order) = output else {
        return;
    };
    if let PlayerCommand::SetSpeed { speed, .. } = &order.what {
        assert!((0.2..=5.0).contains(speed), "seed {seed}: speed {speed}");
    }
    if let PlayerCommand::Seek(to) | PlayerCommand::Load { start: to, .. } = &order.what {
        assert!(*to >= Position::START, "seed {seed}: {to:?}");
    }
}

#[test]
fn any_inputs_in_any_order_do_no_harm() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut follower = Follower::new(FollowConfig::default());
        let mut now = LocalTime(any_number(&mut random).clamp(-1_000_000, 1_000_000));
        let mut given = 0_usize;
        for _ in 0..200 {
            now = now + Span::from_seconds(random.between(0.0, 0.4));
            let input = any_input(&mut random, now);
            let mut outputs = follower.handle(input, now);
            for _ in 0..4 {
                if follower
                    .next_deadline()
                    .is_none_or(|deadline| deadline > now)
                {
                    break;
                }
                outputs.extend(follower.handle(FollowInput::Deadline, now));
            }
            let next = follower.next_deadline();
            assert!(
                next.is_none_or(|next| next > now),
                "seed {seed}: spins, {follower:?}"
            );
            for output in &outputs {
                assert_sane(output, seed);
            }
            let done = |output: &&FollowOutput| !matches!(output, FollowOutput::Decided(_));
            given += outputs.iter().filter(done).count();
            let _ = follower.status();
        }
        assert!(given < 1_000, "seed {seed}: {given} outputs for 200 inputs");
    }
}
