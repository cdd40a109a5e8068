//! What each action of the key map does. Those that move about on the screen are here;
//! `room_actions` has those that the room or the player is asked for, `chat_actions` those on
//! a line of chat, `gallery_keys` those of the gallery.

use super::completion::{Completion, Known};
use super::overlay::{Overlay, Question};
use super::panes::Focus;
use super::preference_actions;
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use super::{chat_actions, palette, permission, room_actions, space};
use crate::app::command::{self, ClientCommand, InviteRequest, ParsedLine, Show};
use crate::app::keys::KeyAction;
use crate::app::output::{UsageError, Why};
use crate::app::preferences::PreferenceCommand;
use crate::app::way_in::WayIn;
use crate::app::written_room::WrittenRoom;
use crate::protocol::invite::{Invite, RoomTarget};

/// Does what a key is bound to, in the panes and on the line.
pub(super) fn key_action(screen: &mut ScreenState, view: &ClientView<'_>, action: KeyAction) {
    match action {
        KeyAction::Help => screen.open_help(),
        KeyAction::Gallery => screen.open_gallery(view),
        KeyAction::Find => screen.open_finder(view),
        KeyAction::Members | KeyAction::Why => screen.open(Overlay::Health(0)),
        KeyAction::Layout(change) => {
            preference_actions::carry_out(screen, view, PreferenceCommand::Layout(change));
        }
        KeyAction::PauseOrBlank => space::press(screen, view),
        KeyAction::Redraw => screen.want(Want::Redraw),
        KeyAction::Suspend => ask_to_suspend(screen, view),
        KeyAction::Interrupt => interrupt(screen, view),
        KeyAction::Leave => ask_to_leave(screen, view),
        KeyAction::CopyInvite => copy_invite(screen, view),
        KeyAction::AcceptSubtitles => screen.want(Want::local(ClientCommand::AcceptSubtitles)),
        KeyAction::Retry => screen.want(Want::local(ClientCommand::Retry)),
        KeyAction::Away => screen.want(Want::local(ClientCommand::Away)),
        KeyAction::Menu => {
            if let Some(member) = screen.panes.chosen_member(view) {
                screen.open(Overlay::Menu(member.id, 0));
            }
        }
        KeyAction::CopyLine | KeyAction::OpenLink | KeyAction::EraseLine => {
            chat_actions::chat_action(screen, view, action);
        }
        KeyAction::Approve | KeyAction::Reject | KeyAction::Move(_) => {
            room_actions::queue_action(screen, view, action);
        }
        KeyAction::Volume(_)
        | KeyAction::Mute
        | KeyAction::Subtitles
        | KeyAction::AudioTrack
        | KeyAction::Fullscreen => room_actions::player_action(screen, action),
        KeyAction::React(_)
        | KeyAction::Pause
        | KeyAction::PauseOrReady
        | KeyAction::Jump(_)
        | KeyAction::Undo
        | KeyAction::Next
        | KeyAction::Rate(_) => room_actions::media_action(screen, view, action),
        // These are bound in the gallery only.
        KeyAction::ListPageUp
        | KeyAction::ListPageDown
        | KeyAction::ListStart
        | KeyAction::ListEnd
        | KeyAction::Join
        | KeyAction::Sort
        | KeyAction::NewRoom
        | KeyAction::CopyRoom
        | KeyAction::OtherServer
        | KeyAction::Back => {}
        navigation => navigate(screen, view, navigation),
    }
}

/// Moves about on the screen.
fn navigate(screen: &mut ScreenState, view: &ClientView<'_>, action: KeyAction) {
    match action {
        KeyAction::CompleteOrNext => complete_or_next(screen, view),
        KeyAction::Send => send_line(screen, view),
        KeyAction::Queue => screen.focus_on(Focus::Queue),
        KeyAction::NextPane => screen.focus_on(screen.panes.focus().next()),
        KeyAction::PreviousPane => screen.focus_on(screen.panes.focus().previous()),
        KeyAction::Toggle => screen.focus_on(screen.panes.toggled()),
        KeyAction::Write => screen.focus_on(Focus::Line),
        KeyAction::BeginCommand => {
            screen.focus_on(Focus::Line);
            screen.write_over("/");
            palette::keys::open_over_line(screen);
        }
        KeyAction::Add => {
            screen.focus_on(Focus::Line);
            screen.write_over("/add ");
        }
        KeyAction::HistoryBack => screen.history.back(&mut screen.line),
        KeyAction::HistoryOn => screen.history.on(&mut screen.line),
        KeyAction::PageUp => screen.log.up(page_rows(screen)),
        KeyAction::PageDown => screen.log.down(page_rows(screen)),
        KeyAction::Up => screen.panes.step(-1, view, &mut screen.log),
        KeyAction::Down => screen.panes.step(1, view, &mut screen.log),
        _ => {}
    }
}

/// Sends the line, or runs its command.
fn send_line(screen: &mut ScreenState, view: &ClientView<'_>) {
    let text = screen.line.take();
    submit(screen, view, &text, command::parse(&text));
}

/// Carries out a line that was read. It comes back if it is refused, unless it holds what is not to be
/// shown again.
pub(super) fn submit(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    text: &str,
    parsed: Result<ParsedLine, Why>,
) {
    screen.toast = None;
    // The member wants to see what they send, at the end of the chat.
    screen.log.release();
    let has_secret = has_secret(&parsed);
    if !has_secret {
        screen.history.keep(text);
    }
    match &parsed {
        Ok(ParsedLine::Room(command)) if permission::confirm_first(screen, view, command) => {}
        _ if has_secret => screen.want(Want::Submit(parsed)),
        _ => {
            let text = text.to_owned();
            screen.want(Want::SubmitTyped { text, parsed });
        }
    }
}

