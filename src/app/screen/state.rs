//! The state that an update of the screen changes.

use super::chat_log::ChatLog;
use super::completion::Completion;
use super::draft::Draft;
use super::editor::{Editor, History};
use super::gallery::GalleryPage;
use super::heatmap::ReactionHeatmap;
use super::line_state::{PendingSpace, TrustQuestion, TypingLayout};
use super::overlay::Overlay;
use super::palette::Finder;
use super::panes::{Focus, Panes};
use super::reactions::FloatingReactions;
use super::seen::{PendingStart, SeenRoom};
use super::stats::VisitStats;
use super::toast::{Toast, ToastContent};
use super::view::ClientView;
use super::want::Want;
use crate::app::appearance::Appearance;
use crate::app::config::ScreenConfig;
use crate::app::output::severity::Severity;
use crate::app::preferences::ScreenPreferences;
use crate::app::saved_list::ListName;
use crate::protocol::text::MemberName;
use crate::protocol::time::LocalTime;

/// Everything the screen remembers between two updates.
#[derive(Debug, Clone)]
pub(super) struct ScreenState {
    pub(super) config: ScreenConfig,
    /// How the screen looks now.
    pub(super) appearance: Appearance,
    /// Columns and rows of the terminal.
    pub(super) size: (u16, u16),
    pub(super) panes: Panes,
    /// What the member chose of the screen.
    pub(super) preferences: ScreenPreferences,
    /// Until when the lines between the panes light up.
    pub(super) flash_until: Option<LocalTime>,
    /// What lies over the panes, the topmost last.
    pub(super) overlays: Vec<Overlay>,
    /// The line that is being written.
    pub(super) line: Editor,
    pub(super) history: History,
    /// What waits while a command is written over it.
    pub(super) draft: Draft,
    /// The place of the chosen command in the list over the line, while that is open.
    pub(super) list: Option<usize>,
    /// A line that was just refused is in the history only, which its answer is to say.
    pub(super) is_kept_aside: bool,
    /// Space, while it is not yet clear whether it begins a text.
    pub(super) space: Option<PendingSpace>,
    /// On which keyboard layout the member writes.
    pub(super) typing: TypingLayout,
    /// What Tab offers for the word before the cursor, while Tab is being pressed.
    pub(super) completion: Option<Completion>,
    /// The playlists that are saved on this computer, as far as they were asked for.
    pub(super) saved_lists: Vec<ListName>,
    pub(super) log: ChatLog,
    pub(super) reactions: FloatingReactions,
    pub(super) heatmap: ReactionHeatmap,
    pub(super) toast: Option<Toast>,
    /// How many lines the member has sent so far.
    pub(super) lines_taken: u64,
    pub(super) gallery: GalleryPage,
    /// What is searched for in the help.
    pub(super) help_filter: Editor,
    /// Since when the connection is down.
    pub(super) lost_since: Option<LocalTime>,
    pub(super) stats: VisitStats,
    /// What the log has already shown of the room.
    pub(super) seen: SeenRoom,
    /// Who has opened the room that is there in place of a private one, while it is asked about.
    pub(super) open_room_of: Option<MemberName>,
    /// Whether it is asked, and was, if this room's local links are trusted.
    pub(super) trust: TrustQuestion,
    /// The start that the log reports once it has come.
    pub(super) start: Option<PendingStart>,
    /// What the present update asks of the app, in order.
    pub(super) wants: Vec<Want>,
}

impl ScreenState {
    /// The state before the first input. The gallery shows the rooms of `server` first.
    pub(super) fn new(config: ScreenConfig, server: &str) -> Self {
        Self {
            appearance: config.appearance.clone(),
            preferences: config.preferences,
            flash_until: None,
            config,
            size: (80, 24),
            panes: Panes::default(),
            overlays: Vec::new(),
            line: Editor::default(),
            history: History::default(),
            draft: Draft::default(),
            list: None,
            is_kept_aside: false,
            space: None,
            typing: TypingLayout::default(),
            completion: None,
            saved_lists: Vec::new(),
            log: ChatLog::default(),
            reactions: FloatingReactions::default(),
            heatmap: ReactionHeatmap::default(),
            toast: None,
            lines_taken: 0,
            gallery: GalleryPage::new(server),
            help_filter: Editor::default(),
            lost_since: None,
            stats: VisitStats::default(),
            seen: SeenRoom::default(),
            open_room_of: None,
            trust: TrustQuestion::default(),
            start: None,
            wants: Vec::new(),
        }
    }

