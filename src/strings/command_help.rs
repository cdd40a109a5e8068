//! The text of `/help COMMAND`: how one command is written, what it does, who may give it, what its
//! argument means, its other names, its key and an example.

use super::{help, keys as key_words, roles};
use crate::app::command::Slash;
use crate::app::keys::own::KeyMap;
use crate::app::keys::{self, KeyContext};
use crate::app::own_reactions::OwnReactions;
use crate::protocol::member::Role;
use crate::texts::catalogue::looked_up;
use crate::texts::language::Language;
use crate::texts::tr;

/// The lines about a command; the first is its usage.
#[must_use]
pub fn lines(language: Language, slash: Slash, own: &KeyMap) -> Vec<String> {
    let summary = help::summary(language, slash);
    let mut lines = vec![help::usage(language, slash.usage()), summary];
    if slash.needs() != Role::Viewer {
        let role = roles::role(language, slash.needs());
        lines.push(tr!(language, "command-help-role", role = role));
    }
    lines.extend(more(language, slash));
    if let Some(example) = example(slash) {
        let example = help::usage(language, example);
        lines.push(tr!(language, "command-help-example", example = example));
    }
    if let Some(other) = like(slash) {
        let (name, about) = (other.name_in(language), help::summary(language, other));
        lines.push(tr!(
            language,
            "command-help-like",
            name = name,
            about = about
        ));
    }
    lines.extend(
        KeyContext::ALL
            .into_iter()
            .filter_map(|at| key_line(language, slash, at, own)),
    );
    lines.push(tr!(
        language,
        "command-help-names",
        names = other_names(language, slash)
    ));
    lines
}

/// What the argument of a command means, in a sentence or two; `None` for one that takes none.
fn more(language: Language, slash: Slash) -> Option<String> {
    looked_up(language, &format!("command-more-{}", slash.name()))
}

/// All keys that do the same as a command in a part of the screen; `None` if there are none.
fn key_line(language: Language, slash: Slash, context: KeyContext, own: &KeyMap) -> Option<String> {
    let rows = keys::of(context).filter(|row| row.twin == Some(slash.name()));
    let keys: Vec<String> = rows
        .flat_map(|row| own.keys(row))
        .map(|press| key_words::key(language, *press))
        .collect();
    let place = match context {
        KeyContext::Everywhere | KeyContext::List => "everywhere",
        KeyContext::Line => "line",
        KeyContext::OffLine => "panes",
        KeyContext::Chat => "chat",
        KeyContext::Queue => "queue",
        KeyContext::Members => "members",
        KeyContext::Gallery => "gallery",
    };
    (!keys.is_empty()).then(|| {
        tr!(
            language,
            "command-help-key",
            place = place,
            key = keys.join(" ")
        )
    })
}

/// The lines as one text.
#[must_use]
pub fn text(language: Language, slash: Slash) -> String {
    lines(language, slash, &KeyMap::default()).join("\n")
}

/// Which emoji are on the member's keys.
#[must_use]
pub fn reactions(language: Language, own: &OwnReactions) -> String {
    let keys = (1..).zip(own.iter());
    let keys: Vec<String> = keys
        .map(|(key, emoji)| format!("{key} {}", emoji.as_str()))
        .collect();
    tr!(language, "command-reactions-now", emoji = keys.join("  "))
}

/// Its names beside the one that its usage has.
fn other_names(language: Language, slash: Slash) -> String {
    let russian = slash.russian().iter().copied();
    let all = [slash.name()].into_iter().chain(russian);
    let others = all.filter(|name| *name != slash.name_in(language));
    let others: Vec<String> = others.map(|name| format!("/{name}")).collect();
    others.join(", ")
}

/// The command that is easily taken for this one.
const fn like(slash: Slash) -> Option<Slash> {
    match slash {
        Slash::Subtitles => Some(Slash::OfferSubtitles),
        Slash::OfferSubtitles => Some(Slash::Subtitles),
        _ => None,
    }
}

/// A line that gives the command, as the table of commands writes it. `None` for one that needs
/// none.
const fn example(slash: Slash) -> Option<&'static str> {
    Some(match slash {
        Slash::Play => "/play https://youtu.be/aqz-KE-bpKQ",
        Slash::Add => "/add https://example.org/film.mp4",
        Slash::Playlist => "/playlist https://www.youtube.com/playlist?list=PLfilms",
        Slash::Save => "/save friday",
        Slash::Load => "/load friday",
        Slash::Approve => "/approve #12",
        Slash::Reject => "/reject all",
        Slash::Withdraw => "/withdraw #12",
        Slash::Remove => "/remove #12",
        Slash::Move => "/move #12 1",
        Slash::Seek => "/seek 1:02:03",
        Slash::Chapter => "/chapter #3",
        Slash::Rate => "/rate 1.5",
        Slash::Length => "/length 1:35:20",
        Slash::React => "/react :popcorn:",
        Slash::Reactions => "/reactions 1 :tada:",
        Slash::Emote => "/emote :cheers: hooray",
        Slash::Ask => "/ask /seek +10",
        Slash::Nick => "/nick Vera",
        Slash::Title => "/title Friday night",
        Slash::Invite => "/invite --for 7d --uses 5",
        Slash::Revoke => "/revoke #3",
        Slash::Erase => "/erase #120",
        Slash::Slow => "/slow 30",
        Slash::Newcomers => "/newcomers 300",
        Slash::Observers => "/observers chat on",
        Slash::Report => "/report #120 spoilers",
        Slash::Ban => "/ban #3 alone",
        Slash::Wait => "/wait off",
        Slash::NoWait => "/nowait Vera",
        Slash::Ready => "/ready off",
        Slash::Start => "/start when 3",
        Slash::Join => "/join movie-night",
        Slash::Help => "/help seek",
        _ => match of_member(slash) {
            None => return of_own(slash),
            example => return example,
        },
    })
}

