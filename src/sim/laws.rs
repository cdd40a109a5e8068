//! The laws that hold in every evening: functions over a world that return what is wrong, if
//! anything is.

use super::client::Client;
use super::fake_player::ways::Way;
use super::link::seconds;
use super::moves::AT_THE_END;
use super::traits::Traits;
use super::world::World;
use crate::protocol::time::Span;
use crate::room::state::RoomState;
use crate::sync::follow::{SyncState, Unsynced};

/// The result of a law; the error says what is wrong, for the person who reads the failure.
pub(crate) type Verdict = Result<(), String>;

/// The closest that two unasked seeks of a player may follow each other: `sync/seeking.rs` rests
/// for 5 s, and a machine's clock may run a ten-thousandth fast.
const SEEKS_APART: i64 = 4_999_000;

/// A seek that takes so long waited for data, as `sync/follow/stall.rs` says; in microseconds.
const WAITED: i64 = 1_400_000;

/// How long a cause may take until it leads to a seek, in microseconds (judgement).
const CAUSED_WITHIN: i64 = 1_500_000;

/// How much longer it may take where a pause that ended at once is not reported: it is waited for,
/// in microseconds (`ANSWER_LIMIT` in `sync/echo.rs`).
const MERGED_PAUSE: i64 = 2_000_000;

/// The most that a player in step may be off, in seconds, besides the error of its client's clock
/// (judgement).
const IN_STEP: f64 = 0.015;

/// The most that a paused player may be off, in seconds: it shows the room's frame or one beside
/// it.
const ONE_FRAME: f64 = 0.06;

/// So near the end of the media nobody corrects, in seconds (`LAST` in `sync/follow/steer.rs`):
/// where it is over, players stand where each heard of that.
const LAST: f64 = 0.5;

/// How long news of the room take at most, without loss, in seconds: one way is up to 0.1 s and its
/// jitter up to 0.06 s (`sim/script.rs`).
const NEWS_WITHIN: f64 = 0.16;

/// How fast a player plays that catches up, as a multiple of the room's rate: bent by `WIDE_CAP` in
/// `sync/drift.rs`.
const CATCHES_UP: f64 = 1.1;

/// From this distance on a player seeks in any case, and must not be called in step, in seconds
/// (`FollowConfig::seek_threshold`).
const FAR: f64 = 2.0;

/// How long it takes at most to work off by speed what no seek is made for: by `sync/drift.rs` the
/// 1.5 s beyond `SEEK_ERROR` at 10 %, the rest down to `FINE_LIMIT` at 5 %, and what is left in
/// some seconds.
pub(crate) const WORKED_OFF_WITHIN: Span = Span::seconds(30);

/// No line has two answers, whatever connections it was sent on.
pub(crate) fn no_line_has_two_answers(world: &World) -> Verdict {
    for (index, client) in world.clients.iter().enumerate() {
        if client.lines.answers.values().any(|count| *count > 1) {
            return Err(format!("client {index}: {:?}", client.lines));
        }
    }
    Ok(())
}

/// Every line has an answer, once nothing happens any more.
pub(crate) fn every_line_has_an_answer(world: &World) -> Verdict {
    for (index, client) in world.clients.iter().enumerate() {
        let lines = &client.lines;
        let answered = (1..=lines.typed).all(|line| lines.answers.contains_key(&line));
        if client.exit.is_none() && !answered {
            return Err(format!("client {index}: {lines:?}"));
        }
    }
    Ok(())
}

/// Two clients that have seen the same event have the same room, which is the server's.
pub(crate) fn one_rev_is_one_room(world: &World) -> Verdict {
    let room = &world.server.hosted.room.state;
    for (index, client) in world.clients.iter().enumerate() {
        let (Some(seen), Some(me)) = (client.app.room(), client.app.me()) else {
            continue;
        };
        // Clients do not see which commands of others were answered, nor when they wrote.
        let as_seen = |room: &RoomState| RoomState {
            roster: room.roster.for_client(me.id),
            restrictions: room.restrictions.for_client(me.id),
            ..room.clone()
        };
        if seen.rev != room.rev {
            continue;
        }
        let (ours, theirs) = (as_seen(seen), as_seen(room));
        if ours != theirs {
            return Err(format!(
                "client {index} has {ours:#?}, the room {theirs:#?}"
            ));
        }
    }
    Ok(())
}

