//! What keys do in the list, and when the one over the line opens and closes.

use super::{Finder, ListItem, commands, everything};
use crate::app::command::{Arity, Slash, parse};
use crate::app::key::KeyPress;
use crate::app::keys::{self, KeyAction, KeyContext};
use crate::app::screen::edit_keys::edit;
use crate::app::screen::overlay::Overlay;
use crate::app::screen::panes::Focus;
use crate::app::screen::state::ScreenState;
use crate::app::screen::view::ClientView;
use crate::app::screen::{gallery_keys, key_actions, room_actions};
use crate::protocol::ids::EntryId;
use crate::protocol::playback::EntryState;

/// How many items `PgUp` and `PgDn` go (judgement: what a small terminal shows of the list).
const PAGE: usize = 8;

/// Opens the list over the line, on which a command is begun.
pub(in crate::app::screen) fn open_over_line(screen: &mut ScreenState) {
    screen.list = Some(0);
}

/// The line has another text than before. A slash on a line that looks empty opens the list; it
/// closes once its command is written.
pub(in crate::app::screen) fn line_changed(screen: &mut ScreenState, before: &str) {
    if before.trim().is_empty() && screen.line.text().trim() == "/" {
        screen.line.set("/");
    }
    let is_begun = begun(screen).is_some();
    if before.trim().is_empty() && screen.line.text() == "/" {
        open_over_line(screen);
    } else if let Some(chosen) = &mut screen.list {
        *chosen = 0;
        if !is_begun {
            screen.list = None;
        }
    }
}

/// The name of a command that is being written: what stands behind the slash, up to the cursor.
fn begun(screen: &ScreenState) -> Option<&str> {
    let typed = screen.line.text().strip_prefix('/')?;
    let is_name = !typed.contains(char::is_whitespace) && !screen.line.before().is_empty();
    is_name.then_some(typed)
}

/// A key while the list is open over the line. False if it is no key of the list.
pub(in crate::app::screen) fn line_key(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    press: KeyPress,
) -> bool {
    let (Some(chosen), Some(typed)) = (screen.list, begun(screen)) else {
        return false;
    };
    let fitting = commands(view, typed);
    let last = fitting.len().saturating_sub(1);
    let Some(row) = keys::find(&[KeyContext::List], press) else {
        return false;
    };
    let slash = fitting.get(chosen.min(last)).copied();
    match (row.action, slash) {
        (KeyAction::CloseList, _) => screen.list = None,
        // What is no command is sent as it is; the answer, with the nearest one, is read above the
        // line, where the list would cover it.
        (KeyAction::Run, None) => {
            screen.list = None;
            return false;
        }
        (KeyAction::Take, None) => return false,
        (KeyAction::Take, Some(slash)) => take(screen, view, slash),
        (KeyAction::Run, Some(slash)) => run(screen, view, slash, typed_whole(screen, slash)),
        (action, _) => screen.list = Some(stepped(chosen.min(last), last, action)),
    }
    true
}

/// Whether the name of this command is written in full.
fn typed_whole(screen: &ScreenState, slash: Slash) -> bool {
    begun(screen).is_some_and(|typed| Slash::named(typed) == Some(slash))
}

/// A key while the list of everything is open.
pub(in crate::app::screen) fn finder_key(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    press: KeyPress,
) {
    let everywhere = keys::find(&[KeyContext::Everywhere], press).map(|row| row.action);
    if everywhere == Some(KeyAction::Find) {
        screen.overlays.pop();
        return;
    }
    let rooms = screen.gallery.rooms();
    let Some(Overlay::Finder(finder)) = screen.overlays.last() else {
        return;
    };
    let items = everything(view, rooms, finder.query.text());
    let last = items.len().saturating_sub(1);
    let item = items.get(finder.chosen.min(last)).cloned();
    let action = keys::find(&[KeyContext::List], press).map(|row| row.action);
    match (action, item) {
        (Some(KeyAction::CloseList), _) => {
            screen.overlays.pop();
        }
        (Some(KeyAction::Run | KeyAction::Take), None) => {}
        (Some(KeyAction::Take), Some(ListItem::Command(slash))) => take(screen, view, slash),
        (Some(KeyAction::Run | KeyAction::Take), Some(item)) => choose(screen, view, item),
        (Some(action), _) => {
            if let Some(Overlay::Finder(finder)) = screen.overlays.last_mut() {
                finder.chosen = stepped(finder.chosen.min(last), last, action);
            }
        }
        (None, _) => write(screen, press),
    }
}

/// A click on an item of the list that is open: the first one chooses it, one on the chosen item is
/// Enter.
pub(in crate::app::screen) fn click(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    item: &ListItem,
) {
    let Some((items, chosen)) = shown(screen, view) else {
        return;
    };
    let Some(place) = items.iter().position(|listed| listed == item) else {
        return;
    };
    match (item, screen.overlays.is_empty()) {
        _ if place != chosen => choose_place(screen, place),
        (ListItem::Command(slash), true) => run(screen, view, *slash, typed_whole(screen, *slash)),
        _ => choose(screen, view, item.clone()),
    }
}

/// The wheel over the list that is open: it ends at either end.
pub(in crate::app::screen) fn step(screen: &mut ScreenState, view: &ClientView<'_>, by: isize) {
    if let Some((items, chosen)) = shown(screen, view) {
        let last = items.len().saturating_sub(1);
        choose_place(screen, chosen.saturating_add_signed(by).min(last));
    }
}

