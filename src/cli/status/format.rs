//! The text of `status --format`: placeholders in braces, the rest as it is.

use strum::{IntoStaticStr, VariantArray};

use crate::protocol::text::visible;
use crate::protocol::time::Position;
use crate::strings::errand as words;
use crate::texts::language::Language;
use crate::wire::pages::RoomCard;

/// The most characters of a placeholder that is none, in an error (judgement).
const REPEATED: usize = 40;

/// A placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
enum Field {
    /// The room's name.
    Room,
    /// Its title, or its name if it has none.
    Title,
    /// How many are present.
    Viewers,
    /// The admin who is present longest.
    Admin,
    /// `playing`, `paused`, `lobby` or `idle`.
    State,
    /// What plays.
    Media,
    /// The kind of link.
    Kind,
    /// Where it is.
    Position,
    /// How long it is.
    Duration,
    /// How much of it is left.
    Left,
    /// What is next.
    Next,
    /// The line that is printed without a format.
    Line,
}

/// A text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Format {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

/// What stands in braces is no placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnknownField(pub(super) String);

impl Format {
    /// Reads a format. Braces that are not closed stand for themselves, and doubled ones, such as `{{` and
    /// `}}`, for one.
    ///
    /// # Errors
    /// [`UnknownField`] for the first name that is no placeholder.
    pub(super) fn parse(text: &str) -> Result<Self, UnknownField> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            pieces.push(Piece::Text(plain(before)));
            if let Some(after) = after.strip_prefix('{') {
                pieces.push(Piece::Text("{".to_owned()));
                rest = after;
                continue;
            }
            let Some((name, after)) = after.split_once('}') else {
                pieces.push(Piece::Text("{".to_owned()));
                rest = after;
                continue;
            };
            let mut known = Field::VARIANTS.iter();
            let field = known.find(|field| <&str>::from(**field) == name);
            let field = field.ok_or_else(|| UnknownField(visible(name, REPEATED)))?;
            pieces.push(Piece::Field(*field));
            rest = after;
        }
        pieces.push(Piece::Text(plain(rest)));
        Ok(Self { pieces })
    }

    /// The placeholders, as an error lists them.
    pub(super) fn names() -> String {
        let names = Field::VARIANTS.iter();
        let names = names.map(|field| format!("{{{}}}", <&str>::from(*field)));
        names.collect::<Vec<_>>().join(" ")
    }

    /// The text for a room. What is not known, or not there, is empty.
    pub(super) fn filled(&self, language: Language, room: &RoomCard) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(field) => value(*field, language, room),
        });
        pieces.collect()
    }
}

/// Text outside of placeholders.
fn plain(text: &str) -> String {
    text.replace("}}", "}")
}

fn value(field: Field, language: Language, room: &RoomCard) -> String {
    let playing = room.playing.as_ref();
    let timed = playing.filter(|playing| !playing.live);
    let end = timed.and_then(words::end);
    let found = match field {
        Field::Room => Some(room.id.to_string()),
        Field::Title => {
            let title = room.title.as_ref();
            Some(title.map_or_else(|| room.id.to_string(), ToString::to_string))
        }
        Field::Viewers => Some(room.viewers.to_string()),
        Field::Admin => room.admin.as_ref().map(ToString::to_string),
        Field::State => Some(state(room).to_owned()),
        Field::Media => playing.map(words::media),
        Field::Kind => playing.map(|playing| playing.kind.clone()),
        Field::Position => timed.map(|playing| playing.position.to_string()),
        Field::Duration => end.map(|end| end.to_string()),
        Field::Left => end.zip(timed).map(|(end, playing)| {
            let left = (end.0 - playing.position.0).max(0);
            Position(left).to_string()
        }),
        Field::Next => room.next.as_ref().map(|next| {
            let title = next.title.as_ref();
            title.map_or_else(|| next.kind.clone(), ToString::to_string)
        }),
        Field::Line => Some(words::status(language, room)),
    };
    found.unwrap_or_default()
}

/// What the room does, for programs.
fn state(room: &RoomCard) -> &'static str {
    match &room.playing {
        None => "idle",
        Some(_) if room.lobby.is_some() => "lobby",
        Some(playing) if playing.paused => "paused",
        Some(_) => "playing",
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, UnknownField};
    use crate::cli::gallery::table::tests::{quiet, watching};
    use crate::texts::language::Language::{English, Russian};

    fn filled(format: &str) -> String {
        let format = Format::parse(format).unwrap();
        format.filled(English, &watching())
    }

    #[test]
    fn placeholders_are_filled_and_the_rest_stays() {
        assert_eq!(
            filled("{title}: {media} {position}/{duration} (-{left}), {viewers}"),
            "Кино по пятницам: Night of the Living Dead 42:10/1:35:20 (-53:10), 5"
        );
        assert_eq!(
            filled("{room} {state} {kind} {admin} {next}"),
            "movie-night playing YouTube Alice Steamboat Willie"
        );
        assert_eq!(filled("{{room} #{room} {"), "{room} #movie-night {");
        assert_eq!(filled("{{title}} {{{room}}}"), "{title} {movie-night}");
    }

    #[test]
    fn what_is_not_there_is_empty() {
        let format = Format::parse("[{media}{position}{duration}{next}{admin}] {state}").unwrap();
        assert_eq!(format.filled(English, &quiet()), "[] idle");
    }

    #[test]
    fn a_placeholder_that_does_not_exist_is_an_error() {
        let unknown = Format::parse("{room} {colour}").unwrap_err();
        assert_eq!(unknown, UnknownField("colour".to_owned()));
        assert!(Format::names().starts_with("{room} {title} {viewers}"));
    }

    #[test]
    fn the_usual_line_says_what_plays_in_each_language() {
        let line = Format::parse("{line}").unwrap();
        assert_eq!(
            line.filled(English, &watching()),
            "▶ Night of the Living Dead · 42:10 / 1:35:20 · 5 viewers"
        );
        assert_eq!(line.filled(English, &quiet()), "Nothing plays · 1 viewer");
        assert_eq!(
            line.filled(Russian, &watching()),
            "▶ Night of the Living Dead · 42:10 / 1:35:20 · 5 зрителей"
        );
    }
}
