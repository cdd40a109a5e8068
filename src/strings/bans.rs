//! Texts about kicks and bans: what the removed member reads, and whom a ban covers.

use super::naming::subject;
use crate::app::told::Person;
use crate::protocol::denied::SharedAddress;
use crate::protocol::member::BanScope;
use crate::protocol::text::MemberName;

/// The text for a member who was removed from the room.
#[must_use]
pub fn you_were_sent_out(by: &MemberName, is_banned: bool) -> String {
    if is_banned {
        format!("{by} banned you from this room: an admin of it can lift that with /unban.")
    } else {
        format!("{by} removed you from the room.")
    }
}

/// The line about a ban that everyone reads.
#[must_use]
pub fn banned(name: &MemberName, by: &Person, address: bool) -> String {
    let by = subject(by);
    if address {
        format!("{by} banned {name} and the address they came from. /unban {name} lifts both.")
    } else {
        format!("{by} banned {name}. /unban {name} lets them in again.")
    }
}

/// Names the members at the same address as the one to be banned, and the commands to choose from.
pub(super) fn shared_address(shared: &SharedAddress) -> String {
    let name = &shared.name;
    format!(
        "{}: /ban {name} address keeps out all from there but admins, /ban {name} alone only \
         {name}",
        who_shares(shared)
    )
}

/// The same for the screen, where keys choose.
#[must_use]
pub fn asks_about_address(shared: &SharedAddress) -> String {
    format!("{}. How far does the ban reach?", who_shares(shared))
}

/// Says whether a ban covers the member alone or their address, too.
#[must_use]
pub fn scope(scope: BanScope, name: &MemberName) -> String {
    match scope {
        BanScope::Address => "the address too: keeps out all from there but admins".to_owned(),
        _ => format!("only {name}"),
    }
}

/// "You and Лена come from the address of Боб too".
fn who_shares(shared: &SharedAddress) -> String {
    let mut all: Vec<String> = shared.others.iter().map(ToString::to_string).collect();
    if shared.yours {
        all.insert(0, "You".to_owned());
    }
    if shared.more > 0 {
        all.push(format!("{} more", shared.more));
    }
    let name = &shared.name;
    match (all.pop(), all.is_empty()) {
        (Some(one), true) if shared.yours => format!("{one} come from the address of {name} too"),
        (Some(one), true) => format!("{one} comes from the address of {name} too"),
        (last, _) => {
            let last = last.unwrap_or_default();
            let others = all.join(", ");
            format!("{others} and {last} come from the address of {name} too")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shared_address;
    use crate::protocol::denied::SharedAddress;
    use crate::protocol::ids::MemberId;
    use crate::protocol::text::MemberName;

    fn name(text: &str) -> MemberName {
        MemberName::parse(text).unwrap()
    }

    #[test]
    fn who_would_be_kept_out_too_is_named_with_both_ways_to_go_on() {
        let shared = |others: &[&str], more, yours| SharedAddress {
            member: MemberId(2),
            name: name("Боб"),
            others: others.iter().map(|other| name(other)).collect(),
            more,
            yours,
        };
        let rows = [
            (
                shared(&["Лена"], 0, false),
                "Лена comes from the address of Боб too",
            ),
            (shared(&[], 0, true), "You come from the address of Боб too"),
            (shared(&["Лена"], 0, true), "You and Лена come from"),
            (
                shared(&["Лена", "Ada"], 3, false),
                "Лена, Ada and 3 more come from",
            ),
        ];
        for (shared, begins) in rows {
            let text = shared_address(&shared);
            assert!(text.starts_with(begins), "{text}");
            assert!(text.contains("/ban Боб address"), "{text}");
            assert!(text.contains("/ban Боб alone"), "{text}");
        }
    }
}
