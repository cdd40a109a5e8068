//! Answers of several lines: the members, and the bans.

use crate::texts::language::Language;
use std::borrow::Cow;
use std::fmt::Write;

use super::role;
use crate::app::output::WhoLine;
use crate::protocol::member::Ban;
use crate::strings::health;

/// The width of a member's number, in cells.
const NUMBER: usize = 4;
/// The width of a role, in cells.
const ROLE: usize = 9;

/// The members, one a line: number and role in columns, the name, and the rest after two blanks.
/// No name has two blanks in a row, so that none can imitate the rest.
pub(super) fn who(language: Language, lines: &[WhoLine]) -> String {
    let mut text = format!("{} here:", lines.len());
    for line in lines {
        let number = format!("#{}", line.id);
        let (role, name) = (role(language, line.role), &line.name);
        let _infallible = write!(text, "\n  {number:<NUMBER$} {role:<ROLE$} {name}");
        let remarks = remarks_about(language, line);
        if !remarks.is_empty() {
            let _infallible = write!(text, "  ({})", remarks.join(", "));
        }
    }
    text
}

/// The other columns of a member's line.
fn remarks_about(language: Language, line: &WhoLine) -> Vec<Cow<'static, str>> {
    let doing = line
        .health
        .map(|health| Cow::from(health::words(language, health.state).long));
    let passes_for = line.passes_for.as_ref();
    let not_admin = passes_for.map(|admin| Cow::from(format!("not {admin}, who is admin")));
    let words = [
        line.you.then_some("you"),
        line.acting.then_some("admin for now"),
        line.flags.muted.then_some("muted"),
        line.flags.wait_exempt.then_some("not waited for"),
    ];
    let words = words.into_iter().flatten().map(Cow::from);
    not_admin.into_iter().chain(words).chain(doing).collect()
}

/// The bans, one a line, the name last.
pub(super) fn banned(language: Language, bans: &[Ban]) -> String {
    if bans.is_empty() {
        return "Nobody is banned from this room.".to_owned();
    }
    let mut text = "Banned, and /unban lets them in again:".to_owned();
    for ban in bans {
        let Ban {
            member, name, by, ..
        } = ban;
        let number = format!("#{member}");
        let address = if ban.address {
            ", with the address"
        } else {
            ""
        };
        let _infallible = write!(text, "\n  {number:<NUMBER$} {name}  (by {by}{address})");
    }
    text
}
