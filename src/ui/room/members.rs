//! The pane of the members: who is here, with crown and health in shapes and words.
//!
//! A name cannot imitate what the room says of a member. Shape, role and the sign of oneself are
//! in columns before it; the rest is at the right edge, at least two blanks behind it, and no
//! name has two blanks in a row.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::App;
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::Focus;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::protocol::text::MemberName;
use crate::strings::health::{HealthWords, words as health_words};
use crate::strings::screen as words;
use crate::ui::canvas::Canvas;
use crate::ui::split::row_of;
use crate::ui::text::{cut, head, padded, right, width};
use crate::wire::message::{Health, HealthState};

/// The columns before a name: the mark of the chosen one, the shape with a blank, the role, the
/// sign of oneself.
const BEFORE: usize = 3 + ROLE + 1;
/// The columns of a role.
pub(in crate::ui) const ROLE: usize = 3;
/// The least columns at the right edge for what is shown of a member.
const LEAST_SHOWN: usize = 7;
/// The blanks between a name and the right edge's text.
const GAP: usize = 2;

/// The pane's heading: how many are here, and how many watch from outside.
pub(in crate::ui) fn heading(app: &App) -> String {
    let count = app.room().map_or(0, |room| room.roster.count);
    let observers = app.health().map_or(0, |health| health.observers);
    words::members_heading(app.language(), count, observers)
}

/// A member's health, as far as is known; a member without a player only chats.
pub(in crate::ui) fn health(app: &App, member: &Member) -> Option<Health> {
    let known = known(app, member.id);
    let chats = !member.has_player;
    known.or(chats.then_some(Health {
        state: HealthState::ChatOnly,
        ..Health::default()
    }))
}

/// The shape and the word for a member's health. While live media is not steered, nobody is said
/// to be in step.
pub(in crate::ui) fn word(app: &App, health: Option<&Health>) -> (&'static str, String) {
    let Some(health) = health else {
        return ("·", String::new());
    };
    let HealthWords { sign, short, .. } = health_words(app.language(), health.state);
    let playing = app.room().and_then(|room| room.timeline.playing.as_ref());
    let unsteered = playing.is_some_and(|playing| playing.live && playing.begins.is_none());
    if unsteered && health.state == HealthState::InStep {
        (sign, words::live_short(app.language()))
    } else {
        (sign, short)
    }
}

/// A member's name in at most `most` cells. A name that is cut ends with their number, since
/// others may begin alike and the number that the room adds to a look-alike is at its end.
pub(in crate::ui) fn short_name(name: &MemberName, id: MemberId, most: usize) -> String {
    let name = name.as_str();
    let number = format!("…#{id}");
    match most.checked_sub(width(&number)) {
        Some(room) if width(name) > most => format!("{}{number}", head(name, room)),
        _ => cut(name, most),
    }
}

fn known(app: &App, id: MemberId) -> Option<Health> {
    let mut worst = app.health()?.worst.iter();
    worst
        .find(|(member, _)| *member == id)
        .map(|(_, health)| *health)
}

/// The text before a member's name, always of the same width: their role, and the sign of
/// oneself.
pub(in crate::ui) fn before_name(app: &App, member: &Member) -> String {
    let role = padded(&words::role_mark(app.language(), member.power()), ROLE);
    let is_own = app.me().is_some_and(|me| me.id == member.id);
    format!("{role}{}", if is_own { words::OWN } else { " " })
}

/// Labels of a member, the most important first: not the admin whom they look like, muted, not
/// waited for, acting admin.
pub(in crate::ui) fn labels(app: &App, member: &Member) -> impl Iterator<Item = String> {
    let language = app.language();
    let labels = [
        app.passes_for_admin(member)
            .map(|_| words::not_admin(language)),
        member.flags.muted.then(|| words::muted(language)),
        member
            .flags
            .wait_exempt
            .then(|| words::not_waited_for(language)),
        member.acting.then(|| words::acting(language)),
    ];
    labels.into_iter().flatten()
}

/// Draws the members. The chosen one is visible, unless the wheel scrolled it away.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let chosen = canvas
        .screen
        .chosen_member(&canvas.view)
        .map(|member| member.id);
    let members = canvas.view.members();
    let height = usize::from(area.height);
    let chosen_at = members.iter().position(|member| Some(member.id) == chosen);
    let last_first = members.len().saturating_sub(height);
    let first = (chosen_at.unwrap_or(0) + 1).saturating_sub(height);
    let scrolled = canvas.screen.first_shown(Focus::Members);
    let skip = scrolled.unwrap_or(first).min(last_first);
    canvas.clickable(area, ClickTarget::Pane(Focus::Members));
    let target = ScrollTarget::List {
        pane: Focus::Members,
        first: skip,
        last_first,
    };
    canvas.scrollable(area, target);
    for (row, member) in (0..).zip(members.into_iter().skip(skip).take(height)) {
        let is_chosen = canvas.focused(Focus::Members) && chosen == Some(member.id);
        let line = line(canvas, member, is_chosen, usize::from(area.width));
        canvas.row(area, row, &line);
        canvas.clickable(row_of(area, row), ClickTarget::Member(member.id));
    }
}

/// A member's row of so many cells: who they are, and how they are doing in a word. Figures would
/// twitch; the page of health has them.
fn line(canvas: &Canvas<'_>, member: &Member, is_chosen: bool, cells: usize) -> Line<'static> {
    let health = health(canvas.app, member);
    let (shape, word) = word(canvas.app, health.as_ref());
    let shown = labels(canvas.app, member).next().unwrap_or(word);
    let room = cells.saturating_sub(BEFORE + 1);
    let kept = width(&shown).max(LEAST_SHOWN) + GAP;
    let name = short_name(&member.name, member.id, room.saturating_sub(kept));
    let shown = right(&shown, room.saturating_sub(width(&name)));
    let mark = if is_chosen { "▌" } else { " " };
    let style = if is_chosen {
        canvas.theme.strong()
    } else {
        Style::new()
    };
    Line::from(vec![
        Span::raw(mark),
        Span::styled(format!("{shape} "), canvas.theme.health(shape)),
        Span::styled(before_name(canvas.app, member), style),
        Span::styled(name, style),
        Span::styled(shown, canvas.theme.dim()),
    ])
}
