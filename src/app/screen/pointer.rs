//! What the mouse does: each click is what a key or two would have done. A click on something that
//! is not there any more does nothing.

use super::overlay::{Overlay, Question};
use super::panes::Focus;
use super::permission::ask_room;
use super::state::ScreenState;
use super::view::ClientView;
use super::{dialogs, gallery_keys, palette, room_actions, route_key, space, trust};
use crate::app::keys::KeyAction;
use crate::app::pointer::{CellOf, ClickTarget, PointerEvent, ScrollTarget};
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::ids::{EntryId, MemberId, RoomId};
use crate::protocol::playback::EntryState;
use crate::protocol::time::{Position, Span};

/// How many lines a notch of the wheel scrolls (judgement: the same as most programs do).
const NOTCH: usize = 3;

/// Takes what the mouse did.
pub(super) fn pointer(screen: &mut ScreenState, view: &ClientView<'_>, event: PointerEvent) {
    screen.completion = None;
    space::pause(screen, view);
    let before = screen.line.text().to_owned();
    match event {
        PointerEvent::Click { target, at } => click(screen, view, target, at),
        PointerEvent::Scroll { target, down } => scroll(screen, view, target, down),
    }
    route_key::follow_line(screen, &before);
}

fn click(screen: &mut ScreenState, view: &ClientView<'_>, target: ClickTarget, at: CellOf) {
    match (target, screen.overlays.last().cloned()) {
        (ClickTarget::Answer(question, is_yes), Some(Overlay::Question(asked)))
            if asked == question =>
        {
            if question != Question::TrustLinks || trust::is_settled(screen, view) {
                dialogs::answer(screen, view, question, is_yes);
            }
        }
        (ClickTarget::MenuItem(member, item), Some(Overlay::Menu(shown, _))) if shown == member => {
            screen.overlays.pop();
            dialogs::choose(screen, view, member, item);
        }
        (ClickTarget::BanScope(scope), Some(Overlay::BanScope(shared, _))) => {
            screen.overlays.pop();
            dialogs::ban(screen, view, &shared, scope);
        }
        (ClickTarget::BesideDialog, Some(Overlay::Menu(..) | Overlay::BanScope(..))) => {
            screen.overlays.pop();
        }
        (ClickTarget::Room(room), Some(Overlay::Gallery)) => choose_or_join(screen, view, room),
        (ClickTarget::ListItem(item), None | Some(Overlay::Finder(_))) => {
            palette::keys::click(screen, view, &item);
        }
        (target, None) => in_room(screen, view, &target, at),
        _ => {}
    }
}

/// A click while nothing lies over the panes.
fn in_room(screen: &mut ScreenState, view: &ClientView<'_>, target: &ClickTarget, at: CellOf) {
    match *target {
        ClickTarget::Pane(focus) => screen.focus_on(focus),
        ClickTarget::Progress => seek(screen, view, at),
        ClickTarget::NewLines => screen.log.release(),
        ClickTarget::Entry(entry) => {
            screen.focus_on(Focus::Queue);
            screen.panes.choose_entry(entry);
        }
        ClickTarget::Approve(entry) => decide(screen, view, entry, KeyAction::Approve),
        ClickTarget::Reject(entry) => decide(screen, view, entry, KeyAction::Reject),
        ClickTarget::Member(member) => open_menu(screen, view, member),
        ClickTarget::React(number) => {
            room_actions::media_action(screen, view, KeyAction::React(number));
        }
        ClickTarget::ReactWith(ref emoji) => {
            let emoji = emoji.clone();
            ask_room(screen, view, Command::React { emoji });
        }
        // These lie over the panes.
        ClickTarget::Room(_)
        | ClickTarget::ListItem(_)
        | ClickTarget::Answer(..)
        | ClickTarget::MenuItem(..)
        | ClickTarget::BanScope(_)
        | ClickTarget::BesideDialog => {}
    }
}

/// The first click on a room chooses it, one on the chosen room joins it.
fn choose_or_join(screen: &mut ScreenState, view: &ClientView<'_>, room: RoomId) {
    if !screen.gallery.choose(&room) {
        gallery_keys::join_here(screen, view, room, None);
    }
}

