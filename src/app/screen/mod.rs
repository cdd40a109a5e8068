//! The terminal screen as a state machine: keys, pastes, sizes and the app's outputs come in
//! as `ScreenInput`s, and what the screen asks of the app goes out as `Want`s. What it may
//! read of the client is lent to it for each call as a [`ClientView`].
//!
//! Focus, overlays, the line that is written, chat log, selections, toasts and floating
//! reactions are its state. It does no IO and reads no clock. `crate::ui` draws it.

use chat_log::ChatLog;
use completion::Completion;
use editor::Editor;
use gallery::GalleryPage;
use heatmap::ReactionHeatmap;
use reactions::FloatingReactions;
use state::ScreenState;
use stats::VisitStats;

use super::appearance::Appearance;
use super::config::ScreenConfig;
use super::preferences::ScreenPreferences;
use crate::protocol::member::Member;
use crate::protocol::playback::QueueEntry;
use crate::protocol::text::MemberName;
use crate::protocol::time::LocalTime;

mod chat_actions;
pub mod chat_log;
pub mod completion;
mod deadline;
mod dialogs;
mod draft;
mod edit_keys;
pub mod editor;
pub mod gallery;
mod gallery_keys;
mod headless;
pub mod heatmap;
mod input;
mod key_actions;
mod line_state;
mod media_rules;
pub mod member_menu;
mod naming;
mod on_notice;
mod on_output;
mod overlay;
mod overtaken;
pub mod palette;
mod panes;
mod pending_start;
mod permission;
mod pointer;
mod preference_actions;
pub mod reactions;
mod room_actions;
mod route_key;
mod seen;
mod space;
mod state;
pub mod stats;
mod telling;
mod themes;
mod toast;
mod trust;
mod typing_layout;
mod view;
mod want;

pub(super) use headless::wants_without_screen;
pub(super) use input::ScreenInput;
pub use member_menu::MenuItem;
pub use overlay::{BAN_SCOPES, NamedFor, Overlay, Prompt, Question};
pub use panes::Focus;
pub use toast::{Toast, ToastContent};
pub use view::ClientView;
pub(super) use want::Want;

/// What a member with a terminal sees and edits: panes, dialogs, lines. It reads the room from a
/// [`ClientView`] and keeps none of it.
#[derive(Debug, Clone)]
pub struct Screen {
    state: ScreenState,
}

impl Screen {
    /// A screen before its first input. The gallery shows the rooms of `server` first.
    #[must_use]
    pub fn new(config: ScreenConfig, server: &str) -> Self {
        Self {
            state: ScreenState::new(config, server),
        }
    }

    /// Takes an input in. What the screen wants of the app comes back in the order in which it
    /// is to be carried out.
    pub(super) fn update(&mut self, input: ScreenInput<'_>, view: &ClientView<'_>) -> Vec<Want> {
        let state = &mut self.state;
        state.lines_taken = view.lines_taken;
        match input {
            ScreenInput::Begin => naming::begin(state, view),
            ScreenInput::Key(press) => route_key::route_key(state, view, press),
            ScreenInput::Pointer(event) => pointer::pointer(state, view, event),
            ScreenInput::Paste(text) => route_key::paste(state, view, text),
            ScreenInput::Resize(columns, rows) => state.size = (columns, rows),
            ScreenInput::Background(background) => state.appearance.background = background,
            ScreenInput::Theme { line, theme } => themes::choose(state, view, line, theme),
            ScreenInput::TellTheme { line } => themes::tell(state, view, line),
            ScreenInput::Settings(changed) => themes::take_over(state, view, *changed),
            ScreenInput::Rooms { server, answer } => {
                state.gallery.on_answer(server, answer, view.now);
            }
            ScreenInput::OwnRooms { server, rooms } => {
                state.gallery.on_own_rooms(server, rooms);
            }
            ScreenInput::RoomsFeed { server, news } => {
                state.gallery.on_feed(server, news, view.now);
            }
            ScreenInput::SavedLists(names) => state.saved_lists = names,
            ScreenInput::Output(output) => on_output::on_output(state, view, output),
            ScreenInput::GivenBack(text) => {
                state.put_back(text);
                state.is_kept_aside = state.line.text() != text;
            }
            ScreenInput::KeepText(text) => state.history.keep(text),
            ScreenInput::Draft(text) => state.put_back(text),
            ScreenInput::Show { line, show } => key_actions::show_page(state, view, line, show),
            ScreenInput::Prefer { line, command } => {
                preference_actions::carry_out(state, view, command);
                state.want(Want::Done(line));
            }
            ScreenInput::AskNewPassword { line } => dialogs::ask_new_password(state, view, line),
            ScreenInput::Quit { line } => key_actions::quit(state, view, line),
            ScreenInput::Away(away) => state.show(ToastContent::Away(away), view.now),
            ScreenInput::EntryRefused { why, exit } => dialogs::entry_refused(state, why, exit),
            ScreenInput::EntryGivenUp { why, exit } => {
                dialogs::entry_given_up(state, view, why, exit);
            }
            ScreenInput::RoomAbsent { visibility } => {
                dialogs::end_check(state);
                state.want(Want::Rest);
                state.open(Overlay::Question(Question::MakeAgain(visibility)));
            }
            ScreenInput::EventHandled => {
                deadline::expire(state, view);
                trust::ask(state, view);
            }
        }
        std::mem::take(&mut self.state.wants)
    }