/// Everybody who watches is present in the room.
pub(crate) fn all_are_connected(world: &World) -> Verdict {
    for (index, client) in world.clients.iter().enumerate() {
        let room = &world.server.hosted.room.state;
        let rev = client.app.room().map(|seen| seen.rev);
        if client.exit.is_none() && rev != Some(room.rev) {
            let view = client.app.connection();
            return Err(format!("client {index}: {view:?}, {rev:?} of {}", room.rev));
        }
    }
    Ok(())
}

/// Every player that runs is where the room is. Where nothing is on, it has nothing open.
pub(crate) fn all_are_in_step(world: &World) -> Verdict {
    let rate = world.timeline().segment.rate.factor();
    for (index, client) in world.clients.iter().enumerate() {
        if !client.watches() {
            continue;
        }
        let status = client.app.sync_status();
        let ahead = world.error(index);
        let error = ahead.abs();
        let clock = world.clock_error(index);
        let Some((clock, bound)) = clock.zip(status.bound) else {
            return Err(format!("client {index} knows no time: {status:?}"));
        };
        if clock > bound.as_seconds() + 2e-6 {
            return Err(format!("client {index}: clock off by {clock}, {bound:?}"));
        }
        if world.timeline().playing.is_none() {
            if let Some(epoch) = client.player.shows() {
                return Err(format!("client {index} has {epoch:?} open: {status:?}"));
            }
            continue;
        }
        // Whoever may be off must not be called in step.
        let claims = status.state == SyncState::Holding && error > FAR;
        if is_excused(world, client, status.state) && (!claims || world.timeline().finished) {
            continue;
        }
        let is_stopped = world.timeline().is_stopped();
        let allowed = if world.timeline().finished && ahead > 0.0 {
            // A longer copy plays on while the timeline stands at the length, and until it hears
            // that the media is over.
            AT_THE_END.as_seconds() + NEWS_WITHIN
        } else if world.timeline().finished {
            LAST
        } else if is_stopped {
            ONE_FRAME
        } else {
            clock * rate + IN_STEP
        };
        let runs = is_stopped || matches!(status.state, SyncState::Holding | SyncState::Nudging);
        let as_the_room = client.player.paused == is_stopped || world.timeline().finished;
        if error > allowed || !runs || !as_the_room {
            let view = client.app.player_view();
            return Err(format!(
                "client {index} is off by {error}, {allowed} allowed: {status:?}, {view:?}"
            ));
        }
    }
    Ok(())
}

/// Whether data comes to a player fast enough to be in step at the room's rate.
pub(crate) fn keeps_up(world: &World, client: &Client) -> bool {
    let rate = world.timeline().segment.rate.factor();
    let slow = client.player.traits.slow;
    slow.is_none_or(|slow| slow.fill >= CATCHES_UP * rate)
}

/// Whether a player may stay behind, since its copy or its server is of that kind.
fn is_excused(world: &World, client: &Client, state: SyncState) -> bool {
    let traits: &Traits = &client.player.traits;
    let is_cut = traits.cut_at.is_some();
    let cannot_jump = !traits.seekable || traits.unranged.is_some();
    // The media is over: nobody is sent after it, wherever this copy ended or had been read to.
    let at_own_end = traits
        .cut_at
        .is_some_and(|end| client.player.place() >= end - ONE_FRAME);
    // It has read as far as the room is a moment ago, and is on its way there.
    let arrives = |at: i64| world.now - at < WORKED_OFF_WITHIN.0;
    let is_starved = !keeps_up(world, client);
    let over = world.timeline().finished && (at_own_end || cannot_jump || is_starved);
    if over || client.read_on_at.is_some_and(arrives) {
        return true;
    }
    match state {
        SyncState::Holding
        | SyncState::Nudging
        | SyncState::Seeking
        | SyncState::Ahead
        | SyncState::Buffering
        | SyncState::Unsynced(Unsynced::BackingOff)
            if is_starved && !world.timeline().is_stopped() =>
        {
            true
        }
        SyncState::Unsynced(Unsynced::EndsEarly) => is_cut,
        SyncState::Unsynced(Unsynced::CannotSeek | Unsynced::Failed) | SyncState::ReadingOn => {
            cannot_jump
        }
        // At the end of its copy, a player reopens it once to look for more.
        SyncState::Buffering | SyncState::Loading => is_cut || cannot_jump,
        _ => false,
    }
}

