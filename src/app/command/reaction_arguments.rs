//! Readers of the arguments about reactions and emotes, each from trimmed text.

use super::argument_word::ArgumentWord;
use super::arguments::known_text;
use super::parsed_line::{ClientCommand, ParsedLine};
use super::read_error::ReadError;
use crate::app::output::ArgumentFault;
use crate::app::own_reactions::OwnReactions;
use crate::protocol::command::Command;
use crate::protocol::emote::{EmoteChange, EmoteName, EmoteText};
use crate::protocol::text::Emoji;

/// The number of a reaction key: `1` to `5`.
fn key_number(text: &str) -> Option<u8> {
    let last = OwnReactions::COUNT;
    let number = text.parse::<u8>().ok()?;
    (1..=last).contains(&usize::from(number)).then_some(number)
}

/// A reaction: one's own of a key's number, an emoji, or `:fire:`.
pub(super) fn reaction(text: &str) -> Result<ParsedLine, ReadError> {
    if let Some(key) = key_number(text) {
        return Ok(ParsedLine::Client(ClientCommand::React(key)));
    }
    // Whatever name it is, an emote of the room goes before the emoji.
    let is_named = text.len() > 2 && text.starts_with(':') && text.ends_with(':');
    if let Some(name) = EmoteName::parse(text).ok().filter(|_| is_named) {
        return Ok(ParsedLine::Client(ClientCommand::ReactEmote(name)));
    }
    let emoji = emoji(text)?;
    Ok(ParsedLine::Room(Command::React { emoji }))
}

/// `1 🎉`: the emoji that a key is to have; nothing asks which they have.
pub(super) fn own_reaction(text: &str) -> Result<Option<(u8, Emoji)>, ReadError> {
    if text.is_empty() {
        return Ok(None);
    }
    let (number, chosen) = text.split_once(char::is_whitespace).ok_or(ReadError::Bad)?;
    let key = key_number(number).ok_or(ReadError::Bad)?;
    Ok(Some((key, emoji(chosen.trim())?)))
}

/// `:name: 🎬`: an emote and what stands for it; `off` takes it away.
pub(super) fn emote(text: &str) -> Result<Command, ReadError> {
    let (name, text) = text.split_once(char::is_whitespace).ok_or(ReadError::Bad)?;
    let bad_name = ReadError::Because(ArgumentFault::EmoteName);
    let name = EmoteName::parse(name).map_err(|_| bad_name)?;
    let text = text.trim();
    let text = match ArgumentWord::read(text) {
        Some(ArgumentWord::Off) => None,
        _ => Some(EmoteText::parse(text).map_err(known_text)?),
    };
    Ok(Command::SetEmote(EmoteChange { name, text }))
}

/// An emoji, or `:fire:`.
fn emoji(text: &str) -> Result<Emoji, ReadError> {
    let named = text
        .strip_prefix(':')
        .and_then(|rest| rest.strip_suffix(':'))
        .and_then(emojis::get_by_shortcode);
    let emoji = named.map_or(text, emojis::Emoji::as_str);
    Emoji::parse(emoji).map_err(|_| ReadError::Bad)
}
