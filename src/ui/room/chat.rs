//! The pane of the chat: what was said and what happened, each with the media's position.
//!
//! The room's own lines have a sign in a column that members' texts never reach, in no row of a
//! line, so that nobody can imitate them.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::members::short_name;
use super::told_elsewhere::ToldElsewhere;
use crate::app::output::Person;
use crate::app::output::severity::Severity;
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::Focus;
use crate::app::screen::chat_log::{BeganAt, LogContent, LogLine, LoggedChat, MediaBegan};
use crate::strings::{plain_lines as line_words, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::text::{cut, padded, right, width, wrap};

/// The most columns of a name; longer ones are cut and end with the member's number.
const NAME: usize = 10;
/// The most cells of a row of text, the time and the name included (judgement: 90 letters).
const READABLE: usize = 110;
/// The columns of the sign of the room's own lines, with the blank behind it.
const MARKED: usize = 2;

/// The heading of the pane, with what is restricted.
pub(in crate::ui) fn heading(canvas: &Canvas<'_>) -> String {
    let room = canvas.app.room();
    room.map_or_else(
        || words::chat(canvas.language),
        |room| words::chat_heading(canvas.language, room),
    )
}

/// What is restricted in the room; empty if nothing is.
pub(in crate::ui) fn restrictions(canvas: &Canvas<'_>) -> String {
    let room = canvas.app.room();
    room.map_or_else(String::new, |room| {
        words::restrictions(canvas.language, room)
    })
}

/// Draws the chat, the newest line at the bottom; scrolled back, with how many are new below.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let mut area = area;
    canvas.clickable(area, ClickTarget::Pane(Focus::Chat));
    canvas.scrollable(area, ScrollTarget::Chat);
    let log = canvas.screen.log();
    if let Some(new) = log.new_lines().filter(|new| *new > 0) {
        let below = crate::ui::split::take_bottom(&mut area, 1);
        let label = words::new_lines(canvas.language, new);
        let style = canvas.theme.alarm();
        let cells = usize::from(below.width).saturating_sub(width(&label));
        let (left, rest) = ("─".repeat(cells / 2), "─".repeat(cells - cells / 2));
        canvas.clickable(below, ClickTarget::NewLines);
        canvas.row(
            below,
            0,
            &Line::styled(format!("{left}{label}{rest}"), style),
        );
    }
    let chosen = log.chosen().map(|line| line.id);
    let mut rows: Vec<Line<'static>> = Vec::new();
    let height = usize::from(area.height);
    if log.is_at_newest() {
        rows.extend(unsent(canvas, usize::from(area.width).min(READABLE)));
    }
    let told = ToldElsewhere::of(canvas);
    for line in log.scrolled().rev().filter(|line| !told.has(line)) {
        if rows.len() >= height {
            break;
        }
        let marked = chosen == Some(line.id) && canvas.focused(Focus::Chat);
        let mut lines = lines(canvas, line, usize::from(area.width).min(widest(line)));
        if marked {
            let style = canvas.theme.chosen();
            lines = lines.into_iter().map(|line| line.style(style)).collect();
        }
        rows.extend(lines.into_iter().rev());
    }
    rows.truncate(height);
    // What is little stands at the bottom, where the line is.
    let first = height - rows.len();
    for (place, line) in rows.into_iter().rev().enumerate() {
        let row = u16::try_from(first + place).unwrap_or(u16::MAX);
        canvas.row(area, row, &line);
    }
}

/// How many cells a line may take. A longer row of text is hard to read.
const fn widest(line: &LogLine) -> usize {
    match &line.content {
        LogContent::MediaBegan(_) => usize::MAX,
        _ => READABLE,
    }
}

