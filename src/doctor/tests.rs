//! The findings as tables.

mod remedies;

use jiff::civil::date;

use super::network::{NetworkFinding, ServerFault};
use super::player::{self, PlayerFacts, PlayerFinding};
use super::resolver::{self, ResolverFacts, ResolverFinding, knows_runtimes};
use super::runtime::{self, FoundRuntime, Runtime, RuntimeFinding};
use super::system::{PackageManager, System};
use super::terminal::{self, TerminalAnswers, TerminalFacts, TerminalFinding, TmuxFacts};
use super::{Finding, Verdict, can_watch};
use crate::sync::player::{Lack, Unusable};

fn system(managers: &[PackageManager]) -> System {
    System {
        managers: managers.to_vec(),
    }
}

fn mpv() -> PlayerFacts {
    PlayerFacts {
        started: Ok("0.40.0".to_owned()),
        ffmpeg: Some("8.1".to_owned()),
        display: true,
        over_ssh: false,
        sound: Some("pipewire".to_owned()),
    }
}

fn of_player(facts: &PlayerFacts) -> Vec<Finding> {
    let findings = player::findings(facts).into_iter();
    findings.map(Finding::Player).collect()
}

#[test]
fn a_film_needs_a_player_and_a_picture_or_sound() {
    let without_display = PlayerFacts {
        display: false,
        ..mpv()
    };
    let silent = PlayerFacts {
        sound: None,
        ..mpv()
    };
    let neither = PlayerFacts {
        display: false,
        ..silent.clone()
    };
    let missing = PlayerFacts {
        started: Err(Unusable::Missing {
            binary: "mpv".to_owned(),
        }),
        ..mpv()
    };
    for (facts, watchable) in [
        (mpv(), true),
        (without_display, true),
        (silent, true),
        (neither, false),
        (missing, false),
    ] {
        assert_eq!(can_watch(&of_player(&facts)), watchable, "{facts:?}");
    }
}

#[test]
fn what_is_lacked_is_one_finding() {
    for (display, sound, lack) in [
        (false, Some("alsa"), Lack::Display),
        (true, None, Lack::Sound),
        (false, None, Lack::Both),
    ] {
        let facts = PlayerFacts {
            display,
            sound: sound.map(str::to_owned),
            over_ssh: true,
            ..mpv()
        };
        let expected = PlayerFinding::Lacks {
            lack,
            over_ssh: true,
        };
        let found = player::findings(&facts);
        assert_eq!(found.last(), Some(&expected));
        let lacks = |it: &&PlayerFinding| matches!(it, PlayerFinding::Lacks { .. });
        assert_eq!(found.iter().filter(lacks).count(), 1);
    }
}

#[test]
fn yt_dlp_is_judged_by_its_day() {
    let today = date(2026, 11, 28);
    let judged = |version: Option<&str>| {
        let facts = ResolverFacts {
            path: "/usr/bin/yt-dlp".to_owned(),
            version: version.map(str::to_owned),
        };
        resolver::finding(Some(&facts), true, today)
    };
    let missing = resolver::finding(None, true, today);
    assert_eq!(missing, ResolverFinding::Missing);
    let no_hook = resolver::finding(None, false, today);
    assert_eq!(no_hook, ResolverFinding::NoHook);
    assert!(matches!(judged(None), ResolverFinding::Broken { .. }));
    for dangerous in [
        "2023.03.04",
        "2026.07.03",
        "2025.11.12.233034",
        "2021.12.17",
    ] {
        let found = judged(Some(dangerous));
        assert!(
            matches!(found, ResolverFinding::Dangerous { .. }),
            "{found:?}"
        );
    }
    let days = |version| match judged(Some(version)) {
        ResolverFinding::Old { days, .. } => Some(days),
        _ => None,
    };
    assert_eq!(days("2026.07.04"), Some(147));
    assert_eq!(days("2026.10.26"), None);
    for usable in [
        "2026.10.26",
        "2026.11.27.001122",
        "2027.01.01",
        "a build of mine",
    ] {
        let found = judged(Some(usable));
        assert_eq!(found.verdict(), Verdict::Ok, "{found:?}");
    }
    assert!(knows_runtimes("2025.11.12") && knows_runtimes("2026.10.26.1"));
    assert!(!knows_runtimes("2025.10.22") && !knows_runtimes("mine"));
}

