//! The laws that hold in every evening: functions over a world that return what is wrong, if
//! anything is.

use super::client::Client;
use super::link::{micros, seconds};
use super::traits::Traits;
use super::world::World;
use crate::room::state::RoomState;
use crate::sync::follow::{SyncState, Unsynced};

/// The result of a law; the error says what is wrong, for the person who reads the failure.
pub(crate) type Verdict = Result<(), String>;

/// The closest that two unasked seeks of a player may follow each other: `sync/seeking.rs` rests
/// for 5 s, and a machine's clock may run a ten-thousandth fast.
const SEEKS_APART: i64 = 4_999_000;

/// How long a cause may take until it leads to a seek, in microseconds (judgement).
const CAUSED_WITHIN: i64 = 1_500_000;

/// How long a load, and the seeks after it, may wait for data that comes slowly, in seconds: up to
/// 5 s between keyframes at 1.3 times the speed of the media, twice.
const SLOW_DATA: f64 = 8.0;

/// The most that a player in step may be off, in seconds, besides the error of its client's clock
/// (judgement).
const IN_STEP: f64 = 0.015;

/// The most that a paused player may be off, in seconds: it shows the room's frame or one beside
/// it.
const ONE_FRAME: f64 = 0.06;

/// The longest that a client's or a room's state may be when it is printed in full: a measure of
/// all of its collections.
const PRINTED: usize = 400_000;

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
        // Clients do not see which commands of others were answered.
        let as_seen = |room: &RoomState| RoomState {
            roster: room.roster.for_client(me.id),
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

/// Every player that runs is where the room is.
pub(crate) fn all_are_in_step(world: &World) -> Verdict {
    let rate = world.timeline().segment.rate.factor();
    for (index, client) in world.clients.iter().enumerate() {
        if !client.watches() {
            continue;
        }
        let status = client.app.sync_status();
        let error = world.error(index).abs();
        let clock = world.clock_error(index);
        let Some((clock, bound)) = clock.zip(status.bound) else {
            return Err(format!("client {index} knows no time: {status:?}"));
        };
        if clock > bound.as_seconds() + 2e-6 {
            return Err(format!("client {index}: clock off by {clock}, {bound:?}"));
        }
        if is_excused(&client.player.traits, status.state) {
            continue;
        }
        let is_stopped = world.timeline().is_stopped();
        let allowed = if is_stopped {
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

/// Whether a player may stay out of step, because of its copy or its server.
fn is_excused(traits: &Traits, state: SyncState) -> bool {
    let is_cut = traits.cut_at.is_some();
    let cannot_jump = !traits.seekable || traits.unranged.is_some();
    match state {
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
    let jumping = |(_, client): &(usize, &Client)| client.player.traits.unranged.is_none();
    for (index, client) in world.clients.iter().enumerate().filter(jumping) {
        let seeks = &client.player.seeks;
        let loop_at = seeks.windows(2).find(|pair| {
            let (first, second) = (pair[0], pair[1]);
            second - first < SEEKS_APART && !is_caused(client, first, second)
        });
        if let Some(pair) = loop_at {
            let (first, second) = (seconds(pair[0]), seconds(pair[1]));
            let seeks: Vec<_> = seeks.iter().map(|at| seconds(*at)).collect();
            return Err(format!(
                "client {index} seeks at {first} and {second}: {seeks:?}"
            ));
        }
    }
    Ok(())
}

fn is_caused(client: &Client, first: i64, second: i64) -> bool {
    let traits = &client.player.traits;
    let slow = if traits.slow.is_some() {
        SLOW_DATA
    } else {
        0.0
    };
    let opens = micros(traits.load_cost.1 + slow);
    let loads = client.player.loads.iter();
    let loads = loads.map(|ordered| (*ordered, *ordered + opens));
    let mut causes = client.causes.iter().copied().chain(loads);
    causes.any(|(from, until)| from <= second && until + CAUSED_WITHIN >= first)
}

/// The memory of a client, a room and its reports is bounded.
pub(crate) fn memory_is_bounded(world: &World) -> Verdict {
    let clients = world
        .clients
        .iter()
        .map(|client| format!("{:?}", client.app));
    let hosted = &world.server.hosted;
    let room = format!("{:?} {:?}", hosted.room, hosted.reports);
    let longest = clients.chain([room]).map(|text| text.len()).max();
    if longest.is_some_and(|longest| longest > PRINTED) {
        return Err(format!("{longest:?} characters"));
    }
    Ok(())
}

mod tests {
    use super::{
        Verdict, all_are_connected, all_are_in_step, every_line_has_an_answer, memory_is_bounded,
        no_line_has_two_answers, no_seek_loop, one_rev_is_one_room,
    };
    use crate::protocol::ids::{MemberId, Rev};
    use crate::protocol::member::{Ban, Role};
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{RoomTime, Span};
    use crate::sim::client::Kind;
    use crate::sim::hosted::{Change, Origin};
    use crate::sim::incidents::{Incident, What};
    use crate::sim::link::{Weather, micros};
    use crate::sim::moves::only_admins_move;
    use crate::sim::traits::Traits;
    use crate::sim::world::World;

    /// Two members who watch media in step.
    fn watching() -> World {
        let mut world = World::new(1);
        for _ in 0..2 {
            world.join(&Kind {
                traits: Traits::default(),
                weather: Weather::LOOPBACK,
                comes_at: 0.0,
            });
        }
        world.run(2.0);
        let play = "/play https://media.example.org/film.mp4";
        let what = What::Types(play.into());
        world.befall(Incident { who: 0, what });
        world.run(30.0);
        world
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
        ]
    }

    #[test]
    fn two_who_watch_break_no_law_and_each_law_can_be_broken() {
        let world = watching();
        for verdict in verdicts(&world) {
            assert_eq!(verdict, Ok(()));
        }
        let breaks: [fn(&mut World); 8] = [
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
                world.server.hosted.room.state.bans = vec![ban; 5_000];
            },
        ];
        for (law, breaks) in breaks.into_iter().enumerate() {
            let mut world = watching();
            breaks(&mut world);
            assert!(verdicts(&world)[law].is_err(), "law {law}");
        }
    }
}
