//! What the input that is being handled leads to, in order.

use super::output::ConnectionOutput;
use crate::app::effect::{Effect, Exit};
use crate::app::output::{ConnectionView, Notice, Why};
use crate::wire::message::ClientMsg;

/// What is to be done so far, and the state that was last shown.
#[derive(Debug)]
pub(super) struct Outputs {
    view: ConnectionView,
    outputs: Vec<ConnectionOutput>,
}

impl Outputs {
    /// Nothing is to be done, and the connection is shown as closed.
    pub(super) const fn new() -> Self {
        Self {
            view: ConnectionView::Closed,
            outputs: Vec::new(),
        }
    }

    /// The state of the connection that was last shown.
    pub(super) const fn view(&self) -> &ConnectionView {
        &self.view
    }

    /// What is to be done, in this order. Nothing is left.
    pub(super) fn take(&mut self) -> Vec<ConnectionOutput> {
        std::mem::take(&mut self.outputs)
    }

    /// Adds something to do.
    pub(super) fn add(&mut self, output: ConnectionOutput) {
        self.outputs.push(output);
    }

    /// Orders something of the shell.
    pub(super) fn effect(&mut self, effect: Effect) {
        self.add(ConnectionOutput::Effect(effect));
    }

    /// Orders something of the shell, if there is something.
    pub(super) fn effect_if_any(&mut self, effect: Option<Effect>) {
        self.outputs.extend(effect.map(ConnectionOutput::Effect));
    }

    /// Sends a message to the server.
    pub(super) fn send(&mut self, message: ClientMsg) {
        self.effect(Effect::Send(message));
    }

    /// Tells the member something, if there is something.
    pub(super) fn notice(&mut self, notice: Option<Notice>) {
        self.outputs.extend(notice.map(ConnectionOutput::Notice));
    }

    /// Tells the member several things, in this order.
    pub(super) fn notices(&mut self, notices: Vec<Notice>) {
        self.outputs
            .extend(notices.into_iter().map(ConnectionOutput::Notice));
    }

    /// The room does not let the client in.
    pub(super) fn refuse_entry(&mut self, why: Why) {
        let exit = match &why {
            Why::Unreachable(_) => Exit::Unreachable,
            Why::RoomClosed { you: true, .. } => Exit::Left,
            _ => Exit::Refused,
        };
        self.add(ConnectionOutput::EntryRefused { why, exit });
    }

    /// Shows that the member left, unless it is shown why their stay ended.
    pub(super) fn show_end(&mut self) {
        if !matches!(self.view, ConnectionView::Refused(_)) {
            self.show(ConnectionView::Closed);
        }
    }

    /// Shows the state of the connection if it has changed.
    pub(super) fn show(&mut self, view: ConnectionView) {
        if self.view != view {
            self.view = view.clone();
            self.add(ConnectionOutput::View(view));
        }
    }
}
