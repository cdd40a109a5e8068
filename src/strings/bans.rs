//! Texts about kicks and bans: what the removed member reads, and whom a ban covers.

use super::sentences::subject;
use crate::app::output::Person;
use crate::protocol::denied::SharedAddress;
use crate::protocol::member::BanScope;
use crate::protocol::text::MemberName;
use crate::texts::bans::who_shares;
use crate::texts::language::Language;

/// The text for a member who was removed from the room.
#[must_use]
pub fn you_were_sent_out(language: Language, by: &MemberName, is_banned: bool) -> String {
    if is_banned {
        format!("{by} banned you from this room: an admin of it can lift that with /unban.")
    } else {
        format!("{by} removed you from the room.")
    }
}

/// The line about a ban that everyone reads.
#[must_use]
pub fn banned(language: Language, name: &MemberName, by: &Person, address: bool) -> String {
    let by = subject(language, by);
    if address {
        format!("{by} banned {name} and the address they came from. /unban {name} lifts both.")
    } else {
        format!("{by} banned {name}. /unban {name} lets them in again.")
    }
}

/// Who shares the address of the member to be banned, above the choice on the screen.
#[must_use]
pub fn asks_about_address(language: Language, shared: &SharedAddress) -> String {
    format!(
        "{}. How far does the ban reach?",
        who_shares(language, shared)
    )
}

/// Says whether a ban covers the member alone or their address, too.
#[must_use]
pub fn scope(language: Language, scope: BanScope, name: &MemberName) -> String {
    match scope {
        BanScope::Address => "the address too: keeps out all from there but admins".to_owned(),
        _ => format!("only {name}"),
    }
}
