//! A notice, as the screen takes it in: a page, a toast, a line of the log, or several of them.

use super::overlay::Overlay;
use super::overtaken;
use super::state::ScreenState;
use super::telling::{alert, log};
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::command::Slash;
use crate::app::effect::Alert;
use crate::app::output::{LobbyNotice, Notice, Output, ServerNotice};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::Span;

/// Takes in a notice, which `output` carries.
pub(super) fn on_notice(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    output: &Output,
    notice: &Notice,
) {
    match notice {
        // The number is drawn beside the time while it counts, the lobby above the chat.
        Notice::Count { .. } | Notice::Lobby(LobbyNotice::Waits { .. }) => {}
        Notice::Help => screen.open_help(),
        Notice::CommandHelp(name) => {
            if let Some(slash) = Slash::named(name) {
                screen.open(Overlay::CommandHelp(slash));
            }
        }
        // What the member did to their own player is answered at the foot of the screen, and only
        // there: a key that is held would fill the log.
        Notice::Own(own) if !own.is_kept() => {
            screen.show(ToastContent::Notice(notice.clone()), view.now);
        }
        Notice::Who(_) => screen.open(Overlay::Health(0)),
        // It is shown, in case the terminal does not take it over.
        Notice::InviteLink(link) => {
            screen.want(Want::Copy(link.link.clone()));
            screen.show(ToastContent::Notice(notice.clone()), view.now);
            if link.is_new {
                log(screen, view, output);
            }
        }
        notice => {
            overtaken::give_way(screen, notice);
            if matches!(notice, Notice::Lobby(LobbyNotice::Starts { .. })) {
                let room = view.room.map(|room| &room.timeline);
                let playing = room.and_then(|timeline| timeline.playing.as_ref());
                let title = playing.and_then(|playing| playing.title.clone());
                alert(screen, view, Alert::Started(title));
            }
            let is_admin = view.me.map(Member::power) == Some(Role::Admin);
            let is_loud = match notice {
                Notice::ActionUndone(_)
                | Notice::NotConnected
                | Notice::Reported { .. }
                | Notice::Server(_) => true,
                Notice::Asked { .. } => is_admin,
                _ => false,
            };
            if is_loud {
                screen.show(ToastContent::Notice(notice.clone()), view.now);
            }
            // What was just refused is read once, beside the line that is written.
            let is_momentary = matches!(notice, Notice::ActionUndone(_) | Notice::NotConnected);
            let is_told = is_told(screen, view, notice);
            if !is_momentary && !is_told && !is_last_seconds(notice) {
                log(screen, view, output);
            }
        }
    }
}

/// Whether what stands there already tells the same.
fn is_told(screen: &ScreenState, view: &ClientView<'_>, notice: &Notice) -> bool {
    tells_asked(screen, notice) || overtaken::is_own_failure(screen, view, notice)
}

/// Whether the toast tells already that the member has asked the admins for this: it is told once.
fn tells_asked(screen: &ScreenState, notice: &Notice) -> bool {
    let toast = screen.toast.as_ref().map(|toast| &toast.content);
    match (notice, toast) {
        (Notice::Asked { who, request }, Some(ToastContent::Asked(told))) => {
            who.is_you && request == told
        }
        _ => false,
    }
}

/// Whether it counts the last seconds of the server: they need no line of the log each.
fn is_last_seconds(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Server(ServerNotice::ServerStops { after, .. }) if *after < Span::seconds(10)
    )
}
