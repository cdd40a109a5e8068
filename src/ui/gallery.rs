//! The page of the gallery: the live rooms of a server.

use std::collections::BTreeMap;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::room::toast;
use super::split::{WIDE, row_of, take_bottom, take_top};
use super::text::{cut, width, wrap};
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::Focus;
use crate::strings::{rooms as words, screen};

use columns::{Columns, Needed, headings, room_row};

mod columns;
mod details;

/// The least and the most columns of the details beside the list.
const DETAILS: [u16; 2] = [40, 52];

/// Draws the page.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let mut body = area;
    heading(canvas, take_top(&mut body, 1));
    search(canvas, take_top(&mut body, 1));
    let rule = take_top(&mut body, 1);
    canvas.rule(rule, "", false);
    let keys = take_bottom(&mut body, 1);
    foot(canvas, keys);
    let above = body;
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
        let [least, most] = DETAILS;
        let width = (area.width * 2 / 5 - 2).clamp(least, most);
        let beside = Rect {
            x: body.x + body.width - width,
            width,
            ..body
        };
        body.width -= width + 1;
        details::draw(canvas, beside);
    }
    let heading = take_top(&mut body, 1);
    let all = canvas.screen.gallery().rooms();
    let names = columns::names(all);
    let needed = Needed::by(canvas.language, all, &names);
    let columns = Columns::of(body, wide, needed);
    let line = Line::styled(headings(canvas.language, columns), canvas.theme.dim());
    canvas.row(heading, 0, &line);
    if let Some(range) = rooms(canvas, body, (columns, wide), &names) {
        let range = Line::styled(format!(" {range} "), canvas.theme.dim());
        canvas.right_end(rule, 0, &range);
    }
    toast::draw(canvas, above, Rect::default());
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
fn rooms(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (columns, beside): (Columns, bool),
    names: &BTreeMap<String, usize>,
) -> Option<String> {
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
            _ => room_row(canvas, room, place == chosen_at, columns, names),
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
