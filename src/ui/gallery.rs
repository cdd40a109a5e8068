//! The page of the gallery: the live rooms of a server.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::split::{WIDE, row_of, take_bottom, take_top};
use super::text::{cut, padded, right, width, wrap};
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::Focus;
use crate::app::screen::gallery::shown_name;
use crate::protocol::time::{Position, Span as Time};
use crate::strings::screen::OWN;
use crate::strings::{dialogs, rooms as words, screen};
use crate::texts::language::Language;
use crate::wire::pages::{PlayingCard, RoomCard};

mod details;

/// The columns of a room's title or name, in a terminal that shows every column and in a narrower
/// one.
const ROOM: [usize; 2] = [22, 18];
/// From so many columns on the media's kind and time are shown.
const ALL_COLUMNS: u16 = 70;
/// The columns of the number of viewers.
const VIEWERS: usize = 6;
/// The columns of the media's kind: as many as the longest needs, and a blank.
const KIND: usize = 8;
/// The columns of the media's time: `live, 2 h 10 min`.
const TIME: usize = 16;
/// The columns of the bar of the media's progress; `142/195 min` fits beside it.
const BAR: usize = 5;

/// Draws the page.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let mut body = area;
    heading(canvas, take_top(&mut body, 1));
    search(canvas, take_top(&mut body, 1));
    let rule = take_top(&mut body, 1);
    canvas.rule(rule, "", false);
    foot(canvas, take_bottom(&mut body, 1));
    if body.height >= 8 {
        let cells = usize::from(area.width).saturating_sub(2);
        let notes: Vec<String> = words::note(canvas.language)
            .iter()
            .flat_map(|note| wrap(note, cells))
            .collect();
        for note in notes.into_iter().rev() {
            let place = take_bottom(&mut body, 1);
            let line = Line::styled(format!(" {note}"), canvas.theme.dim());
            canvas.row(place, 0, &line);
        }
    }
    let wide = area.width >= WIDE;
    if wide {
        let width = area.width * 2 / 5;
        let beside = Rect {
            x: body.x + body.width - width,
            width,
            ..body
        };
        body.width -= width + 1;
        details::draw(canvas, beside);
    }
    let columns = take_top(&mut body, 1);
    let line = Line::styled(headings(canvas.language, columns), canvas.theme.dim());
    canvas.row(columns, 0, &line);
    if let Some(range) = rooms(canvas, body, wide) {
        let range = Line::styled(format!(" {range} "), canvas.theme.dim());
        canvas.right_end(rule, 0, &range);
    }
}

fn heading(canvas: &mut Canvas<'_>, area: Rect) {
    let gallery = canvas.screen.gallery();
    let viewers = gallery
        .rooms()
        .iter()
        .map(|room| u64::from(room.viewers))
        .sum();
    let count = gallery.rooms().len();
    let state = words::state(canvas.language, count, viewers, gallery.state());
    let server = gallery.server().split("://").last().unwrap_or_default();
    let left = format!(" {}", words::live_rooms(canvas.language, server));
    canvas.both_ends(area, 0, &left, &Line::from(format!("{state} ")));
}

fn search(canvas: &mut Canvas<'_>, area: Rect) {
    let prompt = format!(" {} ", words::find(canvas.language));
    let filter = canvas.screen.gallery().filter();
    let cursor = super::input_line::field(canvas, area, &prompt, filter);
    if filter.is_empty() {
        let place = Rect {
            x: cursor.0 + 1,
            width: (area.x + area.width).saturating_sub(cursor.0 + 1),
            ..area
        };
        let hint = words::find_hint(canvas.language);
        canvas.row(place, 0, &Line::styled(hint, canvas.theme.dim()));
    }
    canvas.cursor = Some(cursor);
}

