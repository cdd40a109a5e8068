//! What one machine of the client wants, carried to the others.

use super::App;
use super::effect::Effect;
use super::input::Origin;
use super::link::Link;
use super::playback::{PlaybackInput, PlaybackOutput, PlaybackView};
use super::session::Session;
use super::told::Notice;
use crate::protocol::time::LocalTime;

impl App {
    /// Tells the playback machine something, and carries out what it wants.
    pub(super) fn drive_playback(&mut self, input: PlaybackInput) {
        let now = self.now.local;
        let view = playback_view(self.session.as_ref(), &self.link, now);
        let outputs = self.playback.handle(input, &view);
        self.carry_out_playback(outputs);
    }

    /// Carries out what the playback machine wants.
    pub(super) fn carry_out_playback(&mut self, outputs: Vec<PlaybackOutput>) {
        for output in outputs {
            match output {
                PlaybackOutput::Order(order) => self.effects.push(Effect::Player(order)),
                PlaybackOutput::Send(message) => self.send(message),
                PlaybackOutput::Command(command) => self.command(command, Origin::Act),
                PlaybackOutput::Tell(told) => self.tell(told),
                PlaybackOutput::Osd(notice) => self.effects.push(Effect::Osd(notice)),
                PlaybackOutput::FillEmptyWindow => {
                    let invite = self.invite_for_others();
                    self.effects.push(Effect::Osd(Notice::NothingOn { invite }));
                }
            }
        }
    }
}

/// What the playback machine may read.
pub(super) fn playback_view<'a>(
    session: Option<&'a Session>,
    link: &Link,
    now: LocalTime,
) -> PlaybackView<'a> {
    PlaybackView {
        now,
        room: session.map(|session| &session.state),
        me: session.map(|session| session.me),
        health: session.map(|session| &session.health),
        is_joined: link.is_joined(),
    }
}
