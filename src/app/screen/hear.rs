//! What the member is told, as the screen takes it in: lines of the log, notices, reactions,
//! what the terminal is asked to ring for.

use super::gallery::RoomsFault;
use super::log::{Logged, LoggedChat};
use super::{Overlay, Question, Said, Screen};
use crate::app::App;
use crate::app::changes::is_muted_proposal;
use crate::app::effect::{Alert, Effect};
use crate::app::told::{
    ConnectionView, MemberChange, Notice, Person, PlayerView, TimelineView, Told, Why,
};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::film::{Entry, EntryState};
use crate::protocol::ids::ChatId;
use crate::protocol::member::{Member, Role};
use crate::protocol::time::{Position, RoomTime};
use crate::wire::pages::RoomCard;

impl App {
    /// Takes in what the member is told.
    pub(in crate::app) fn screen_hears(&mut self, told: &Told) {
        if self.screen.is_none() {
            return;
        }
        match told {
            Told::Joined { .. } => self.screen_joined(),
            Told::Chat { line, history } => self.screen_chat(line, *history),
            Told::Erased { id, by } => self.screen_erased(*id, by),
            Told::Reaction(reaction) => self.screen_reaction(reaction),
            Told::Denied { why, .. } => self.screen_denied(why),
            Told::Sync(status) => {
                if let Some(screen) = self.screen.as_mut() {
                    screen.tally.looked(status);
                }
            }
            Told::Connection(view) => self.screen_connection(view),
            Told::Queue(entries) => self.screen_queue(entries),
            Told::QuietQueue(entries) => self.screen_knows(entries),
            Told::Media { playing, epoch, .. } => {
                let title = playing.as_ref().map(|playing| playing.title.clone());
                let fresh = self.screen.as_mut().is_some_and(|screen| {
                    let fresh = screen.film != Some(*epoch) && title.is_some();
                    screen.film = Some(*epoch);
                    if fresh {
                        screen.tally.film(*epoch);
                    }
                    fresh
                });
                if fresh {
                    self.log_told(told);
                    self.alert(Alert::Started(title.flatten()));
                }
            }
            Told::Timeline(view) => self.screen_timeline(told, view),
            Told::Player(view) if is_news(view) => self.log_told(told),
            Told::Member { id, change, .. } => {
                let own = self.me().is_some_and(|me| me.id == *id);
                let arriving = self.screen.as_ref().is_some_and(|screen| screen.arriving);
                let no_news = own && *change == MemberChange::Joined;
                if !arriving && !no_news {
                    self.log_told(told);
                }
            }
            Told::Renamed(_) if self.screen.as_ref().is_some_and(|s| !s.arriving) => {
                self.log_told(told);
            }
            // A ban has a line of its own.
            Told::Removed(removal) if !removal.is_banned => self.log_told(told),
            Told::Notice(notice) => self.screen_notice(notice),
            // What is awaited and decided is drawn from the app itself.
            _ => {}
        }
    }

    fn screen_reaction(&mut self, reaction: &Reaction) {
        let now = self.now.local;
        let place = self.stamp();
        let epoch = self.room().map(|room| room.timeline.epoch);
        if let Some(screen) = self.screen.as_mut() {
            if let (Some(place), Some(epoch)) = (place, epoch) {
                screen.heat.add(epoch, place);
            }
            screen.flying.begin(reaction.emoji.clone(), now);
            screen.tally.reactions = screen.tally.reactions.saturating_add(1);
        }
    }

    fn screen_joined(&mut self) {
        let now = self.now.local;
        let place = format!("{}/r/{}", self.config.server, self.config.room);
        let created = self.room().map(|room| room.created);
        if let Some(screen) = self.screen.as_mut() {
            // A room that was opened anew is still the one that was talked in.
            if screen.place.as_ref().is_some_and(|known| *known != place) {
                screen.log.clear();
            }
            // Its lines and members have the numbers of others now: nothing that was about to
            // be done is done to them.
            if screen.created != created {
                screen.log.begin_anew();
                screen
                    .overlays
                    .retain(|overlay| !overlay.is_about_numbers());
            }
            screen.created = created;
            screen.place = Some(place);
            screen.arriving = true;
            screen.film = None;
            screen.paused = None;
            screen.known_entries.clear();
            screen.tally.joined(now);
            screen
                .overlays
                .retain(|overlay| *overlay != Overlay::Gallery);
        }
    }

    fn screen_chat(&mut self, line: &ChatLine, history: bool) {
        let own = self.me().is_some_and(|me| me.id == line.from);
        let mentioned = self.is_mentioned(line.text.as_str());
        if let Some(screen) = self.screen.as_mut() {
            let said = LoggedChat {
                line: line.clone(),
                is_own: own,
                mentions_you: mentioned,
                // All that is known of it is a name, which may be somebody else's by now.
                removed_by: line.erased.clone().map(Person::other),
            };
            screen.log.push(line.film, Logged::Chat(said));
        }
        if mentioned && !own && !history {
            self.alert(Alert::Mentioned(line.name.clone()));
        }
    }

    fn screen_erased(&mut self, id: ChatId, by: &Person) {
        if let Some(screen) = self.screen.as_mut() {
            screen.log.erase(id, by);
        }
    }

    fn screen_denied(&mut self, why: &Why) {
        match why {
            Why::Unanswered => {}
            Why::Denied(Denied::AddressShared(shared)) => {
                self.open(Overlay::BanScope(shared.clone(), 0));
            }
            why => self.say(Said::Why(why.clone())),
        }
    }