/// The items of the list that is open, and the place of the chosen one.
fn shown(screen: &ScreenState, view: &ClientView<'_>) -> Option<(Vec<ListItem>, usize)> {
    let (items, chosen) = match screen.overlays.last() {
        None => {
            let commands = commands(view, begun(screen)?).into_iter();
            (commands.map(ListItem::Command).collect(), screen.list?)
        }
        Some(Overlay::Finder(finder)) => {
            let rooms = screen.gallery.rooms();
            (everything(view, rooms, finder.query.text()), finder.chosen)
        }
        Some(_) => return None,
    };
    let last = items.len().saturating_sub(1);
    Some((items, chosen.min(last)))
}

fn choose_place(screen: &mut ScreenState, place: usize) {
    match screen.overlays.last_mut() {
        None => screen.list = Some(place),
        Some(Overlay::Finder(finder)) => finder.chosen = place,
        Some(_) => {}
    }
}

/// Writes into the query of the list of everything; what is found is chosen from the top again.
fn write(screen: &mut ScreenState, press: KeyPress) {
    if let Some(Overlay::Finder(Finder { query, chosen })) = screen.overlays.last_mut() {
        let before = query.text().to_owned();
        edit(query, press);
        if query.text() != before {
            *chosen = 0;
        }
    }
}

/// The place that a key leads to; from either end of the list to the other.
fn stepped(at: usize, last: usize, action: KeyAction) -> usize {
    match action {
        KeyAction::Up => at.checked_sub(1).unwrap_or(last),
        KeyAction::Down if at >= last => 0,
        KeyAction::Down => at + 1,
        KeyAction::ListPageUp => at.saturating_sub(PAGE),
        KeyAction::ListPageDown => (at + PAGE).min(last),
        _ => at,
    }
}

/// Does what an item of the list of everything stands for.
fn choose(screen: &mut ScreenState, view: &ClientView<'_>, item: ListItem) {
    match item {
        ListItem::Command(slash) => run(screen, view, slash, false),
        ListItem::Room(room) => gallery_keys::join_here(screen, view, room, None),
        ListItem::Member(member) => {
            close(screen);
            screen.focus_on(Focus::Members);
            screen.panes.choose_member(member);
            screen.open(Overlay::Menu(member, 0));
        }
        ListItem::Entry(entry) => choose_entry(screen, view, entry),
    }
}

/// Goes to an entry of the queue, and does with it what Enter does there; one's own proposal is
/// only shown.
fn choose_entry(screen: &mut ScreenState, view: &ClientView<'_>, id: EntryId) {
    close(screen);
    screen.focus_on(Focus::Queue);
    screen.panes.choose_entry(id);
    let entry = screen.panes.chosen_entry(view);
    let is_own = entry.is_some_and(|entry| {
        entry.id != id || (entry.state == EntryState::Proposed && view.is_me(entry.by))
    });
    if !is_own {
        room_actions::queue_action(screen, view, KeyAction::Approve);
    }
}

/// Runs a command; one that makes no sense without an argument is written on the line instead, and so
/// is the one that would take the room's title away, unless its name was typed.
fn run(screen: &mut ScreenState, view: &ClientView<'_>, slash: Slash, is_typed: bool) {
    let runs = match slash.arity() {
        Arity::None => true,
        Arity::Optional => is_typed || slash != Slash::Title,
        Arity::Needed => false,
    };
    if !runs {
        return take(screen, view, slash);
    }
    let line = format!("/{}", slash.name_in(view.language));
    let is_over_line = screen.list.take().is_some();
    if is_over_line {
        if !is_typed {
            screen.line.set(&line);
        }
        key_actions::key_action(screen, view, KeyAction::Send);
    } else {
        close(screen);
        key_actions::submit(screen, view, &line, parse(&line));
    }
}

/// Writes a command on the line, for its argument.
fn take(screen: &mut ScreenState, view: &ClientView<'_>, slash: Slash) {
    let is_over_line = screen.list.is_some() && screen.overlays.is_empty();
    let typed = if is_over_line { begun(screen) } else { None };
    let name = name_as_begun(view, slash, typed.unwrap_or_default());
    let blank = if slash.arity() == Arity::None {
        ""
    } else {
        " "
    };
    let line = format!("/{name}{blank}");
    if is_over_line {
        screen.line.set(&line);
    } else {
        close(screen);
        screen.focus_on(Focus::Line);
        screen.write_over(&line);
    }
    screen.list = (slash.arity() == Arity::None).then_some(0);
}

/// The name of a command in the language in which it was begun, else in the member's.
fn name_as_begun(view: &ClientView<'_>, slash: Slash, typed: &str) -> &'static str {
    let typed = typed.to_lowercase();
    let russian = slash.russian().iter().copied();
    let mut names = [slash.name_in(view.language), slash.name()]
        .into_iter()
        .chain(russian);
    let begun = names.find(|name| !typed.is_empty() && name.starts_with(&typed));
    begun.unwrap_or_else(|| slash.name_in(view.language))
}

/// Closes the list of everything, and the pages that it lay over.
fn close(screen: &mut ScreenState) {
    screen.overlays.retain(|overlay| {
        !matches!(
            overlay,
            Overlay::Finder(_) | Overlay::Help(_) | Overlay::Health(_) | Overlay::Gallery
        )
    });
}
