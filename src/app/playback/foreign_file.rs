//! A file that the member opened in the player's window: it is not played, and a link is offered as
//! what it could be for the room.

use super::Playback;
use super::handling::Handling;
use super::input::PlaybackView;
use crate::app::output::{Notice, WindowNotice};
use crate::media::Media;
use crate::protocol::member::{Member, Role};
use crate::sync::follow::FollowInput;
use crate::sync::player::WindowEvent;

impl Playback {
    /// The member did something in the window.
    pub(super) fn on_window(&mut self, done: &WindowEvent, step: &mut Handling<'_>) {
        match done {
            WindowEvent::ForeignFile { link, replaced } => {
                self.on_foreign_file(link.as_deref(), *replaced, step);
            }
            WindowEvent::OpenedAnew => self.follow(FollowInput::Reopen, step),
            WindowEvent::Key(_) => {}
        }
    }

    /// The member opened something else, perhaps in place of the room's media, which is opened again
    /// where the room is.
    fn on_foreign_file(&mut self, link: Option<&str>, replaced: bool, step: &mut Handling<'_>) {
        step.notice_and_osd(Some(notice(link, step.view())));
        if replaced {
            self.follow(FollowInput::Reopen, step);
        }
    }
}

/// What is said of it. Only a link that a room can play is named.
fn notice(link: Option<&str>, view: &PlaybackView<'_>) -> Notice {
    let media = link.and_then(|link| Media::parse(link).ok());
    let me = view.room.zip(view.me);
    let me = me.and_then(|(room, me)| room.roster.get(me));
    Notice::Window(WindowNotice::ForeignFile {
        link: media.map(|media| media.url()),
        may_play: me.map(Member::power) == Some(Role::Admin),
    })
}