/// Whether a line holds a password or the token of an invite, which the history must not show
/// again.
const fn has_secret(parsed: &Result<ParsedLine, Why>) -> bool {
    matches!(
        parsed,
        Err(Why::Usage(UsageError::PasswordInLine))
            | Ok(ParsedLine::Client(ClientCommand::Join(WrittenRoom {
                target: RoomTarget::Room(_, Some(_))
                    | RoomTarget::Invite(Invite { token: Some(_), .. }),
                ..
            })))
    )
}

/// Copies the invite. To a private room an admin gets a link that spares guests the password; it
/// is made now, unless one was made before. Others copy the plain link, and read what it lacks.
fn copy_invite(screen: &mut ScreenState, view: &ClientView<'_>) {
    let way_in = view.way_in_where_reached().filter(|_| view.is_joined);
    match way_in {
        Some(WayIn::Private { may_invite: true }) => {
            let request = InviteRequest {
                reuses: true,
                ..InviteRequest::default()
            };
            screen.want(Want::local(ClientCommand::Invite(request)));
        }
        Some(WayIn::Private { may_invite: false }) => {
            let link = view.invite();
            screen.show(ToastContent::CopiedPrivate(link.clone()), view.now);
            screen.want(Want::Copy(link));
        }
        Some(WayIn::Link(_) | WayIn::OnlyHere(_)) | None => {
            let link = view.invite();
            if Invite::parse(&link).is_ok_and(|invite| invite.server.is_loopback()) {
                screen.show(ToastContent::CopiedHere(link.clone()), view.now);
                screen.want(Want::Copy(link));
            } else {
                screen.copy(link, view.now);
            }
        }
    }
}

/// Ctrl-C: closes the topmost overlay or clears the line; on an empty line it asks to leave,
/// and then leaves.
fn interrupt(screen: &mut ScreenState, view: &ClientView<'_>) {
    match screen.overlay() {
        Some(Overlay::Question(Question::Leave(_))) => screen.want(Want::Leave),
        _ if view.is_resting => screen.want(Want::Leave),
        Some(Overlay::Gallery) if !screen.gallery.filter.is_empty() => {
            screen.gallery.filter.take();
        }
        Some(_) => {
            screen.overlays.pop();
        }
        None if screen.line.is_empty() => ask_to_leave(screen, view),
        None => {
            let written = screen.line.take();
            screen.history.keep(&written);
        }
    }
}

/// Asks before leaving; without a room to leave it goes at once.
fn ask_to_leave(screen: &mut ScreenState, view: &ClientView<'_>) {
    if view.room.is_none() {
        screen.want(Want::Leave);
    } else {
        let others = view.served_others();
        screen.open(Overlay::Question(Question::Leave(others)));
    }
}

/// Ctrl-Z: stops the process. Others who are served from here would be stopped with it, so that
/// is asked first; a second Ctrl-Z says yes.
fn ask_to_suspend(screen: &mut ScreenState, view: &ClientView<'_>) {
    let is_asked = matches!(
        screen.overlay(),
        Some(Overlay::Question(Question::Suspend(_)))
    );
    if is_asked {
        screen.overlays.pop();
    }
    match view.served_others() {
        Some(others) if !is_asked => screen.open(Overlay::Question(Question::Suspend(others))),
        _ => screen.want(Want::Suspend),
    }
}

/// A typed command asks to leave: confirmed first if others are served from here.
pub(super) fn quit(screen: &mut ScreenState, view: &ClientView<'_>, line: u64) {
    if let Some(others) = view.served_others() {
        screen.open(Overlay::Question(Question::Leave(Some(others))));
        screen.want(Want::Done(line));
    } else {
        screen.want(Want::Quit(line));
    }
}

/// A typed command asks for a page or a pane.
pub(super) fn show_page(screen: &mut ScreenState, view: &ClientView<'_>, line: u64, show: Show) {
    match show {
        Show::Gallery => screen.open_gallery(view),
        Show::Members | Show::Why => screen.open(Overlay::Health(0)),
        Show::Queue => screen.focus_on(Focus::Queue),
        Show::Copy => copy_invite(screen, view),
        Show::Find => screen.open_finder(view),
    }
    screen.want(Want::Done(line));
}

/// How many rows a page is: half the terminal.
pub(super) fn page_rows(screen: &ScreenState) -> usize {
    usize::from(screen.size.1 / 2).max(1)
}

/// Tab on the line: completes the word. Where nothing does, it goes to the next pane; from a command
/// that is being written it stays, and says so.
fn complete_or_next(screen: &mut ScreenState, view: &ClientView<'_>) {
    let completion = screen
        .completion
        .take()
        .or_else(|| Completion::of(&screen.line, &Known::of(view, &screen.saved_lists)));
    match completion {
        Some(mut completion) => {
            completion.next(&mut screen.line);
            screen.completion = Some(completion);
        }
        None if is_half_written(screen.line.text()) => {
            screen.show(ToastContent::NothingCompletes, view.now);
        }
        None => screen.focus_on(screen.panes.focus().next()),
    }
}

/// Whether a line holds a command, or ends with the beginning of a name or an emoji.
fn is_half_written(line: &str) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    line.trim_start().starts_with('/') || (word.starts_with(['@', ':']) && word.chars().count() > 1)
}
