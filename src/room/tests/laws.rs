//! Laws that hold for any sequence of commands, arrivals, departures, reports, waits and
//! restarts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index;

use super::steps::{Outcome, Step, step};
use super::story::name_of;
use super::world::{LEAD, World};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId, RoomId};
use crate::protocol::member::{Presence, Role, Visibility};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::committed::{Committed, Room};
use crate::room::decide::Decided;
use crate::room::queue::Queue;
use crate::room::reports::ReportedPlayback;
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

/// Checks that must hold after every step.
fn check_room(state: &RoomState) {
    let here = state.roster.here().count();
    assert_eq!(
        state.roster.count as usize, here,
        "the count is who is here"
    );
    let forms = state.roster.all().flat_map(|m| m.name.likenesses());
    let different: BTreeSet<String> = forms.collect();
    let own = |m: &crate::protocol::member::Member| {
        m.name
            .likenesses()
            .into_iter()
            .collect::<BTreeSet<_>>()
            .len()
    };
    let all: usize = state.roster.all().map(own).sum();
    assert_eq!(different.len(), all, "no two names look alike");
    let real = state.roster.here().any(|member| member.role == Role::Admin);
    let acting = state.roster.all().filter(|member| member.acting).count();
    assert!(
        acting <= usize::from(!real),
        "power is interrupted_acting to one, and not beside a real admin"
    );
    let given = state.roster.roles_before_acting().count();
    assert!(given == 0 || !real, "roles outlast the loan");
    assert_eq!(state.empty_since.is_some(), here == 0);
    assert!(state.queue.entries().len() <= Queue::MAX_IN_ALL);
    let timeline = &state.timeline;
    assert!(timeline.is_stopped() || !timeline.is_given_up());
    if let Some(playing) = &timeline.playing {
        assert!(playing.duration.is_some() || !playing.length_is_set);
        assert!(playing.duration.is_none() || !playing.live);
    }
    let position = timeline.position(state.at);
    assert!(
        position.0 >= 0,
        "a playing has no place before its beginning"
    );
}

/// The room folded from a log, from the start or from a snapshot.
fn fold(mut room: Room, log: &[Committed]) -> Room {
    for committed in log {
        room.apply(committed);
    }
    room
}

fn empty() -> Room {
    Room::new(RoomId::parse("movie-night").unwrap())
}

/// The admins who play the media, whose reports then decide.
fn admins_who_play(world: &World) -> Vec<MemberId> {
    let admins = world.room.state.roster.admins_here();
    admins
        .filter(|admin| admin.has_player)
        .map(|admin| admin.id)
        .collect()
}

/// The times for which slow viewers stopped playback.
#[derive(Default)]
struct HoldTimes {
    since: Option<RoomTime>,
    over: Vec<(RoomTime, RoomTime)>,
    /// When the last one for each member began.
    last: BTreeMap<MemberId, RoomTime>,
}

impl HoldTimes {
    /// Follows the log; a hold that a restart ended is not counted.
    fn of(log: &[Committed]) -> Self {
        let mut hold_times = Self::default();
        for fact in log.iter().map(|committed| &committed.fact) {
            match &fact.event {
                RoomEvent::Held { hold, .. } => {
                    hold_times.since = Some(fact.at);
                    if let Some(last) = hold_times.last.insert(hold.member, fact.at) {
                        let apart = fact.at - last;
                        assert!(apart >= Span::seconds(10), "held again after {apart:?}");
                    }
                }
                RoomEvent::Reopened { .. } => hold_times.since = None,
                RoomEvent::Released { segment, .. } => hold_times.end(segment.start),
                RoomEvent::Retimed { .. }
                | RoomEvent::Loaded { .. }
                | RoomEvent::NobodyPlays { .. }
                | RoomEvent::Finished { .. } => hold_times.end(fact.at),
                _ => {}
            }
        }
        hold_times
    }

    fn end(&mut self, at: RoomTime) {
        if let Some(since) = self.since.take() {
            self.over.push((since, at));
        }
    }