/// No seek follows another closely without a cause. A player that can only seek in what it has read
/// is sought as often as needed.
pub(crate) fn no_seek_loop(world: &World) -> Verdict {
    for (index, client) in jumping(world) {
        let seeks = &client.player.seeks;
        let mut before = i64::MIN;
        for pair in seeks.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            let close = second - first < SEEKS_APART && !is_caused(client, first, second);
            if close && !makes_up(client, before, first, second) {
                let (first, second) = (seconds(first), seconds(second));
                let seeks: Vec<_> = seeks.iter().map(|at| seconds(*at)).collect();
                return Err(format!(
                    "client {index} seeks at {first} and {second}: {seeks:?}"
                ));
            }
            before = first;
        }
    }
    Ok(())
}

/// The clients whose players can jump.
fn jumping(world: &World) -> impl Iterator<Item = (usize, &Client)> {
    let clients = world.clients.iter().enumerate();
    clients.filter(|(_, client)| client.player.traits.unranged.is_none())
}

/// Whether something happened around the first seek that asked for both. What happens while a
/// player is on its way leads to a seek once that is over; what sent it on its way does not ask
/// for another seek after the second.
fn is_caused(client: &Client, first: i64, second: i64) -> bool {
    let ways = &client.player.ways;
    let within = if client.player.traits.merges_pauses {
        CAUSED_WITHIN + MERGED_PAUSE
    } else {
        CAUSED_WITHIN
    };
    let over = |way: &Way| way.over.unwrap_or(i64::MAX);
    let loads = ways.iter().filter(|way| way.is_load);
    let loads = loads.map(|load| (load.ordered, over(load)));
    let causes = client.causes.iter().copied();
    let causes = causes.map(|(from, until)| {
        let meets = |way: &&Way| way.ordered < until && until < over(way);
        (from, ways.iter().find(meets).map_or(until, over))
    });
    let mut causes = causes.chain(loads);
    causes.any(|(from, until)| from <= second && until.saturating_add(within) >= first)
}

/// Whether the second seek is the one that makes up for a first one that waited for data, since
/// the room went on meanwhile (`sync/follow/landing.rs`); `before` is the seek before the two.
fn makes_up(client: &Client, before: i64, first: i64, second: i64) -> bool {
    let mut ways = client.player.ways.iter();
    let way = ways.find(|way| way.ordered == first && !way.is_load);
    let arrived = way.and_then(|way| way.over);
    let waited = arrived.is_some_and(|at| at - first >= WAITED && second >= at);
    waited && first.saturating_sub(before) >= SEEKS_APART
}

/// No player that gets its data in time sought since then, except where data ended: there it asks
/// once whether there is more, and seeks to the room once that is open.
pub(crate) fn nobody_seeks_since(world: &World, since: i64) -> Verdict {
    let steered = jumping(world).filter(|(_, client)| keeps_up(world, client));
    for (index, client) in steered {
        let player = &client.player;
        let later = |times: &[i64]| times.iter().filter(|at| **at > since).count();
        let (seeks, ends) = (later(&player.seeks), later(&player.ends));
        if seeks > 2 * ends {
            return Err(format!("client {index} in step sought {seeks} times"));
        }
    }
    Ok(())
}

/// What a client, a room and its reports hold is within the bounds that the program names.
pub(crate) fn memory_is_bounded(world: &World) -> Verdict {
    let hosted = &world.server.hosted;
    let members = hosted.room.state.roster.all().count();
    let mut lengths = hosted.room.lengths();
    lengths.extend(hosted.reports.lengths(members));
    lengths.push(world.server.length());
    lengths.extend(world.clients.iter().flat_map(|client| client.app.lengths()));
    let too_long = lengths.iter().find(|length| length.held > length.most);
    too_long.map_or(Ok(()), |length| Err(format!("{length:?}")))
}

/// Each deadline of the room leads to an event after which it is gone, as `room/deadline.rs` says.
/// That those of a client move on is asserted where they are met: one that does not stops the
/// evening.
pub(crate) fn no_deadline_leads_to_nothing(world: &World) -> Verdict {
    let idle = &world.server.hosted.idle_deadlines;
    let due = world.server.next_due();
    let is_down = world.server_down_until > world.now;
    if !idle.is_empty() || (!is_down && due.is_some_and(|due| due < world.room_now())) {
        return Err(format!("due {due:?}, idle {idle:?}"));
    }
    Ok(())
}

