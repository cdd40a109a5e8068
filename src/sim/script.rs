//! What happens in one evening, drawn from one seed. A script is plain data, so that a failing one
//! can be printed and shrunk.

mod nodes;

use super::client::Kind;
use super::incidents::{Incident, What};
use super::link::Weather;
use super::random::Random;
use super::traits::{Lengths, SlowHost, Traits};

/// By when everybody has joined, in seconds.
const ALL_HERE: f64 = 12.0;

/// How much happens in a long evening after a usual one: a thing in a second.
const LONG: u32 = 1_500;

/// The media that people put on.
const LINKS: [&str; 3] = [
    "https://media.example.org/film.mp4",
    "https://media.example.org/other.webm",
    "https://media.example.org/third.mkv",
];

/// The members of an evening, and everything that happens to them.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    pub(crate) seed: u64,
    pub(crate) members: Vec<Kind>,
    /// The incidents with their times in seconds, in order.
    pub(crate) incidents: Vec<(f64, Incident)>,
    /// When the last incident is over, in seconds.
    pub(crate) calm_from: f64,
    /// Whether the server has several nodes.
    pub(crate) has_nodes: bool,
}

impl Script {
    /// The evening of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let theme = THEMES[random.below(5)];
        let mut members: Vec<_> = (0..2 + random.below(3))
            .map(|index| Kind {
                traits: any_traits(&mut random, theme),
                weather: any_weather(&mut random),
                has_screen: false,
                comes_at: if index == 0 {
                    0.0
                } else {
                    random.between(0.2, ALL_HERE - 2.0)
                },
            })
            .collect();
        members.sort_by(|a, b| a.comes_at.total_cmp(&b.comes_at));
        let play = What::Types(format!("/play {}", LINKS[0]));
        let mut incidents = vec![(random.between(1.0, ALL_HERE), by(0, play))];
        let mut at = ALL_HERE;
        let mut calm_from = at;
        let count = u8::try_from(members.len()).unwrap();
        for _ in 0..6 + random.below(14) {
            at += random.between(0.02, 1.0) * random.between(0.02, 8.0);
            let who = random.below(count);
            let farthest = if theme == Theme::Short {
                310.0
            } else {
                3_000.0
            };
            let what = any_what(&mut random, who == 0, farthest);
            calm_from = f64::max(calm_from, at + what.lasts());
            incidents.push((at, by(who, what)));
        }
        incidents.extend(any_losses(seed, count, at));
        let pause = any_break(seed, count, calm_from);
        calm_from = pause
            .iter()
            .fold(calm_from, |end, (at, _)| end.max(*at + 4.0));
        incidents.extend(pause);
        incidents.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self {
            seed,
            members,
            incidents,
            calm_from,
            has_nodes: false,
        }
    }

    /// A long evening of a seed, in which much is said and done and connections break often, so
    /// that all that is kept of one is full. The server stays, which forgets much.
    pub(crate) fn long(seed: u64) -> Self {
        let mut script = Self::of(seed);
        let mut random = Random::new(seed);
        let count = u8::try_from(script.members.len()).unwrap();
        for number in 0..LONG {
            let at = script.calm_from + 1.0;
            let who = random.below(count);
            let what = match any_what(&mut random, who == 0, 3_000.0) {
                _ if number % 6 == 5 => What::Resets {
                    here: true,
                    there: true,
                },
                What::ServerRestarts { .. } => What::Types("hello".into()),
                _ if number % 2 == 0 => What::Types("hello".into()),
                what => what,
            };
            script.calm_from = at;
            script.incidents.push((at, by(who, what)));
        }
        script
    }

    /// How long the evening is until it is calm, and how much happens in it: what is shrunk.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.members.len(), self.incidents.len())
    }
}

fn by(who: usize, what: What) -> Incident {
    Incident { who, what }
}

