//! The lines of the chat's log that are no messages.

use super::added_by;
use crate::app::keys::KeyAction;
use crate::app::keys::own::KeyMap;
use crate::app::output::{ConnectionView, InviteLink, Notice, Output, OwnPlayerNotice};
use crate::app::screen::chat_log::{BeganAt, LogContent, MediaBegan};
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::text::clean;
use crate::strings::{client, media, own_keys, plain_lines};
use crate::texts::language::Language;
use crate::texts::tr;

/// The most rows of a notice (judgement: more than any list of ours has, and than a screen shows).
const MOST_ROWS: usize = 100;
/// The deepest indent of a row, in cells (judgement: a list within a list).
const WIDEST_INDENT: usize = 8;

/// A line of the log other than chat.
#[must_use]
pub fn log_line(language: Language, content: &LogContent, own: &KeyMap) -> String {
    match content {
        LogContent::Chat(chat) => plain_lines::chat(&chat.line, chat.spelled.as_deref()),
        LogContent::Proposed(entry, by) => plain_lines::proposed(language, entry, by),
        LogContent::Output(output) => output_words(language, output, own),
        LogContent::MediaBegan(began) => {
            let (title, added) = media_began(language, began);
            let at = match began.at {
                Some(BeganAt::Seen(at)) => format!(" · {at}"),
                _ => String::new(),
            };
            format!("{title}{at} · {added}")
        }
    }
}

/// The title of media that came on, and who added it.
#[must_use]
pub fn media_began(language: Language, began: &MediaBegan) -> (String, String) {
    let title = media::name(began.playing.title.as_ref(), &began.playing.media);
    (title, added_by(language, &began.added_by))
}

fn output_words(language: Language, output: &Output, own: &KeyMap) -> String {
    match output {
        Output::Member {
            who,
            role,
            change,
            by,
            ..
        } => plain_lines::member(language, who, *role, *change, by.as_ref()),
        Output::Renamed(renaming) => plain_lines::renamed(language, renaming),
        Output::Removed(removal) => plain_lines::sent_out(language, removal),
        Output::Media {
            playing: Some(playing),
            started_by: Some(by),
            in_lobby,
            ..
        } => plain_lines::started(language, playing, by, *in_lobby),
        Output::Timeline(view) => plain_lines::timeline(language, view),
        Output::Player(view) => client::player(language, view),
        // The line stays: how long until the next attempt stands in the header, where it counts.
        Output::Connection(ConnectionView::Reconnecting { why, .. }) => {
            client::interrupted(language, why)
        }
        Output::Connection(view) => client::connection(language, view),
        Output::Notice(Notice::InviteLink(link)) => clean(&invite_link(language, link, own), 1_000),
        Output::Notice(notice) => cleaned_rows(&notice_with_key(language, notice, own)),
        Output::Denied { why, .. } => client::why(language, why),
        _ => String::new(),
    }
}

/// A notice without what could harm the screen. Each item of a list stays a row of its own, and what
/// stands in columns stays in them.
fn cleaned_rows(text: &str) -> String {
    let rows = text.lines().take(MOST_ROWS).map(|row| {
        let words = row.trim_start_matches(' ');
        let indent = " ".repeat((row.len() - words.len()).min(WIDEST_INDENT));
        let columns = words.split("  ").map(|column| clean(column, 1_000));
        let columns: Vec<String> = columns.filter(|column| !column.is_empty()).collect();
        format!("{indent}{}", columns.join("  "))
    });
    rows.collect::<Vec<String>>().join("\n")
}

/// A notice, and the key that does what it tells of.
#[must_use]
pub fn notice_with_key(language: Language, notice: &Notice, own: &KeyMap) -> String {
    let about = client::notice(language, notice);
    match notice {
        Notice::Own(OwnPlayerNotice::SubtitlesOffered { who, .. }) if !who.is_you => {
            let key = own_keys::name_of(language, own, KeyAction::AcceptSubtitles);
            tr!(language, "screen-subtitles-key", about = about, key = key)
        }
        _ => about,
    }
}

/// An invite link for its maker. A pane may break it over several rows, so the text before it says
/// how it is copied.
#[must_use]
pub fn invite_link(language: Language, made: &InviteLink, own: &KeyMap) -> String {
    let (about, link) = (client::about_link(language, made), made.link.as_str());
    if made.terms == InviteTerms::default() {
        tr!(language, "screen-invite-copied", about = about, link = link)
    } else {
        let key = own_keys::name_of(language, own, KeyAction::CopyLine);
        tr!(
            language,
            "screen-invite-copied-once",
            about = about,
            link = link,
            key = key
        )
    }
}