/// The rows of a line of the log.
fn lines(canvas: &mut Canvas<'_>, line: &LogLine, cells: usize) -> Vec<Line<'static>> {
    let time = line.position.map_or_else(String::new, |at| at.to_string());
    let least = if cells >= 60 { 7 } else { 6 };
    // Hours take more than minutes do, and no time is cut.
    let time = format!("{} ", right(&time, least.max(width(&time))));
    match &line.content {
        LogContent::Chat(chat) => message(canvas, chat, &time, cells),
        LogContent::MediaBegan(began) => vec![divider(canvas, began, cells)],
        content => {
            let text = words::log_line(canvas.language, content, &canvas.screen.config().keys);
            let is_error = matches!(content, LogContent::Output(output)
                if output.severity() == Severity::Error);
            happened(canvas, (&text, is_error), &time, cells)
        }
    }
}

/// The rows of what the member wrote that waits for a connection, the lowest first.
fn unsent(canvas: &Canvas<'_>, cells: usize) -> Vec<Line<'static>> {
    let Some(me) = canvas.app.me() else {
        return Vec::new();
    };
    let time = " ".repeat(if cells >= 60 { 8 } else { 7 });
    let name = short_name(&me.name, me.id, NAME);
    let name = padded(&name, (width(&name) + 2).max(8));
    let hang = width(&time) + MARKED + width(&name);
    let sending = words::sending(canvas.language);
    let mut rows = Vec::new();
    for text in canvas.app.unsent_messages() {
        let first = vec![Span::raw(format!("{time}{}{name}", " ".repeat(MARKED)))];
        let text = format!("{text}  {sending}");
        let wrapped = wrap(&text, cells.saturating_sub(hang));
        rows.extend(hanging(first, wrapped, canvas.theme.dim(), hang));
    }
    rows.into_iter()
        .rev()
        .map(|row| row.style(canvas.theme.dim()))
        .collect()
}

/// The rows of a line of chat: the name, then the text, with a hanging indent.
fn message(
    canvas: &mut Canvas<'_>,
    message: &LoggedChat,
    time: &str,
    cells: usize,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let chat = &message.line;
    if let Some(by) = &message.removed_by {
        let author = Person {
            name: chat.name.clone(),
            is_you: message.is_own,
        };
        let text = line_words::removed(canvas.language, by, &author);
        return happened(canvas, (&text, false), time, cells);
    }
    let name = short_name(&chat.name, chat.from, NAME);
    let name = padded(&name, (width(&name) + 2).max(8));
    let spelled = message.spelled.as_deref();
    let text = spelled.unwrap_or(chat.text.as_str());
    let style = if message.mentions_you {
        theme.alarm()
    } else {
        theme.text()
    };
    let hang = width(time) + MARKED + width(&name);
    let rows = wrap(text, cells.saturating_sub(hang));
    let first = vec![
        Span::styled(time.to_owned(), theme.dim()),
        Span::raw(" ".repeat(MARKED)),
        Span::styled(name, theme.name(chat.from.0)),
    ];
    let mut lines = hanging(first, rows, style, hang);
    canvas.link_rows(text, &mut lines);
    lines
}

/// The rows of one of the room's own lines. Further rows are indented so that a wrapped title
/// does not look like somebody's line of chat. What went wrong has another sign and colour. Each item
/// of a list begins a row.
fn happened(
    canvas: &mut Canvas<'_>,
    (text, is_error): (&str, bool),
    time: &str,
    cells: usize,
) -> Vec<Line<'static>> {
    let (sign, style) = if is_error {
        (words::ERROR, canvas.theme.error())
    } else {
        (words::ROOM, canvas.theme.system())
    };
    let hang = width(time) + MARKED + MARKED;
    let first = vec![
        Span::styled(time.to_owned(), canvas.theme.dim()),
        Span::styled(padded(sign, MARKED), style),
    ];
    let most = cells.saturating_sub(hang);
    let mut begin = Some(first);
    let mut lines = Vec::new();
    let (text, listed) = text.split_once('\n').unwrap_or((text, ""));
    for (part, indent) in parts(text, most, cells) {
        if indent < hang {
            lines.push(Line::styled(format!("{}{part}", " ".repeat(indent)), style));
            continue;
        }
        let blank = || vec![Span::raw(" ".repeat(hang))];
        let first = begin.take().unwrap_or_else(blank);
        lines.extend(hanging(first, wrap(&part, most), style, hang));
    }
    for row in listed.lines() {
        let lead = row.len() - row.trim_start_matches(' ').len();
        let indent = (hang + lead).min(cells / 2);
        let rows = wrap(row.trim_start(), cells.saturating_sub(indent + 2));
        let first = vec![Span::raw(" ".repeat(indent))];
        lines.extend(hanging(first, rows, style, indent + 2));
    }
    canvas.link_rows(text, &mut lines);
    lines
}

/// The parts of one of the room's own lines, each with its indent: `cells` for text. A link that
/// would be broken is a part of its own if that keeps it whole, so that a click or a copy takes all
/// of it. It is plain ASCII, and so has none of the signs by which lines are told apart.
fn parts(text: &str, most: usize, cells: usize) -> Vec<(String, usize)> {
    let is_link = |word: &str| {
        let is_web = word.starts_with("https://") || word.starts_with("http://");
        is_web && word.chars().all(|c| c.is_ascii_graphic())
    };
    let mut parts: Vec<(String, usize)> = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        if is_link(word) && width(word) > most && width(word) <= cells && !before.is_empty() {
            parts.push((std::mem::take(&mut before).join(" "), cells));
            parts.push((word.to_owned(), cells - width(word)));
        } else {
            before.push(word);
        }
    }
    if !before.is_empty() {
        parts.push((before.join(" "), cells));
    }
    parts
}

