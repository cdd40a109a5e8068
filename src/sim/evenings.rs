//! Many evenings, each from one seed. The script of an evening that breaks a law is shrunk to what
//! is needed for that.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use super::incidents::{Incident, What};
use super::laws::{self, Verdict};
use super::link::{micros, seconds};
use super::moves::only_admins_move;
use super::script::Script;
use super::world::{Parcel, World};
use crate::protocol::member::{Member, Role};

/// How many evenings each of the four tests below plays: the debug build takes 10 s of one core.
const EVENINGS: u64 = 75;

/// How many evenings on two nodes are played: the debug build takes 10 s of one core.
const NODE_EVENINGS: u64 = 12;

/// How long it takes until everybody is connected again, in seconds: 10 s of silence until a
/// connection counts as lost, and the longest wait before another try, 19.5 s.
const CONNECTED_WITHIN: f64 = 35.0;

/// How long it takes until who missed events has the room's state, in seconds: three ways through
/// the network, some of them twice.
const NOTICED_WITHIN: f64 = 2.0;

/// How long a room's waits are waited for, in seconds: its budget for a media is 90 s, and may go
/// in several waits with [`laws::WORKED_OFF_WITHIN`] between them.
const MOST_WAITS: u32 = 300;

/// How long it takes until everybody is in step, in seconds: 60 s until a player whose seeks did
/// not help is sought once more, and half a minute to close the rest by speed.
const IN_STEP_WITHIN: f64 = 90.0;

/// How often the laws about the whole world are checked during the evening, in seconds.
const LOOKED_AT_EVERY: f64 = 5.0;

/// The most evenings that are played to shrink the script of one.
const MOST_TRIES: u32 = 200;

/// Plays an evening, and returns which law it broke, if any.
pub(super) fn play(script: &Script) -> Verdict {
    play_in(&mut world_of(script), script)
}

fn world_of(script: &Script) -> World {
    if script.has_nodes {
        World::of_nodes(script.seed)
    } else {
        World::new(script.seed)
    }
}

fn play_in(world: &mut World, script: &Script) -> Verdict {
    let played = catch_unwind(AssertUnwindSafe(|| evening(world, script)));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(text.unwrap_or_else(|| "it panicked".to_owned()))
    })
}

/// Everybody comes, and what happens is on its way.
fn begin(world: &mut World, script: &Script) {
    for (at, incident) in &script.incidents {
        world.put(micros(*at), Parcel::Incident(incident.clone()));
    }
    for kind in &script.members {
        world.run_until(world.now.max(micros(kind.comes_at)));
        world.join(kind);
    }
}

fn evening(world: &mut World, script: &Script) -> Verdict {
    begin(world, script);
    while seconds(world.now) < script.calm_from + CONNECTED_WITHIN {
        world.run(LOOKED_AT_EVERY);
        if !world.server.has_lost() {
            laws::one_rev_is_one_room(world)?;
        }
        laws::no_line_has_two_answers(world)?;
        laws::memory_is_bounded(world)?;
    }
    calm_down(world);
    world.run(IN_STEP_WITHIN);
    await_quiet(world);
    laws::all_are_connected(world)?;
    laws::one_rev_is_one_room(world)?;
    laws::every_line_has_an_answer(world)?;
    laws::no_line_has_two_answers(world)?;
    only_admins_move(world)?;
    laws::no_seek_loop(world)?;
    laws::memory_is_bounded(world)?;
    laws::no_deadline_leads_to_nothing(world)?;
    world.server.nodes_are_one(world.room_now())?;
    laws::all_are_in_step(world)?;
    let (since, changes) = (world.now, world.server.hosted.changes.len());
    world.run(20.0);
    if changes == world.server.hosted.changes.len() {
        laws::nobody_seeks_since(world, since)?;
    }
    await_quiet(world);
    laws::all_are_in_step(world)?;
    Ok(())
}