#[test]
fn the_best_runtime_that_is_new_enough_is_used() {
    let one = |runtime, output: &str| FoundRuntime {
        runtime,
        output: output.to_owned(),
    };
    let deno = one(
        Runtime::Deno,
        "deno 2.9.8 (stable, release, x86_64)\nv8 14.0\n",
    );
    let old_deno = one(Runtime::Deno, "deno 1.46.3 (stable)");
    let node = one(Runtime::Node, "v20.20.2\n");
    let old_node = one(Runtime::Node, "v18.20.4\n");
    let quickjs = one(Runtime::QuickJs, "QuickJS version 2025-04-26\nusage: qjs");
    let old_quickjs = one(Runtime::QuickJs, "QuickJS version 2021-03-27");
    let bun = one(Runtime::Bun, "1.2.3\n");
    let broken = one(Runtime::Bun, "");
    let usable = |runtime, version: &str| RuntimeFinding::Usable {
        runtime,
        version: version.to_owned(),
    };
    for (found, expected) in [
        (vec![&node, &deno], usable(Runtime::Deno, "2.9.8")),
        (vec![&old_deno, &node], usable(Runtime::Node, "20.20.2")),
        (
            vec![&old_node, &quickjs],
            usable(Runtime::QuickJs, "2025.4.26"),
        ),
        (vec![&old_quickjs, &bun], usable(Runtime::Bun, "1.2.3")),
        (
            vec![&old_node, &broken],
            RuntimeFinding::TooOld {
                runtime: Runtime::Node,
                version: "18.20.4".to_owned(),
            },
        ),
        (vec![], RuntimeFinding::Missing),
    ] {
        let found: Vec<FoundRuntime> = found.into_iter().cloned().collect();
        assert_eq!(runtime::finding(&found), expected);
    }
}

#[test]
fn the_command_that_mends_is_the_systems() {
    use PackageManager::{Apt, Brew, Dnf, Pacman, Pipx};

    let pipx = "pipx install 'yt-dlp[default]' && pipx ensurepath";
    for (managers, mpv, resolver, runtime) in [
        (
            &[Apt][..],
            "sudo apt install mpv",
            "sudo apt install pipx && pipx install 'yt-dlp[default]' && pipx ensurepath",
            "sudo apt install pipx && pipx install deno",
        ),
        (
            &[Apt, Pipx],
            "sudo apt install mpv",
            pipx,
            "pipx install deno",
        ),
        (
            &[Dnf],
            "sudo dnf install mpv",
            "sudo dnf install yt-dlp",
            "sudo dnf install nodejs",
        ),
        (
            &[Pacman, Pipx],
            "sudo pacman -S mpv",
            "sudo pacman -S yt-dlp",
            "sudo pacman -S deno",
        ),
        (
            &[Brew],
            "brew install mpv",
            "brew install yt-dlp",
            "brew install deno",
        ),
        (
            &[],
            "https://mpv.io/installation/",
            "https://github.com/yt-dlp/yt-dlp/wiki/Installation",
            "https://docs.deno.com/runtime/getting_started/installation/",
        ),
    ] {
        let system = system(managers);
        assert_eq!(system.install_mpv(), mpv);
        assert_eq!(system.install_resolver(), resolver);
        assert_eq!(system.install_runtime(), runtime);
    }
}

#[test]
fn yt_dlp_is_brought_up_to_date_by_what_brought_it() {
    use PackageManager::{Apt, Brew, Pacman, Pipx};

    for (managers, path, expected) in [
        (
            &[Apt, Pipx][..],
            "/home/a/.local/share/pipx/venvs/yt-dlp/bin/yt-dlp",
            "pipx upgrade yt-dlp",
        ),
        (
            &[Brew],
            "/opt/homebrew/Cellar/yt-dlp/2026.6.1/bin/yt-dlp",
            "brew upgrade yt-dlp",
        ),
        (&[Pacman], "/usr/bin/yt-dlp", "sudo pacman -Syu"),
        (
            &[Apt, Pipx],
            "/usr/bin/yt-dlp",
            "sudo apt remove yt-dlp && pipx install 'yt-dlp[default]' && pipx ensurepath",
        ),
        (&[Apt], "/home/a/bin/yt-dlp", "/home/a/bin/yt-dlp -U"),
        (&[Apt], "/home/a b/yt-dlp", "'/home/a b/yt-dlp' -U"),
    ] {
        assert_eq!(system(managers).upgrade_resolver(path), expected);
    }
}

#[test]
fn a_terminal_is_judged_by_what_it_says() {
    let none = TerminalFacts::default();
    assert_eq!(terminal::findings(&none), [TerminalFinding::Missing]);
    let facts = TerminalFacts {
        size: Some((40, 24)),
        colours: 0,
        answers: Some(TerminalAnswers {
            emoji_cells: Some(1),
            ..TerminalAnswers::default()
        }),
        tmux: Some(TmuxFacts {
            passthrough: "off".to_owned(),
            clipboard: "external".to_owned(),
        }),
    };
    let expected = [
        TerminalFinding::Small {
            columns: 40,
            rows: 24,
            in_tmux: true,
        },
        TerminalFinding::NoColours,
        TerminalFinding::EmojiShifts(1),
        TerminalFinding::Flickers,
        TerminalFinding::NoImages,
        TerminalFinding::TmuxHolds,
        TerminalFinding::TmuxKeeps,
    ];
    assert_eq!(terminal::findings(&facts), expected);
    let found = expected.map(Finding::Terminal);
    assert!(can_watch(&found), "no terminal stops a film");
}

#[test]
fn a_server_that_does_not_answer_is_a_failure() {
    let fails = Finding::Network(NetworkFinding::ServerFails {
        server: "https://a.example".to_owned(),
        fault: ServerFault::Away,
        why: "down".to_owned(),
    });
    assert!(!can_watch(&[fails]));
    assert!(can_watch(&[Finding::Network(NetworkFinding::Direct)]));
}
