//! Where a key goes: to what lies over the panes, else to the pane that has the focus, else
//! into the line. What an action does stands in `act`, what overlays do in `overlay`.

use super::complete::Completion;
use super::editor::Editor;
use super::{Focus, Overlay, Said};
use crate::app::App;
use crate::app::key::{Key, KeyPress};
use crate::app::keys::plain::{self, Deed, Place};
use crate::app::keys::{self, Action, Context};

/// The most lines of a paste that are counted.
const MOST_LINES: usize = 999;

impl App {
    /// A key was pressed.
    pub(in crate::app) fn key(&mut self, press: KeyPress) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        if press.key != Key::Tab {
            screen.completion = None;
        }
        let everywhere = keys::find(&[Context::Everywhere], press).map(|row| row.action);
        if let Some(action @ (Action::Redraw | Action::Suspend | Action::Interrupt)) = everywhere {
            self.act_on(action);
            return;
        }
        match screen.overlay() {
            None => self.pane_key(press),
            Some(Overlay::Gallery) => self.gallery_key(press),
            Some(Overlay::Help(_) | Overlay::Health(_)) => self.reading_key(press, everywhere),
            Some(Overlay::Menu(member, at)) => {
                let (member, at) = (*member, *at);
                self.menu_key(press, member, at);
            }
            Some(Overlay::BanScope(shared, at)) => {
                let (shared, at) = (shared.clone(), *at);
                self.ban_scope_key(press, shared, at);
            }
            Some(Overlay::Question(question)) => {
                let question = *question;
                self.question_key(press, question);
            }
            Some(Overlay::Prompt(..)) => self.prompt_key(press),
        }
    }

    /// Something was pasted. Several lines become one, and that is said.
    pub(in crate::app) fn paste(&mut self, text: &str) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        screen.completion = None;
        match screen.overlays.last_mut() {
            Some(Overlay::Prompt(_, editor)) => editor.insert(text.trim()),
            Some(Overlay::Gallery) => screen.gallery.filter.insert(text.trim()),
            Some(_) => {}
            None => {
                screen.focus_on(Focus::Line);
                let text = text.trim_end_matches(['\r', '\n']);
                screen.line.insert(&joined(text));
                let lines = text.lines().take(MOST_LINES).count();
                if lines > 1 {
                    self.say(Said::Pasted(lines));
                }
            }
        }
    }

    /// The terminal has another size, in columns and rows.
    pub(in crate::app) fn resize(&mut self, columns: u16, rows: u16) {
        if let Some(screen) = self.screen.as_mut() {
            screen.size = (columns, rows);
        }
    }

    fn pane_key(&mut self, press: KeyPress) {
        let focus = self
            .screen
            .as_ref()
            .map_or(Focus::Line, |screen| screen.focus);
        let contexts: &[Context] = match focus {
            Focus::Line => &[Context::Line, Context::Everywhere],
            Focus::Chat => &[Context::Chat, Context::OffLine, Context::Everywhere],
            Focus::Queue => &[Context::Queue, Context::OffLine, Context::Everywhere],
            Focus::Members => &[Context::Members, Context::OffLine, Context::Everywhere],
        };
        // Letters that are written are not found by their place.
        let found = match press.writes() {
            Some(letter) if focus == Focus::Line && letter != ' ' => None,
            _ => keys::find(contexts, press),
        };
        match found {
            Some(row) => self.act_on(row.action),
            None if focus == Focus::Line => {
                if let Some(screen) = self.screen.as_mut() {
                    edit(&mut screen.line, press);
                }
            }
            None => {}
        }
    }

    fn gallery_key(&mut self, press: KeyPress) {
        let bound = keys::find(&[Context::Gallery], press);
        let wider = || {
            let row = keys::find(&[Context::Everywhere], press)?;
            matches!(row.action, Action::Help).then_some(row)
        };
        if let Some(row) = bound.or_else(wider) {
            self.gallery_act(row.action);
        } else if let Some(screen) = self.screen.as_mut() {
            edit(&mut screen.gallery.filter, press);
        }
    }

    /// A key while something is read: it scrolls, and anything else closes it.
    fn reading_key(&mut self, press: KeyPress, everywhere: Option<Action>) {
        let page = self.page();
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let Some(Overlay::Help(at) | Overlay::Health(at)) = screen.overlays.last_mut() else {
            return;
        };
        match plain::find(Place::Reading, press) {
            Some(Deed::Up) => *at = at.saturating_sub(1),
            Some(Deed::Down) => *at = at.saturating_add(1),
            Some(Deed::PageUp) => *at = at.saturating_sub(page),
            Some(Deed::PageDown) => *at = at.saturating_add(page),
            Some(Deed::Top) => *at = 0,
            Some(Deed::Close) => {
                screen.overlays.pop();
            }
            // The key that opened it closes it; the other one takes its place.
            _ => match (everywhere, screen.overlay()) {
                (Some(Action::Help), Some(Overlay::Help(_)))
                | (Some(Action::Members), Some(Overlay::Health(_))) => {
                    screen.overlays.pop();
                }
                (Some(Action::Help | Action::Members | Action::Gallery), _) => {
                    screen.overlays.pop();
                    self.pane_key(press);
                }
                _ => {}
            },
        }
    }

    /// How many lines a page is: half the screen.
    pub(super) fn page(&self) -> usize {
        let rows = self.screen.as_ref().map_or(24, |screen| screen.size.1);
        usize::from(rows / 2).max(1)
    }

    /// Tab on the line: completes, or goes to the next pane.
    pub(super) fn complete_or_next(&mut self) {
        let me = self.me().map(|me| me.id);
        let members = self.shown_members();
        let others = members.iter().filter(|member| Some(member.id) != me);
        let names: Vec<String> = others.map(|member| member.name.to_string()).collect();
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let completion = screen
            .completion
            .take()
            .or_else(|| Completion::of(&screen.line, &names));
        match completion {
            Some(mut completion) => {
                completion.next(&mut screen.line);
                screen.completion = Some(completion);
            }
            None => screen.focus_on(screen.focus.stepped(1)),
        }
    }
}

/// Edits a line. Keys that edit nothing do nothing.
pub(super) fn edit(editor: &mut Editor, press: KeyPress) {
    if let Some(letter) = press.writes() {
        editor.insert(letter.encode_utf8(&mut [0; 4]));
        return;
    }
    match plain::find(Place::Writing, press) {
        Some(Deed::Left) => editor.left(),
        Some(Deed::Right) => editor.right(),
        Some(Deed::Home) => editor.home(),
        Some(Deed::End) => editor.end(),
        Some(Deed::Erase) => editor.backspace(),
        Some(Deed::Delete) => editor.delete(),
        Some(Deed::EraseWord) => editor.erase_word(),
        Some(Deed::EraseBefore) => editor.erase_before(),
        _ => {}
    }
}

/// Several lines as one: a break becomes one blank, whatever it is written with.
fn joined(text: &str) -> String {
    text.replace("\r\n", "\n")
        .split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
