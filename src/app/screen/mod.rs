//! The terminal screen as a state machine: keys, pastes, sizes and the app's outputs come in
//! as [`ScreenInput`]s, and what the screen asks of the app goes out as [`Want`]s. What it may
//! read of the client is lent to it for each call as a [`ClientView`].
//!
//! Focus, overlays, the line that is written, chat log, selections, toasts and floating
//! reactions are its state. It does no IO and reads no clock. `crate::ui` draws it.

use chat_log::ChatLog;
use completion::Completion;
use editor::{Editor, History};
use gallery::GalleryPage;
use heatmap::ReactionHeatmap;
use panes::Panes;
use permission::RefusedRequest;
use reactions::FloatingReactions;
use seen::SeenRoom;
use stats::VisitStats;

use super::config::ScreenConfig;
use crate::protocol::film::Entry;
use crate::protocol::member::Member;
use crate::protocol::time::LocalTime;

mod chat_actions;
pub mod chat_log;
pub mod completion;
mod deadline;
mod dialogs;
mod dispatch;
pub mod editor;
pub mod gallery;
mod gallery_keys;
mod headless;
pub mod heatmap;
mod input;
pub mod member_menu;
mod mention;
mod on_output;
mod overlay;
mod panes;
mod permission;
pub mod reactions;
mod room_actions;
mod route_key;
mod seen;
pub mod stats;
mod toast;
mod view;
mod want;

pub(super) use headless::wants_without_screen;
pub(super) use input::ScreenInput;
pub use member_menu::MenuItem;
pub use overlay::{BAN_SCOPES, Overlay, Prompt, Question};
pub use panes::Focus;
pub use toast::{Toast, ToastContent};
pub use view::ClientView;
pub(super) use want::Want;

/// The screen's state.
#[derive(Debug, Clone)]
pub struct Screen {
    config: ScreenConfig,
    /// Columns and rows of the terminal.
    size: (u16, u16),
    panes: Panes,
    /// What lies over the panes, the topmost last.
    overlays: Vec<Overlay>,
    /// The line that is being written.
    line: Editor,
    history: History,
    /// What Tab offers for the word before the cursor, while Tab is being pressed.
    completion: Option<Completion>,
    log: ChatLog,
    reactions: FloatingReactions,
    heatmap: ReactionHeatmap,
    toast: Option<Toast>,
    gallery: GalleryPage,
    /// The last command that the member's role did not allow: the same key again asks the admins.
    refused: Option<RefusedRequest>,
    /// Since when the connection is down.
    lost_since: Option<LocalTime>,
    stats: VisitStats,
    /// What the log has already shown of the room.
    seen: SeenRoom,
    /// What the present update asks of the app, in order.
    wants: Vec<Want>,
}

impl Screen {
    /// A screen before its first input. The gallery shows the rooms of `server` first.
    #[must_use]
    pub fn new(config: ScreenConfig, server: &str) -> Self {
        Self {
            config,
            size: (80, 24),
            panes: Panes::default(),
            overlays: Vec::new(),
            line: Editor::default(),
            history: History::default(),
            completion: None,
            log: ChatLog::default(),
            reactions: FloatingReactions::default(),
            heatmap: ReactionHeatmap::default(),
            toast: None,
            gallery: GalleryPage::new(server),
            refused: None,
            lost_since: None,
            stats: VisitStats::default(),
            seen: SeenRoom::default(),
            wants: Vec::new(),
        }
    }

    /// Takes an input in. What the screen wants of the app comes back in the order in which it
    /// is to be carried out.
    pub(super) fn update(&mut self, input: ScreenInput<'_>, view: &ClientView<'_>) -> Vec<Want> {
        match input {
            ScreenInput::Begin => dialogs::begin(self, view),
            ScreenInput::Key(press) => route_key::route_key(self, view, press),
            ScreenInput::Paste(text) => route_key::paste(self, view, text),
            ScreenInput::Resize(columns, rows) => self.size = (columns, rows),
            ScreenInput::Rooms { server, answer } => {
                self.gallery.on_answer(server, answer, view.now);
            }
            ScreenInput::Output(output) => on_output::on_output(self, view, output),
            ScreenInput::Show { line, show } => dispatch::show_page(self, view, line, show),
            ScreenInput::Quit { line } => dispatch::quit(self, view, line),
            ScreenInput::Away(away) => self.show(ToastContent::Away(away), view.now),
            ScreenInput::EntryRefused { why, exit } => dialogs::entry_refused(self, why, exit),
            ScreenInput::EntryGivenUp { why, exit } => {
                dialogs::entry_given_up(self, view, why, exit);
            }
            ScreenInput::RoomAbsent { visibility } => {
                self.want(Want::Rest);
                self.open(Overlay::Question(Question::MakeAgain(visibility)));
            }
            ScreenInput::EventHandled => deadline::expire(self, view),
        }
        std::mem::take(&mut self.wants)
    }

