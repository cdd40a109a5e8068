//! Which member somebody means by a number or a name. The server decides by it, and a client
//! asks by it before it sends out whom its member means.

use super::roster::Roster;
use crate::protocol::command::Who;
use crate::protocol::denied::Denied;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;

/// The member of a number, or the one, here or gone, whose name is the one that was written, as
/// [`crate::protocol::text::fold_name`] compares them. Where another looks like it, too, as in
/// rooms older than the rules of names, none is meant: who reads a name on a screen cannot tell
/// which. Nor is one who only looks like it: whoever was meant may have gone.
///
/// # Errors
/// [`Denied::NoSuchMember`] if nobody's name looks like that, [`Denied::NamesAlike`] if it takes
/// a number.
pub fn find_member<'a>(roster: &'a Roster, who: &Who) -> Result<&'a Member, Denied> {
    let name = match who {
        Who::Id(id) => return roster.get(*id).ok_or_else(|| Denied::no_such_number(*id)),
        Who::Name(name) => name,
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