    fn check(&self) {
        for (since, until) in &self.over {
            let longest = Span::seconds(10) + LEAD;
            assert!(
                *until - *since <= longest,
                "one wait of {:?}",
                *until - *since
            );
            let window = *until - Span::seconds(300);
            let stood = self
                .over
                .iter()
                .filter(|(_, end)| end <= until)
                .map(|(since, end)| (*end - (*since).max(window)).0.max(0))
                .sum::<i64>();
            assert!(
                stood <= Span::seconds(30).0,
                "{stood} us within five minutes"
            );
        }
    }
}

/// A command of a member without an admin's power affects playback only by ending a wait.
fn check_powerless_command(before: &Timeline, world: &World) {
    let after = &world.room.state.timeline;
    let sent_out = |event: &&RoomEvent| matches!(event, RoomEvent::Presence { .. });
    if world.events().iter().any(sent_out) {
        // Perhaps nobody plays it any more, which has rules of its own.
        return;
    }
    let waits =
        |event: &&RoomEvent| matches!(event, RoomEvent::Held { .. } | RoomEvent::Released { .. });
    if world.events().iter().any(waits) {
        assert_eq!(after.playing, before.playing);
        assert_eq!(after.segment.rate, before.segment.rate);
        assert_eq!(after.position(world.now), before.position(world.now));
    } else {
        assert_eq!(after, before, "{:?}", world.last);
    }
}

/// What a report of a member without an admin's power may do to playback: a hold; facts about the
/// media by the rules of eligibility; that nobody plays it, or that it is over, unless an admin's
/// player plays it.
fn check_powerless_report(before: &Timeline, admins: &[MemberId], world: &World) {
    let state = &world.room.state;
    let after = &state.timeline;
    let position = before.position(world.now);
    for event in world.events() {
        match event {
            RoomEvent::Held { .. } | RoomEvent::Released { .. } => {
                assert_eq!(after.segment.rate, before.segment.rate);
            }
            RoomEvent::Learned { .. } => check_named_end(before, world),
            RoomEvent::NobodyPlays { .. } => {
                let playback = |id: &MemberId| world.reports.playback(*id, position);
                let plays = admins
                    .iter()
                    .any(|id| playback(id) == ReportedPlayback::Playing);
                assert!(!plays, "an admin plays it: {event:?}");
            }
            RoomEvent::SomebodyPlays { .. } if before.standstill.is_some() => {}
            RoomEvent::SomebodyPlays { segment, .. } => {
                let anchor = segment.map(|segment| segment.anchor);
                let skipped = anchor.map(|anchor| anchor - position);
                assert!(skipped.is_some_and(|skipped| skipped <= Span::seconds(30)));
                check_claim(before, admins, world);
            }
            RoomEvent::Loaded { .. } | RoomEvent::Finished { .. } => {
                let length = before.playing.as_ref().and_then(|playing| playing.duration);
                assert_eq!(length, None, "a report ended a playing of known length");
                let present = |id: &&MemberId| {
                    let member = state.roster.get(**id).unwrap();
                    matches!(member.presence, Presence::Here(since) if since <= before.since)
                };
                let playback = |id: &MemberId| world.reports.playback(*id, position);
                let mut present = admins.iter().filter(present);
                assert!(present.all(|admin| playback(admin) != ReportedPlayback::Playing));
            }
            event => panic!("a report led to {event:?}"),
        }
    }
    if world.events().is_empty() {
        assert_eq!(after, before);
    } else if after.epoch == before.epoch {
        assert_eq!(after.segment.paused, before.segment.paused);
    }
}