/// Waits until the room has held for nobody and not changed for 10 s: only then can players be
/// judged.
fn await_quiet(world: &mut World) {
    for _ in 0..MOST_WAITS {
        let last = world.server.hosted.changes.last();
        let is_quiet =
            last.is_some_and(|last| world.room_now() - last.at > laws::WORKED_OFF_WITHIN);
        if is_quiet && world.timeline().hold.is_none() {
            return;
        }
        world.run(1.0);
    }
}

/// Nothing happens any more: everybody knows what happened, closed players are started again, and
/// the media plays.
fn calm_down(world: &mut World) {
    notice_gaps(world);
    for who in 0..world.clients.len() {
        if !world.clients[who].has_process {
            let what = What::Types("/retry".into());
            world.befall(Incident { who, what });
        }
    }
    let is_admin = |who: &usize| {
        let client = &world.clients[*who];
        client.exit.is_none() && client.app.me().map(Member::power) == Some(Role::Admin)
    };
    let admin = (0..world.clients.len()).find(is_admin);
    let idle = world.timeline().is_idle();
    let line = if idle {
        "/play https://media.example.org/film.mp4"
    } else {
        "/resume"
    };
    if let Some(who) = admin {
        let what = What::Types(line.into());
        world.befall(Incident { who, what });
    }
}

/// Events that were lost are missed with the next ones: somebody says something. What was lost may
/// be who is the admin.
fn notice_gaps(world: &mut World) {
    for client in &mut world.clients {
        client.loses_events = false;
    }
    let clients = world.clients.iter();
    let lost: u32 = clients.map(|client| client.events_lost).sum();
    let here = world
        .clients
        .iter()
        .position(|client| client.exit.is_none());
    if let Some(who) = here.filter(|_| lost > 0) {
        let what = What::Types("hello".into());
        world.befall(Incident { who, what });
        world.run(NOTICED_WITHIN);
    }
}

/// Removes incidents and members from a script for as long as it still fails.
fn shrunk(script: &Script) -> Script {
    let mut least = script.clone();
    let mut tries = 0;
    let mut fails = |script: &Script| {
        tries += 1;
        tries <= MOST_TRIES && play(script).is_err()
    };
    while least.members.len() > 1 {
        let mut fewer = least.clone();
        fewer.members.pop();
        if !fails(&fewer) {
            break;
        }
        least = fewer;
    }
    let mut part = least.incidents.len() / 2;
    while part > 0 {
        let mut from = 0;
        while from < least.incidents.len() {
            let mut fewer = least.clone();
            let until = (from + part).min(fewer.incidents.len());
            fewer.incidents.drain(from..until);
            if fails(&fewer) {
                least = fewer;
            } else {
                from += part;
            }
        }
        part /= 2;
    }
    least
}

/// How to play a failing evening again, what was wrong, and what happens in it.
fn replay(script: &Script, wrong: &str) -> String {
    use std::fmt::Write as _;
    let least = shrunk(script);
    let mut text = format!("seed {}: {wrong}\n", script.seed);
    let (members, incidents) = least.size();
    let _ = writeln!(
        text,
        "shrunk to {members} members and {incidents} incidents:"
    );
    for (index, kind) in least.members.iter().enumerate() {
        let _ = writeln!(text, "  member {index}: {kind:?}");
    }
    for (at, incident) in &least.incidents {
        let _ = writeln!(text, "  {at:.3} s: {incident:?}");
    }
    let mut world = world_of(&least);
    let wrong = play_in(&mut world, &least).err().unwrap_or_default();
    let _ = writeln!(text, "where: {wrong}");
    for (index, client) in world.clients.iter().enumerate() {
        let _ = writeln!(text, "  what player {index} was ordered, and why:");
        for decision in client.app.decisions() {
            let at = decision.at.map_or(0.0, |at| world.true_time(at));
            let _ = writeln!(
                text,
                "    {at:.3} s at {:?}: {:?}",
                decision.position, decision.what
            );
        }
    }
    let _ = writeln!(text, "  how the room moved:");
    for change in &world.server.hosted.changes {
        let at = world.true_time(change.at);
        let timeline = &change.after;
        let _ = writeln!(
            text,
            "    {at:.3} s by {:?}: {:?}, held {}, standstill {}, over {}",
            change.origin,
            timeline.segment,
            timeline.hold.is_some(),
            timeline.standstill.is_some(),
            timeline.finished
        );
    }
    let _ = writeln!(text, "play it alone with SIM_SEED={}", script.seed);
    text
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Plays evenings on so many threads, and returns the seeds that failed, with their replays.
fn play_all(of: fn(u64) -> Script, seeds: Range<u64>, threads: usize) -> Vec<(u64, String)> {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut failed = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return failed;
            }
            let script = of(seed);
            if let Err(wrong) = play(&script) {
                failed.push((seed, replay(&script, &wrong)));
            }
        }
    };
    let mut failed: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let joined = threads.into_iter().map(|thread| thread.join().unwrap());
        joined.flatten().collect()
    });
    failed.sort();
    failed
}