    fn screen_connection(&mut self, view: &ConnectionView) {
        let now = self.now.local;
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let was_lost = screen.lost_since.is_some();
        match view {
            ConnectionView::Reconnecting { .. } => {
                screen.lost_since.get_or_insert(now);
            }
            ConnectionView::Connecting { .. } => {}
            _ => screen.lost_since = None,
        }
        screen.tally.was_sent_out |= matches!(
            view,
            ConnectionView::Refused(
                Why::Removed { .. } | Why::Refused(Refused::Kicked | Refused::Banned)
            )
        );
        let told = Told::Connection(view.clone());
        match view {
            ConnectionView::Reconnecting { .. } if !was_lost => self.log_told(&told),
            ConnectionView::Connected if was_lost => self.log_told(&told),
            _ => {}
        }
    }

    fn screen_queue(&mut self, entries: &[Entry]) {
        let film = self.position(self.now.local);
        let me = self.me().map(|me| me.id);
        let muted = |entry: &&Entry| {
            let room = self.room();
            room.is_some_and(|room| is_muted_proposal(room, entry))
        };
        let heard: Vec<&Entry> = entries.iter().filter(|entry| !muted(entry)).collect();
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let new: Vec<Entry> = heard
            .into_iter()
            .filter(|entry| !screen.known_entries.contains(&entry.id))
            .cloned()
            .collect();
        screen.known_entries = entries.iter().map(|entry| entry.id).collect();
        if screen.arriving {
            return;
        }
        for entry in new {
            if entry.state == EntryState::Proposed {
                let by = Person {
                    name: entry.by_name.clone(),
                    is_you: Some(entry.by) == me,
                };
                screen.log.push(film, Logged::Proposed(entry, by));
            }
        }
    }

    /// Entries that no line is to be written about.
    fn screen_knows(&mut self, entries: &[Entry]) {
        if let Some(screen) = self.screen.as_mut() {
            screen.known_entries = entries.iter().map(|entry| entry.id).collect();
        }
    }

    fn screen_timeline(&mut self, told: &Told, view: &TimelineView) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        if view.has_notice {
            return;
        }
        let before = screen.paused.replace(view.paused);
        let begun = view.start != RoomTime::default();
        let changed = before.is_some_and(|before| before != view.paused);
        if changed && begun && !view.held && !screen.arriving {
            self.log_told(told);
        }
    }

    fn screen_notice(&mut self, notice: &Notice) {
        match notice {
            // A number stands in the first lines while it counts.
            Notice::Count { .. } => {}
            Notice::Help => self.open(Overlay::Help(0)),
            Notice::Who(_) => self.open(Overlay::Health(0)),
            notice => {
                let admin = self.me().map(Member::power) == Some(Role::Admin);
                let loud = match notice {
                    Notice::ActUndone(_) | Notice::NotConnected => true,
                    Notice::Asked { .. } => admin,
                    _ => false,
                };
                if loud {
                    self.say(Said::Notice(notice.clone()));
                }
                self.log_told(&Told::Notice(notice.clone()));
            }
        }
    }

    /// A server told its live rooms, or did not.
    pub(in crate::app) fn rooms_told(
        &mut self,
        server: &str,
        answer: Result<Vec<RoomCard>, RoomsFault>,
    ) {
        let now = self.now.local;
        if let Some(screen) = self.screen.as_mut()
            && screen.gallery.server == server
        {
            screen.gallery.told(answer, now);
        }
    }

    fn log_told(&mut self, told: &Told) {
        let film = self.stamp();
        if let Some(screen) = self.screen.as_mut() {
            screen.log.push(film, Logged::Told(told.clone()));
        }
    }

    /// Where the film is, if one is on.
    fn stamp(&self) -> Option<Position> {
        self.room()?.timeline.playing.as_ref()?;
        self.position(self.now.local)
    }

    fn alert(&mut self, alert: Alert) {
        let arriving = self.screen.as_ref().is_none_or(|screen| screen.arriving);
        if !arriving {
            self.effects.push(Effect::Alert(alert));
        }
    }

    /// Lays something over the panes, in place of what lies there already.
    pub(in crate::app) fn open(&mut self, overlay: Overlay) {
        if let Some(screen) = self.screen.as_mut() {
            screen.open(overlay);
        }
    }
}

impl Overlay {
    /// Whether it is about a member, an entry or a line, of whom it knows the number.
    const fn is_about_numbers(&self) -> bool {
        match self {
            Self::Menu(..) | Self::BanScope(..) => true,
            Self::Question(question) => !matches!(
                question,
                Question::Leave(_) | Question::MakeAgain(_) | Question::Suspend(_)
            ),
            _ => false,
        }
    }
}

impl Screen {
    /// Lays something over the panes; what is of the same kind makes room for it.
    pub(super) fn open(&mut self, overlay: Overlay) {
        let kind = std::mem::discriminant(&overlay);
        self.overlays
            .retain(|open| std::mem::discriminant(open) != kind);
        self.overlays.push(overlay);
    }
}

/// Whether a state of the player is worth a line.
const fn is_news(view: &PlayerView) -> bool {
    match view {
        PlayerView::Frozen
        | PlayerView::ReadingOn(_)
        | PlayerView::Gone(_)
        | PlayerView::Failed(_)
        | PlayerView::Refused(_) => true,
        PlayerView::Idle { lacks } => lacks.is_some(),
        _ => false,
    }
}