/// An example of a command about what is the member's own.
const fn of_own(slash: Slash) -> Option<&'static str> {
    Some(match slash {
        Slash::Volume => "/vol 40",
        Slash::Subtitles => "/sub off",
        Slash::OfferSubtitles => "/subtitles https://example.org/film.srt",
        Slash::SubtitleDelay => "/sub-delay +0.5",
        Slash::Audio => "/audio #2",
        Slash::Nudge => "/nudge +40",
        Slash::Quality => "/quality 480",
        Slash::Osd => "/osd quiet",
        Slash::Trust => "/trust off",
        Slash::Layout => "/layout cinema",
        Slash::Alerts => "/alerts film off",
        Slash::Language => "/lang en",
        Slash::Theme => "/theme light",
        _ => return None,
    })
}

/// An example of a command that takes a member.
const fn of_member(slash: Slash) -> Option<&'static str> {
    Some(match slash {
        Slash::Admin => "/admin Vera",
        Slash::Moderator => "/moderator #3",
        Slash::Viewer => "/viewer Vera",
        Slash::Heir => "/heir Vera",
        Slash::Kick => "/kick Vera",
        Slash::Mute => "/mute Vera",
        Slash::Unmute => "/unmute Vera",
        Slash::Clear => "/clear Vera",
        Slash::Unban => "/unban Vera",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{example, lines, more, text};
    use crate::app::command::{self, Arity, Slash};
    use crate::app::keys::BINDINGS;
    use crate::app::keys::own::KeyMap;
    use crate::texts::language::Language;
    use crate::ui::text::width;

    /// Whoever wants to know what to type behind a command finds a sentence and an example.
    #[test]
    fn every_command_that_takes_an_argument_is_explained_with_an_example() {
        for slash in Slash::ALL {
            let takes_any = slash.arity() != Arity::None;
            assert_eq!(example(*slash).is_some(), takes_any, "{slash:?}");
            for language in Language::iter() {
                let more = more(language, *slash);
                assert_eq!(more.is_some(), takes_any, "{language:?} {slash:?}");
                let is_whole = |more: &String| more.ends_with(['.', ':']);
                assert!(more.iter().all(is_whole), "{more:?}");
            }
        }
        let nudge = text(Language::English, Slash::Nudge);
        for part in ["ms", "HDMI", "Bluetooth", "F4", "calibrate", "/nudge +40"] {
            assert!(nudge.contains(part), "{part}: {nudge}");
        }
    }

    /// A sentence names commands and words as its language does.
    #[test]
    fn what_an_argument_means_is_said_in_the_words_of_the_language() {
        for language in Language::iter() {
            for slash in Slash::ALL {
                let Some(more) = more(language, *slash) else {
                    continue;
                };
                for word in more.split([' ', ',', ';', ')', '(']) {
                    let name = word.trim_end_matches(['.', ':']).strip_prefix('/');
                    let Some(named) = name.filter(|name| !name.is_empty()) else {
                        continue;
                    };
                    let found = Slash::named(named).map(|slash| slash.name_in(language));
                    assert_eq!(found, Some(named), "{more}");
                }
            }
        }
        // A link stands as it is, whatever words are in it.
        let russian = text(Language::Russian, Slash::Add);
        assert!(russian.contains("/film.mp4"), "{russian}");
    }

    #[test]
    fn every_example_reads_in_each_language() {
        for slash in Slash::ALL {
            for language in Language::iter() {
                if let Some(example) = example(*slash) {
                    let example = super::help::usage(language, example);
                    let read = command::parse(&example);
                    assert!(read.is_ok(), "{example}: {read:?}");
                }
                assert!(
                    !lines(language, *slash, &KeyMap::default())
                        .iter()
                        .any(String::is_empty)
                );
            }
        }
    }

    /// The key map says which command each key is the twin of.
    #[test]
    fn a_command_names_every_key_that_does_the_same() {
        for language in Language::iter() {
            for row in BINDINGS {
                let Some(slash) = row.twin.and_then(Slash::named) else {
                    continue;
                };
                let lines = lines(language, slash, &KeyMap::default());
                for press in row.keys {
                    let key = super::key_words::key(language, *press);
                    let names_it = |line: &String| line.split(' ').any(|word| word == key);
                    assert!(lines.iter().any(names_it), "{key}: {lines:?}");
                }
            }
        }
    }

    #[test]
    fn a_command_is_explained() {
        let english = text(Language::English, Slash::Seek);
        for part in ["/seek 1:23 | +10 | -10", "admin", "/перемотать", "←"] {
            assert!(english.contains(part), "{part}: {english}");
        }
        let russian = text(Language::Russian, Slash::Wait);
        assert!(russian.contains("/ждать выкл"), "{russian}");
        assert!(russian.contains("/wait"), "{russian}");
        for slash in Slash::ALL {
            let more = more(Language::Russian, *slash);
            for line in lines(Language::Russian, *slash, &KeyMap::default()) {
                let is_broken = Some(&line) == more.as_ref();
                assert!(is_broken || width(&line) <= 76, "{line}");
            }
        }
    }
}