mod tests {
    use super::{
        Verdict, Way, all_are_connected, all_are_in_step, every_line_has_an_answer,
        memory_is_bounded, no_deadline_leads_to_nothing, no_line_has_two_answers, no_seek_loop,
        nobody_seeks_since, one_rev_is_one_room,
    };
    use crate::media::Media;
    use crate::protocol::ids::{Epoch, MemberId, Rev};
    use crate::protocol::member::{Ban, Role};
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{Position, RoomTime, Span};
    use crate::room::deadline::DeadlineReason;
    use crate::room::state::RoomState;
    use crate::sim::client::Kind;
    use crate::sim::hosted::{Change, Origin};
    use crate::sim::incidents::{Incident, What};
    use crate::sim::link::{Weather, micros};
    use crate::sim::moves::only_admins_move;
    use crate::sim::traits::{SlowHost, Traits};
    use crate::sim::world::World;
    use crate::sync::player::PlayerCommand;

    /// Two members in a room where nothing is on.
    fn arrived() -> World {
        let mut world = World::new(1);
        for _ in 0..2 {
            world.join(&Kind {
                traits: Traits::default(),
                weather: Weather::LOOPBACK,
                comes_at: 0.0,
                has_screen: false,
            });
        }
        world.run(2.0);
        world
    }

    /// Two members who watch media in step.
    fn watching() -> World {
        let mut world = arrived();
        let play = "/play https://media.example.org/film.mp4";
        let what = What::Types(play.into());
        world.befall(Incident { who: 0, what });
        world.run(30.0);
        world
    }

    #[test]
    fn where_nothing_is_on_a_player_has_nothing_open() {
        let mut world = arrived();
        world.run(5.0);
        assert_eq!(all_are_in_step(&world), Ok(()));
        world.clients[1].player.order(PlayerCommand::Load {
            epoch: Epoch(1),
            media: Media::parse("https://media.example.org/film.mp4").unwrap(),
            start: Position::START,
            paused: true,
            retry: false,
        });
        world.run(5.0);
        assert!(all_are_in_step(&world).is_err());
    }

    #[test]
    fn whose_data_comes_slower_than_the_room_plays_may_be_off_but_not_called_in_step() {
        let mut world = watching();
        world.clients[1].player.slip(-3.0);
        assert!(all_are_in_step(&world).is_err());
        let slow = |fill| {
            Some(SlowHost {
                fill,
                keyframes: 2.0,
            })
        };
        world.clients[1].player.traits.slow = slow(1.2);
        assert!(all_are_in_step(&world).is_err(), "it could keep up");
        world.clients[1].player.traits.slow = slow(0.9);
        assert!(all_are_in_step(&world).is_err(), "it is called in step");
        world.clients[1].player.slip(2.0);
        assert_eq!(all_are_in_step(&world), Ok(()));
        let what = What::Types("/pause".into());
        world.befall(Incident { who: 0, what });
        world.run(5.0);
        assert_eq!(all_are_in_step(&world), Ok(()));
        world.clients[1].player.slip(-0.1);
        assert!(all_are_in_step(&world).is_err(), "a paused room is no race");
    }

    #[test]
    fn where_media_is_over_a_player_stands_near_the_end_or_at_its_own() {
        let mut world = watching();
        let what = What::Types("/seek 595".into());
        world.befall(Incident { who: 0, what });
        world.run(20.0);
        assert!(world.timeline().finished);
        assert_eq!(all_are_in_step(&world), Ok(()));
        world.clients[1].player.slip(1.1);
        assert_eq!(all_are_in_step(&world), Ok(()), "its copy went on");
        world.clients[1].player.slip(0.2);
        assert!(all_are_in_step(&world).is_err(), "it heard of the end");
        world.clients[1].player.slip(-1.3);
        world.clients[1].player.slip(-0.4);
        assert_eq!(all_are_in_step(&world), Ok(()), "nobody corrects there");
        world.clients[1].player.slip(-0.2);
        assert!(all_are_in_step(&world).is_err());
        let place = world.clients[1].player.place();
        world.clients[1].player.traits.cut_at = Some(place + 1.0);
        assert!(all_are_in_step(&world).is_err(), "its copy goes on");
        world.clients[1].player.traits.cut_at = Some(place);
        assert_eq!(all_are_in_step(&world), Ok(()));
    }

