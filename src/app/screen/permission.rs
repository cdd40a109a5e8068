//! What the member may ask of the room. A command that their role does not allow is answered
//! at once, and the same key again asks the admins for it.

use super::overlay::{Overlay, Question};
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::asking::Press;
use crate::app::output::Why;
use crate::protocol::command::PermissionRequest;
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{BanScope, Member};
use crate::room::find_author::{erasure_of, find_author};
use crate::room::find_member::find_member;
use crate::room::roles;
use crate::room::roster::Roster;

/// Sends a command to the room if the member's role allows it; else says so, and the second
/// time asks the admins for it.
pub(super) fn ask_room(screen: &mut ScreenState, view: &ClientView<'_>, command: Command) {
    if may_or_ask(screen, view, &command) {
        screen.want(Want::command(command));
    }
}

/// Whether the member may do something that the admins cannot be asked for. If not, shows why.
pub(super) fn may(screen: &mut ScreenState, view: &ClientView<'_>, action: Action) -> bool {
    allowed_or_ask(screen, view, None, |me, roster| {
        roles::check(action, me, roster)
    })
}

/// Whether the member may give a command. If not, shows why, and the second time asks the admins
/// for it.
pub(super) fn may_or_ask(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    command: &Command,
) -> bool {
    let request = PermissionRequest::of(command);
    allowed_or_ask(screen, view, request, |me, roster| {
        roles::check_command(command, me, roster)
    })
}

/// Whether the member passes a check. If not, shows why, and the second time asks the admins for
/// it: once, however long the key is held.
fn allowed_or_ask(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    request: Option<PermissionRequest>,
    check: impl Fn(&Member, &Roster) -> Result<(), Denied>,
) -> bool {
    let (Some(me), Some(room)) = (view.me, view.room) else {
        return true;
    };
    let Err(denied) = check(me, &room.roster) else {
        return true;
    };
    let why = Why::Denied(denied);
    let Some(request) = request else {
        screen.show(ToastContent::Why(why), view.now);
        return false;
    };
    let press = view.asking.press(&request, view.now);
    screen.want(Want::NotePress(request.clone(), press));
    if press == Press::Denied {
        screen.show(ToastContent::AskAgain(why), view.now);
        return false;
    }
    screen.show(ToastContent::Asked(request.clone()), view.now);
    if press == Press::Asks {
        screen.want(Want::command(Command::Ask { request }));
    }
    false
}

/// Asks before a typed command closes the room, kicks or bans somebody, as the menu does, or erases
/// many lines. False if there is nothing to ask: the room will say what is wrong with it, or it names
/// how far a ban reaches.
pub(super) fn confirm_first(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    command: &Command,
) -> bool {
    if *command == Command::Close {
        return confirm_closing(screen, view);
    }
    if let Command::EraseAll { of } = command {
        return confirm_erasure(screen, view, of);
    }
    let (who, question): (&MemberRef, fn(MemberId) -> Question) = match command {
        Command::Kick { who } => (who, Question::Kick),
        Command::Ban {
            who,
            scope: BanScope::Ask,
        } => (who, Question::Ban),
        _ => return false,
    };
    let target = may_send_out(view, who, command.action());
    if let Some(target) = target {
        screen.open(Overlay::Question(question(target)));
    }
    target.is_some()
}

/// Asks before the room is closed. False if the member may not.
fn confirm_closing(screen: &mut ScreenState, view: &ClientView<'_>) -> bool {
    let (Some(me), Some(room)) = (view.me, view.room) else {
        return false;
    };
    let may = view.is_joined && roles::check(Action::Close, me, &room.roster).is_ok();
    if may {
        screen.open(Overlay::Question(Question::Close));
    }
    may
}

/// Asks before several lines of an author are erased. False if there is nothing to ask.
fn confirm_erasure(screen: &mut ScreenState, view: &ClientView<'_>, of: &MemberRef) -> bool {
    let (Some(me), Some(room)) = (view.me, view.room) else {
        return false;
    };
    let may = view.is_joined && roles::check(Action::EraseAll, me, &room.roster).is_ok();
    let Ok(author) = find_author(room, of) else {
        return false;
    };
    let others = author.ids.iter().filter(|id| **id != me.id);
    let mut others = others.filter_map(|id| room.roster.get(*id));
    let over = others.all(|member| roles::has_power_over(me, member, &room.roster));
    let erasure = erasure_of(room, &author, &me.name).filter(|erasure| erasure.count > 1);
    let (Some(first), Some(erasure)) = (author.ids.first(), erasure.filter(|_| may && over)) else {
        return false;
    };
    screen.open(Overlay::Question(Question::EraseAll(*first, erasure.count)));
    true
}

/// The member meant, if this one may kick or ban them.
fn may_send_out(view: &ClientView<'_>, who: &MemberRef, action: Action) -> Option<MemberId> {
    if !view.is_joined {
        return None;
    }
    let (me, roster) = (view.me?, &view.room?.roster);
    let target = find_member(roster, who).ok()?;
    let may = roles::check(action, me, roster).is_ok();
    let over = target.id != me.id && roles::has_power_over(me, target, roster);
    (may && over).then_some(target.id)
}
