//! The page of the help: every key and every command, from the tables that handle them, and the
//! signs that the screen uses. What is typed narrows it.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::split::take_top;
use super::text::{padded, width, wrap};
use super::theme::Theme;
use super::{input_line, page};
use crate::app::command::Slash;
use crate::app::keys::editing::{self, TextMode};
use crate::app::keys::{self, KeyAction, KeyContext};
use crate::protocol::member::Role;
use crate::strings::{help, keys as words, legend, video};

/// The columns of the keys.
const KEYS: usize = 13;
/// The columns of a command in a wide column of the page, and in a narrow one.
const USAGE: [usize; 2] = [30, 18];
/// From so many columns on a column of the page is a wide one: most sentences fit beside every
/// command (judgement).
const WIDE: usize = 76;
/// From so many columns on the commands stand beside the keys, and from so many on the keys
/// themselves in two columns: each has room for its sentences (judgement).
const COLUMNS: [u16; 2] = [110, 180];
/// What stands before a row: a blank, the mark of a role, and a blank.
const MARK: usize = 3;
/// The least columns of a sentence behind a long command; with fewer it begins below
/// (judgement: two words).
const LEAST: usize = 16;

/// A part of the help: a heading, and what stands under it.
struct Section {
    heading: String,
    /// The columns of what stands at the left.
    left: usize,
    rows: Vec<Row>,
}

/// A row of the help.
struct Row {
    /// Who may do it.
    needs: Role,
    /// A key, a sign or a command.
    what: String,
    /// What it means.
    about: String,
    /// Other words by which it is found.
    found_by: String,
}

impl Row {
    /// A row of what everybody may do.
    fn plain((what, about): (String, String)) -> Self {
        Self {
            needs: Role::Viewer,
            what,
            about,
            found_by: String::new(),
        }
    }
}

/// Draws the page, scrolled down to its line `from`.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, from: usize) {
    let is_searching = !canvas.screen.help_filter().is_empty();
    let title = words::title(canvas.language);
    let hint = words::hint(canvas.language, is_searching);
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
    let more = COLUMNS.into_iter().filter(|least| body.width >= *least);
    let count = u16::try_from(more.count()).unwrap_or(0) + 1;
    let columns = columns(canvas, &wanted, (body.width, count));
    if columns.is_empty() {
        let nothing = format!(" {}", words::nothing_found(canvas.language));
        canvas.row(body, 0, &Line::styled(nothing, canvas.theme.dim()));
    }
    let width = body.width / count;
    for (number, lines) in (0..count).zip(columns) {
        let place = Rect {
            x: body.x + number * width,
            width,
            ..body
        };
        let first = page::first_visible(from, lines.len(), place);
        page::rows(canvas, place, lines.into_iter().skip(first));
    }
}

/// The lines of each column of the page, as far as all wanted words are in a row. A column without
/// any is left out.
fn columns(
    canvas: &Canvas<'_>,
    wanted: &[String],
    (whole, count): (u16, u16),
) -> Vec<Vec<Line<'static>>> {
    let cells = usize::from(whole / count) - usize::from(count > 1);
    let lines_of = |sections: Vec<Section>| -> Vec<Vec<Line<'static>>> {
        let lines = sections.iter();
        let lines = lines.map(|section| section_lines(canvas, section, wanted, cells));
        lines.filter(|lines| !lines.is_empty()).collect()
    };
    let mut keys = lines_of(key_sections(canvas));
    let commands = lines_of(command_sections(canvas));
    let mut columns = match count {
        1 => {
            keys.extend(commands);
            vec![keys]
        }
        2 => vec![keys, commands],
        _ => {
            let rest = keys.split_off(middle(&keys));
            vec![keys, rest, commands]
        }
    };
    columns.retain(|sections| !sections.is_empty());
    let blank = [Line::default()];
    columns
        .into_iter()
        .map(|sections| sections.join(&blank[..]))
        .collect()
}

