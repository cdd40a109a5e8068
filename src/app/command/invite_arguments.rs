//! Readers of the arguments about invite links, each from trimmed text.

use super::argument_word::ArgumentWord;
use super::arguments::digits;
use super::read_error::ReadError;
use crate::app::output::ArgumentFault;
use crate::protocol::ids::InviteId;
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::member::Role;
use crate::protocol::time::Span;

/// `--for 7d --uses 5 --moderator`, in any order: what an invite link offers. One for moderators
/// lets in a single one, unless it says more.
pub(super) fn invite(text: &str) -> Result<InviteTerms, ReadError> {
    let (mut role, mut lasts, mut uses) = (Role::Viewer, None, None);
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        // What is pasted from a web page may have a dash in the place of two hyphens.
        let plain = word.trim_start_matches(['-', '–', '—']);
        match ArgumentWord::read(plain) {
            Some(ArgumentWord::For) => lasts = Some(span(words.next().unwrap_or_default())?),
            Some(ArgumentWord::Uses) => uses = Some(count(words.next().unwrap_or_default())?),
            Some(ArgumentWord::Moderator) => role = Role::Moderator,
            _ => return Err(ReadError::Bad),
        }
    }
    let usual = if role == Role::Moderator {
        1
    } else {
        InviteTerms::MOST_USES
    };
    let lasts = lasts.unwrap_or(InviteTerms::LASTS);
    InviteTerms::new(role, lasts, uses.unwrap_or(usual))
        .map_err(|error| ReadError::Because(ArgumentFault::Invite(error)))
}

/// `90m`, `12h` or `7d`.
fn span(text: &str) -> Result<Span, ReadError> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = count(text.strip_suffix(unit).unwrap_or_default())?;
    let seconds = match ArgumentWord::read(unit) {
        Some(ArgumentWord::Minutes) => 60,
        Some(ArgumentWord::Hours) => 3_600,
        Some(ArgumentWord::Days) => 86_400,
        _ => return Err(ReadError::Bad),
    };
    Ok(Span::seconds(i64::from(number) * seconds))
}

/// A number without a sign.
fn count(text: &str) -> Result<u32, ReadError> {
    let number = digits(text).and_then(|number| u32::try_from(number).ok());
    number.ok_or(ReadError::Bad)
}

/// `#3` or `3`: an invite link.
pub(super) fn invite_number(text: &str) -> Result<InviteId, ReadError> {
    let number = digits(text.strip_prefix('#').unwrap_or(text));
    number.map(InviteId).ok_or(ReadError::Bad)
}
