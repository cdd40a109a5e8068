//! The terminal's capabilities: whether a screen can be drawn on it, and in colour.
//!
//! `TERM` names the terminal, and the system's terminfo database describes it. A terminal that is
//! not in the database is judged by its name: most modern ones can do both.

use std::env;
use std::io::{self, IsTerminal};

use terminfo::Terminfo;

mod terminfo;

/// Whether there is a terminal with cursor addressing to draw a screen on.
#[must_use]
pub(super) fn has_screen() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && places_cursor()
}

/// Whether colours are wanted (<https://no-color.org>) and supported.
#[must_use]
pub(super) fn has_colour() -> bool {
    let unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let name = name();
    !unwanted && is_coloured(&name, Terminfo::of(&name).as_ref())
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
    use super::{is_coloured, is_steered};

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
