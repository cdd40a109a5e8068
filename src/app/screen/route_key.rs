//! Where a key goes: to what lies over the panes, else to the pane that has the focus, else
//! into the line.

use super::edit_keys::edit;
use super::key_actions::page_rows;
use super::overlay::{Overlay, Prompt, Question};
use super::panes::Focus;
use super::state::ScreenState;
use super::toast::ToastContent;
use super::trust::{self, TrustKey};
use super::view::ClientView;
use super::want::Want;
use super::{dialogs, gallery_keys, key_actions, palette, space, typing_layout};
use crate::app::command::Slash;
use crate::app::key::{Key, KeyPress};
use crate::app::keys::editing::{self, EditOp, TextMode};
use crate::app::keys::{self, KeyAction, KeyContext};

/// Lines of a paste are counted up to this number.
const MOST_LINES: usize = 999;

/// Gives a key to the overlay, the pane or the line that it is for, and sees to what follows for
/// the line: the list over it, and a text that waits for it.
pub(super) fn route_key(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) {
    let before = screen.line.text().to_owned();
    if !space::settle(screen, view, press) {
        return;
    }
    dispatch(screen, view, press);
    follow_line(screen, &before);
}

/// Sees to what follows for the line, which had this text before.
pub(super) fn follow_line(screen: &mut ScreenState, before: &str) {
    if screen.line.text() != before {
        screen.draft.bring_back(&mut screen.line);
        palette::keys::line_changed(screen, before);
        if takes_list(screen.line.text()) && !takes_list(before) {
            screen.want(Want::NameLists);
        }
    }
}

/// Whether the name of a saved playlist stands next on this line, or is being written.
fn takes_list(line: &str) -> bool {
    let command = line.strip_prefix('/').and_then(|line| line.split_once(' '));
    let slash = command.and_then(|(name, _)| Slash::named(name));
    matches!(slash, Some(Slash::Save | Slash::Load))
}

fn dispatch(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) {
    if press.key != Key::Tab {
        screen.completion = None;
    }
    let everywhere = keys::find(&[KeyContext::Everywhere], press).map(|row| row.action);
    if let Some(action @ (KeyAction::Redraw | KeyAction::Suspend | KeyAction::Interrupt)) =
        everywhere
    {
        let is_checking = matches!(
            screen.overlay(),
            Some(Overlay::Prompt(Prompt::Checking(_), _))
        );
        if is_checking && action == KeyAction::Interrupt {
            dialogs::dismiss_check(screen);
        } else {
            key_actions::key_action(screen, view, action);
        }
        return;
    }
    match screen.overlay() {
        None => pane_key(screen, view, press),
        Some(Overlay::Finder(_)) => palette::keys::finder_key(screen, view, press),
        Some(Overlay::Gallery) => gallery_keys::gallery_key(screen, view, press),
        Some(Overlay::Help(_)) => help_key(screen, view, press, everywhere),
        Some(Overlay::Health(_) | Overlay::CommandHelp(_)) => {
            page_key(screen, view, press, everywhere);
        }
        Some(Overlay::Menu(member, at)) => {
            let (member, at) = (*member, *at);
            dialogs::menu_key(screen, view, press, member, at);
        }
        Some(Overlay::BanScope(shared, at)) => {
            let (shared, at) = (shared.clone(), *at);
            dialogs::ban_scope_key(screen, view, press, shared, at);
        }
        Some(Overlay::Question(Question::TrustLinks)) => trust_key(screen, view, press),
        Some(Overlay::Question(question)) => {
            let question = *question;
            dialogs::question_key(screen, view, press, question);
        }
        Some(Overlay::Prompt(..)) => dialogs::prompt_key(screen, view, press),
    }
}

/// Inserts pasted text. Several lines become one, and a toast says so.
pub(super) fn paste(screen: &mut ScreenState, view: &ClientView<'_>, text: &str) {
    screen.completion = None;
    space::become_text(screen);
    if let Some(Overlay::Health(_) | Overlay::CommandHelp(_)) = screen.overlay() {
        screen.overlays.pop();
    }
    match screen.overlays.last_mut() {
        Some(Overlay::Prompt(_, editor)) => editor.insert(text.trim()),
        Some(Overlay::Finder(finder)) => finder.insert(text.trim()),
        Some(Overlay::Gallery) => screen.gallery.filter.insert(text.trim()),
        Some(Overlay::Help(_)) => screen.help_filter.insert(text.trim()),
        Some(_) => {}
        None => {
            screen.focus_on(Focus::Line);
            let text = text.trim_end_matches(['\r', '\n']);
            screen.line.insert(&joined(text));
            screen.list = None;
            let lines = text.lines().take(MOST_LINES).count();
            if lines > 1 {
                screen.show(ToastContent::Pasted(lines), view.now);
            }
        }
    }
}

