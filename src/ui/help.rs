//! The page of the help: every key and every command, from the tables that handle them, and the
//! signs that the screen uses. What is typed narrows it.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::split::take_top;
use super::text::{padded, width, wrap};
use super::theme::Theme;
use super::{input_line, page};
use crate::app::command::Slash;
use crate::app::keys::editing::{self, TextMode};
use crate::app::keys::{self, KeyContext};
use crate::strings::{help, keys as words, video};

/// The columns of the keys.
const KEYS: usize = 13;
/// The columns of a command.
const USAGE: usize = 30;
/// From so many columns on the commands stand beside the keys: each half has room for its sentences
/// (judgement).
const TWO_COLUMNS: u16 = 110;

/// A part of the help: a heading, and what stands under it.
struct Section {
    heading: String,
    /// The columns of what stands at the left.
    left: usize,
    /// A key, a sign or a command, what it means, and other words by which it is found.
    rows: Vec<(String, String, String)>,
}

/// Draws the page, scrolled down to its line `from`.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, from: usize) {
    let (title, hint) = (words::title(canvas.language), words::hint(canvas.language));
    let mut body = page::frame(canvas, area, &title, &hint);
    let search = take_top(&mut body, 1);
    let prompt = format!(" {} › ", words::search(canvas.language));
    let filter = canvas.screen.help_filter();
    let cursor = input_line::field(canvas, search, &prompt, filter);
    canvas.cursor = Some(cursor);
    let wanted: Vec<String> = filter
        .text()
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let halves = [key_sections(canvas), command_sections(canvas)];
    if area.width < TWO_COLUMNS {
        let sections = halves.into_iter().flatten();
        let lines = lines(canvas, sections, &wanted, usize::from(area.width));
        column(canvas, body, lines, from);
        return;
    }
    let half = Rect {
        width: area.width / 2,
        ..body
    };
    let [left, right] = halves;
    let places = [
        half,
        Rect {
            x: half.x + half.width,
            width: area.width - half.width,
            ..half
        },
    ];
    for (place, sections) in places.into_iter().zip([left, right]) {
        let lines = lines(canvas, sections, &wanted, usize::from(place.width) - 1);
        column(canvas, place, lines, from);
    }
}

/// Draws the lines of a column, or that there are none.
fn column(canvas: &mut Canvas<'_>, place: Rect, lines: Vec<Line<'static>>, from: usize) {
    if lines.is_empty() {
        let nothing = format!(" {}", words::nothing_found(canvas.language));
        canvas.row(place, 0, &Line::styled(nothing, canvas.theme.dim()));
        return;
    }
    let first = page::first_visible(from, lines.len(), place);
    page::rows(canvas, place, lines.into_iter().skip(first));
}

/// The keys, and the signs of the screen.
fn key_sections(canvas: &Canvas<'_>) -> Vec<Section> {
    let language = canvas.language;
    let mut sections = Vec::new();
    for context in KeyContext::ALL {
        let rows = keys::of(context).map(|row| {
            let pressed = words::keys(language, row.keys);
            let twin = row.twin.unwrap_or_default().to_owned();
            (pressed, words::row(language, row), twin)
        });
        sections.push(Section {
            heading: words::context(language, context),
            left: KEYS,
            rows: rows.collect(),
        });
    }
    for mode in TextMode::ALL {
        let rows = editing::of(mode).map(|row| {
            let about = words::edit_op(language, row.op);
            (words::keys(language, row.keys), about, String::new())
        });
        sections.push(Section {
            heading: words::text_mode(language, mode),
            left: KEYS,
            rows: rows.collect(),
        });
    }
    if canvas.screen.config().mouse {
        let gestures = words::gestures(language).into_iter();
        sections.push(Section {
            heading: words::mouse(language),
            left: KEYS,
            rows: gestures
                .map(|(gesture, about)| (gesture, about, String::new()))
                .collect(),
        });
    }
    let in_video = video::keys(language).into_iter();
    sections.push(Section {
        heading: video::keys_title(language),
        left: KEYS,
        rows: in_video
            .map(|(pressed, about)| (pressed, about, String::new()))
            .collect(),
    });
    let signs = words::meant(language).into_iter();
    sections.push(Section {
        heading: words::signs(language),
        left: KEYS,
        rows: signs
            .map(|(sign, about)| (sign, about, String::new()))
            .collect(),
    });
    sections
}

/// The commands.
fn command_sections(canvas: &Canvas<'_>) -> Vec<Section> {
    let rows = Slash::ALL.iter().map(|slash| {
        let usage = help::usage(canvas.language, slash.usage());
        let mark = words::role_mark(slash.needs());
        let about = help::about(canvas.language, *slash, mark);
        let names = format!("/{} /{}", slash.name(), slash.russian().join(" /"));
        (usage, about, names)
    });
    vec![Section {
        heading: words::commands(canvas.language),
        left: USAGE,
        rows: rows.collect(),
    }]
}

/// The lines of sections, as far as all wanted words are in a row; a section without a row has no
/// heading either.
fn lines(
    canvas: &Canvas<'_>,
    sections: impl IntoIterator<Item = Section>,
    wanted: &[String],
    cells: usize,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for section in sections {
        let fits = |row: &&(String, String, String)| {
            let text = format!("{} {} {}", row.0, row.1, row.2).to_lowercase();
            wanted.iter().all(|word| text.contains(word.as_str()))
        };
        let rows: Vec<_> = section.rows.iter().filter(fits).collect();
        if rows.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        let headings = wrap(&section.heading, cells.saturating_sub(1)).into_iter();
        lines.extend(headings.map(|row| Line::styled(format!(" {row}"), canvas.theme.strong())));
        for (pressed, about, _) in rows {
            let left = section.left.min(cells * 2 / 5);
            lines.extend(entry(canvas.theme, pressed, left, about, cells));
        }
    }
    lines
}

/// A key or command in `left` cells, and beside it what it does; a long text goes on below itself,
/// and a long command has a row of its own. Nothing is cut.
fn entry(
    theme: Theme<'_>,
    pressed: &str,
    left: usize,
    about: &str,
    cells: usize,
) -> Vec<Line<'static>> {
    let key = |text: String| Span::styled(text, theme.strong());
    let indent = left + 4;
    let mut texts = wrap(about, cells.saturating_sub(indent)).into_iter();
    let mut lines = Vec::new();
    if width(pressed) <= left {
        let about = texts.next().unwrap_or_default();
        let pressed = format!("   {} ", padded(pressed, left));
        lines.push(Line::from(vec![key(pressed), Span::raw(about)]));
    } else {
        let rows = wrap(pressed, cells.saturating_sub(3)).into_iter();
        lines.extend(rows.map(|row| Line::from(key(format!("   {row}")))));
    }
    lines.extend(texts.map(|text| Line::from(format!("{}{text}", " ".repeat(indent)))));
    lines
}
