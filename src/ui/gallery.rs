//! The page of the gallery: the live rooms of a server.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::split::{WIDE, row_of, take_bottom, take_top};
use super::text::{cut, padded, right, width, wrap};
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::Focus;
use crate::protocol::ids::RoomId;
use crate::protocol::time::{Position, Span as Time};
use crate::strings::{dialogs, rooms as words, screen};
use crate::texts::language::Language;
use crate::wire::pages::{PlayingCard, RoomCard};

mod details;

/// The columns of a room's name.
const ROOM: usize = 18;
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
    canvas.rule(take_top(&mut body, 1), "", false);
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
    let line = Line::styled(
        cells(words::columns(canvas.language), columns),
        canvas.theme.dim(),
    );
    canvas.row(columns, 0, &line);
    rooms(canvas, body, wide);
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

/// Draws the list. The chosen room gets a second line, unless it is shown `beside` the list.
fn rooms(canvas: &mut Canvas<'_>, area: Rect, beside: bool) {
    let gallery = canvas.screen.gallery();
    let shown = gallery.shown();
    if shown.is_empty() {
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
        return;
    }
    let chosen = gallery.chosen().map(|room| room.id.clone());
    let age = gallery
        .updated()
        .map_or(Time::ZERO, |updated| canvas.app.local_now() - updated);
    let mut rows: Vec<(bool, RoomId, Line<'static>)> = Vec::new();
    for room in shown {
        let is_chosen = chosen.as_ref() == Some(&room.id);
        let mark = if is_chosen { "▌" } else { " " };
        let style = if is_chosen {
            canvas.theme.strong()
        } else {
            ratatui::style::Style::new()
        };
        let row = cells(card(canvas.language, room, age), area);
        rows.push((
            is_chosen,
            room.id.clone(),
            Line::from(vec![
                Span::raw(mark),
                Span::styled(row.get(1..).unwrap_or_default().to_owned(), style),
            ]),
        ));
        let second = words::second_line(canvas.language, room);
        // Beside the list stands all of it.
        if is_chosen && !second.is_empty() && !beside {
            let text = format!("{mark}   {second}");
            let line = Line::from(cut(&text, usize::from(area.width)));
            rows.push((true, room.id.clone(), line));
        }
    }
    let height = usize::from(area.height);
    let last = rows.iter().rposition(|(chosen, ..)| *chosen).unwrap_or(0);
    let skip = (last + 1).saturating_sub(height);
    for (row, (_, room, line)) in (0..).zip(rows.into_iter().skip(skip).take(height)) {
        canvas.row(area, row, &line);
        canvas.clickable(row_of(area, row), ClickTarget::Room(room));
    }
    canvas.scrollable(area, ScrollTarget::Rooms);
}

fn card(language: Language, room: &RoomCard, age: Time) -> [String; 5] {
    let playing = room.playing.as_ref();
    [
        room.id.to_string(),
        room.viewers.to_string(),
        playing.map_or_else(String::new, |playing| words::card_title(language, playing)),
        playing.map_or_else(String::new, |playing| cut(&playing.kind, KIND)),
        playing.map_or_else(String::new, |playing| time(language, playing, age)),
    ]
}

/// The media's position as a bar and in words, `age` after the server reported it.
fn time(language: Language, playing: &PlayingCard, age: Time) -> String {
    let end = playing.duration.map(|length| Position(length.0.max(0)));
    let position = playing.position_after(age);
    let words = words::card_time(language, position, end, playing.live);
    match end.filter(|end| end.0 > 0 && !playing.live) {
        Some(end) => {
            let done = position.0.saturating_mul(i64::try_from(BAR).unwrap_or(0)) / end.0;
            let done = usize::try_from(done).unwrap_or(0).min(BAR);
            let bar = format!("{}{}", "━".repeat(done), "─".repeat(BAR - done));
            format!("{bar}{}", right(&words, TIME.saturating_sub(BAR)))
        }
        None => words,
    }
}

/// A row of the list. The media's name gets what the other columns leave; a narrow terminal
/// shows neither kind nor time.
fn cells(texts: [String; 5], area: Rect) -> String {
    let [room, viewers, playing, kind, time] = texts;
    let row = format!("  {}{}", padded(&room, ROOM), padded(&viewers, VIEWERS));
    let ends = if area.width >= 70 {
        format!(" {} {}", padded(&kind, KIND), padded(&time, TIME))
    } else {
        String::new()
    };
    let left = usize::from(area.width).saturating_sub(width(&row) + width(&ends) + 1);
    format!("{row}{}{ends}", padded(&playing, left))
}
