//! One input of the playback machine while it is handled.

use super::input::PlaybackView;
use super::output::PlaybackOutput;
use crate::app::output::{Notice, Output};
use crate::protocol::time::LocalTime;
use crate::sync::player::PlayerCommand;
use crate::wire::message::ClientMsg;

/// What may be read while an input is handled, and what is to be done so far.
#[derive(Debug)]
pub(super) struct Handling<'a> {
    view: &'a PlaybackView<'a>,
    out: Vec<PlaybackOutput>,
}

impl<'a> Handling<'a> {
    /// Nothing is to be done yet.
    pub(super) const fn new(view: &'a PlaybackView<'a>) -> Self {
        Self {
            view,
            out: Vec::new(),
        }
    }

    /// What is known of the rest of the client.
    pub(super) const fn view(&self) -> &'a PlaybackView<'a> {
        self.view
    }

    /// The time of the input.
    pub(super) const fn now(&self) -> LocalTime {
        self.view.now
    }

    /// What is to be done, in this order.
    pub(super) fn finish(self) -> Vec<PlaybackOutput> {
        self.out
    }

    /// Adds something to do.
    pub(super) fn add(&mut self, output: PlaybackOutput) {
        self.out.push(output);
    }

    /// Orders the player.
    pub(super) fn order(&mut self, order: PlayerCommand) {
        self.add(PlaybackOutput::Order(order));
    }

    /// Sends a message while the server takes some.
    pub(super) fn send_if_joined(&mut self, message: ClientMsg) {
        if self.view.is_joined {
            self.add(PlaybackOutput::Send(message));
        }
    }

    /// Emits an output to the member.
    pub(super) fn emit(&mut self, output: Output) {
        self.add(PlaybackOutput::Emit(output));
    }

    /// Emits a notice, if there is one.
    pub(super) fn notice(&mut self, notice: Option<Notice>) {
        self.out
            .extend(notice.map(|notice| PlaybackOutput::Emit(Output::Notice(notice))));
    }

    /// The same, in the terminal and over the picture.
    pub(super) fn notice_and_osd(&mut self, notice: Option<Notice>) {
        self.notice(notice.clone());
        self.out.extend(notice.map(PlaybackOutput::Osd));
    }
}
