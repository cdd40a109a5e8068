//! Simpler forms of emoji that the terminal does not draw as one character: two letters for a
//! flag, the first of several that are joined, the one without its tone. Each takes as many cells
//! as the emoji does in the picture, so that nothing is left behind and nothing is moved.
//!
//! Which ones it does not draw is asked: each sample is printed, and the terminal says how far its
//! cursor went. The first picture paints over them.

use std::env;
use std::time::Instant;

use ratatui::buffer::{Cell, CellWidth};
use unicode_width::UnicodeWidthChar;

use super::questions::LAST_ANSWERS;
use super::steady::is_steady_point;

/// Where the samples are printed, from 1. In the first row the answer could be a key, F3.
const ROW: u16 = 2;

/// Asks for the place of the cursor (DSR 6).
const ASK_CURSOR: &str = "\x1b[6n";

/// A kind of emoji on which terminals do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Two regional indicators.
    Flag,
    /// Several, with a joiner between them, or one with tags behind it.
    Joined,
    /// One with the tone of a skin.
    Toned,
    /// A sign that is an emoji only by the selector behind it.
    Selected,
}

/// One of each kind. In a picture each takes two cells.
const SAMPLES: [(Kind, &str); 4] = [
    (Kind::Flag, "🇩🇪"),
    (Kind::Joined, "👩\u{200D}🚀"),
    (Kind::Toned, "👍🏽"),
    (Kind::Selected, "❤\u{FE0F}"),
];

/// Which kinds are drawn in their simpler forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PlainForms([bool; SAMPLES.len()]);

impl PlainForms {
    /// Those that a multiplexer of the environment needs: tmux before 3.5 and GNU screen keep the
    /// parts of an emoji in cells of their own, and the terminal around them draws it as one.
    pub(super) fn of_environment() -> Self {
        let version = env::var("TERM_PROGRAM_VERSION").unwrap_or_default();
        let is_tmux = env::var_os("TMUX").is_some() && !joins_emoji(&version);
        let is_screen = env::var_os("STY").is_some();
        Self::of_multiplexer(is_tmux || is_screen)
    }

    /// Those that are needed where a multiplexer keeps the parts of an emoji in cells of their own.
    pub(super) const fn of_multiplexer(keeps_parts: bool) -> Self {
        Self([keeps_parts, keeps_parts, keeps_parts, false])
    }

    /// The cell as it is drawn.
    pub(super) fn shown(self, cell: &Cell) -> Cell {
        let mut shown = cell.clone();
        if self != Self::default()
            && let Some(plain) = self.plain(cell)
        {
            shown.set_symbol(&plain);
        }
        shown
    }

    fn plain(self, cell: &Cell) -> Option<String> {
        let symbol = cell.symbol();
        let kind = kind(symbol)?;
        let place = SAMPLES.iter().position(|(other, _)| *other == kind)?;
        if !self.0.get(place).copied().unwrap_or(false) {
            return None;
        }
        let mut plain = match kind {
            Kind::Flag => symbol.chars().filter_map(letter).collect(),
            _ => symbol.chars().next()?.to_string(),
        };
        let cells = usize::from(cell.cell_width());
        let taken: usize = plain.chars().filter_map(UnicodeWidthChar::width).sum();
        plain.extend(std::iter::repeat_n(' ', cells.checked_sub(taken)?));
        plain.chars().all(is_steady_point).then_some(plain)
    }
}

/// Whether a version of tmux draws joined emoji as one; of an unknown one it is not expected.
fn joins_emoji(version: &str) -> bool {
    let mut parts = version.split(|c: char| !c.is_ascii_digit());
    let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
    match (number(), number()) {
        (Some(3), Some(minor)) => minor >= 5,
        (Some(major), _) => major > 3,
        _ => false,
    }
}

fn kind(symbol: &str) -> Option<Kind> {
    let mut points = symbol.chars();
    let (first, second) = (points.next()?, points.next()?);
    if letter(first).is_some() && letter(second).is_some() {
        Some(Kind::Flag)
    } else if symbol.contains(['\u{200D}', '\u{E007F}']) {
        // Letters of other scripts are joined, too.
        (u32::from(first) >= 0x2190).then_some(Kind::Joined)
    } else if symbol.contains(|c| ('\u{1F3FB}'..='\u{1F3FF}').contains(&c)) {
        Some(Kind::Toned)
    } else if symbol.contains('\u{FE0F}') {
        Some(Kind::Selected)
    } else {
        None
    }
}

/// The letter of a regional indicator.
fn letter(point: char) -> Option<char> {
    let place = u32::from(point).checked_sub(0x1F1E6)?;
    let place = u8::try_from(place).ok().filter(|place| *place < 26)?;
    Some(char::from(b'A' + place))
}

/// The questions for the widths, and their answers.
#[derive(Debug)]
pub(super) struct WidthProbe {
    forms: PlainForms,
    /// The samples whose answer is still to come.
    open: std::ops::Range<usize>,
    asked: Option<Instant>,
}