fn foot(canvas: &mut Canvas<'_>, area: Rect) {
    if let Some(toast) = canvas.screen.toast() {
        let text = dialogs::toast(canvas.language, toast.content());
        let line = Line::styled(
            cut(&format!(" {text}"), usize::from(area.width)),
            canvas.theme.alarm(),
        );
        canvas.row(area, 0, &line);
        return;
    }
    let in_room = canvas.app.room().is_some();
    let help = format!("{} ", screen::help_key(canvas.language, Focus::Line));
    let space = usize::from(area.width).saturating_sub(width(&help) + 2);
    let mut keys = String::from(" ");
    for key in words::keys(canvas.language, canvas.screen.gallery().order(), in_room) {
        // A key is shown whole or not at all; the help has them all.
        if width(&keys) + width(&key) <= space {
            keys.push_str(&key);
            keys.push_str("  ");
        }
    }
    canvas.both_ends(area, 0, keys.trim_end(), &Line::from(help));
}

/// Draws the list; which rooms are in sight, if not all are. The chosen room is in the middle where
/// the list is long, and gets a second line, unless it is shown `beside` the list.
fn rooms(canvas: &mut Canvas<'_>, area: Rect, beside: bool) -> Option<String> {
    let gallery = canvas.screen.gallery();
    let shown = gallery.shown();
    if shown.is_empty() {
        nothing(canvas, area);
        return None;
    }
    canvas.scrollable(area, ScrollTarget::Rooms);
    let chosen = gallery.chosen().map(|room| &room.id);
    let chosen_at = shown.iter().position(|room| Some(&room.id) == chosen);
    let chosen_at = chosen_at.unwrap_or(0);
    let second = shown
        .get(chosen_at)
        .map(|room| words::second_line(canvas.language, room))
        .filter(|second| !second.is_empty() && !beside);
    let (height, rows) = (
        usize::from(area.height),
        shown.len() + usize::from(second.is_some()),
    );
    let skip = chosen_at
        .saturating_sub(height / 2)
        .min(rows.saturating_sub(height));
    let mut in_sight = Vec::new();
    // Only what is in sight is laid out: there may be two thousand.
    for (row, at) in (0..area.height).zip(skip..rows) {
        let is_below = second.is_some() && at > chosen_at;
        let place = at - usize::from(is_below);
        let Some(room) = shown.get(place) else {
            break;
        };
        let line = match &second {
            Some(second) if at == chosen_at + 1 => {
                let text = format!("▌   {second}");
                Line::styled(cut(&text, usize::from(area.width)), canvas.theme.dim())
            }
            _ => room_row(canvas, room, place == chosen_at, area),
        };
        canvas.row(area, row, &line);
        canvas.clickable(row_of(area, row), ClickTarget::Room(room.id.clone()));
        in_sight.push(place + 1);
    }
    let (first, last) = (in_sight.first()?, in_sight.last()?);
    (last - first + 1 < shown.len())
        .then(|| words::range(canvas.language, *first, *last, shown.len()))
}

/// Says why there are no rooms, and what to do.
fn nothing(canvas: &mut Canvas<'_>, area: Rect) {
    let gallery = canvas.screen.gallery();
    let searching = !gallery.filter().is_empty() && !gallery.rooms().is_empty();
    if gallery.updated().is_some() || gallery.fault().is_some() {
        let hint = words::empty(canvas.language, gallery.fault(), searching);
        let texts = hint
            .iter()
            .flat_map(|text| wrap(text, usize::from(area.width) - 4));
        for (row, text) in (1..).zip(texts.collect::<Vec<_>>()) {
            canvas.row(area, row, &Line::from(format!("  {text}")));
        }
    }
}

