//! The lines of the chat's log that are no messages.

use super::added_by;
use crate::app::output::{InviteLink, Notice, Output};
use crate::app::screen::chat_log::{LogContent, MediaBegan};
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::text::clean;
use crate::strings::{client, media, plain_lines};
use crate::texts::language::Language;
use crate::texts::tr;

/// The most rows of a notice (judgement: more than any list of ours has, and than a screen shows).
const MOST_ROWS: usize = 100;
/// The deepest indent of a row, in cells (judgement: a list within a list).
const WIDEST_INDENT: usize = 8;

/// A line of the log other than chat.
#[must_use]
pub fn log_line(language: Language, content: &LogContent) -> String {
    match content {
        LogContent::Chat(chat) => plain_lines::chat(&chat.line, chat.spelled.as_deref()),
        LogContent::Proposed(entry, by) => plain_lines::proposed(language, entry, by),
        LogContent::Output(output) => output_words(language, output),
        LogContent::MediaBegan(began) => {
            let (title, at, added) = media_began(language, began);
            let at = at.map_or_else(String::new, |at| format!(" · {at}"));
            format!("{title}{at} · {added}")
        }
    }
}

/// The title of media that came on, the hour, and who added it.
#[must_use]
pub fn media_began(language: Language, began: &MediaBegan) -> (String, Option<String>, String) {
    let title = media::name(began.playing.title.as_ref(), &began.playing.media);
    let at = began.at.map(|at| at.to_string());
    (title, at, added_by(language, &began.added_by))
}

fn output_words(language: Language, output: &Output) -> String {
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
        Output::Connection(view) => client::connection(language, view),
        Output::Notice(Notice::InviteLink(link)) => clean(&invite_link(language, link), 1_000),
        Output::Notice(notice) => cleaned_rows(&client::notice(language, notice)),
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

/// An invite link for its maker. A pane may break it over several rows, so the text before it says
/// how it is copied.
#[must_use]
pub fn invite_link(language: Language, made: &InviteLink) -> String {
    let (about, link) = (client::about_link(language, made), made.link.as_str());
    if made.terms == InviteTerms::default() {
        tr!(language, "screen-invite-copied", about = about, link = link)
    } else {
        tr!(
            language,
            "screen-invite-copied-once",
            about = about,
            link = link
        )
    }
}
