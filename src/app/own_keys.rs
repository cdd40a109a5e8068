//! Carries out what lines ask of the member's own reactions.

use super::App;
use super::command::Slash;
use super::effect::Effect;
use super::lines::CommandSource;
use super::output::{ArgumentFault, Notice, UsageError, Why};
use super::preferences::OwnChoice;
use crate::protocol::command::Command;
use crate::protocol::emote::EmoteName;
use crate::protocol::text::Emoji;
use crate::room::state::RoomState;

/// What floats by this name: what the room's emote stands for, else the emoji of the name.
///
/// # Errors
/// If the emote stands for text, or nothing has this name.
pub(super) fn emoji_named(room: Option<&RoomState>, name: &EmoteName) -> Result<Emoji, Why> {
    let because = |fault| {
        Why::Usage(UsageError::BadArgument {
            usage: Slash::React.usage(),
            given: name.to_string(),
            fault: Some(fault),
        })
    };
    if let Some(text) = room.and_then(|room| room.emotes.get(name)) {
        return Emoji::parse(text.as_str()).map_err(|_| because(ArgumentFault::EmoteText));
    }
    let standard = emojis::get_by_shortcode(name.as_str());
    let emoji = standard.and_then(|emoji| Emoji::parse(emoji.as_str()).ok());
    emoji.ok_or_else(|| because(ArgumentFault::NoEmote))
}

impl App {
    /// Reacts with the own emoji of a key.
    pub(super) fn react(&mut self, line: u64, key: u8) {
        match self.reactions.get(key).cloned() {
            Some(emoji) => self.command(Command::React { emoji }, CommandSource::Line(line)),
            None => self.done(line, Err(Why::Unanswered)),
        }
    }

    /// Reacts with an emote of the room, or else with the emoji of this name.
    pub(super) fn react_by_emote(&mut self, line: u64, name: &EmoteName) {
        match emoji_named(self.room(), name) {
            Ok(emoji) => self.command(Command::React { emoji }, CommandSource::Line(line)),
            Err(why) => self.done(line, Err(why)),
        }
    }

    /// Puts another emoji on a key, for this and the next time, and says which there are.
    pub(super) fn choose_reaction(&mut self, line: u64, chosen: Option<(u8, Emoji)>) {
        if let Some((key, emoji)) = chosen {
            self.reactions.set(key, emoji);
            let own = OwnChoice::Reactions(self.reactions.clone());
            self.effects.push(Effect::Keep(own));
        }
        self.notice(Notice::Reactions(self.reactions.clone()));
        self.done(line, Ok(()));
    }
}
