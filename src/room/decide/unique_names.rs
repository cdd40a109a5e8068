//! Gives every newcomer a unique name: the requested one, or that with a number.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::text::{MemberName, clean};
use crate::room::roster::Roster;

/// The names taken in a room, as [`MemberName::likenesses`] compares them.
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The last number tried for a name, so that numbering a crowd of one name takes one step each.
    tried: BTreeMap<String, u32>,
}

impl Names {
    /// The names of all members, including absent ones: they may come back.
    pub(super) fn of(roster: &Roster) -> Self {
        Self {
            taken: roster
                .all()
                .flat_map(|member| member.name.likenesses())
                .collect(),
            tried: BTreeMap::new(),
        }
    }

    /// Takes the requested name or the first free numbered one: `Alice`, `Alice 2`. If the name
    /// cannot take a number, the default name does: `Guest 2`.
    pub(super) fn take(&mut self, wished: &MemberName) -> MemberName {
        if self.insert(wished) {
            return wished.clone();
        }
        self.take_numbered(wished.without_number())
            .or_else(|| self.take_numbered(MemberName::NAMELESS))
            .unwrap_or_else(MemberName::nameless)
    }

    /// Takes the first free number for a stem; `None` if the stem, shortened for the number, is not
    /// a valid name. Numbers of equal length look different from each other, so each taken form
    /// blocks at most one of them, and [`MemberName::NAMELESS`] always has a free one.
    fn take_numbered(&mut self, stem: &str) -> Option<MemberName> {
        let next = self.tried.get(stem).unwrap_or(&1).saturating_add(1);
        let most = self.taken.len().saturating_add(1);
        for number in (next..=u32::MAX).take(most) {
            let name = numbered(stem, number)?;
            if self.insert(&name) {
                self.tried.insert(stem.to_owned(), number);
                return Some(name);
            }
        }
        None
    }

    /// Takes a name unless it looks like one that is taken.
    fn insert(&mut self, name: &MemberName) -> bool {
        let likenesses = name.likenesses();
        let free = !likenesses.iter().any(|form| self.taken.contains(form));
        if free {
            self.taken.extend(likenesses);
        }
        free
    }
}

/// A stem, shortened if needed, with a number; `None` if the rest of the stem is not a valid name.
fn numbered(stem: &str, number: u32) -> Option<MemberName> {
    let suffix = number.to_string();
    let room = MemberName::MAX_CHARS.saturating_sub(suffix.len() + 1);
    let stem = MemberName::truncated(&clean(stem, room))?;
    MemberName::parse(&format!("{stem} {suffix}")).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::Names;
    use crate::protocol::ids::RoomId;
    use crate::protocol::text::{MemberName, anything_for_a_name};
    use crate::room::state::RoomState;

    fn takes(wishes: &[&str]) -> Vec<String> {
        let mut names = Names::of(&RoomState::new(RoomId::parse("room").unwrap()).roster);
        wishes
            .iter()
            .map(|wish| names.take(&MemberName::parse(wish).unwrap()).to_string())
            .collect()
    }

    #[test]
    fn newcomers_of_a_taken_name_get_a_number() {
        let names = takes(&[
            "Alice",
            "alice",
            "Alice 2",
            "Bob",
            "ALICE",
            "Алиса",
            "алиса",
            "Ａｌｉｃｅ",
        ]);
        assert_eq!(
            names,
            [
                "Alice",
                "alice 2",
                "Alice 3",
                "Bob",
                "ALICE 4",
                "Алиса",
                "алиса 2",
                "Ａｌｉｃｅ 5"
            ]
        );
    }

    #[test]
    fn whoever_looks_like_another_gets_a_number_and_a_number_can_be_part_of_the_look() {
        // The first letter of the second is Cyrillic, and the last of the fourth a small L.
        let names = takes(&[
            "Ada", "Аda", "Bob 1", "Bob l", "ADА", "Jose", "José", "Will", "WiII",
        ]);
        assert_eq!(
            names,
            [
                "Ada", "Аda 2", "Bob 1", "Bob l 2", "ADА 3", "Jose", "José 2", "Will", "WiII 2"
            ]
        );
        let family = [
            "Ann", "Анн", "Vera", "Вера", "Lena", "Лена", "Ada", "Ада", "Ian", "Lan",
        ];
        assert_eq!(takes(&family), family);
    }

    #[test]
    fn a_number_still_fits() {
        let longest = "x".repeat(24);
        let names = takes(&[&longest, &longest]);
        assert_eq!(names[1], format!("{} 2", "x".repeat(22)));
    }

    #[test]
    fn a_name_whose_beginning_is_none_gets_a_number_of_its_own() {
        let rows = [
            ("1111111111111111111111 a", ["Guest 2", "Guest 3"]),
            ("______________________ab", ["Guest 2", "Guest 3"]),
            (
                "____________________ a b",
                ["____________________ a 2", "____________________ a 3"],
            ),
            ("2 2 2 2 2 2 2 2 2 2 2 🔥", ["Guest 2", "Guest 3"]),
            (
                "xxxxxxxxxxxxxxxxxx model",
                ["xxxxxxxxxxxxxxxxxx 2", "xxxxxxxxxxxxxxxxxx 3"],
            ),
        ];
        for (wish, numbered) in rows {
            let names = takes(&[wish, wish, wish]);
            assert_eq!(names, [wish, numbered[0], numbered[1]], "{wish}");
        }
    }

    proptest! {
        #[test]
        fn three_of_one_name_are_distinguished(text in anything_for_a_name()) {
            let Some(wished) = MemberName::truncated(&text) else {
                return Ok(());
            };
            let mut names = Names::of(&RoomState::new(RoomId::parse("room").unwrap()).roster);
            let [first, second, third] = [(); 3].map(|()| names.take(&wished));
            prop_assert_eq!(&first, &wished);
            for (one, other) in [(&first, &second), (&first, &third), (&second, &third)] {
                prop_assert!(!one.looks_like(other), "{} {}", one, other);
                prop_assert_eq!(MemberName::parse(other.as_str()), Ok(other.clone()));
            }
        }
    }

    #[test]
    fn a_crowd_of_one_name_is_distinguished() {
        let crowd = vec!["guest"; 3_000];
        let names = takes(&crowd);
        assert_eq!(names[2_999], "guest 3000");
    }
}