/// A room's row: its title, how many watch what, and where that is.
fn room_row(canvas: &Canvas<'_>, room: &RoomCard, is_chosen: bool, area: Rect) -> Line<'static> {
    let (language, theme) = (canvas.language, canvas.theme);
    let gallery = canvas.screen.gallery();
    let updated = gallery.updated();
    let age = updated.map_or(Time::ZERO, |updated| canvas.app.local_now() - updated);
    let playing = room.playing.as_ref();
    let title = playing.map_or_else(String::new, |playing| {
        words::card_title(language, playing, room.lobby.is_some())
    });
    let kind = playing.map_or_else(String::new, |playing| cut(&playing.kind, KIND));
    let columns = Columns::of(area);
    let is_paused = playing.is_some_and(|playing| playing.paused);
    let title_style = if is_paused { theme.dim() } else { Style::new() };
    let name_style = if is_chosen {
        theme.strong()
    } else {
        Style::new()
    };
    let own = if gallery.is_own(&room.id) { OWN } else { " " };
    // A blank keeps a long name apart from the count.
    let name = cut(shown_name(room), columns.room.saturating_sub(1));
    let mut spans = vec![
        Span::raw(if is_chosen { "▌" } else { " " }),
        Span::styled(own, theme.good()),
        Span::styled(padded(&name, columns.room), name_style),
        Span::styled(padded(&room.viewers.to_string(), VIEWERS), theme.good()),
        Span::styled(padded(&title, columns.playing), title_style),
    ];
    if columns.has_all {
        spans.push(Span::styled(
            format!(" {} ", padded(&kind, KIND)),
            theme.dim(),
        ));
        let (bar, time) = match (starts(canvas, room), playing) {
            (Some(starts), _) => (String::new(), starts),
            (None, Some(playing)) => time(language, playing, age),
            (None, None) => Default::default(),
        };
        spans.push(Span::styled(bar, theme.played()));
        spans.push(Span::styled(time, theme.dim()));
    }
    Line::from(spans)
}

/// When the media starts that waits in the lobby, if a time is set.
fn starts(canvas: &Canvas<'_>, room: &RoomCard) -> Option<String> {
    let at = room.lobby.as_ref()?.starts?;
    Some(screen::start_time(
        canvas.language,
        canvas.app.clock_time(at),
    ))
}

/// The media's position as a bar and in words, `age` after the server reported it.
fn time(language: Language, playing: &PlayingCard, age: Time) -> (String, String) {
    let end = playing.duration.map(|length| Position(length.0.max(0)));
    let position = playing.position_after(age);
    let words = words::card_time(language, position, end, playing.live);
    match end.filter(|end| end.0 > 0 && !playing.live) {
        Some(end) => {
            let done = position.0.saturating_mul(i64::try_from(BAR).unwrap_or(0)) / end.0;
            let done = usize::try_from(done).unwrap_or(0).min(BAR);
            let bar = format!("{}{}", "━".repeat(done), "─".repeat(BAR - done));
            (bar, right(&words, TIME.saturating_sub(BAR)))
        }
        None => (String::new(), words),
    }
}

/// The widths of a row's columns. The media's title gets what the others leave; a narrow terminal
/// shows neither kind nor time.
struct Columns {
    room: usize,
    playing: usize,
    has_all: bool,
}

impl Columns {
    fn of(area: Rect) -> Self {
        let has_all = area.width >= ALL_COLUMNS;
        let [roomy, narrow] = ROOM;
        let room = if has_all { roomy } else { narrow };
        let ends = if has_all { KIND + TIME + 2 } else { 0 };
        let taken = 2 + room + VIEWERS + ends + 1;
        Self {
            room,
            playing: usize::from(area.width).saturating_sub(taken),
            has_all,
        }
    }
}

/// The headings of the columns.
fn headings(language: Language, area: Rect) -> String {
    let [room, viewers, playing, kind, time] = words::columns(language);
    let columns = Columns::of(area);
    let ends = if columns.has_all {
        format!(" {} {time}", padded(&kind, KIND))
    } else {
        String::new()
    };
    format!(
        "  {}{}{}{ends}",
        padded(&room, columns.room),
        padded(&viewers, VIEWERS),
        padded(&playing, columns.playing)
    )
}
