//! Readers of the arguments of slash commands, each from trimmed text.

use super::argument_word::ArgumentWord;
use super::read_error::{ReadError, text_fault};
use crate::app::appearance::ThemeChoice;
use crate::app::osd_level::OsdLevel;
use crate::app::output::{ArgumentFault, UsageError, Why};
use crate::app::written_room::WrittenRoom;
use crate::media::Media;
use crate::protocol::command::{Command, MemberRef, SeekTarget};
use crate::protocol::ids::{EntryId, MemberId};
use crate::protocol::member::BanScope;
use crate::protocol::moderation::Delay;
use crate::protocol::text::{MemberName, TextError, Title};
use crate::protocol::time::{Position, Rate, Span};
use crate::texts::language::Language;

/// The longest place in media that can be named, in seconds: a thousand hours. Beyond it
/// lies a typing mistake.
const MAX_SECONDS: f64 = 3_600_000.0;

/// Nothing may be given.
pub(super) fn none(text: &str) -> Result<(), ReadError> {
    if text.is_empty() {
        Ok(())
    } else {
        Err(ReadError::Bad)
    }
}

/// How much is shown over the picture, or nothing.
pub(super) fn osd_level(text: &str) -> Result<Option<OsdLevel>, ReadError> {
    if text.is_empty() {
        return Ok(None);
    }
    match ArgumentWord::read(text) {
        Some(ArgumentWord::Full) => Ok(Some(OsdLevel::Full)),
        Some(ArgumentWord::Quiet) => Ok(Some(OsdLevel::Quiet)),
        Some(ArgumentWord::Off) => Ok(Some(OsdLevel::Off)),
        _ => Err(ReadError::Bad),
    }
}

/// A link as [`Media::parse`] reads it, which also says why one is refused.
pub(super) fn media(text: &str) -> Result<Media, ReadError> {
    if text.is_empty() {
        return Err(ReadError::Bad);
    }
    Media::parse(text).map_err(|error| ReadError::Known(Why::Media(error)))
}

/// What is put on: an entry, such as `#14`, or a link; with `--wait` behind it the link waits in the
/// lobby.
pub(super) fn played(text: &str) -> Result<Command, ReadError> {
    if text.starts_with('#') {
        let entry = entry(text)?;
        return Ok(Command::PlayNow { entry });
    }
    let (link, last) = text.rsplit_once(char::is_whitespace).unwrap_or((text, ""));
    let word = last.strip_prefix("--").and_then(ArgumentWord::read);
    if word == Some(ArgumentWord::Wait) {
        let media = media(link.trim_end())?;
        return Ok(Command::PlayWaiting { media });
    }
    let media = media(text)?;
    Ok(Command::Play { media })
}

/// `#14` or `14`.
pub(super) fn entry(text: &str) -> Result<EntryId, ReadError> {
    let number = digits(text.strip_prefix('#').unwrap_or(text));
    number.map(EntryId).ok_or(ReadError::Bad)
}

