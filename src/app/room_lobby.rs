//! Reads the lobby from the room, and sets the time of its start by the member's own clock.

use super::App;
use super::command::ParsedLine;
use super::lines::CommandSource;
use super::lobby::{LobbyStart, LobbyView};
use super::output::{LobbyNotice, Notice, Output, Person, PlayerView, Why};
use super::time_of_day::{ClockTime, TimeOfDay};
use super::wall_time::WallTime;
use crate::protocol::command::{Action, Command};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Member;
use crate::protocol::time::{RoomTime, Span};
use crate::room::lobby;
use crate::room::roles;
use crate::wire::message::HealthState;

impl App {
    /// The lobby while media waits in it, without anything that counts down: for the picture and the
    /// title of the terminal.
    #[must_use]
    pub fn lobby_over_picture(&self) -> Option<LobbyView> {
        let room = self.room().filter(|room| lobby::holds_media(room))?;
        let is_waiting = !room.timeline.wants_playing() && room.timeline.standstill.is_none();
        let mut view = self.lobby().filter(|_| is_waiting)?;
        // Nothing that stands there counts down: each change is a redraw of the player's.
        if let Some(LobbyStart::At(_, left)) = &mut view.start {
            *left = Span::ZERO;
        }
        Some(view)
    }

    /// Whose players the start of the media waits for; nobody if it does not.
    pub(super) fn awaited(&self) -> Vec<Person> {
        let (Some(room), Some(me)) = (self.room(), self.me()) else {
            return Vec::new();
        };
        let timeline = &room.timeline;
        if timeline.gate.is_empty() || !timeline.awaits_start(self.room_now().unwrap_or(room.at)) {
            return Vec::new();
        }
        let members = timeline.gate.iter().filter_map(|id| room.roster.get(*id));
        members.map(|member| Person::of(member, me.id)).collect()
    }

    /// The lobby, if the room is one now: media waits in it, or nothing is on.
    #[must_use]
    pub fn lobby(&self) -> Option<LobbyView> {
        let room = self.room().filter(|room| lobby::is_open(room))?;
        let me = self.me()?;
        let members = self.view().members();
        let person = |member: &Member| Person::of(member, me.id);
        let (ready, others): (Vec<&Member>, Vec<&Member>) = members
            .into_iter()
            .partition(|member| lobby::is_ready(member));
        let not_yet = others.into_iter().map(|member| {
            let state = self.obstacle(member);
            (person(member), state)
        });
        Some(LobbyView {
            start: if lobby::awaits_player(room) {
                Some(LobbyStart::Opened)
            } else {
                room.start.map(|rule| self.lobby_start(rule))
            },
            holds_media: lobby::holds_media(room),
            ready: ready.into_iter().map(person).collect(),
            not_yet: not_yet.collect(),
            is_ready: lobby::is_ready(me),
        })
    }

    /// A line as it was read; but nobody is ready for media that their own player cannot play.
    pub(super) fn unless_unready(
        &self,
        parsed: Result<ParsedLine, Why>,
    ) -> Result<ParsedLine, Why> {
        let is_ready = ParsedLine::Room(Command::SetReady { ready: true });
        let holds_media = self.room().is_some_and(lobby::holds_media);
        let player = self.player_view();
        let closed = player.leads_home();
        match player {
            PlayerView::Failed(_) | PlayerView::Refused(_)
                if holds_media && parsed.as_ref() == Ok(&is_ready) =>
            {
                Err(Why::NotReady { closed })
            }
            _ => parsed,
        }
    }

    /// What the reader's own clock shows at a room time. Before the clocks were compared the room's
    /// time is taken for the world's, which it is as far as its server's clock is right.
    #[must_use]
    pub fn clock_time(&self, at: RoomTime) -> ClockTime {
        ClockTime::after(self.now.wall, at - self.room_time_or_wall())
    }

    /// What the reader's own clock showed at a room time that has passed: to the minute that had
    /// begun, as for whoever looked at their clock then.
    #[must_use]
    pub fn clock_then(&self, at: RoomTime) -> WallTime {
        let wall = self.now.wall;
        let since = at - self.room_time_or_wall();
        let since_epoch = wall.since_epoch.saturating_add(since.0);
        WallTime {
            since_epoch,
            offset: wall.offset_at(since_epoch),
            change: None,
        }
    }

    /// Sets the start to the next time at which the member's clock shows `time`.
    pub(super) fn start_at(&mut self, line: u64, time: TimeOfDay) {
        let command = self.start_command(time);
        self.command(command, CommandSource::Line(line));
    }

    /// The command that sets the start to the next time at which the member's clock shows `time`.
    pub(super) fn start_command(&self, time: TimeOfDay) -> Command {
        let at = self.room_time_or_wall() + time.next_after(self.now.wall);
        let start = Some(StartRule::At { at });
        Command::SetStart { start }
    }

    /// Adds to a notice about a start what the reader's clock shows then: the room only knows its
    /// own time.
    pub(super) fn with_clock(&self, output: Output) -> Output {
        let mut output = output;
        if let Output::Notice(Notice::Lobby(
            LobbyNotice::StartSet { start, clock, .. } | LobbyNotice::Waits { start, clock, .. },
        )) = &mut output
            && let StartRule::At { at } = start
        {
            *clock = Some(self.clock_time(*at));
        }
        output
    }

    fn lobby_start(&self, rule: StartRule) -> LobbyStart {
        match rule {
            StartRule::Told => {
                let (room, me) = (self.room(), self.me());
                let may = room.zip(me).is_some_and(|(room, me)| {
                    roles::check(Action::Start, me, &room.roster).is_ok()
                });
                let admin = room.and_then(|room| room.roster.admins_here().next());
                if may {
                    LobbyStart::You
                } else {
                    LobbyStart::Admin(admin.map(|admin| admin.name.clone()))
                }
            }
            StartRule::Ready { members } => LobbyStart::Ready(members.get()),
            StartRule::AllReady => LobbyStart::AllReady,
            StartRule::At { at } => {
                let left = (at - self.room_time_or_wall()).max(Span::ZERO);
                LobbyStart::At(self.clock_time(at), left)
            }
        }
    }

    /// What keeps a member from being ready: their player, or that they are away.
    fn obstacle(&self, member: &Member) -> Option<HealthState> {
        let known = self.health()?.worst.iter();
        let mut known = known.filter(|(id, _)| *id == member.id);
        let state = known.next().map(|(_, health)| health.state)?;
        let keeps = matches!(
            state,
            HealthState::Starting
                | HealthState::Loading
                | HealthState::Buffering
                | HealthState::Frozen
                | HealthState::Failed
                | HealthState::Away
        );
        keeps.then_some(state)
    }

    fn room_time_or_wall(&self) -> RoomTime {
        self.room_now()
            .unwrap_or(RoomTime(self.now.wall.since_epoch))
    }
}