/// A part is skipped only if all admins' players that play the media wait behind it. If none does,
/// those of two addresses must, with members who have been here for a minute or since the start; or
/// that of the only viewer, half a minute after the last change.
fn check_claim(before: &Timeline, admins: &[MemberId], world: &World) {
    let position = before.position(world.now);
    let plays = |id: &MemberId| world.reports.playback(*id, position) == ReportedPlayback::Playing;
    let ahead = |id: &MemberId| world.reports.ahead(*id, before.segment).is_some();
    let mut playing = admins.iter().filter(|id| plays(id)).peekable();
    if playing.peek().is_some() {
        assert!(playing.all(ahead), "an admin plays what the others lack");
        return;
    }
    let roster = &world.room.state.roster;
    let watching: Vec<_> = roster.here().filter(|member| member.has_player).collect();
    let mut from = BTreeSet::new();
    for member in &watching {
        let began = matches!(member.presence, Presence::Here(since) if since <= before.since);
        let reported = world.reports.facts_of(member.id);
        let long = reported.is_some_and(|reported| reported.since + Span::seconds(60) <= world.now);
        if (began || long) && plays(&member.id) && ahead(&member.id) {
            from.insert(world.room.secrets.address(member.id).ok_or(member.id));
        }
    }
    let rested = world.now - before.segment.start >= Span::seconds(30);
    let alone = watching.len() == 1 && from.len() == 1 && rested;
    assert!(from.len() >= 2 || alone, "the claim of {from:?} moved it");
}

/// While an admin's player plays the media, others cannot report an end that its member would
/// hardly see coming.
fn check_named_end(before: &Timeline, world: &World) {
    let after = &world.room.state.timeline;
    let (Some(then), Some(now)) = (&before.playing, &after.playing) else {
        return;
    };
    let set = now.length_is_set || !now.length_by_viewers || now.duration == then.duration;
    let position = before.position(world.now);
    let playing = |id: &MemberId| {
        let playback = world.reports.playback(*id, position);
        matches!(
            playback,
            ReportedPlayback::Playing | ReportedPlayback::Ended
        )
    };
    if !set && admins_who_play(world).iter().any(playing) {
        let soonest = before.position(world.now) + Span::seconds(60);
        let named = now.duration.map(|length| Position(length.0));
        assert!(named.is_none_or(|end| end > soonest), "an end at {named:?}");
    }
}

/// Reports about one media lead to a limited number of events, however often they are repeated: one
/// for new facts, one for each change of eligibility, and one more every ten seconds for each
/// player. A longer length just before the end is not counted.
fn check_learned(log: &[Committed]) {
    let mut reported: BTreeMap<Epoch, usize> = BTreeMap::new();
    let (mut came, mut went, mut acts, mut openings, mut failures) = (0, 0, 0, 1, 0);
    let mut room = empty();
    for committed in log {
        let fact = &committed.fact;
        match &fact.event {
            RoomEvent::Presence { joined, left, .. } => {
                came += joined.len();
                went += left.len();
            }
            // A restarted server has forgotten the reports.
            RoomEvent::Reopened { .. } => openings += 1,
            RoomEvent::Learned { .. } if fact.by.is_some() => acts += 1,
            RoomEvent::Learned {
                epoch, duration, ..
            } => {
                let timeline = &room.state.timeline;
                let known = timeline
                    .playing
                    .as_ref()
                    .and_then(|playing| playing.duration);
                let soon = timeline
                    .ends_at()
                    .is_some_and(|end| end <= fact.at + Span::seconds(10));
                if !soon || *duration <= known {
                    *reported.entry(*epoch).or_default() += 1;
                }
            }
            RoomEvent::Retimed { .. } | RoomEvent::RoleChanged { .. } => acts += 1,
            RoomEvent::NobodyPlays { .. } | RoomEvent::SomebodyPlays { .. } => failures += 1,
            _ => {}
        }
        room.apply(committed);
    }
    let times = || log.iter().map(|committed| committed.fact.at);
    let lasted = times().max().unwrap_or_default() - times().min().unwrap_or_default();
    let in_time = usize::try_from(lasted.0 / Span::seconds(10).0).unwrap() * came;
    let most = (5 * came + went + acts + failures + 1) * openings + in_time;
    assert!(
        reported.values().all(|count| *count <= most),
        "{reported:?}"
    );
}