impl WidthProbe {
    /// Nothing was asked yet.
    pub(super) fn new(forms: PlainForms) -> Self {
        Self {
            forms,
            open: 0..0,
            asked: None,
        }
    }

    /// Prints the samples and asks for the cursor behind each, where the first picture is drawn
    /// over them.
    pub(super) fn ask(&mut self, now: Instant) -> String {
        self.open = 0..SAMPLES.len();
        self.asked = Some(now);
        let begin = format!("\x1b[{ROW};1H");
        let mut text = String::new();
        for (_, sample) in SAMPLES {
            text += &begin;
            text += sample;
            text += ASK_CURSOR;
        }
        text + &begin + "\x1b[2K"
    }

    /// Takes an answer: the column behind the next sample. `Some` if another form is to be drawn
    /// from now on.
    pub(super) fn on_cursor(&mut self, row: u16, column: u16) -> Option<PlainForms> {
        if row != ROW {
            return None;
        }
        let place = self.open.next()?;
        let is_one = column == 3;
        let form = self.forms.0.get_mut(place)?;
        if is_one || *form {
            return None;
        }
        *form = true;
        Some(self.forms)
    }

    /// Until when an answer that is still to come is worth waiting for.
    pub(super) fn answer_due(&self, now: Instant) -> Option<Instant> {
        let due = self.asked.filter(|_| !self.open.is_empty())? + LAST_ANSWERS;
        (now < due).then_some(due)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use ratatui::buffer::{Cell, CellWidth};

    use super::{PlainForms, ROW, SAMPLES, WidthProbe, joins_emoji};

    const ALL: PlainForms = PlainForms([true; SAMPLES.len()]);

    fn shown(forms: PlainForms, symbol: &str) -> String {
        let mut cell = Cell::EMPTY;
        cell.set_symbol(symbol);
        let shown = forms.shown(&cell);
        assert_eq!(shown.cell_width(), cell.cell_width(), "{symbol}");
        shown.symbol().to_owned()
    }

    #[test]
    fn each_kind_has_a_simpler_form_of_the_same_width() {
        for (symbol, plain) in [
            ("🇩🇪", "DE"),
            ("👨\u{200D}👩\u{200D}👧", "👨"),
            ("👩🏿\u{200D}🚀", "👩"),
            ("🏳\u{FE0F}\u{200D}🌈", "🏳"),
            ("👍🏽", "👍"),
            ("❤\u{FE0F}", "❤ "),
            ("1\u{FE0F}\u{20E3}", "1 "),
        ] {
            assert_eq!(shown(PlainForms::default(), symbol), symbol);
            let found = shown(ALL, symbol);
            assert!(found == plain || found == symbol, "{symbol}: {found}");
            if symbol != "🏳\u{FE0F}\u{200D}🌈" {
                assert_eq!(found, plain);
            }
        }
        for symbol in ["a", "映", "🍿", "ශ්\u{200D}ර", "e\u{301}", "🇩", "ｶﾞ"] {
            assert_eq!(shown(ALL, symbol), symbol);
        }
    }

    #[test]
    fn the_answers_say_which_forms_are_needed() {
        let mut probe = WidthProbe::new(PlainForms::default());
        assert_eq!(probe.on_cursor(ROW, 9), None, "nothing was asked");
        let now = Instant::now();
        let asked = probe.ask(now);
        assert_eq!(asked.matches("\x1b[6n").count(), SAMPLES.len());
        assert!(asked.ends_with("\x1b[2K"), "nothing of it is left");
        assert!(probe.answer_due(now).is_some());
        assert_eq!(probe.on_cursor(7, 9), None, "an answer to another question");
        let flags = PlainForms([true, false, false, false]);
        assert_eq!(probe.on_cursor(ROW, 5), Some(flags));
        assert_eq!(probe.on_cursor(ROW, 3), None);
        assert_eq!(probe.on_cursor(ROW, 3), None);
        let both = PlainForms([true, false, false, true]);
        assert_eq!(probe.on_cursor(ROW, 2), Some(both));
        assert_eq!(probe.answer_due(now), None);
        assert_eq!(probe.on_cursor(ROW, 9), None, "one that nobody asked for");
    }

    #[test]
    fn an_old_multiplexer_needs_them_whatever_it_answers() {
        let mut probe = WidthProbe::new(PlainForms::of_multiplexer(true));
        probe.ask(Instant::now());
        assert_eq!(probe.on_cursor(ROW, 3), None);
        assert_eq!(shown(probe.forms, "🇩🇪"), "DE");
        for (version, joins) in [
            ("3.3a", false),
            ("3.4", false),
            ("3.5", true),
            ("3.5a", true),
            ("4.0", true),
            ("next-3.6", false),
            ("", false),
        ] {
            assert_eq!(joins_emoji(version), joins, "{version}");
        }
    }
}
