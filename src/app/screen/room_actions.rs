//! Keys that ask the room or the own player for something: the media, the queue, reactions,
//! the player's window.

use super::overlay::{Overlay, Question};
use super::permission::{ask_room, may_or_ask};
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::command::ClientCommand;
use crate::app::keys::KeyAction;
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::playback::EntryState;
use crate::protocol::time::{Rate, Span};
use crate::sync::player::PlayerCommand;

/// Does what a key is bound to with the chosen entry of the queue.
pub(super) fn queue_action(screen: &mut ScreenState, view: &ClientView<'_>, action: KeyAction) {
    let Some(entry) = screen.panes.chosen_entry(view) else {
        screen.show(ToastContent::NothingChosen, view.now);
        return;
    };
    let id = entry.id;
    match (action, entry.state) {
        (KeyAction::Approve, EntryState::Proposed) => {
            ask_room(screen, view, Command::Approve { entry: Some(id) });
        }
        (KeyAction::Approve, EntryState::Approved)
            if may_or_ask(screen, view, &Command::PlayNow { entry: id }) =>
        {
            screen.open(Overlay::Question(Question::PlayNow(id)));
        }
        (KeyAction::Reject, EntryState::Proposed) if view.is_me(entry.by) => {
            screen.open(Overlay::Question(Question::Withdraw(id)));
        }
        (KeyAction::Reject, EntryState::Proposed) => {
            ask_room(screen, view, Command::Reject { entry: Some(id) });
        }
        (KeyAction::Reject, EntryState::Approved)
            if may_or_ask(screen, view, &Command::Remove { entry: id }) =>
        {
            screen.open(Overlay::Question(Question::Remove(id)));
        }
        (KeyAction::Move(by), _) => {
            let at = view.place_in_queue(id).unwrap_or(0);
            let to = i64::try_from(at).unwrap_or(0) + 1 + i64::from(by);
            let place = u32::try_from(to.max(1)).unwrap_or(1);
            ask_room(screen, view, Command::Move { entry: id, place });
        }
        _ => {}
    }
}

/// Does what a key is bound to in the own player.
pub(super) fn player_action(screen: &mut ScreenState, action: KeyAction) {
    let order = match action {
        KeyAction::Volume(by) => PlayerCommand::AdjustVolume(by),
        KeyAction::Mute => PlayerCommand::ToggleMute,
        KeyAction::Subtitles => PlayerCommand::CycleSubtitles,
        KeyAction::AudioTrack => PlayerCommand::CycleAudio,
        _ => PlayerCommand::ToggleFullscreen,
    };
    screen.want(Want::local(ClientCommand::Own(order)));
}

/// Does what a key is bound to with what plays.
pub(super) fn media_action(screen: &mut ScreenState, view: &ClientView<'_>, action: KeyAction) {
    let timeline = view.room.map(|room| &room.timeline);
    let is_stopped = timeline.is_some_and(|timeline| timeline.segment.paused || timeline.finished);
    let rate = timeline.map(|timeline| timeline.segment.rate);
    let rate = rate.unwrap_or_default();
    let command = match action {
        KeyAction::React(number) => return react(screen, view, number),
        KeyAction::PauseOrReady if view.waits_in_lobby() => Command::SetReady {
            ready: view.me.is_some_and(|me| !me.flags.ready),
        },
        KeyAction::Pause | KeyAction::PauseOrReady if is_stopped => Command::Resume { mark: None },
        KeyAction::Pause | KeyAction::PauseOrReady => Command::Pause { mark: None },
        KeyAction::Jump(seconds) => Command::Seek {
            target: SeekTarget::By(Span::seconds(i64::from(seconds))),
            mark: None,
        },
        KeyAction::Undo => Command::Undo,
        KeyAction::Next => Command::Skip,
        KeyAction::Rate(hundredths) => {
            let wanted = rate.factor() + f64::from(hundredths) / 100.0;
            let within = wanted.clamp(Rate::SLOWEST.factor(), Rate::FASTEST.factor());
            let rate = Rate::from_factor(within).unwrap_or(rate);
            Command::SetRate { rate }
        }
        _ => return,
    };
    ask_room(screen, view, command);
}

fn react(screen: &mut ScreenState, view: &ClientView<'_>, number: u8) {
    if let Some(emoji) = view.reactions.get(number).cloned() {
        ask_room(screen, view, Command::React { emoji });
    }
}
