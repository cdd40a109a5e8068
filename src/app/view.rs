//! What the faces read of the app.

use super::App;
use super::chapters;
use super::config::Reach;
use super::connection::{Phase, ServerConnection};
use super::decision::Decision;
use super::output::{ConnectionView, Lifetime, PlayerView};
use super::playback::{OwnPlayer, PlaybackView};
use super::screen::{ClientView, Screen};
use super::session::Session;
#[cfg(test)]
use super::{lines, playback, session};
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::member::Member;
use crate::protocol::text::{ChatText, MemberName};
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};
use crate::room::lifetime;
use crate::room::state::RoomState;
use crate::sync::follow::Status;
use crate::sync::player::{Chapter, Lack, MediaProblem};
#[cfg(test)]
use crate::test_support::length::Length;
use crate::texts::language::Language;
use crate::wire::message::HealthDigest;

/// By how many microseconds the room's clock is another one, and not only known better (judgement:
/// half of what a clock shows).
const CLOCK_STEP: u64 = 500_000;

impl App {
    /// Speaks another language from now on.
    #[cfg(test)]
    pub(crate) const fn set_language(&mut self, language: Language) {
        self.language = language;
    }

    /// How much its collections hold, the screen's aside, which has tests of its own.
    #[cfg(test)]
    pub(crate) fn lengths(&self) -> Vec<Length> {
        let mut lengths = vec![Length::new("effects", self.effects.len(), 0)];
        lengths.extend(lines::lengths::of(&self.lines));
        lengths.extend(session::lengths::of(&self.session));
        lengths.push(self.invite_links.length());
        lengths.extend(playback::lengths::of(&self.playback));
        lengths
    }

    /// Whether another line of input should be read. A long script waits outside.
    #[must_use]
    pub fn wants_lines(&self) -> bool {
        self.lines.takes_more()
    }

