//! Who is here, with crown and health in shapes and words.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::text::{cut, right, width};
use crate::app::App;
use crate::app::screen::Focus;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::strings::screen as words;
use crate::wire::message::{Health, HealthState};

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
    if app.me().is_some_and(|me| me.id == member.id) {
        text = format!("{text} {}", words::YOU);
    }
    text
}

/// Draws it. The chosen member is always among those that are shown.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let focused = canvas.focused(Focus::Members);
    let chosen = app.chosen_member().map(|member| member.id);
    let members = app.shown_members();
    let height = usize::from(area.height);
    let last = members
        .iter()
        .position(|member| Some(member.id) == chosen)
        .unwrap_or(0);
    let skip = (last + 1).saturating_sub(height);
    for (row, member) in (0..).zip(members.into_iter().skip(skip).take(height)) {
        let health = health(app, member);
        let (shape, word) = health.map_or(("·", ""), |health| words::health(health.state));
        let off = health.and_then(|health| match health.state {
            HealthState::InStep => health.error.map(|e| words::milliseconds(e.abs())),
            _ => None,
        });
        let word = off.unwrap_or_else(|| word.to_owned());
        let cells = usize::from(area.width).saturating_sub(4);
        let name = cut(&name(app, member), cells.saturating_sub(width(&word) + 1));
        let gap = right(&word, cells.saturating_sub(width(&name)));
        let is_chosen = focused && chosen == Some(member.id);
        let mark = if is_chosen { "▌" } else { " " };
        let style = if is_chosen {
            canvas.theme.strong()
        } else {
            ratatui::style::Style::new()
        };
        let line = Line::from(vec![
            Span::raw(mark),
            Span::styled(format!("{shape} "), canvas.theme.health(shape)),
            Span::styled(name, style),
            Span::styled(gap, canvas.theme.dim()),
        ]);
        canvas.row(area, row, &line);
    }
}
