//! Menus, questions and prompts: what keys do to them, and what their answers lead to.

use std::str::FromStr as _;

use super::edit_keys::edit;
use super::editor::Editor;
use super::member_menu::MenuItem;
use super::overlay::{BAN_SCOPES, NamedFor, Overlay, Prompt, Question};
use super::panes::Focus;
use super::permission::{ask_room, may};
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use super::{gallery_keys, member_menu, naming, trust};
use crate::app::command::{ClientCommand, new_password};
use crate::app::effect::Exit;
use crate::app::key::{Key, KeyPress};
use crate::app::output::Why;
use crate::app::written_room::WrittenRoom;
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::{Action, Refused, SharedAddress};
use crate::protocol::ids::MemberId;
use crate::protocol::invite::ServerUrl;
use crate::protocol::member::{BanScope, Visibility};
use crate::protocol::secret::Password;
use crate::protocol::text::MemberName;

/// The server does not let the client in: asks for the password, if one is wanted.
pub(super) fn entry_refused(screen: &mut ScreenState, why: Why, exit: Exit) {
    let wants_password = matches!(
        why,
        Why::Refused(
            Refused::PasswordNeeded
                | Refused::PasswordWrong
                | Refused::PasswordMissing
                | Refused::InviteInvalid
        )
    );
    if let Why::Refused(Refused::NotPrivate { admin }) = why {
        end_check(screen);
        screen.want(Want::Rest);
        screen.open_room_of = admin;
        screen.open(Overlay::Question(Question::JoinOpen));
    } else if wants_password || wants_create_key(&why) {
        screen.want(Want::Rest);
        // Another try that was begun while this one was checked is gone on with.
        let typed = end_check(screen).unwrap_or_default();
        screen.open(Overlay::Prompt(Prompt::Password(why), typed));
    } else {
        end_check(screen);
        screen.want(Want::GiveUp { why, exit });
    }
}

/// The password is not checked any more. What was typed meanwhile.
pub(super) fn end_check(screen: &mut ScreenState) -> Option<Editor> {
    let is_check = |overlay: &Overlay| matches!(overlay, Overlay::Prompt(Prompt::Checking(_), _));
    let at = screen.overlays.iter().position(is_check)?;
    match screen.overlays.remove(at) {
        Overlay::Prompt(_, typed) => Some(typed),
        _ => None,
    }
}

/// Goes on asking while the password is checked.
fn check(screen: &mut ScreenState, why: Why, want: Want) {
    screen.toast = None;
    screen.open(Overlay::Prompt(Prompt::Checking(why), Editor::default()));
    screen.want(want);
}

/// Gives up what is asked for on top, if it is given up by a key that clears a line.
pub(super) fn dismiss_check(screen: &mut ScreenState) {
    if let Some(Overlay::Prompt(prompt @ Prompt::Checking(_), _)) = screen.overlays.pop() {
        dismissed(screen, prompt);
    }
}

/// Whether a password or key for creating the room is wanted, and not the room's own.
const fn wants_create_key(why: &Why) -> bool {
    matches!(
        why,
        Why::Refused(
            Refused::CreatePasswordNeeded | Refused::CreateKeyNeeded | Refused::CreatePasswordWrong
        )
    )
}

/// There is no room to go to: back to the gallery, if the client began there.
pub(super) fn entry_given_up(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    why: Why,
    exit: Exit,
) {
    end_check(screen);
    if screen.config.gallery_first {
        screen.want(Want::Rest);
        screen.open_gallery(view);
        screen.want(Want::ForgetRoom);
        screen.show(ToastContent::Why(why), view.now);
    } else {
        screen.want(Want::End(exit));
    }
}

/// A key in the menu of a member, whose item `at` is chosen.
pub(super) fn menu_key(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    press: KeyPress,
    member: MemberId,
    at: usize,
) {
    let items = member_menu::items(view, member);
    let last = items.len().saturating_sub(1);
    match press.by_position().key {
        Key::Up | Key::Char('k') => screen.open(Overlay::Menu(member, at.saturating_sub(1))),
        Key::Down | Key::Char('j') => screen.open(Overlay::Menu(member, (at + 1).min(last))),
        Key::Enter => {
            screen.overlays.pop();
            if let Some(item) = items.get(at.min(last)) {
                choose(screen, view, member, *item);
            }
        }
        Key::Esc | Key::Char('q') => {
            screen.overlays.pop();
        }
        _ => {}
    }
}