/// A key while it is asked whether local links are trusted: what is no answer goes to the line.
fn trust_key(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) {
    match trust::key(screen, view, press) {
        TrustKey::Answers(is_yes) => {
            screen.line.take();
            dialogs::answer(screen, view, Question::TrustLinks, is_yes);
        }
        TrustKey::SaysNothing => {}
        TrustKey::Writes => {
            screen.focus_on(Focus::Line);
            pane_key(screen, view, press);
        }
    }
}

/// A key while nothing lies over the panes, or what lies there leaves it to them.
fn pane_key(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) {
    let focus = screen.panes.focus();
    if focus == Focus::Line && palette::keys::line_key(screen, view, press) {
        return;
    }
    // Letters that are written are not looked up by their place on the keyboard.
    let found = match press.writes() {
        Some(letter) if focus == Focus::Line && letter != ' ' => None,
        _ => screen.config.keys.find(focus.contexts(), press),
    };
    match found {
        Some(row) => key_actions::key_action(screen, view, row.action),
        None if focus == Focus::Line => {
            if !typing_layout::dot(screen, view, press) {
                edit(&mut screen.line, press);
            }
            screen.draft.changed();
        }
        None => {}
    }
}

/// A key on the page of the help: what writes is searched for, the others scroll or close the page.
fn help_key(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    press: KeyPress,
    everywhere: Option<KeyAction>,
) {
    let is_searching = !screen.help_filter.is_empty();
    let writes = press
        .writes()
        .is_some_and(|letter| letter != ' ' || is_searching);
    let erases = matches!(
        editing::find(TextMode::Writing, press),
        Some(EditOp::Erase | EditOp::EraseWord | EditOp::EraseBefore)
    );
    if writes || erases {
        edit(&mut screen.help_filter, press);
        screen.open(Overlay::Help(0));
    } else if press.key == Key::Esc && is_searching {
        screen.help_filter.take();
    } else {
        page_key(screen, view, press, everywhere);
    }
}

/// A key on a page that is read: it scrolls or closes the page; other keys do nothing. Whoever was
/// writing goes on with that: a letter closes the page and goes to the line.
fn page_key(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    press: KeyPress,
    everywhere: Option<KeyAction>,
) {
    if is_for_line(screen, press) {
        screen.overlays.pop();
        return pane_key(screen, view, press);
    }
    let page = page_rows(screen);
    let mut nowhere = 0;
    let at = match screen.overlays.last_mut() {
        Some(Overlay::Help(at) | Overlay::Health(at)) => at,
        _ => &mut nowhere,
    };
    match editing::find(TextMode::Reading, press) {
        Some(EditOp::Up) => *at = at.saturating_sub(1),
        Some(EditOp::Down) => *at = at.saturating_add(1),
        Some(EditOp::PageUp) => *at = at.saturating_sub(page),
        Some(EditOp::PageDown) => *at = at.saturating_add(page),
        Some(EditOp::Top) => *at = 0,
        Some(EditOp::Close) => {
            screen.overlays.pop();
        }
        // The key that opened the page closes it; that of another page opens that instead.
        _ => match (everywhere, screen.overlay()) {
            (Some(KeyAction::Help), Some(Overlay::Help(_)))
            | (Some(KeyAction::Members), Some(Overlay::Health(_))) => {
                screen.overlays.pop();
            }
            (
                Some(KeyAction::Help | KeyAction::Members | KeyAction::Gallery | KeyAction::Find),
                _,
            ) => {
                screen.overlays.pop();
                pane_key(screen, view, press);
            }
            _ => {}
        },
    }
}

/// Whether a key on a page writes on the line, which has the focus. The blank scrolls.
fn is_for_line(screen: &ScreenState, press: KeyPress) -> bool {
    let takes_text = matches!(screen.overlay(), Some(Overlay::Help(_)));
    let writes = press.writes().is_some_and(|letter| letter != ' ');
    screen.panes.focus() == Focus::Line && writes && !takes_text
}

/// Several lines as one: each break becomes one blank, whichever characters it is made of.
fn joined(text: &str) -> String {
    text.replace("\r\n", "\n")
        .split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
