//! Who is here, with crown and health in shapes and words.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::text::{cut, right, width};
use crate::app::App;
use crate::app::screen::Focus;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::strings::screen as words;
use crate::wire::message::{Health, HealthState};

/// From so many columns on there is room for numbers.
const NUMBERS_FROM: u16 = 45;
/// What offset, buffer and round trip take.
const NUMBERS: [usize; 3] = [11, 7, 11];

/// Its heading: how many are here.
pub(super) fn heading(app: &App) -> String {
    let count = app.room().map_or(0, |room| room.roster.count);
    format!("{} {count}", words::MEMBERS)
}

/// How a member is doing, as far as is known; who has no player only chats.
pub(super) fn health(app: &App, member: &Member) -> Option<Health> {
    let known = known(app, member.id);
    let chats = !member.has_player;
    known.or(chats.then_some(Health {
        state: HealthState::ChatOnly,
        ..Health::default()
    }))
}

/// The shape and the word for how a member is doing. Where live media is not steered nobody is
/// in step.
pub(super) fn word(app: &App, health: Option<&Health>) -> (&'static str, &'static str) {
    let Some(health) = health else {
        return ("·", "");
    };
    let told = words::health(health.state);
    let playing = app.room().and_then(|room| room.timeline.playing.as_ref());
    let unsteered = playing.is_some_and(|playing| playing.live && playing.begins.is_none());
    if unsteered && health.state == HealthState::InStep {
        (told.0, words::LIVE)
    } else {
        told
    }
}

fn known(app: &App, id: MemberId) -> Option<Health> {
    let mut worst = app.health()?.worst.iter();
    worst
        .find(|(member, _)| *member == id)
        .map(|(_, health)| *health)
}

/// A member's name with their marks.
pub(super) fn name(app: &App, member: &Member) -> String {
    let mark = words::role_mark(member.power());
    let mut text = member.name.to_string();
    if !mark.is_empty() {
        text = format!("{text} {mark}");
    }
    if member.acting {
        text = format!("{text} {}", words::ACTING);
    }
    if member.marks.muted {
        text = format!("{text} {}", words::MUTED);
    }
    if member.marks.spared {
        text = format!("{text} {}", words::SPARED);
    }
    if app.me().is_some_and(|me| me.id == member.id) {
        text = format!("{text} {}", words::YOU);
    }
    text
}

/// Draws it: in a wide pane with numbers. The chosen member is always among those shown.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let mut area = area;
    let is_wide = area.width >= NUMBERS_FROM;
    if is_wide && area.height > 1 {
        let headings = words::HEALTH_COLUMNS.iter().zip(NUMBERS);
        let headings: String = headings.map(|(text, cells)| right(text, cells)).collect();
        let headings = right(&headings, usize::from(area.width) - 1);
        let top = super::place::take_top(&mut area, 1);
        canvas.row(top, 0, &Line::styled(headings, canvas.theme.dim()));
    }
    let app = canvas.app;
    let chosen = app.chosen_member().map(|member| member.id);
    let members = app.shown_members();
    let height = usize::from(area.height);
    let chosen_at = members.iter().position(|member| Some(member.id) == chosen);
    let skip = (chosen_at.unwrap_or(0) + 1).saturating_sub(height);
    for (row, member) in (0..).zip(members.into_iter().skip(skip).take(height)) {
        let is_chosen = canvas.focused(Focus::Members) && chosen == Some(member.id);
        let line = line(
            canvas,
            member,
            is_chosen,
            (usize::from(area.width), is_wide),
        );
        canvas.row(area, row, &line);
    }
}

/// A member in `cells`, with numbers or a word.
fn line(
    canvas: &Canvas<'_>,
    member: &Member,
    is_chosen: bool,
    (cells, is_wide): (usize, bool),
) -> Line<'static> {
    let health = health(canvas.app, member);
    let (shape, word) = word(canvas.app, health.as_ref());
    let told = match health {
        Some(health) if is_wide => numbers(&health, word),
        Some(Health {
            state: HealthState::InStep,
            error: Some(error),
            ..
        }) => words::milliseconds(error.abs()),
        _ => word.to_owned(),
    };
    let room = cells.saturating_sub(4);
    let name = cut(
        &name(canvas.app, member),
        room.saturating_sub(width(&told) + 1),
    );
    let told = right(&told, room.saturating_sub(width(&name)));
    let mark = if is_chosen { "▌" } else { " " };
    let style = if is_chosen {
        canvas.theme.strong()
    } else {
        Style::new()
    };
    Line::from(vec![
        Span::raw(mark),
        Span::styled(format!("{shape} "), canvas.theme.health(shape)),
        Span::styled(name, style),
        Span::styled(told, canvas.theme.dim()),
    ])
}

/// Offset, buffer and round trip; a word in place of the first where there is nothing to
/// measure or something is wrong.
fn numbers(health: &Health, word: &str) -> String {
    let measured = matches!(health.state, HealthState::InStep | HealthState::CatchingUp);
    let first = match health.error {
        Some(error) if measured => words::milliseconds(error),
        _ => word.to_owned(),
    };
    let buffer = health.buffered.map(words::long);
    let trip = health.round_trip.map(words::milliseconds);
    let told = [first, buffer.unwrap_or_default(), trip.unwrap_or_default()];
    let columns = told.iter().zip(NUMBERS);
    columns.map(|(text, cells)| right(text, cells)).collect()
}
