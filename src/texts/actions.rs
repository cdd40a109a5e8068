//! What the commands are called in a sentence.

use crate::protocol::denied::Action;

/// What a command is called, after "Only an admin can" or "asks to".
#[must_use]
pub const fn name(action: Action) -> &'static str {
    match action {
        Action::Chat => "chat",
        Action::React => "react",
        Action::Play => "change the video",
        Action::PlayNow => "play an entry of the queue at once",
        Action::Add => "propose a video",
        Action::Approve => "approve a proposal",
        Action::Reject | Action::RejectAll => "reject a proposal",
        Action::Withdraw => "withdraw a proposal",
        Action::Remove => "remove a video from the queue",
        Action::Move => "change the order of the queue",
        Action::Skip => "skip a video",
        Action::Pause => "pause",
        Action::Resume => "play on",
        Action::Seek => "jump",
        Action::Undo => "take a jump back",
        Action::SetRate => "change the speed",
        Action::SetLength => "set the video's length",
        Action::Ask => "ask the admins",
        Action::Rename => "take another name",
        Action::SetTitle => "change the room's title",
        Action::SetRole => "change roles",
        Action::SetHeir => "name an heir",
        Action::Kick => "send somebody out",
        Action::Mute => "mute somebody",
        Action::Ban => "ban somebody",
        Action::Unban => "lift a ban",
        Action::Erase => "remove a line of chat",
        Action::ExemptFromWait => "choose for whom the room waits",
        Action::SetWait => "choose whether the room waits",
        Action::Go => "end the wait",
        Action::Countdown => "count down",
    }
}
