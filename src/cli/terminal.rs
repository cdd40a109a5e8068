//! The terminal's capabilities: whether a screen can be drawn on it, and in how many colours.
//!
//! `TERM` names the terminal, and the system's terminfo database describes it. A terminal that is
//! not in the database is judged by its name: most modern ones can do both.

use std::env;
use std::io::{self, IsTerminal};

use terminfo::Terminfo;

use crate::app::appearance::{Background, ColourDepth};

mod terminfo;

/// Whether there is a terminal with cursor addressing to draw a screen on.
#[must_use]
pub(super) fn has_screen() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && places_cursor()
}

/// Whether this is a terminal of another computer.
#[must_use]
pub(super) fn is_over_ssh() -> bool {
    env::var_os("SSH_CONNECTION").is_some_and(|value| !value.is_empty())
}

/// Whether a question can be asked before there is a screen, and its answer kept from being shown.
#[must_use]
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Whether the mouse can be taken without harm. The console of Linux has none of its own, and writes
/// reports in an old form where a daemon lends it one.
#[must_use]
pub(super) fn has_mouse() -> bool {
    takes_mouse(&name())
}

fn takes_mouse(name: &str) -> bool {
    is_named(name) && name != "linux"
}

/// How many colours the terminal has; [`super::colours`] knows whether they are wanted. That it has 24 bits is said by
/// `COLORTERM`, since terminfo has no capability for it that all agree on.
#[must_use]
pub(super) fn colour_depth() -> ColourDepth {
    let name = name();
    // GNU screen passes no more than 256 on, whatever the terminal around it can do.
    let is_screen = env::var_os("STY").is_some();
    let extra = env::var("COLORTERM").ok().filter(|_| !is_screen);
    depth(
        &name,
        Terminfo::of(&name).as_ref(),
        &extra.unwrap_or_default(),
    )
}

/// The background that the environment tells of, before the terminal is asked: `COLORFGBG`, which
/// rxvt and Konsole set, ends in its number among the 16 colours. Dark if it says nothing.
#[must_use]
pub(super) fn likely_background() -> Background {
    let colours = env::var("COLORFGBG").unwrap_or_default();
    background_of(&colours)
}

fn background_of(colours: &str) -> Background {
    let number = colours.rsplit_once(';').map(|(_, background)| background);
    match number {
        Some("7" | "15") => Background::Light,
        _ => Background::Dark,
    }
}

fn depth(name: &str, known: Option<&Terminfo>, extra: &str) -> ColourDepth {
    if !is_coloured(name, known) {
        return ColourDepth::None;
    }
    let colours = known.map_or(0, |known| known.colours);
    let is_true = matches!(extra, "truecolor" | "24bit")
        || colours >= 1 << 24
        || name.ends_with("-direct")
        || name.ends_with("-truecolor");
    if is_true {
        ColourDepth::True
    } else if colours >= 256 || name.ends_with("256color") || known.is_none() {
        ColourDepth::Indexed
    } else {
        ColourDepth::Sixteen
    }
}

fn places_cursor() -> bool {
    let name = name();
    is_steered(&name, Terminfo::of(&name).as_ref())
}

/// The name of the terminal; empty if there is none.
fn name() -> String {
    env::var("TERM").unwrap_or_default()
}

fn is_coloured(name: &str, known: Option<&Terminfo>) -> bool {
    match known {
        Some(known) => known.colours > 1,
        None => is_named(name) && !is_old(name) && !name.ends_with("-m"),
    }
}

fn is_steered(name: &str, known: Option<&Terminfo>) -> bool {
    match known {
        Some(known) => known.places_cursor,
        None => is_named(name) && name != "vt52",
    }
}

/// Whether a name describes a terminal; the others stand for those that can do no more than a
/// typewriter.
fn is_named(name: &str) -> bool {
    !matches!(name, "" | "dumb" | "unknown")
}

/// Whether it is one of DEC's terminals, such as the vt100, which had no colours before the vt525.
fn is_old(name: &str) -> bool {
    let model = name.strip_prefix("vt").unwrap_or_default();
    model.starts_with(|c: char| c.is_ascii_digit()) && !model.starts_with("525")
}

#[cfg(test)]
mod tests {
    use super::terminfo::Terminfo;
    use super::{background_of, depth, is_coloured, is_steered};
    use crate::app::appearance::{Background, ColourDepth};

    #[test]
    fn the_mouse_is_left_alone_where_there_is_none() {
        for name in ["", "dumb", "linux"] {
            assert!(!super::takes_mouse(name), "{name}");
        }
        assert!(super::takes_mouse("tmux-256color"));
    }

    #[test]
    fn what_the_database_says_of_a_terminal_holds() {
        let known = |colours, places_cursor| Terminfo {
            colours,
            places_cursor,
        };
        assert!(is_coloured("any", Some(&known(8, true))));
        assert!(!is_coloured("xterm-256color", Some(&known(0, true))));
        assert!(is_steered("any", Some(&known(0, true))));
        assert!(!is_steered("xterm", Some(&known(8, false))));
    }

    #[test]
    fn the_number_of_colours_is_what_the_terminal_says() {
        let known = |colours| Terminfo {
            colours,
            places_cursor: true,
        };
        for (name, colours, extra, expected) in [
            ("linux", Some(8), "", ColourDepth::Sixteen),
            ("xterm", Some(8), "", ColourDepth::Sixteen),
            ("xterm-256color", Some(256), "", ColourDepth::Indexed),
            ("tmux-256color", Some(256), "truecolor", ColourDepth::True),
            ("xterm-direct", Some(1 << 24), "", ColourDepth::True),
            ("foot", None, "", ColourDepth::Indexed),
            ("xterm-kitty", None, "truecolor", ColourDepth::True),
            ("vt100", None, "truecolor", ColourDepth::None),
            ("vt100", Some(0), "truecolor", ColourDepth::None),
        ] {
            let known = colours.map(known);
            assert_eq!(depth(name, known.as_ref(), extra), expected, "{name}");
        }
    }

    #[test]
    fn the_environment_may_tell_of_a_light_background() {
        for (colours, background) in [
            ("0;15", Background::Light),
            ("0;default;7", Background::Light),
            ("15;0", Background::Dark),
            ("", Background::Dark),
            ("15", Background::Dark),
        ] {
            assert_eq!(background_of(colours), background, "{colours}");
        }
    }

    #[test]
    fn a_terminal_that_the_database_does_not_know_goes_by_its_name() {
        for name in ["xterm-kitty", "alacritty", "foot", "vt525"] {
            assert!(is_coloured(name, None) && is_steered(name, None), "{name}");
        }
        for name in ["vt100", "vt220", "vt102-nsgr", "xterm-m"] {
            assert!(!is_coloured(name, None) && is_steered(name, None), "{name}");
        }
        for name in ["", "dumb", "unknown", "vt52"] {
            assert!(
                !is_coloured(name, None) && !is_steered(name, None),
                "{name}"
            );
        }
    }
}
