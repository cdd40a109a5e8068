//! What keys do in the gallery.

use std::str::FromStr as _;

use super::edit_keys::edit;
use super::editor::Editor;
use super::key_actions::page_rows;
use super::naming;
use super::overlay::{NamedFor, Overlay, Prompt};
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::command::ClientCommand;
use crate::app::key::KeyPress;
use crate::app::keys::{self, KeyAction, KeyContext};
use crate::app::written_room::WrittenRoom;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::{Invite, RoomTarget, ServerUrl, invite_link};
use crate::protocol::secret::InviteToken;

/// Takes a key: what is bound to nothing here is written into the search.
pub(super) fn gallery_key(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) {
    let bound = keys::find(&[KeyContext::Gallery], press);
    let everywhere = || {
        let row = keys::find(&[KeyContext::Everywhere], press)?;
        let acts_here = matches!(
            row.action,
            KeyAction::Help | KeyAction::Find | KeyAction::Gallery
        );
        acts_here.then_some(row)
    };
    match bound.or_else(everywhere) {
        Some(row) => gallery_action(screen, view, row.action),
        None => edit(&mut screen.gallery.filter, press),
    }
}

/// Does what a key is bound to in the gallery.
fn gallery_action(screen: &mut ScreenState, view: &ClientView<'_>, action: KeyAction) {
    match action {
        KeyAction::Up => screen.gallery.step(-1),
        KeyAction::Down => screen.gallery.step(1),
        KeyAction::ListPageUp => screen.gallery.step(-by_page(screen)),
        KeyAction::ListPageDown => screen.gallery.step(by_page(screen)),
        KeyAction::ListStart => screen.gallery.step(isize::MIN),
        KeyAction::ListEnd => screen.gallery.step(isize::MAX),
        KeyAction::Sort => screen.gallery.next_order(),
        KeyAction::Help => screen.open_help(),
        // The key that opened it closes it, where there is a room behind it.
        KeyAction::Gallery if view.room.is_some() => {
            screen.overlays.pop();
        }
        // Without a room it would list these rooms once more.
        KeyAction::Find if view.room.is_some() => screen.open_finder(view),
        KeyAction::Join => join_chosen(screen, view),
        KeyAction::NewRoom => {
            let free = free_name(screen, view);
            ask_for_room(screen, free.as_ref().map_or("", RoomId::as_str));
        }
        KeyAction::OtherServer => {
            let server = Editor::with(screen.gallery.server());
            screen.open(Overlay::Prompt(Prompt::Server, server));
        }
        KeyAction::CopyRoom => match screen.gallery.chosen() {
            Some(room) => {
                let link = invite_link(screen.gallery.server(), &room.id);
                screen.copy(link, view.now);
            }
            None => screen.show(ToastContent::NothingChosen, view.now),
        },
        KeyAction::Back if !screen.gallery.filter.is_empty() => {
            screen.gallery.filter.take();
        }
        KeyAction::Back if view.is_resting => screen.want(Want::Leave),
        KeyAction::Back => {
            screen.overlays.pop();
        }
        _ => {}
    }
}

/// How many rooms a page is.
fn by_page(screen: &ScreenState) -> isize {
    isize::try_from(page_rows(screen)).unwrap_or(1)
}

fn ask_for_room(screen: &mut ScreenState, suggested: &str) {
    let name = Editor::with(suggested);
    screen.open(Overlay::Prompt(Prompt::NewRoom, name));
}

/// What a new room is to be called, for a start: what is searched for, if it can be a name; with
/// the next number behind it if a room has it that is known here. Else nothing: whoever only
/// presses Enter would make the room that everybody makes.
fn free_name(screen: &ScreenState, view: &ClientView<'_>) -> Option<RoomId> {
    let gallery = &screen.gallery;
    let is_here = gallery.server() == view.server && view.room.is_some();
    let is_taken = |name: &RoomId| {
        (is_here && name == view.room_id) || gallery.rooms().iter().any(|room| room.id == *name)
    };
    let wanted = RoomId::parse(gallery.filter().text().trim()).ok()?;
    let (stem, first) = numbered(wanted.as_str());
    let more = (first + 1..=u32::MAX).map_while(|number| {
        let name = format!("{stem}-{number}");
        RoomId::parse(&name).ok()
    });
    let mut names = std::iter::once(wanted.clone()).chain(more);
    names.find(|name| !is_taken(name))
}

/// A room's name without the number behind it, and that number; 1 if there is none.
fn numbered(name: &str) -> (&str, u32) {
    let parts = name.rsplit_once('-');
    let read = parts.and_then(|(stem, number)| {
        let number = number.parse().ok().filter(|number| *number < u32::MAX)?;
        (!stem.is_empty()).then_some((stem, number))
    });
    read.unwrap_or((name, 1))
}

/// Joins the invite that was pasted into the search, else the chosen room. Where the search
/// finds none, its text may become the name of a new room.
fn join_chosen(screen: &mut ScreenState, view: &ClientView<'_>) {
    let written = screen.gallery.filter.text().trim().to_owned();
    if written.contains(['/', '#']) {
        match WrittenRoom::from_str(&written) {
            Ok(room) => join_written(screen, view, room),
            Err(_) => screen.show(ToastContent::BadAddress, view.now),
        }
    } else if let Some(room) = screen.gallery.chosen().map(|room| room.id.clone()) {
        join_here(screen, view, room, None);
    } else {
        match WrittenRoom::from_str(&written) {
            Ok(_) => ask_for_room(screen, &written),
            Err(_) => screen.show(ToastContent::NothingChosen, view.now),
        }
    }
}

/// Goes to a room of the server whose rooms are shown, unless the member is there already.
pub(super) fn join_here(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    room: RoomId,
    token: Option<InviteToken>,
) {
    join_written(screen, view, RoomTarget::Room(room, token).into());
}

/// Goes to a room that was written: of that server, if it names none.
pub(super) fn join_written(screen: &mut ScreenState, view: &ClientView<'_>, room: WrittenRoom) {
    let invite = match room.target {
        RoomTarget::Invite(invite) => invite,
        RoomTarget::Room(id, token) => match ServerUrl::parse(screen.gallery.server()) {
            Ok(server) => Invite {
                server,
                room: id,
                token,
            },
            Err(_) => return screen.show(ToastContent::BadAddress, view.now),
        },
    };
    let is_here = invite.server.as_str() == view.server && invite.room == *view.room_id;
    if is_here && view.is_joined {
        naming::close(screen);
        return screen.show(ToastContent::HereAlready(invite.room), view.now);
    }
    let target = RoomTarget::Invite(invite);
    let command = ClientCommand::Join(WrittenRoom { target, ..room });
    if screen.config.ask_name {
        naming::ask_name(screen, view, NamedFor::Join(Box::new(command)));
    } else {
        naming::go(screen, command);
    }
}