    /// Whether live rooms are shown: by the gallery, perhaps under a dialog, or in the list of
    /// everything.
    pub(super) fn shows_rooms(&self) -> bool {
        let shows = |overlay: &Overlay| matches!(overlay, Overlay::Gallery | Overlay::Finder(_));
        self.overlays.iter().any(shows)
    }

    /// Asks something of the app, after what was asked before.
    pub(super) fn want(&mut self, want: Want) {
        self.wants.push(want);
    }

    /// Shows a toast in place of the present one.
    pub(super) fn show(&mut self, content: ToastContent, now: LocalTime) {
        self.toast = Some(Toast::new(content, now, self.lines_taken));
    }

    /// A line was carried out: an error that was shown before it was sent is over.
    pub(super) fn succeeded(&mut self, line: u64) {
        let is_over =
            |toast: &Toast| toast.after_line < line && toast.content.severity() == Severity::Error;
        if self.toast.as_ref().is_some_and(is_over) {
            self.toast = None;
        }
    }

    /// What went wrong is not to be read any more.
    pub(super) fn forget_error(&mut self) {
        self.toast
            .take_if(|toast| toast.content.severity() == Severity::Error);
    }

    /// Opens an overlay on top; it replaces an open one of the same kind.
    pub(super) fn open(&mut self, overlay: Overlay) {
        let kind = std::mem::discriminant(&overlay);
        self.overlays
            .retain(|open| std::mem::discriminant(open) != kind);
        self.overlays.push(overlay);
    }

    /// What lies on top and takes the keys.
    pub(super) fn overlay(&self) -> Option<&Overlay> {
        self.overlays.last()
    }

    /// Opens the live rooms of the server that the client is on.
    pub(super) fn open_gallery(&mut self, view: &ClientView<'_>) {
        self.gallery.open(view.server);
        self.open(Overlay::Gallery);
    }

    /// Opens the help, with nothing searched for.
    pub(super) fn open_help(&mut self) {
        self.help_filter.take();
        self.open(Overlay::Help(0));
    }

    /// Opens the list of everything, with the live rooms of the server that the client is on.
    pub(super) fn open_finder(&mut self, view: &ClientView<'_>) {
        if !self.overlays.contains(&Overlay::Gallery) {
            self.gallery.open(view.server);
        }
        self.open(Overlay::Finder(Finder::default()));
    }

    /// Writes a command on the line. A text that was begun there waits until the command is sent
    /// or given up; a command that was, goes to the history.
    pub(super) fn write_over(&mut self, text: &str) {
        if !self.draft.set_aside(&mut self.line) {
            let written = self.line.take();
            self.history.keep(&written);
        }
        self.line.set(text);
    }

    /// Moves the focus. A chat that loses it goes back to its newest line.
    pub(super) fn focus_on(&mut self, focus: Focus) {
        if self.panes.focus() == Focus::Chat && focus != Focus::Chat {
            self.log.release();
        }
        self.panes.focus_on(focus);
    }

    /// Puts a line of the history back where lines are written, unless another is being written.
    pub(super) fn put_back(&mut self, text: &str) {
        if self.draft.is_back() {
            // Nothing was written since it was brought back.
            self.draft.set_aside(&mut self.line);
        }
        if self.line.is_empty() {
            self.history.back_to(&mut self.line, text);
        }
    }

    /// Copies a text to the clipboard, and says so.
    pub(super) fn copy(&mut self, text: String, now: LocalTime) {
        self.show(ToastContent::Copied(text.clone()), now);
        self.want(Want::Copy(text));
    }
}