    /// When the picture changes next by itself, seen from the last event.
    pub(super) fn next_change(&self, view: &ClientView<'_>) -> Option<LocalTime> {
        deadline::next_change(&self.state, view)
    }

    /// When the picture changes next by itself, or something is to be asked again.
    pub(super) fn next_deadline(&self, view: &ClientView<'_>) -> Option<LocalTime> {
        deadline::next(&self.state, view)
    }

    /// What the screen was started with.
    #[must_use]
    pub const fn config(&self) -> &ScreenConfig {
        &self.state.config
    }

    /// How the screen looks now.
    #[must_use]
    pub const fn appearance(&self) -> &Appearance {
        &self.state.appearance
    }

    /// Where keys go while nothing lies over the panes.
    #[must_use]
    pub const fn focus(&self) -> Focus {
        self.state.panes.focus()
    }

    /// What lies over the panes, the topmost last.
    #[must_use]
    pub fn overlays(&self) -> &[Overlay] {
        &self.state.overlays
    }

    /// The topmost overlay, which takes the keys.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.state.overlays.last()
    }

    /// Who has opened the room that is there in place of a private one, while it is asked about.
    #[must_use]
    pub const fn open_room_of(&self) -> Option<&MemberName> {
        self.state.open_room_of.as_ref()
    }

    /// The line that is being written.
    #[must_use]
    pub const fn line(&self) -> &Editor {
        &self.state.line
    }

    /// The place of the chosen command in the list over the line, while that is open.
    #[must_use]
    pub fn command_list(&self) -> Option<usize> {
        let is_on_line = self.focus() == Focus::Line && self.overlays().is_empty();
        self.state.list.filter(|_| is_on_line)
    }

    /// What Tab offers, while it is being pressed.
    #[must_use]
    pub const fn completion(&self) -> Option<&Completion> {
        self.state.completion.as_ref()
    }

    /// Chat, and what happened between.
    #[must_use]
    pub const fn log(&self) -> &ChatLog {
        &self.state.log
    }

    /// What the member chose of the screen.
    #[must_use]
    pub const fn preferences(&self) -> &ScreenPreferences {
        &self.state.preferences
    }

    /// Whether the lines between the panes light up, to draw the member's attention.
    #[must_use]
    pub fn flashes(&self, now: LocalTime) -> bool {
        self.state.flash_until.is_some_and(|until| now < until)
    }

    /// Reactions of the last seconds.
    #[must_use]
    pub const fn reactions(&self) -> &FloatingReactions {
        &self.state.reactions
    }

    /// Where in the media people reacted.
    #[must_use]
    pub const fn heatmap(&self) -> &ReactionHeatmap {
        &self.state.heatmap
    }

    /// The notice that is shown for some seconds.
    #[must_use]
    pub const fn toast(&self) -> Option<&Toast> {
        self.state.toast.as_ref()
    }

    /// What is searched for in the help.
    #[must_use]
    pub const fn help_filter(&self) -> &Editor {
        &self.state.help_filter
    }

    /// The live rooms.
    #[must_use]
    pub const fn gallery(&self) -> &GalleryPage {
        &self.state.gallery
    }

    /// Since when the connection is down.
    #[must_use]
    pub const fn lost_since(&self) -> Option<LocalTime> {
        self.state.lost_since
    }

    /// What the goodbye reports.
    #[must_use]
    pub const fn stats(&self) -> &VisitStats {
        &self.state.stats
    }

    /// The chosen entry of the queue, if there is any.
    #[must_use]
    pub fn chosen_entry<'a>(&self, view: &ClientView<'a>) -> Option<&'a QueueEntry> {
        self.state.panes.chosen_entry(view)
    }

    /// The place of the first item of a list that is shown, if the wheel scrolled it.
    #[must_use]
    pub const fn first_shown(&self, pane: Focus) -> Option<usize> {
        self.state.panes.first_shown(pane)
    }

    /// The chosen member, if there is any.
    #[must_use]
    pub fn chosen_member<'a>(&self, view: &ClientView<'a>) -> Option<&'a Member> {
        self.state.panes.chosen_member(view)
    }
}

#[cfg(test)]
pub(crate) mod tests;
