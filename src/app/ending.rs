//! Leaving: a goodbye to the server, a short wait for it to close, the exit.

use super::App;
use super::effect::{Effect, Exit};
use super::link::Stage;
use super::told::{ConnectionView, Why};
use crate::protocol::time::Span;
use crate::sync::player::PlayerCommand;
use crate::wire::message::ClientMsg;

/// How long the server may take to close after our goodbye.
const GOODBYE: Span = Span::seconds(2);

impl App {
    /// Leaves now. What is unanswered stays so.
    pub(super) fn leave(&mut self) {
        if self.ending.is_some() {
            self.finish_ending();
            return;
        }
        self.lines.leave_by = None;
        self.tell_jumps();
        self.answer_all(&Why::Unanswered);
        if self.link.is_joined() {
            self.send(ClientMsg::Leave);
            self.ending = Some((Exit::Left, self.now.local + GOODBYE));
        } else {
            self.finish(Exit::Left);
        }
    }

    /// The server closed after the goodbye, or took too long.
    pub(super) fn finish_ending(&mut self) {
        let exit = self.ending.map_or(Exit::Left, |(exit, _)| exit);
        self.finish(exit);
    }

    /// The end: nothing follows.
    pub(super) fn finish(&mut self, exit: Exit) {
        if self.link.stage() == Stage::Closed {
            return;
        }
        if self.link.is_open() {
            self.effects.push(Effect::Disconnect);
        }
        if exit == Exit::Left {
            self.tell_connection(ConnectionView::Closed);
        }
        if self.config.has_player {
            self.effects.push(Effect::Player(PlayerCommand::Quit));
        }
        self.link.enter(Stage::Closed, self.now.local);
        self.effects.push(Effect::Exit(exit));
    }
}
