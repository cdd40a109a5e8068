//! Carries out what lines ask of the member's own reactions.

use super::App;
use super::command::Slash;
use super::effect::Effect;
use super::lines::CommandSource;
use super::output::{Notice, UsageError, Why};
use super::preferences::OwnChoice;
use crate::protocol::command::Command;
use crate::protocol::emote::EmoteName;
use crate::protocol::text::Emoji;

impl App {
    /// Reacts with the own emoji of a key.
    pub(super) fn react(&mut self, line: u64, key: u8) {
        match self.reactions.get(key).cloned() {
            Some(emoji) => self.command(Command::React { emoji }, CommandSource::Line(line)),
            None => self.done(line, Err(Why::Unanswered)),
        }
    }

    /// Reacts with an emote of the room, which must stand for an emoji: a text does not float.
    pub(super) fn react_by_emote(&mut self, line: u64, name: &EmoteName) {
        let emote = self.room().and_then(|room| room.emotes.get(name));
        let emoji = emote.and_then(|text| Emoji::parse(text.as_str()).ok());
        let Some(emoji) = emoji else {
            let why = UsageError::BadArgument {
                usage: Slash::React.usage(),
                given: name.to_string(),
                fault: None,
            };
            self.done(line, Err(Why::Usage(why)));
            return;
        };
        self.command(Command::React { emoji }, CommandSource::Line(line));
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