/// Events that are lost on their way, in one evening of four. What happens beside them does not
/// depend on it.
fn any_losses(seed: u64, count: u8, until: f64) -> Vec<(f64, Incident)> {
    let mut random = Random::new(!seed);
    if !random.chance(0.25) {
        return Vec::new();
    }
    let mut any = || {
        let at = random.between(ALL_HERE, until);
        (at, by(random.below(count), What::LosesEvents))
    };
    vec![any(), any()]
}

/// A break, in one evening of four: it ends when all are ready, or at an admin's word in any case.
/// What happens beside it does not depend on it.
fn any_break(seed: u64, count: u8, until: f64) -> Vec<(f64, Incident)> {
    let mut random = Random::new(seed.rotate_left(32));
    if !random.chance(0.25) {
        return Vec::new();
    }
    let types = |line: &str| What::Types(line.to_owned());
    let at = random.between(ALL_HERE, until);
    let all = ["/start when all", "/start when 2"][random.below(2)];
    let mut incidents = vec![(at, by(0, types("/pause"))), (at, by(0, types(all)))];
    for who in 0..usize::from(count) {
        let later = at + random.between(0.1, 2.0);
        incidents.push((later, by(who, types("/ready"))));
    }
    incidents.push((at + 2.5, by(0, types("/start"))));
    incidents
}

fn any_weather(random: &mut Random) -> Weather {
    Weather {
        there: random.between(0.0, 0.1),
        back: random.between(0.0, 0.1),
        jitter: random.between(0.0, 0.06),
        loss: random.between(0.0, 0.02),
    }
}

/// What the players of one evening have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Theme {
    /// An hour of media on a fast server.
    Usual,
    /// Five minutes of media with more in the queue, so that media ends.
    Short,
    /// Lengths that are reported late or grow, and copies that end early.
    Lengths,
    /// Data that arrives slowly or breaks off, and seeks that land elsewhere.
    Data,
}

const THEMES: [Theme; 5] = [
    Theme::Usual,
    Theme::Usual,
    Theme::Short,
    Theme::Lengths,
    Theme::Data,
];

/// How lengths are reported: after so many seconds, so many seconds.
const GROWING: [&[(f64, f64)]; 4] = [
    &[(0.0, 500.0), (5.0, 1_200.0), (20.0, 3_600.0)],
    &[(3.0, 3_600.0)],
    &[(0.0, 3_600.0), (15.0, 3_604.0)],
    &[],
];

fn any_traits(random: &mut Random, theme: Theme) -> Traits {
    let seek = random.between(0.03, 0.4);
    let load = random.between(0.1, 1.5);
    let usual = Traits {
        audio: random.chance(0.9),
        audio_skew: random.between(-0.01, 0.01),
        seek_cost: (seek, seek * random.between(1.0, 2.0)),
        load_cost: (load, load * 2.0),
        load_seeks: random.chance(0.5),
        reports_waiting: random.chance(0.5),
        merges_pauses: random.chance(0.2),
        doubles_seeks: random.chance(0.1),
        relayed: random.chance(0.3),
        buffered: random.chance(0.5).then_some(60.0),
        duration: Some(3_600.0),
        ..Traits::default()
    };
    match theme {
        Theme::Usual => usual,
        Theme::Short => Traits {
            duration: Some(300.0),
            reports_way_back: random.chance(0.3),
            ..usual
        },
        Theme::Lengths => Traits {
            lengths: Lengths::Later(GROWING[random.below(4)]),
            cut_at: random.chance(0.3).then(|| random.between(100.0, 3_000.0)),
            reports_way_back: random.chance(0.3),
            ..usual
        },
        Theme::Data => any_data(random, usual),
    }
}

fn any_data(random: &mut Random, usual: Traits) -> Traits {
    let keyframes = random.between(1.0, 10.0);
    match random.below(5) {
        0 => Traits {
            slow: Some(SlowHost {
                fill: random.between(1.3, 4.0),
                keyframes: random.between(1.0, 5.0),
            }),
            ..usual
        },
        1 => Traits {
            unranged: Some(random.between(2.0, 40.0)),
            thrown: random.chance(0.3),
            seekable: false,
            ..usual
        },
        // A seek that is reported as two is recognised by its target, so it must not land on
        // another keyframe.
        2 => Traits {
            keyframes,
            doubles_seeks: false,
            ..usual
        },
        3 => Traits {
            breaks_to_end: true,
            ..usual
        },
        _ => Traits {
            first: random.between(0.0, 2.0),
            ..usual
        },
    }
}