    fn verdicts(world: &World) -> Vec<Verdict> {
        vec![
            only_admins_move(world),
            no_line_has_two_answers(world),
            every_line_has_an_answer(world),
            one_rev_is_one_room(world),
            all_are_connected(world),
            all_are_in_step(world),
            no_seek_loop(world),
            memory_is_bounded(world),
            no_deadline_leads_to_nothing(world),
            nobody_seeks_since(world, world.now - micros(20.0)),
        ]
    }

    #[test]
    fn two_who_watch_break_no_law_and_each_law_can_be_broken() {
        let world = watching();
        for verdict in verdicts(&world) {
            assert_eq!(verdict, Ok(()));
        }
        let breaks: [fn(&mut World); 10] = [
            |world| {
                let last = world.server.hosted.changes.last().unwrap().clone();
                let mut after = last.after.clone();
                after.segment.anchor = after.segment.anchor + Span::seconds(10);
                let origin = Origin::Command(Role::Viewer);
                let change = Change {
                    origin,
                    after,
                    ..last
                };
                world.server.hosted.changes.push(change);
            },
            |world| {
                world.clients[1].lines.answers.insert(1, 2);
            },
            |world| world.clients[1].lines.typed += 1,
            |world| world.server.hosted.room.state.wait = Some(true),
            |world| world.server.hosted.room.state.rev = Rev::default(),
            |world| world.clients[1].player.slip(0.1),
            |world| {
                let now = world.now;
                let seeks = &mut world.clients[1].player.seeks;
                seeks.extend([now - micros(3.0), now]);
            },
            |world| {
                let name = MemberName::parse("Mallory").unwrap();
                let ban = Ban {
                    member: MemberId(9),
                    name: name.clone(),
                    by: name,
                    at: RoomTime(0),
                    address: false,
                };
                world.server.hosted.room.state.bans = vec![ban; RoomState::MAX_BANS + 1];
            },
            |world| {
                let deadline = (world.room_now(), DeadlineReason::MediaEnd);
                world.server.hosted.idle_deadlines.push(deadline);
            },
            |world| {
                let now = world.now;
                world.clients[1].player.seeks.push(now);
            },
        ];
        for (law, breaks) in breaks.into_iter().enumerate() {
            let mut world = watching();
            breaks(&mut world);
            assert!(verdicts(&world)[law].is_err(), "law {law}");
        }
    }

    #[test]
    fn what_asks_for_a_seek_may_wait_for_a_pause_that_was_merged_with_its_end() {
        let caused = |before: f64, merges_pauses: bool| {
            let mut world = watching();
            let at = |before: f64| world.now - micros(before);
            let (cause, seeks) = (at(before), [at(2.8), at(2.4)]);
            let client = &mut world.clients[1];
            client.player.traits.merges_pauses = merges_pauses;
            client.causes.push((cause, cause));
            client.player.seeks.extend(seeks);
            no_seek_loop(&world)
        };
        assert_eq!(caused(4.0, false), Ok(()));
        assert!(caused(4.5, false).is_err());
        assert_eq!(caused(4.5, true), Ok(()));
        assert!(caused(6.5, true).is_err());
    }

    #[test]
    fn one_seek_may_make_up_for_one_that_waited_and_no_third() {
        let sought = |seeks: &[(f64, f64)]| {
            let mut world = watching();
            let player = &mut world.clients[1].player;
            for (ordered, over) in seeks {
                let at = |before: f64| world.now - micros(before);
                player.seeks.push(at(*ordered));
                player.ways.push(Way {
                    is_load: false,
                    ordered: at(*ordered),
                    over: Some(at(*over)),
                });
            }
            no_seek_loop(&world)
        };
        assert_eq!(sought(&[(9.0, 7.0), (6.9, 4.9)]), Ok(()));
        assert!(sought(&[(9.0, 7.0), (6.9, 4.9), (4.8, 2.8)]).is_err());
        assert!(
            sought(&[(9.0, 8.0), (6.9, 4.9)]).is_err(),
            "it did not wait"
        );
    }
}