/// How many of the sections make up the first half of the lines.
fn middle(sections: &[Vec<Line<'static>>]) -> usize {
    let whole: usize = sections.iter().map(Vec::len).sum();
    let mut before = 0;
    let halves = sections.iter().take_while(|section| {
        let begins_above = before * 2 < whole;
        before += section.len();
        begins_above
    });
    halves.count()
}

/// The keys, and the signs of the screen.
fn key_sections(canvas: &Canvas<'_>) -> Vec<Section> {
    let language = canvas.language;
    let section = |heading: String, rows: Vec<Row>| Section {
        heading,
        left: KEYS,
        rows,
    };
    let mut sections: Vec<Section> = KeyContext::ALL
        .into_iter()
        .map(|context| section(words::context(language, context), key_rows(canvas, context)))
        .collect();
    for mode in TextMode::ALL {
        let rows = editing::of(mode).map(|row| {
            let about = words::edit_op(language, row.op);
            Row::plain((words::keys(language, row.keys), about))
        });
        sections.push(section(words::text_mode(language, mode), rows.collect()));
    }
    if canvas.screen.config().mouse {
        let rows = words::gestures(language).map(Row::plain);
        sections.push(section(words::mouse(language), rows.into()));
    }
    let in_video = video::keys(language).map(Row::plain);
    sections.push(section(video::keys_title(language), in_video.into()));
    let signs = legend::rows(language).map(Row::plain);
    sections.push(section(legend::title(language), signs.into()));
    sections
}

/// The rows of a part of the key map. The keys of the five reactions share one.
fn key_rows(canvas: &Canvas<'_>, context: KeyContext) -> Vec<Row> {
    let language = canvas.language;
    let own = &canvas.screen.config().keys;
    let mut reactions = keys::of(context).filter(|row| matches!(row.action, KeyAction::React(_)));
    let is_range = reactions.all(|row| own.keys(row) == row.keys);
    let mut rows: Vec<Row> = Vec::new();
    for binding in keys::of(context) {
        let pressed = words::keys(language, own.keys(binding));
        if words::goes_on(binding.action)
            && let Some(row) = rows.last_mut()
        {
            row.what = if is_range {
                words::range(&row.what, &pressed)
            } else {
                format!("{} {pressed}", row.what)
            };
            row.found_by = format!("{} {pressed}", row.found_by);
            continue;
        }
        rows.push(Row {
            needs: binding.needs,
            found_by: format!("{} {pressed}", binding.twin.unwrap_or_default()),
            what: pressed,
            about: words::row(language, binding),
        });
    }
    rows
}

/// The commands.
fn command_sections(canvas: &Canvas<'_>) -> Vec<Section> {
    let rows = Slash::ALL.iter().map(|slash| Row {
        needs: slash.needs(),
        what: help::usage(canvas.language, slash.usage()),
        about: help::about(canvas.language, *slash),
        found_by: format!("/{} /{}", slash.name(), slash.russian().join(" /")),
    });
    let [wide, _] = USAGE;
    vec![Section {
        heading: words::commands(canvas.language),
        left: wide,
        rows: rows.collect(),
    }]
}

/// The lines of a section, as far as all wanted words are in a row or the section's name; none
/// without such a row.
fn section_lines(
    canvas: &Canvas<'_>,
    section: &Section,
    wanted: &[String],
    cells: usize,
) -> Vec<Line<'static>> {
    // What stands in brackets behind the name says how one gets there.
    let name = section.heading.split('(').next().unwrap_or_default();
    let fits = |row: &&Row| {
        let text = format!("{} {} {} {name}", row.what, row.about, row.found_by).to_lowercase();
        wanted.iter().all(|word| text.contains(word.as_str()))
    };
    let rows: Vec<&Row> = section.rows.iter().filter(fits).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let [_, narrow] = USAGE;
    let left = if cells >= WIDE {
        section.left
    } else {
        section.left.min(narrow).min(cells * 2 / 5)
    };
    let headings = wrap(&section.heading, cells.saturating_sub(1)).into_iter();
    let headings = headings.map(|row| Line::styled(format!(" {row}"), canvas.theme.strong()));
    let rows = rows
        .into_iter()
        .flat_map(|row| entry(canvas.theme, row, left, cells));
    headings.chain(rows).collect()
}

/// A key or command in `left` cells, and beside it what it does, which goes on below itself. Nothing
/// is cut: behind a long command the sentence begins where that ends.
fn entry(theme: Theme<'_>, row: &Row, left: usize, cells: usize) -> Vec<Line<'static>> {
    let mark = words::role_mark(row.needs);
    let indent = left + MARK + 1;
    let room = cells.saturating_sub(indent);
    let mut heads = wrap(&row.what, cells.saturating_sub(MARK));
    let last = heads.pop().unwrap_or_default();
    let begins = (MARK + width(&last) + 2).max(indent);
    let begins = if heads.is_empty() { begins } else { cells };
    let beside = cells.saturating_sub(begins);
    let (first, rest) = if beside >= LEAST.min(room) {
        split(&row.about, beside, room)
    } else {
        (String::new(), wrap(&row.about, room))
    };
    let mut lines: Vec<Line<'static>> = Vec::new();
    heads.push(last);
    let count = heads.len();
    for (number, head) in heads.into_iter().enumerate() {
        let mark = if number == 0 { mark } else { "" };
        let is_last = number + 1 == count;
        let cells = if is_last { begins - MARK } else { width(&head) };
        let about = if is_last {
            first.clone()
        } else {
            String::new()
        };
        lines.push(Line::from(vec![
            Span::styled(format!(" {} ", padded(mark, MARK - 2)), theme.dim()),
            Span::styled(padded(&head, cells), theme.strong()),
            Span::styled(about, Style::new()),
        ]));
    }
    lines.extend(
        rest.into_iter()
            .map(|text| Line::from(format!("{}{text}", " ".repeat(indent)))),
    );
    lines
}

/// As much of a text as fits into the first row, and the rest in rows of another width.
fn split(text: &str, first: usize, others: usize) -> (String, Vec<String>) {
    let mut rows = wrap(text, first).into_iter();
    let head = rows.next().unwrap_or_default();
    let rest: Vec<String> = rows.collect();
    if rest.is_empty() {
        return (head, rest);
    }
    (head, wrap(&rest.join(" "), others))
}