/// The evenings that were asked for: `SIM_SEED` is one, `SIM_EVENINGS` so many from `SIM_FIRST` on.
fn chosen() -> Option<Range<u64>> {
    let first = number("SIM_FIRST");
    let many = number("SIM_EVENINGS");
    match number("SIM_SEED") {
        Some(seed) => Some(seed..seed + 1),
        None if first.is_none() && many.is_none() => None,
        None => {
            let first = first.unwrap_or(0);
            Some(first..first + many.unwrap_or(EVENINGS))
        }
    }
}

/// Plays evenings on so many threads, and says which seeds failed.
fn assert_laws(of: fn(u64) -> Script, seeds: Range<u64>, threads: usize) {
    let begun = Instant::now();
    let failed = play_all(of, seeds.clone(), threads);
    let took = begun.elapsed();
    for (_, replay) in &failed {
        println!("{replay}");
    }
    let count = seeds.end - seeds.start;
    let each_second = f64::from(u32::try_from(count).unwrap()) / took.as_secs_f64();
    println!("{count} evenings, {each_second:.1} a second");
    let failed: Vec<_> = failed.iter().map(|(seed, _)| *seed).collect();
    assert!(failed.is_empty(), "seeds that failed: {failed:?}");
}

/// Plays the evenings that were asked for, on all cores, or the first ones.
#[test]
fn whatever_happens_in_an_evening_the_laws_hold() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    match chosen() {
        Some(seeds) => assert_laws(Script::of, seeds, cores),
        None => assert_laws(Script::of, 0..EVENINGS, 1),
    }
}

/// Plays the evenings that were asked for on two nodes, on all cores, or the first ones.
#[test]
fn whatever_happens_on_two_nodes_with_a_faulty_log_the_laws_hold() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    match chosen() {
        Some(seeds) => assert_laws(Script::of_nodes, seeds, cores),
        None => assert_laws(Script::of_nodes, 0..NODE_EVENINGS, 1),
    }
}

/// Tests of their own, so that they run side by side. Evenings that were asked for are the first
/// test's.
fn assert_laws_in_part(part: u64) {
    if chosen().is_none() {
        assert_laws(Script::of, part * EVENINGS..(part + 1) * EVENINGS, 1);
    }
}

#[test]
fn the_laws_hold_in_a_second_part_of_the_evenings() {
    assert_laws_in_part(1);
}

#[test]
fn the_laws_hold_in_a_third_part_of_the_evenings() {
    assert_laws_in_part(2);
}

#[test]
fn the_laws_hold_in_a_fourth_part_of_the_evenings() {
    assert_laws_in_part(3);
}

/// What is kept of an evening is bounded, however long it is.
#[test]
fn in_a_long_evening_memory_is_bounded_and_one_rev_is_one_room() {
    let script = Script::long(2);
    let mut world = World::new(script.seed);
    begin(&mut world, &script);
    while seconds(world.now) < script.calm_from {
        world.run(LOOKED_AT_EVERY);
        assert_eq!(laws::memory_is_bounded(&world), Ok(()));
        assert_eq!(laws::one_rev_is_one_room(&world), Ok(()));
    }
}
