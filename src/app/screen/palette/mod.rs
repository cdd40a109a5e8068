//! The list of what can be done, which narrows as one types: the commands over the line while a
//! command is begun there, and with rooms, members and the queue on a key of its own.
//!
//! What is in it and in which order is found anew from the typed text each time; only the chosen
//! place is kept. `keys` has what its keys do.

use super::editor::Editor;
use super::view::ClientView;
use crate::app::command::Slash;
pub use crate::app::list_item::ListItem;
use crate::protocol::member::{Member, Role};
use crate::protocol::text::Title;
use crate::texts::catalogue::looked_up;
use crate::wire::pages::RoomCard;
use rank::{Rank, rank, rank_words};

pub(super) mod keys;
mod rank;

/// The most items of a list (judgement: whoever looks further types another letter).
const MOST: usize = 100;

/// How much later what one's role does not allow is listed than what fits as well.
const NOT_ALLOWED: Rank = 40;

/// The list of everything, with the text that narrows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Finder {
    query: Editor,
    chosen: usize,
}

impl Finder {
    /// The text that narrows the list.
    #[must_use]
    pub const fn query(&self) -> &Editor {
        &self.query
    }

    /// The place of the chosen item; behind the last one it is the last that is chosen.
    #[must_use]
    pub const fn chosen(&self) -> usize {
        self.chosen
    }

    /// Writes pasted text into the query.
    pub(super) fn insert(&mut self, text: &str) {
        self.query.insert(text);
        self.chosen = 0;
    }
}

/// The commands that fit what is typed behind the slash, the best first.
#[must_use]
pub fn commands(view: &ClientView<'_>, typed: &str) -> Vec<Slash> {
    let mut fitting = ranked_commands(view, typed);
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.into_iter().map(|(_, slash)| slash).collect()
}

/// All that fits a text, the best first; without a text all of it, commands first.
#[must_use]
pub fn everything(view: &ClientView<'_>, rooms: &[RoomCard], typed: &str) -> Vec<ListItem> {
    let typed = typed.trim();
    let commands = ranked_commands(view, typed.trim_start_matches('/'));
    let mut fitting: Vec<(Rank, ListItem)> = commands
        .into_iter()
        .map(|(rank, slash)| (rank, ListItem::Command(slash)))
        .collect();
    if typed.starts_with('/') {
        // Only commands begin with a slash.
    } else {
        fitting.extend(view.queue().into_iter().filter_map(|entry| {
            let number = format!("#{}", entry.id);
            let title = entry.title.as_ref().map(Title::as_str);
            let link = entry.media.name();
            let texts = [number.as_str(), title.unwrap_or(&link)];
            Some((rank_words(typed, &texts)?, ListItem::Entry(entry.id)))
        }));
        fitting.extend(view.members().into_iter().filter_map(|member| {
            let typed = typed.trim_start_matches('@');
            let rank = rank_words(typed, &[member.name.as_str()])?;
            Some((rank, ListItem::Member(member.id)))
        }));
        fitting.extend(rooms.iter().filter_map(|room| {
            let title = room.title.as_ref().map_or("", Title::as_str);
            let playing = room.playing.as_ref();
            let playing = playing.and_then(|playing| playing.title.as_ref());
            let texts = [room.id.as_str(), title, playing.map_or("", Title::as_str)];
            Some((rank_words(typed, &texts)?, ListItem::Room(room.id.clone())))
        }));
    }
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.truncate(MOST);
    fitting.into_iter().map(|(_, item)| item).collect()
}

/// Whether the member's role allows a command, as far as its row in the table says.
#[must_use]
pub fn is_allowed(view: &ClientView<'_>, slash: Slash) -> bool {
    slash.needs() <= view.me.map_or(Role::Viewer, Member::power)
}

fn ranked_commands(view: &ClientView<'_>, typed: &str) -> Vec<(Rank, Slash)> {
    let exact = Slash::named(typed);
    let ranked = Slash::ALL.iter().filter_map(|slash| {
        let rank = if exact == Some(*slash) {
            0
        } else {
            rank_command(view, *slash, typed)?
        };
        let later = if rank == 0 && !typed.is_empty() || is_allowed(view, *slash) {
            0
        } else {
            NOT_ALLOWED
        };
        Some((rank + later, *slash))
    });
    ranked.collect()
}

/// How well a command fits: by its names in either language, also typed on the keys of the other
/// layout, else by the sentence about it.
fn rank_command(view: &ClientView<'_>, slash: Slash, typed: &str) -> Option<Rank> {
    let by_position: String = typed.chars().map(crate::app::key::latin).collect();
    let russian = slash.russian().iter().copied();
    let names = russian.chain([slash.name()]);
    let by_name = names.filter_map(|name| rank(typed, name));
    let by_name = by_name.chain(rank(&by_position, slash.name())).min();
    by_name.or_else(|| {
        let about = looked_up(view.language, &format!("command-{}", slash.name()))?;
        let begun = rank_words(typed, &[about.as_str()]).filter(|_| typed.chars().count() > 2)?;
        // A name that fits somehow says more than a sentence that does.
        (begun < rank::SCATTERED).then_some(begun + rank::SCATTERED)
    })
}
