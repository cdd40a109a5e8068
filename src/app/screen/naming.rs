//! The beginning of a client, and the name that its member is asked for: before they go to a room,
//! and over the gallery, which is there without one.

use super::editor::Editor;
use super::overlay::{NamedFor, Overlay, Prompt};
use super::panes::Focus;
use super::state::ScreenState;
use super::view::ClientView;
use super::want::Want;
use crate::app::command::ClientCommand;
use crate::protocol::text::MemberName;

/// The client begins: asks for the name, shows the gallery, or goes to the room.
pub(super) fn begin(screen: &mut ScreenState, view: &ClientView<'_>) {
    if screen.config.gallery_first {
        screen.want(Want::Rest);
        screen.open_gallery(view);
        if screen.config.ask_name {
            ask_name(screen, view, NamedFor::Gallery);
        }
    } else if screen.config.ask_name {
        screen.want(Want::Rest);
        ask_name(screen, view, NamedFor::Room);
    } else {
        screen.want(Want::Start);
    }
}

/// Asks for the member's name, over what is open.
pub(super) fn ask_name(screen: &mut ScreenState, view: &ClientView<'_>, purpose: NamedFor) {
    // The name of somebody who has none yet is no name to edit.
    let name = Some(view.name.as_str()).filter(|name| *name != MemberName::NAMELESS);
    let editor = Editor::with(name.unwrap_or_default());
    screen.open(Overlay::Prompt(Prompt::Name(purpose), editor));
}

/// The member has a name: now what they came for.
pub(super) fn named(screen: &mut ScreenState, name: MemberName, purpose: &NamedFor) {
    screen.want(Want::UseName(name));
    screen.config.ask_name = false;
    match purpose {
        NamedFor::Room => screen.want(Want::Start),
        NamedFor::Gallery => {}
        NamedFor::Join(command) => go(screen, (**command).clone()),
    }
}

/// Leaves the gallery for a room.
pub(super) fn go(screen: &mut ScreenState, command: ClientCommand) {
    close(screen);
    screen.want(Want::local(command));
}

/// Closes the gallery and what lies over it.
pub(super) fn close(screen: &mut ScreenState) {
    screen.overlays.clear();
    screen.focus_on(Focus::Line);
}