/// A random incident of a member. Admins use their power more often.
fn any_what(random: &mut Random, is_admin: bool, farthest: f64) -> What {
    match random.below(10) {
        0..=3 if is_admin => What::Types(any_order(random, farthest)),
        0 => What::Types(any_order(random, farthest)),
        1 => What::Types(any_word(random)),
        2..=4 => any_press(random),
        5 | 6 => any_trouble(random),
        7 | 8 => any_cut(random),
        _ => any_mishap(random),
    }
}

/// A random line that only an admin may type.
fn any_order(random: &mut Random, farthest: f64) -> String {
    match random.below(13) {
        0 | 1 => "/pause".into(),
        2 | 3 => "/resume".into(),
        4 | 5 => format!("/seek {:.0}", random.between(0.0, farthest)),
        6 => format!("/seek +{:.0}", random.between(1.0, 60.0)),
        7 => format!("/rate {}", [0.5, 1.0, 1.5, 2.0][random.below(4)]),
        8 => ["/wait on", "/wait off", "/go"][random.below(3)].into(),
        9 => "/countdown".into(),
        10 => "/undo".into(),
        11 => ["/skip", "/approve", "/length 50:00", "/length off"][random.below(4)].into(),
        _ => format!("/play {}", LINKS[random.below(3)]),
    }
}

/// A random line that anybody may type, or that makes no sense.
fn any_word(random: &mut Random) -> String {
    let lines = [
        "hello",
        "/react 1",
        "/ask pause",
        "/who",
        "/nonsense",
        "/nowait",
        "/retry",
        "/why",
        "/nick Zoe",
        "/add https://media.example.org/next.mp4",
    ];
    lines[random.below(10)].into()
}

fn any_press(random: &mut Random) -> What {
    match random.below(6) {
        0 | 1 => What::PressesPause,
        2 => What::Jumps(random.between(-20.0, 20.0)),
        3 => What::Jumps(random.between(-0.5, 0.5)),
        4 => What::Steps([1.0, -1.0, 3.0][random.below(3)]),
        _ => What::PlaysAt([0.5, 0.9, 1.1, 2.0][random.below(4)]),
    }
}

fn any_trouble(random: &mut Random) -> What {
    let size = random.between(0.1, 8.0);
    match random.below(8) {
        0 | 1 => What::Stalls(size),
        2 => What::Slips(-size),
        3 => What::Slips(size / 4.0),
        4 => What::Freezes(size),
        5 => What::Starves(size),
        6 => What::LosesMedia {
            away: size * 3.0,
            cached: random.between(0.0, 5.0),
        },
        _ => What::ClosesPlayer,
    }
}

fn any_cut(random: &mut Random) -> What {
    let long = random.between(0.1, 1.0) * random.between(0.5, 60.0);
    match random.below(5) {
        0 => What::Cut {
            up: long,
            down: long,
        },
        1 => What::Cut {
            up: long,
            down: 0.0,
        },
        2 => What::Cut {
            up: 0.0,
            down: long,
        },
        _ => {
            let here = random.chance(0.7);
            let there = !here || random.chance(0.7);
            What::Resets { here, there }
        }
    }
}

fn any_mishap(random: &mut Random) -> What {
    let long = random.between(0.5, 60.0);
    match random.below(4) {
        0 => What::Sleeps(long),
        1 => What::SetsClock(random.between(-100.0, 100.0)),
        2 => What::Killed(long / 4.0),
        _ => What::ServerRestarts {
            away: long / 6.0,
            shift: random.between(-0.5, 5.0),
        },
    }
}