/// A number without a sign, which `u64::from_str` would take.
pub(super) fn digits(text: &str) -> Option<u64> {
    let plain = text.starts_with(|c: char| c.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// `#14`, `14` or nothing.
pub(super) fn maybe_entry(text: &str) -> Result<Option<EntryId>, ReadError> {
    if text.is_empty() {
        Ok(None)
    } else {
        entry(text).map(Some)
    }
}

/// `#14`, which `one` is for, or several such as `#14-#20`.
pub(super) fn taken_back(text: &str, one: fn(EntryId) -> Command) -> Result<Command, ReadError> {
    let Some((first, last)) = text.split_once(['-', '–', '—']) else {
        return entry(text).map(one);
    };
    let (first, last) = (entry(first.trim())?, entry(last.trim())?);
    if first > last {
        return Err(ReadError::Bad);
    }
    Ok(Command::TakeBack { first, last })
}

/// What is turned down: an entry's number, `all`, or a member; alone, the oldest proposal.
/// A number without `@` is an entry's.
pub(super) fn rejected(text: &str) -> Result<Command, ReadError> {
    let is_number = text.starts_with(|c: char| c == '#' || c.is_ascii_digit());
    if text.is_empty() || is_number {
        let entry = maybe_entry(text)?;
        return Ok(Command::Reject { entry });
    }
    let of = match ArgumentWord::read(text) {
        Some(ArgumentWord::All) => None,
        _ => Some(who(text.strip_prefix('@').unwrap_or(text))?),
    };
    Ok(Command::RejectAll { of })
}

/// `#14 2`: an entry and its new place, counted from 1.
pub(super) fn entry_and_place(text: &str) -> Result<(EntryId, u32), ReadError> {
    let (id, place) = text.split_once(char::is_whitespace).ok_or(ReadError::Bad)?;
    let place: u32 = place.trim().parse().map_err(|_| ReadError::Bad)?;
    if place == 0 {
        return Err(ReadError::Bad);
    }
    Ok((entry(id)?, place))
}

/// `1:23`, `1:02:03`, `90`, or with a sign a jump from here.
pub(super) fn seek_target(text: &str) -> Result<SeekTarget, ReadError> {
    if let Some(ahead) = text.strip_prefix('+') {
        return Ok(SeekTarget::By(Span::from_seconds(seconds(ahead)?)));
    }
    // People paste a real minus, too.
    if let Some(back) = text.strip_prefix(['-', '−']) {
        return Ok(SeekTarget::By(Span::from_seconds(-seconds(back)?)));
    }
    Ok(SeekTarget::To(Position::from_seconds(seconds(text)?)))
}

/// `1:35:20` or `5720`: how long media is; `off` names nothing.
pub(super) fn length(text: &str) -> Result<Option<Span>, ReadError> {
    if ArgumentWord::read(text) == Some(ArgumentWord::Off) {
        return Ok(None);
    }
    let length = Span::from_seconds(seconds(text)?);
    if length == Span::ZERO {
        return Err(ReadError::Bad);
    }
    Ok(Some(length))
}

/// `30` or `1:30`: how long members have to wait; `off` or `0` ends it.
pub(super) fn delay(text: &str) -> Result<Option<Delay>, ReadError> {
    if ArgumentWord::read(text) == Some(ArgumentWord::Off) {
        return Ok(None);
    }
    let seconds = Span::from_seconds(seconds(text)?).0 / 1_000_000;
    if seconds == 0 {
        return Ok(None);
    }
    let delay = u32::try_from(seconds).ok().map(Delay::try_from);
    match delay {
        Some(Ok(delay)) => Ok(Some(delay)),
        _ => Err(ReadError::Because(ArgumentFault::DelayRange)),
    }
}

/// A member or a line of chat, and a reason: only the room tells where a name ends.
pub(super) fn report(text: &str) -> Result<String, ReadError> {
    if text.is_empty() {
        return Err(ReadError::Bad);
    }
    Ok(text.to_owned())
}

/// `90`, `12.5`, `1:23` or `1:02:03` in seconds.
fn seconds(text: &str) -> Result<f64, ReadError> {
    let mut total = 0.0;
    for (before, part) in text.split(':').enumerate() {
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        if part.is_empty() || !part.chars().all(digits) {
            return Err(ReadError::Bad);
        }
        let value: f64 = part.parse().map_err(|_| ReadError::Bad)?;
        // After a colon there are at most 59 minutes or seconds; before one, whole ones.
        let too_many = before > 0 && value >= 60.0;
        let broken = total % 1.0 != 0.0;
        if broken || before == 3 {
            return Err(ReadError::Bad);
        }
        if too_many {
            return Err(ReadError::Because(ArgumentFault::Sixty));
        }
        total = total * 60.0 + value;
    }
    if total > MAX_SECONDS {
        return Err(ReadError::Because(ArgumentFault::TooFar));
    }
    Ok(total)
}

/// `1.25`, `1,25` or `×1.25`.
pub(super) fn rate(text: &str) -> Result<Rate, ReadError> {
    let number = text.trim_matches(['x', '×']).replace(',', ".");
    let factor: f64 = number.parse().map_err(|_| ReadError::Bad)?;
    Rate::from_factor(factor).map_err(|_| ReadError::Because(ArgumentFault::RateRange))
}

/// The name that a member takes.
pub(super) fn name(text: &str) -> Result<MemberName, ReadError> {
    MemberName::parse(text).map_err(known_text)
}

/// A member: `#3` as `/who` shows it, or a name, with or without a leading `@`. The name is read
/// as rooms read those that are older than the rules, so that whoever had `Ada 👑` is found by
/// it; answers name them as the room does, `Ada _`.
pub(super) fn who(text: &str) -> Result<MemberRef, ReadError> {
    let number = text.strip_prefix('#').and_then(digits);
    if let Some(number) = number {
        return Ok(MemberRef::Id(MemberId(number)));
    }
    let name = MemberName::recorded(text.strip_prefix('@').unwrap_or(text));
    name.map(MemberRef::Name).map_err(known_text)
}

/// The member to ban, and whether their address as well. Without a choice the room asks if others
/// share the address. A member whose name ends in such a word must be given by number.
pub(super) fn ban(text: &str) -> Result<(MemberRef, BanScope), ReadError> {
    let (name, last) = text.rsplit_once(char::is_whitespace).unwrap_or((text, ""));
    let scope = match ArgumentWord::read(last) {
        Some(ArgumentWord::Address) => BanScope::Address,
        Some(ArgumentWord::Alone) => BanScope::Member,
        _ => return who(text).map(|who| (who, BanScope::Ask)),
    };
    who(name.trim_end()).map(|who| (who, scope))
}

/// For whom the room shall not wait: nobody named is oneself; `off` lets it wait again.
pub(super) fn wait_exempt(text: &str) -> Result<(Option<MemberRef>, bool), ReadError> {
    let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let (name, exempt) = match ArgumentWord::read(last) {
        Some(ArgumentWord::Off) => (before.trim_end(), false),
        _ => (text, true),
    };
    if name.is_empty() {
        Ok((None, exempt))
    } else {
        who(name).map(|who| (Some(who), exempt))
    }
}

/// A title, or nothing to take it away.
pub(super) fn maybe_title(text: &str) -> Result<Option<Title>, ReadError> {
    if text.is_empty() {
        Ok(None)
    } else {
        Title::parse(text).map(Some).map_err(known_text)
    }
}

/// `on` or `off`.
pub(super) fn on_off(text: &str) -> Result<bool, ReadError> {
    match ArgumentWord::read(text) {
        Some(ArgumentWord::On) => Ok(true),
        Some(ArgumentWord::Off) => Ok(false),
        _ => Err(ReadError::Bad),
    }
}

/// `en` or `ru`, or a language's name in either of them.
pub(super) fn language(text: &str) -> Result<Language, ReadError> {
    match ArgumentWord::read(text) {
        Some(ArgumentWord::English) => Ok(Language::English),
        Some(ArgumentWord::Russian) => Ok(Language::Russian),
        _ => Err(ReadError::Bad),
    }
}

/// A theme's name, in English or in Russian.
pub(super) fn theme(text: &str) -> Result<ThemeChoice, ReadError> {
    match ArgumentWord::read(text) {
        Some(ArgumentWord::Auto) => Ok(ThemeChoice::Auto),
        Some(ArgumentWord::Dark) => Ok(ThemeChoice::Dark),
        Some(ArgumentWord::Light) => Ok(ThemeChoice::Light),
        Some(ArgumentWord::HighContrast) => Ok(ThemeChoice::HighContrast),
        Some(ArgumentWord::Mono) => Ok(ThemeChoice::Mono),
        Some(ArgumentWord::Own) => Ok(ThemeChoice::Own),
        _ => Err(ReadError::Bad),
    }
}

/// Nothing: what stands behind `/private` would be seen, and is not repeated.
pub(super) fn no_password(text: &str) -> Result<(), ReadError> {
    if text.is_empty() {
        Ok(())
    } else {
        Err(ReadError::Known(Why::Usage(UsageError::PasswordInLine)))
    }
}

/// A room's name or an invite link.
pub(super) fn target(text: &str) -> Result<WrittenRoom, ReadError> {
    if text.is_empty() {
        return Err(ReadError::Bad);
    }
    text.parse()
        .map_err(|error| ReadError::Because(ArgumentFault::Target(error)))
}

/// Too long a text and what is no name have words of their own; an empty one is a missing argument.
pub(super) fn known_text(error: TextError) -> ReadError {
    match error {
        TextError::TooLong { .. } | TextError::Name(_) => ReadError::Known(text_fault(error)),
        TextError::TooWide { .. } => ReadError::Because(ArgumentFault::EmoteWide),
        TextError::Empty | TextError::NotEmoji => ReadError::Bad,
    }
}