/// A key while it is asked how far a ban reaches; the scope `at` is chosen.
pub(super) fn ban_scope_key(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    press: KeyPress,
    shared: SharedAddress,
    at: usize,
) {
    let last = BAN_SCOPES.len() - 1;
    match press.by_position().key {
        Key::Up | Key::Char('k') => screen.open(Overlay::BanScope(shared, at.saturating_sub(1))),
        Key::Down | Key::Char('j') => screen.open(Overlay::BanScope(shared, (at + 1).min(last))),
        Key::Enter => {
            screen.overlays.pop();
            if let Some(scope) = BAN_SCOPES.get(at).copied() {
                ban(screen, view, &shared, scope);
            }
        }
        Key::Esc | Key::Char('q' | 'n') => {
            screen.overlays.pop();
        }
        _ => {}
    }
}

/// Bans a member as far as was chosen.
pub(super) fn ban(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    shared: &SharedAddress,
    scope: BanScope,
) {
    let who = MemberRef::Id(shared.member);
    ask_room(screen, view, Command::Ban { who, scope });
}

/// Does what was chosen in the menu of a member, or asks first.
pub(super) fn choose(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    member: MemberId,
    item: MenuItem,
) {
    let who = MemberRef::Id(member);
    match item {
        MenuItem::Role(role) => {
            if may(screen, view, Action::SetRole) {
                screen.open(Overlay::Question(Question::Promote(member, role)));
            }
        }
        MenuItem::Kick => {
            if may(screen, view, Action::Kick) {
                screen.open(Overlay::Question(Question::Kick(member)));
            }
        }
        MenuItem::Ban => {
            if may(screen, view, Action::Ban) {
                screen.open(Overlay::Question(Question::Ban(member)));
            }
        }
        MenuItem::Heir => ask_room(screen, view, Command::SetHeir { who }),
        MenuItem::Mute(muted) => ask_room(screen, view, Command::Mute { who, muted }),
        MenuItem::WaitExempt(wait_exempt) => {
            let who = (!view.is_me(member)).then_some(who);
            let exempt = wait_exempt;
            ask_room(screen, view, Command::ExemptFromWait { who, exempt });
        }
        MenuItem::Mention => {
            let member = view.room.and_then(|room| room.roster.get(member));
            if let Some(member) = member {
                screen.focus_on(Focus::Line);
                screen.line.insert(&format!("@{} ", member.name));
            }
        }
    }
}

/// A key while a question is asked. Keys that are neither yes nor no do nothing.
pub(super) fn question_key(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    press: KeyPress,
    question: Question,
) {
    // In Russian yes and no begin with other letters, and the one for no is where the English
    // keyboard has the Y.
    let (is_yes, is_no) = match press.key {
        Key::Char('д' | 'Д') => (true, false),
        Key::Char('н' | 'Н') => (false, true),
        _ => {
            let by_position = press.by_position().key;
            (
                matches!(by_position, Key::Enter | Key::Char('y' | 'Y')),
                matches!(by_position, Key::Esc | Key::Char('n' | 'N' | 'q')),
            )
        }
    };
    if is_yes || is_no {
        answer(screen, view, question, is_yes);
    }
}

/// Takes the answer to the question that is asked.
pub(super) fn answer(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    question: Question,
    is_yes: bool,
) {
    screen.overlays.pop();
    if question == Question::TrustLinks {
        trust::answered(screen);
        screen.want(Want::local(ClientCommand::TrustLinks(is_yes)));
    } else if is_yes {
        confirmed(screen, view, question);
    } else if let Question::MakeAgain(_) = question {
        screen.want(Want::stay_without_room());
    } else if question == Question::JoinOpen {
        let admin = screen.open_room_of.take();
        screen.want(Want::stay_out_of(admin));
    }
}

/// Does what was asked about.
fn confirmed(screen: &mut ScreenState, view: &ClientView<'_>, question: Question) {
    let command = match question {
        Question::Leave(_) => return screen.want(Want::Leave),
        Question::Suspend(_) => return screen.want(Want::Suspend),
        // The hello that follows says how it was.
        Question::MakeAgain(_) => return screen.want(Want::Start),
        Question::JoinOpen => return screen.want(Want::JoinOpen),
        Question::TrustLinks => return,
        Question::PlayNow(entry) => Command::PlayNow { entry },
        Question::Remove(entry) => Command::Remove { entry },
        Question::Withdraw(entry) => Command::Withdraw { entry },
        Question::Kick(member) => Command::Kick {
            who: MemberRef::Id(member),
        },
        Question::Ban(member) => Command::Ban {
            who: MemberRef::Id(member),
            scope: BanScope::Ask,
        },
        Question::Erase(line) => Command::Erase { line },
        Question::Close => Command::Close,
        Question::EraseAll(author, _) => Command::EraseAll {
            of: MemberRef::Id(author),
        },
        Question::Promote(member, role) => Command::SetRole {
            who: MemberRef::Id(member),
            role,
        },
    };
    ask_room(screen, view, command);
}

