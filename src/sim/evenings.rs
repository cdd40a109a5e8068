//! Many evenings, each from one seed; what is left of the script of one that breaks a law when
//! all is taken away that has nothing to do with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::incidents::{Incident, What};
use super::laws::{self, Verdict};
use super::link::{micros, seconds};
use super::script::Script;
use super::world::{Parcel, World};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::Span;

/// How many evenings `make test` plays: the debug build takes half a minute of one core.
const EVENINGS: u64 = 100;

/// How long it takes until everybody is connected again, in seconds: 10 s of silence until a
/// connection counts as lost, and the longest wait before another try, 19.5 s.
const CONNECTED_WITHIN: f64 = 35.0;

/// How long a room's waits are waited for, in seconds: its budget for a media is 90 s.
const MOST_WAITS: u32 = 120;

/// How long it takes until everybody is in step, in seconds: 60 s until a player is sought once
/// more whose seeks did not help, and half a minute to work the rest off.
const IN_STEP_WITHIN: f64 = 90.0;

/// How often a law about the whole world is looked at on the way, in seconds.
const LOOKED_AT_EVERY: f64 = 5.0;

/// The most evenings that are played to shrink the script of one.
const MOST_TRIES: u32 = 200;

/// Plays an evening and says what was wrong with it.
fn play(script: &Script) -> Verdict {
    let played = catch_unwind(AssertUnwindSafe(|| evening(script)));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(text.unwrap_or_else(|| "it panicked".to_owned()))
    })
}

fn evening(script: &Script) -> Verdict {
    let mut world = World::new(script.seed);
    for (at, incident) in &script.incidents {
        world.put(micros(*at), Parcel::Incident(incident.clone()));
    }
    let mut coming: Vec<_> = script.members.iter().collect();
    coming.sort_by(|a, b| a.comes_at.total_cmp(&b.comes_at));
    for kind in coming {
        world.run_until(world.now.max(micros(kind.comes_at)));
        world.join(kind);
    }
    while seconds(world.now) < script.calm_from + CONNECTED_WITHIN {
        world.run(LOOKED_AT_EVERY);
        laws::one_rev_is_one_room(&world)?;
        laws::no_line_has_two_answers(&world)?;
    }
    calm_down(&mut world);
    world.run(IN_STEP_WITHIN);
    await_quiet(&mut world);
    laws::all_are_connected(&world)?;
    laws::one_rev_is_one_room(&world)?;
    laws::every_line_has_an_answer(&world)?;
    laws::no_line_has_two_answers(&world)?;
    laws::only_admins_move(&world)?;
    laws::no_seek_loop(&world)?;
    laws::memory_is_bounded(&world)?;
    laws::all_are_in_step(&world)?;
    let seeks = |world: &World| -> Vec<usize> {
        let clients = world.clients.iter();
        clients.map(|client| client.player.seeks.len()).collect()
    };
    let before = seeks(&world);
    let changes = world.server.hosted.changes.len();
    world.run(20.0);
    if before != seeks(&world) && changes == world.server.hosted.changes.len() {
        return Err(format!("in step they sought: {:?}", seeks(&world)));
    }
    await_quiet(&mut world);
    laws::all_are_in_step(&world)?;
    Ok(())
}

/// The room waits for a slow viewer, or went on a moment ago: that has to be over before players
/// are looked at.
fn await_quiet(world: &mut World) {
    for _ in 0..MOST_WAITS {
        let last = world.server.hosted.changes.last();
        let is_quiet = last.is_some_and(|last| world.room_now() - last.at > Span::seconds(10));
        if is_quiet && world.timeline().hold.is_none() {
            return;
        }
        world.run(1.0);
    }
}

/// Nothing happens any more: closed players are started again, and the film plays.
fn calm_down(world: &mut World) {
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

/// Takes away what has nothing to do with the failure, as long as it fails.
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

/// How to play an evening again, and what happens in it.
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
    let _ = writeln!(text, "where: {}", play(&least).err().unwrap_or_default());
    let _ = writeln!(text, "play it alone with SIM_SEED={}", script.seed);
    text
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// `SIM_SEED` plays one evening, `SIM_EVENINGS` so many.
#[test]
fn whatever_happens_in_an_evening_the_laws_hold() {
    let seeds = match number("SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SIM_EVENINGS").unwrap_or(EVENINGS),
    };
    let begun = Instant::now();
    let count = seeds.end - seeds.start;
    let mut failed = Vec::new();
    for seed in seeds {
        let script = Script::of(seed);
        if let Err(wrong) = play(&script) {
            println!("{}", replay(&script, &wrong));
            failed.push(seed);
        }
    }
    let took = begun.elapsed().as_secs_f64();
    println!("{count} evenings in {took:.1} s");
    assert!(failed.is_empty(), "seeds that failed: {failed:?}");
}
