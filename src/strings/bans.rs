//! Texts about kicks and bans: what the removed member reads, and whom a ban covers.

use super::sentences::{subject, you};
use crate::app::output::Person;
use crate::protocol::denied::SharedAddress;
use crate::protocol::member::BanScope;
use crate::protocol::text::MemberName;
use crate::texts::bans::who_shares;
use crate::texts::language::Language;
use crate::texts::tr;

/// The line about a ban that everyone reads.
#[must_use]
pub fn banned(language: Language, name: &MemberName, by: &Person, address: bool) -> String {
    if address {
        tr!(
            language,
            "ban-banned-address",
            who = subject(language, &by.name),
            you = you(by),
            name = name.as_str()
        )
    } else {
        tr!(
            language,
            "ban-banned",
            who = subject(language, &by.name),
            you = you(by),
            name = name.as_str()
        )
    }
}

/// Who shares the address of the member to be banned, above the choice on the screen.
#[must_use]
pub fn asks_about_address(language: Language, shared: &SharedAddress) -> String {
    let question = tr!(language, "ban-how-far");
    format!("{} {question}", who_shares(language, shared))
}

/// Says whether a ban covers the member alone or their address, too.
#[must_use]
pub fn scope(language: Language, scope: BanScope, name: &MemberName) -> String {
    match scope {
        BanScope::Address => tr!(language, "ban-scope-address"),
        _ => tr!(language, "ban-scope-member", name = name.as_str()),
    }
}
