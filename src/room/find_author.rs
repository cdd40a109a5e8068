//! Resolves a number or a name to the author of lines of chat, whom the room may have forgotten.
//! The server decides by it; a client uses it to ask before it erases many lines.

use super::find_member::find_member;
use super::state::RoomState;
use crate::protocol::command::MemberRef;
use crate::protocol::denied::Denied;
use crate::protocol::event::ChatLine;
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::moderation::Erasure;
use crate::protocol::text::MemberName;

/// The author of lines of chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Their numbers: several if members of one name were forgotten one after another.
    pub ids: Vec<MemberId>,
    /// Their name; of a forgotten one, the name on the last line.
    pub name: MemberName,
}

/// The author meant: a member whom the room knows, else those of the lines that forgotten members
/// of that name, or that number, have left behind.
///
/// # Errors As [`find_member`].
pub fn find_author(state: &RoomState, who: &MemberRef) -> Result<Author, Denied> {
    match find_member(&state.roster, who) {
        Ok(member) => Ok(Author {
            ids: vec![member.id],
            name: member.name.clone(),
        }),
        Err(Denied::NamesAlike { members }) => Err(Denied::NamesAlike { members }),
        Err(unknown) => forgotten(state, who).ok_or(unknown),
    }
}

fn forgotten(state: &RoomState, who: &MemberRef) -> Option<Author> {
    let is_forgotten = |line: &&ChatLine| state.roster.get(line.from).is_none();
    let lines: Vec<&ChatLine> = state.chat.lines().filter(is_forgotten).collect();
    let wanted = match who {
        MemberRef::Name(name) => name.folded(),
        MemberRef::Id(id) => lines.iter().find(|line| line.from == *id)?.name.folded(),
    };
    let theirs = lines.iter().filter(|line| line.name.folded() == wanted);
    let name = theirs.clone().next_back()?.name.clone();
    let mut ids: Vec<MemberId> = theirs.map(|line| line.from).collect();
    ids.sort_unstable();
    ids.dedup();
    Some(Author { ids, name })
}

/// The erasure of all lines of an author that have not been erased, by a member of this name;
/// `None` if there are none.
#[must_use]
pub fn erasure_of(state: &RoomState, author: &Author, by: &MemberName) -> Option<Erasure> {
    let lines = state.chat.lines();
    let theirs = lines.filter(|line| line.erased.is_none() && author.ids.contains(&line.from));
    let theirs: Vec<ChatId> = theirs.map(|line| line.id).collect();
    Some(Erasure {
        authors: author.ids.clone(),
        last: *theirs.last()?,
        count: u32::try_from(theirs.len()).unwrap_or(u32::MAX),
        name: author.name.clone(),
        by: by.clone(),
    })
}