    /// When the picture changes next by itself, or something is to be asked again.
    pub(super) fn next_deadline(&self, view: &ClientView<'_>) -> Option<LocalTime> {
        deadline::next(self, view)
    }

    /// What the screen was started with.
    #[must_use]
    pub const fn config(&self) -> &ScreenConfig {
        &self.config
    }

    /// Where keys go while nothing lies over the panes.
    #[must_use]
    pub const fn focus(&self) -> Focus {
        self.panes.focus()
    }

    /// What lies over the panes, the topmost last.
    #[must_use]
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// The topmost overlay, which takes the keys.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlays.last()
    }

    /// The line that is being written.
    #[must_use]
    pub const fn line(&self) -> &Editor {
        &self.line
    }

    /// What Tab offers, while it is being pressed.
    #[must_use]
    pub const fn completion(&self) -> Option<&Completion> {
        self.completion.as_ref()
    }

    /// Chat, and what happened between.
    #[must_use]
    pub const fn log(&self) -> &ChatLog {
        &self.log
    }

    /// Reactions of the last seconds.
    #[must_use]
    pub const fn reactions(&self) -> &FloatingReactions {
        &self.reactions
    }

    /// Where in the media people reacted.
    #[must_use]
    pub const fn heatmap(&self) -> &ReactionHeatmap {
        &self.heatmap
    }

    /// The notice that is shown for some seconds.
    #[must_use]
    pub const fn toast(&self) -> Option<&Toast> {
        self.toast.as_ref()
    }

    /// The live rooms.
    #[must_use]
    pub const fn gallery(&self) -> &GalleryPage {
        &self.gallery
    }

    /// Since when the connection is down.
    #[must_use]
    pub const fn lost_since(&self) -> Option<LocalTime> {
        self.lost_since
    }

    /// What the goodbye reports.
    #[must_use]
    pub const fn stats(&self) -> &VisitStats {
        &self.stats
    }

    /// The chosen entry of the queue, if there is any.
    #[must_use]
    pub fn chosen_entry<'a>(&self, view: &ClientView<'a>) -> Option<&'a Entry> {
        self.panes.chosen_entry(view)
    }

    /// The chosen member, if there is any.
    #[must_use]
    pub fn chosen_member<'a>(&self, view: &ClientView<'a>) -> Option<&'a Member> {
        self.panes.chosen_member(view)
    }

    /// Whether the gallery is open, perhaps under a dialog.
    fn shows_gallery(&self) -> bool {
        self.overlays.contains(&Overlay::Gallery)
    }

    fn want(&mut self, want: Want) {
        self.wants.push(want);
    }

    /// Shows a toast in place of the present one.
    fn show(&mut self, content: ToastContent, now: LocalTime) {
        self.toast = Some(Toast::new(content, now));
    }

    /// Opens an overlay on top; it replaces an open one of the same kind.
    fn open(&mut self, overlay: Overlay) {
        let kind = std::mem::discriminant(&overlay);
        self.overlays
            .retain(|open| std::mem::discriminant(open) != kind);
        self.overlays.push(overlay);
    }

    /// Moves the focus. A chat that loses it goes back to its newest line.
    fn focus_on(&mut self, focus: Focus) {
        if self.panes.focus() == Focus::Chat && focus != Focus::Chat {
            self.log.release();
        }
        self.panes.focus_on(focus);
    }

    /// Copies a text to the clipboard, and says so.
    fn copy(&mut self, text: String, now: LocalTime) {
        self.show(ToastContent::Copied(text.clone()), now);
        self.want(Want::Copy(text));
    }
}

#[cfg(test)]
pub(crate) mod tests;