/// Events that a viewer's command may lead to.
const OF_VIEWERS: [&str; 12] = [
    "chat",
    "queued",
    "queued_together",
    "described",
    "subtitles_offered",
    "unqueued:withdrawn",
    "asked",
    "spared",
    // A member who exempts themselves ends a hold for them.
    "released:overridden",
    "renamed",
    "ready_changed",
    // A report that nobody is here to judge.
    "noted",
];

/// Executes a step, and checks what depends on who did it.
fn take(world: &mut World, step: &Step) {
    let before = world.room.state.clone();
    let playing = admins_who_play(world);
    let admins = before.roster.admins_here().count();
    match step.happen(world) {
        Some(Outcome::Commanded(power, answer)) => {
            if answer.is_err() {
                assert_eq!(world.room.state, before, "a denied command changes nothing");
            } else if power == Role::Viewer {
                let names: Vec<String> = world.events().into_iter().map(name_of).collect();
                let all = names.iter().all(|name| OF_VIEWERS.contains(&name.as_str()));
                assert!(all, "a viewer's {step:?} led to {names:?}");
            }
            if power != Role::Admin {
                check_powerless_command(&before.timeline, world);
            }
            if admins > 0 {
                let left = world.room.state.roster.admins_here().count();
                assert!(left > 0, "{step:?} left the room without an admin");
            }
        }
        Some(Outcome::Reported(power)) if power != Role::Admin => {
            check_powerless_report(&before.timeline, &playing, world);
        }
        Some(Outcome::Reported(_) | Outcome::Restarted | Outcome::Other) | None => {}
    }
    let silent = |decided: &Decided| !matches!(decided, Decided::Event { .. });
    if world.last.iter().all(silent) && !matches!(step, Step::Wait(_)) {
        assert_eq!(world.room.state, before, "without an event nothing changes");
    }
}

fn run(steps: &[Step]) -> World {
    let mut world = World::new(Visibility::Public);
    world.arrive("Alice", true);
    for step in steps {
        // Nobody can enter a closed room.
        if world.room.state.closed {
            break;
        }
        take(&mut world, step);
        check_room(&world.room.state);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn whatever_happens_a_room_keeps_its_laws(
        steps in proptest::collection::vec(step(), 0..90),
    ) {
        let world = run(&steps);
        HoldTimes::of(&world.log).check();
        check_learned(&world.log);
    }

    #[test]
    fn a_room_is_the_fold_of_its_log(
        steps in proptest::collection::vec(step(), 0..60),
        middle in any::<Index>(),
    ) {
        let World { room, log, .. } = run(&steps);
        assert_eq!(fold(empty(), &log), room);

        let (first, rest) = log.split_at(middle.index(log.len()));
        let snapshot = serde_json::to_string(&fold(empty(), first)).unwrap();
        let kept: Vec<Committed> = rest
            .iter()
            .map(|committed| serde_json::to_string(committed).unwrap())
            .map(|text| serde_json::from_str(&text).unwrap())
            .collect();
        assert_eq!(kept, rest);
        assert_eq!(fold(serde_json::from_str(&snapshot).unwrap(), &kept), room);

        // A client, which never sees the private half, holds the same state.
        let mut seen = RoomState::new(room.state.id.clone());
        for committed in &log {
            seen.apply(&committed.fact);
        }
        assert_eq!(seen, room.state);
    }

    /// Events also come from other nodes and newer versions: an event that does not fit must not
    /// corrupt a room.
    #[test]
    fn events_that_do_not_fit_do_not_upset_a_room(
        ours in proptest::collection::vec(step(), 0..40),
        theirs in proptest::collection::vec(step(), 0..40),
    ) {
        let mut room = run(&ours).room;
        for committed in run(&theirs).log {
            room.apply(&committed);
            let _ = crate::room::deadline::next(&room);
            let _ = crate::room::listing::listing(&room.state, room.state.at);
        }
    }
}