/// A key while something is to be written.
pub(super) fn prompt_key(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) {
    match press.key {
        // One password at a time.
        Key::Enter
            if matches!(
                screen.overlay(),
                Some(Overlay::Prompt(Prompt::Checking(_), _))
            ) => {}
        Key::Enter => {
            if let Some(Overlay::Prompt(prompt, editor)) = screen.overlays.pop() {
                answered(screen, view, prompt, editor);
            }
        }
        Key::Esc => {
            if let Some(Overlay::Prompt(prompt, _)) = screen.overlays.pop() {
                dismissed(screen, prompt);
            }
        }
        _ => {
            if let Some(Overlay::Prompt(_, editor)) = screen.overlays.last_mut() {
                edit(editor, press);
            }
        }
    }
}

/// Accepts the input of a prompt. If it is invalid, the reason is shown and the prompt stays.
fn answered(screen: &mut ScreenState, view: &ClientView<'_>, prompt: Prompt, editor: Editor) {
    let text = editor.text();
    let fault = match &prompt {
        Prompt::Name(purpose) => match MemberName::parse(text) {
            Ok(name) => return naming::named(screen, name, purpose),
            Err(error) => ToastContent::BadName(error),
        },
        Prompt::Password(why) if wants_create_key(why) => {
            return check(screen, why.clone(), Want::CreateWithKey(text.into()));
        }
        Prompt::Password(why) => {
            return check(screen, why.clone(), Want::ConnectWithPassword(text.into()));
        }
        Prompt::Checking(_) => return,
        Prompt::NewPassword => match new_password(text) {
            Ok(password) => {
                let again = Prompt::RepeatPassword(password);
                return screen.open(Overlay::Prompt(again, Editor::default()));
            }
            Err(why) => ToastContent::Why(Why::Denied(why)),
        },
        Prompt::RepeatPassword(first) => return repeated(screen, view, first, text),
        Prompt::NewRoom => match WrittenRoom::from_str(text) {
            Ok(room) => return gallery_keys::join_written(screen, view, room),
            Err(_) => ToastContent::BadRoom,
        },
        Prompt::Server => match ServerUrl::parse(text) {
            Ok(server) => return screen.gallery.ask(server.as_str()),
            Err(_) => ToastContent::BadAddress,
        },
    };
    screen.open(Overlay::Prompt(prompt, editor));
    screen.show(fault, view.now);
}

/// A typed command makes the room private: asks for the password, if the member may.
pub(super) fn ask_new_password(screen: &mut ScreenState, view: &ClientView<'_>, line: u64) {
    if may(screen, view, Action::SetVisibility) {
        screen.toast = None;
        screen.open(Overlay::Prompt(Prompt::NewPassword, Editor::default()));
    }
    screen.want(Want::Done(line));
}

/// The new password was written twice. If it is not the same, it is asked for again.
fn repeated(screen: &mut ScreenState, view: &ClientView<'_>, first: &Password, text: &str) {
    if first.reveal() == text {
        let command = Command::SetVisibility {
            visibility: Visibility::Private,
            password: Some(first.clone()),
        };
        return ask_room(screen, view, command);
    }
    screen.open(Overlay::Prompt(Prompt::NewPassword, Editor::default()));
    screen.show(ToastContent::PasswordsDiffer, view.now);
}

/// Nothing was written.
fn dismissed(screen: &mut ScreenState, prompt: Prompt) {
    match prompt {
        Prompt::Name(NamedFor::Room) => screen.want(Want::Leave),
        Prompt::Password(why) | Prompt::Checking(why) => {
            let exit = Exit::Refused;
            screen.want(Want::GiveUp { why, exit });
        }
        Prompt::Name(NamedFor::Gallery | NamedFor::Join(_))
        | Prompt::NewPassword
        | Prompt::RepeatPassword(_)
        | Prompt::NewRoom
        | Prompt::Server => {}
    }
}
