//! Resolves a number or a name to a member. The server decides by it; a client uses it to ask
//! before it kicks or bans somebody.

use super::roster::Roster;
use crate::protocol::command::MemberRef;
use crate::protocol::denied::Denied;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;

/// The member with this number, or the one, present or absent, whose name equals the written one as
/// [`crate::protocol::text::fold_name`] compares them. If another name looks like it too, as in
/// rooms older than the rules for names, the result is an error: the reader of a screen cannot tell
/// them apart. A name that only looks like the written one is not a match either: the intended
/// member may have left.
///
/// # Errors [`Denied::NoSuchMember`] if no name looks like that; [`Denied::NamesAlike`] if only a
/// number is unambiguous.
pub fn find_member<'a>(roster: &'a Roster, who: &MemberRef) -> Result<&'a Member, Denied> {
    let name = match who {
        MemberRef::Id(id) => return roster.get(*id).ok_or_else(|| Denied::no_such_number(*id)),
        MemberRef::Name(name) => name,
    };
    let alike: Vec<&Member> = roster
        .all()
        .filter(|member| member.name.looks_like(name))
        .collect();
    match alike.as_slice() {
        [] => Err(Denied::NoSuchMember { name: name.into() }),
        [member] if member.name.folded() == name.folded() => Ok(member),
        members => {
            let ids = members.iter().map(|member| member.id);
            let members: Vec<MemberId> = ids.take(Denied::MOST_ALIKE).collect();
            Err(Denied::NamesAlike { members })
        }
    }
}