    /// Whether something that the member asked of the room is on its way, and has been for so long
    /// that they wonder. Messages are shown by themselves.
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        self.connection.is_joined() && self.lines.awaits_answer()
    }

    /// What the member wrote that waits for a connection, oldest first.
    #[must_use]
    pub fn unsent_messages(&self) -> Vec<&ChatText> {
        self.lines.unsent_messages(self.connection.is_joined())
    }

    /// The room, once it was joined; as it was last known while the connection is away.
    #[must_use]
    pub fn room(&self) -> Option<&RoomState> {
        self.session.room()
    }

    /// Oneself in the room.
    #[must_use]
    pub fn me(&self) -> Option<&Member> {
        self.session.me()
    }

    /// The admin for whom a member could be taken by their name, who they are not.
    #[must_use]
    pub fn passes_for_admin(&self, member: &Member) -> Option<&MemberName> {
        self.session.passes_for_admin(member)
    }

    /// The name of the room, joined or not yet.
    #[must_use]
    pub const fn room_id(&self) -> &RoomId {
        self.connection.destination().room()
    }

    /// The address of the server.
    #[must_use]
    pub fn server(&self) -> &str {
        self.connection.destination().server()
    }

    /// The link that leads others here.
    #[must_use]
    pub fn invite(&self) -> String {
        let destination = self.connection.destination();
        destination.invite(self.session.public_url())
    }

    /// Whether the server of the room runs in this process.
    #[must_use]
    pub fn is_host(&self) -> bool {
        self.connection.destination().is_hosted()
    }

    /// The options that start the server of this process as it was started.
    #[must_use]
    pub fn hosts_with(&self) -> &[String] {
        self.connection.destination().hosting().options()
    }

    /// Whether the room is the demo's, which goes with this client.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.connection.destination().is_demo()
    }

    /// Whether the server in this process, if one runs, keeps its rooms for the next time.
    #[must_use]
    pub const fn keeps_rooms(&self) -> bool {
        self.connection.destination().hosting().keeps_rooms()
    }

    /// How long the room is kept once everybody has left. `None` if no room was joined, or its
    /// server does not say.
    #[must_use]
    pub fn lifetime(&self) -> Option<Lifetime> {
        let room = self.room()?;
        room.ttl.map(|_| lifetime::of(room))
    }

    /// Who can reach the server.
    #[must_use]
    pub fn reach(&self) -> &Reach {
        let destination = self.connection.destination();
        destination.reach(self.session.public_url())
    }

    /// The screen, if there is one.
    #[must_use]
    pub fn screen(&self) -> Option<&Screen> {
        self.screen.as_deref()
    }

    /// Whether the picture may look different after the last event. If not, that was a measurement:
    /// where the media is, how well in step and how much is buffered may differ, nothing else.
    #[must_use]
    pub const fn may_look_different(&self) -> bool {
        self.may_look_different
    }

    /// Whether the picture changes by itself by `now`, since the last event.
    pub(super) fn screen_is_due(&self, now: LocalTime) -> bool {
        let change = self
            .screen()
            .and_then(|screen| screen.next_change(&self.view()));
        change.is_some_and(|change| change <= now)
    }

    /// By how much room time is ahead of the client's own clock, once the clocks were compared.
    pub(super) fn clock_offset(&self) -> Option<i64> {
        let room = self.room_now()?;
        Some(room.0 - self.now.local.0)
    }

    /// The time of the last event, by the client's own clock. The picture shows that moment.
    #[must_use]
    pub const fn local_now(&self) -> LocalTime {
        self.now.local
    }

    /// The language of what this member reads.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// What the screen, and whoever draws it, may read.
    #[must_use]
    pub fn view(&self) -> ClientView<'_> {
        let destination = self.connection.destination();
        ClientView {
            now: self.now.local,
            lines_taken: self.lines.count(),
            wall: self.now.wall,
            language: self.language,
            room: self.room(),
            me: self.me(),
            position: self.position(self.now.local),
            room_now: self.room_now(),
            is_joined: self.connection.is_joined(),
            is_resting: self.connection.phase() == Phase::Resting,
            is_host: destination.is_hosted(),
            server: destination.server(),
            room_id: destination.room(),
            name: self.connection.own_name().current(),
            public_url: self.session.public_url(),
            reach: destination.reach(self.session.public_url()),
            asking: &self.asking,
            chapters: self.chapters(),
            tracks: self.own_player().tracks(),
            reactions: &self.reactions,
        }
    }

    /// What the connection does.
    #[must_use]
    pub const fn connection(&self) -> &ConnectionView {
        self.connection.view()
    }

    /// What the player does.
    #[must_use]
    pub fn player_view(&self) -> PlayerView {
        self.playback.player_view()
    }

    /// What the player lacks while it runs, as far as known.
    #[must_use]
    pub fn player_lacks(&self) -> Option<Lack> {
        self.playback.lacks()
    }

    /// Whether the player runs and is known to have no sound device.
    #[must_use]
    pub fn player_is_silent(&self) -> bool {
        matches!(self.player_lacks(), Some(Lack::Sound | Lack::Both))
    }

    /// Why the player waits for data, and how long until that is asked for again (`None` while
    /// it is asked for), as far as known.
    #[must_use]
    pub fn next_try(&self) -> Option<(MediaProblem, Option<Span>)> {
        let interruption = self.playback.interruption()?;
        let left = interruption.next.map(|next| next - self.now.local);
        Some((interruption.problem, left))
    }

    /// How well in step the player is.
    #[must_use]
    pub fn sync_status(&self) -> Status {
        self.playback.sync_status(&self.playback_view())
    }

    /// Whether something that the member did in the player's window is unanswered, or its undoing
    /// has yet to begin.
    #[cfg(test)]
    pub(crate) fn has_open_actions(&self) -> bool {
        self.playback.has_open_actions()
    }

    /// The last decisions about the own player, oldest first.
    #[must_use]
    pub fn decisions(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.playback.decisions()
    }

    /// What is the member's own in the player: its sound, and its sound device.
    #[must_use]
    pub const fn own_player(&self) -> &OwnPlayer {
        self.playback.own()
    }

    /// The number that is shown now, while the room counts down to a start.
    #[must_use]
    pub fn counting(&self) -> Option<u8> {
        self.playback.counting(&self.playback_view())
    }

    /// Where the media is now; `None` before the room was joined. Before the clocks were
    /// compared it is where it was at the last event.
    #[must_use]
    pub fn position(&self, now: LocalTime) -> Option<Position> {
        let room = self.room()?;
        let at = self.playback.room_time(now).unwrap_or(room.at);
        Some(room.timeline.position(at))
    }

    /// The chapters of what plays, in their order; empty if it has none, or the own player does not
    /// know them.
    #[must_use]
    pub fn chapters(&self) -> &[Chapter] {
        let epoch = self.room().map(|room| room.timeline.epoch);
        epoch.map_or(&[], |epoch| self.chapters.of(epoch))
    }

    /// The chapter that the room is in, with its number counted from 1.
    #[must_use]
    pub fn chapter(&self) -> Option<(usize, &Chapter)> {
        let at = self.position(self.now.local)?;
        let present = chapters::present(self.chapters(), at)?;
        Some((present + 1, self.chapters().get(present)?))
    }

    /// Room time at the last event, once the clocks were compared.
    #[must_use]
    pub fn room_now(&self) -> Option<RoomTime> {
        self.playback.room_time(self.now.local)
    }

    /// How far a member's player was off in the last digests, oldest first: its position minus the
    /// room's, `None` where it was not measured.
    #[must_use]
    pub fn offsets_of(&self, member: MemberId) -> impl DoubleEndedIterator<Item = Option<Span>> {
        self.session.offsets_of(member)
    }

    /// Everyone's playback health, as the server last reported it.
    #[must_use]
    pub fn health(&self) -> Option<&HealthDigest> {
        self.session.health()
    }

    /// What the playback machine may read.
    pub(super) fn playback_view(&self) -> PlaybackView<'_> {
        playback_view(&self.session, &self.connection, self.now.local)
    }
}

/// Whether the room's clock was found, or is quite another one: then every time of day is shown
/// anew.
pub(super) fn has_stepped(before: Option<i64>, after: Option<i64>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => before.abs_diff(after) > CLOCK_STEP,
        (before, after) => before.is_some() != after.is_some(),
    }
}

/// What the playback machine may read of the others.
pub(super) fn playback_view<'a>(
    session: &'a Session,
    connection: &ServerConnection,
    now: LocalTime,
) -> PlaybackView<'a> {
    PlaybackView {
        now,
        room: session.room(),
        me: session.me_id(),
        health: session.health(),
        is_joined: connection.is_joined(),
    }
}