/// The row between what was said during one media and the next: the title of what came on, the hour,
/// and who added it, which is left out where the title would be cut for it.
fn divider(canvas: &Canvas<'_>, began: &MediaBegan, cells: usize) -> Line<'static> {
    let (title, added) = words::media_began(canvas.language, began);
    // A rule of two cells and a blank at either side.
    let room = cells.saturating_sub(6);
    let at = began.at.map(|at| match at {
        BeganAt::Seen(at) => at,
        BeganAt::Told(at) => canvas.app.clock_then(at),
    });
    let at = at.map_or_else(String::new, |at| format!(" · {at}"));
    let whole = format!("{at} · {added}");
    let about = if width(&title) + width(&whole) <= room {
        whole
    } else {
        at
    };
    let title = cut(&title, room.saturating_sub(width(&about)));
    let rest = cells.saturating_sub(4 + width(&title) + width(&about));
    let style = canvas.theme.dim();
    Line::from(vec![
        Span::styled("── ", style),
        Span::styled(title, canvas.theme.strong()),
        Span::styled(about, style),
        Span::styled(format!(" {}", "─".repeat(rest)), style),
    ])
}

/// Rows of text: the first behind `first`, the others indented by `hang` cells.
fn hanging(
    first: Vec<Span<'static>>,
    rows: Vec<String>,
    style: Style,
    hang: usize,
) -> Vec<Line<'static>> {
    let blank = vec![Span::raw(" ".repeat(hang))];
    let mut begin = first;
    let mut lines = Vec::new();
    for row in rows {
        let mut spans = std::mem::replace(&mut begin, blank.clone());
        spans.push(Span::styled(row, style));
        lines.push(Line::from(spans));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_link_that_fits_a_row_of_its_own_is_not_broken() {
        let link = "https://watch.example.org/r/movie-night";
        let text = format!("Invite: {link} (copied)");
        let whole = vec![(text.clone(), 60)];
        assert_eq!(parts(&text, 50, 60), whole, "it fits as it is");
        assert_eq!(parts(&text, 30, 38), [(text.clone(), 38)], "it never fits");
        let expected = [
            ("Invite:".to_owned(), 40),
            (link.to_owned(), 1),
            ("(copied)".to_owned(), 40),
        ];
        assert_eq!(parts(&text, 30, 40), expected);
        let text = "a https://example.org/a·b·c·d·e·f·g·h·i·j";
        assert_eq!(parts(text, 30, 40), [(text.to_owned(), 40)]);
    }
}
