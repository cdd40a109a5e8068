//! What the admin of a story orders, by command or in their own player: the real room decides
//! what comes of it.
//!
//! What players report does not reach the room here, but that they are ready and whether the
//! media is live: a story says itself how long its media is and when the room waits.

use super::world::World;
use crate::media::Media;
use crate::protocol::command::{Command, MemberRef, Report, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::playback::Hold;
use crate::protocol::time::{Position, Rate, Span};
use crate::sync::follow::UserAction;

/// The member behind the client of an index.
pub(super) fn member(index: usize) -> MemberId {
    MemberId(u64::try_from(index).unwrap() + 1)
}

const ADMIN: MemberId = MemberId(1);

impl World {
    /// Gives the room a command of its admin, and feeds everybody what comes of it.
    pub(super) fn command(&mut self, command: &Command) -> Result<(), Denied> {
        let moment = self.moment();
        let done = self.hosted.command(ADMIN, None, command, moment);
        self.feed_changes();
        done
    }

    /// The admin gives a command that may come to nothing.
    fn order(&mut self, command: &Command) {
        if let Err(denied) = self.command(command) {
            let changes_nothing = matches!(
                denied,
                Denied::AlreadyPaused
                    | Denied::AlreadyPlaying
                    | Denied::NothingChanges
                    | Denied::NotWaiting
            );
            assert!(changes_nothing, "{command:?}: {denied:?}");
        }
    }

    /// The admin puts media on, and no player is waited for.
    pub(super) fn load(&mut self) {
        self.put_on(false);
    }

    /// The admin puts media on that waits for everyone's players, eight seconds at most.
    pub(super) fn load_gated(&mut self) {
        self.put_on(true);
    }

    fn put_on(&mut self, waits: bool) {
        for index in 0..self.members.len() {
            let who = Some(MemberRef::Id(member(index)));
            let exempt = !waits;
            self.order(&Command::ExemptFromWait { who, exempt });
        }
        let media = Media::parse("https://media.example.org/film.mp4").unwrap();
        self.order(&Command::Play { media });
    }

    /// A member's player reports something.
    pub(super) fn on_report(&mut self, index: usize, report: Report) {
        let report = match report {
            Report::Learned {
                epoch,
                live,
                begins,
                ..
            } => Report::Learned {
                epoch,
                live,
                begins,
                title: None,
                duration: None,
            },
            Report::Ready { .. } => report,
            _ => return,
        };
        let moment = self.moment();
        self.hosted.report(member(index), &report, moment);
        self.feed_changes();
    }

    /// The media is taken off.
    pub(super) fn stop(&mut self) {
        self.timeline_mut().playing = None;
        self.broadcast();
    }

    /// A command of an admin: pause.
    pub(super) fn pause(&mut self) {
        self.order(&Command::Pause { mark: None });
    }

    /// A command of an admin: play on.
    pub(super) fn resume(&mut self) {
        self.order(&Command::Resume { mark: None });
    }

    /// A command of an admin: count to the start.
    pub(super) fn countdown(&mut self) {
        self.order(&Command::Countdown);
    }

    /// A command of an admin: jump.
    pub(super) fn seek(&mut self, to: f64) {
        let target = SeekTarget::To(Position::from_seconds(to));
        self.order(&Command::Seek { target, mark: None });
    }

    /// A command of an admin: another rate.
    pub(super) fn rate(&mut self, factor: f64) {
        let rate = Rate::from_factor(factor).unwrap();
        self.order(&Command::SetRate { rate });
    }

    /// The room waits for someone, or goes on at its admin's word.
    pub(super) fn hold(&mut self, held: bool) {
        if held {
            let position = self.timeline().position(self.room_now());
            self.hold_at(position);
        } else {
            self.order(&Command::Go);
        }
    }

    /// The room waits for somebody at a place of its own.
    pub(super) fn hold_at(&mut self, position: Position) {
        let since = self.room_now();
        let hold = Hold {
            member: MemberId(2),
            since,
            until: since + Span::seconds(10),
        };
        let moment = self.moment();
        self.hosted
            .happen(RoomEvent::Held { hold, position }, moment);
        self.feed_changes();
    }

    /// Gives the room what its admin did in their own player; returns whether it took that.
    pub(super) fn obey(&mut self, act: UserAction) -> bool {
        let epoch = self.timeline().epoch;
        let command = act.command(epoch);
        match self.command(&command) {
            Err(Denied::TooLate) => {
                let late = command.without_mark(epoch);
                late.is_some_and(|command| self.command(&command).is_ok())
            }
            done => done.is_ok(),
        }
    }
}