/// Seeks to where the progress bar was clicked, if the member may; else says how to ask for it.
fn seek(screen: &mut ScreenState, view: &ClientView<'_>, at: CellOf) {
    let playing = view.room.and_then(|room| room.timeline.playing.as_ref());
    let Some(playing) = playing.filter(|playing| !playing.live) else {
        return;
    };
    if let Some(length) = playing.duration.filter(|length| length.0 > 0) {
        let target = SeekTarget::To(place(length, at));
        ask_room(screen, view, Command::Seek { target, mark: None });
    }
}

/// The first moment at which the bar's knob is on a cell.
fn place(length: Span, at: CellOf) -> Position {
    let cells = i128::from(at.cells.max(1));
    let cell = i128::from(at.cell).min(cells - 1);
    let micros = (i128::from(length.0) * cell + cells - 1) / cells;
    Position(i64::try_from(micros).unwrap_or(0))
}

/// Decides on a proposal whose word was clicked, unless that was decided meanwhile.
fn decide(screen: &mut ScreenState, view: &ClientView<'_>, entry: EntryId, action: KeyAction) {
    let is_open = view
        .queue()
        .iter()
        .any(|open| open.id == entry && open.state == EntryState::Proposed);
    if is_open {
        screen.panes.choose_entry(entry);
        room_actions::queue_action(screen, view, action);
    }
}

fn open_menu(screen: &mut ScreenState, view: &ClientView<'_>, member: MemberId) {
    screen.focus_on(Focus::Members);
    screen.panes.choose_member(member);
    if view.members().iter().any(|here| here.id == member) {
        screen.open(Overlay::Menu(member, 0));
    }
}

fn scroll(screen: &mut ScreenState, view: &ClientView<'_>, target: ScrollTarget, down: bool) {
    let by: isize = if down { 1 } else { -1 };
    match (target, screen.overlays.last_mut()) {
        (ScrollTarget::Page, Some(Overlay::Help(at) | Overlay::Health(at))) => {
            *at = moved(*at, down);
        }
        (ScrollTarget::Rooms, Some(Overlay::Gallery)) => screen.gallery.step(by),
        (ScrollTarget::Choices, Some(Overlay::Menu(member, at))) => {
            let last = super::member_menu::items(view, *member).len();
            *at = at.saturating_add_signed(by).min(last.saturating_sub(1));
        }
        (ScrollTarget::Choices, Some(Overlay::BanScope(_, at))) => {
            let last = super::BAN_SCOPES.len() - 1;
            *at = at.saturating_add_signed(by).min(last);
        }
        (ScrollTarget::Choices, None | Some(Overlay::Finder(_))) => {
            palette::keys::step(screen, view, by);
        }
        (ScrollTarget::Chat, None) if down => screen.log.down(NOTCH),
        (ScrollTarget::Chat, None) => screen.log.up(NOTCH),
        (
            ScrollTarget::List {
                pane,
                first,
                last_first,
            },
            None,
        ) => {
            // Several notches may come between two pictures.
            let from = screen.panes.first_shown(pane).unwrap_or(first);
            let to = moved(from.min(last_first), down).min(last_first);
            screen.panes.show_from(pane, to);
        }
        _ => {}
    }
}

const fn moved(from: usize, down: bool) -> usize {
    if down {
        from.saturating_add(NOTCH)
    } else {
        from.saturating_sub(NOTCH)
    }
}

#[cfg(test)]
mod tests {
    use super::{CellOf, Span, place};

    #[test]
    fn a_click_leads_into_its_cell_and_never_to_the_end() {
        let length = Span::seconds(5_720);
        for cells in [1, 7, 44, 300] {
            for cell in 0..cells {
                let position = place(length, CellOf { cell, cells });
                let knob = i128::from(position.0) * i128::from(cells) / i128::from(length.0);
                assert_eq!(knob, i128::from(cell), "{cell} of {cells}");
                assert!(position.0 < length.0);
            }
        }
    }
}
