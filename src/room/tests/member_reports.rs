//! Scenarios about reports, and about lines that are erased all at once.

use super::story::{Story, called, who, written};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::Role;
use crate::protocol::moderation::{Erasure, MemberReport, ReportSubject};
use crate::protocol::text::Title;
use crate::room::secrets::Secrets;

fn report(name: &str) -> Command {
    Command::ReportMember {
        of: ReportSubject::Member(who(name)),
        reason: Title::parse("spam").ok(),
    }
}

fn report_line(line: u64) -> Command {
    Command::ReportMember {
        of: ReportSubject::Line(ChatId(line)),
        reason: None,
    }
}

fn erase_all(name: &str) -> Command {
    Command::EraseAll { of: who(name) }
}

/// Who got the reports of the last step, by name, and about whom each is.
fn told(story: &Story) -> Vec<(Vec<String>, String)> {
    let name = |id: &MemberId| story.world.member(*id).name.to_string();
    let notices = story.world.notices().into_iter();
    let reports = notices.filter_map(|(to, notice)| match notice {
        MemberNotice::Reported(report) => {
            Some((to.iter().map(name).collect(), report.name.to_string()))
        }
        _ => None,
    });
    reports.collect()
}

/// Whether the answer of the last step says that somebody reads the report.
#[track_caller]
fn is_seen(story: &Story, by: &str) -> bool {
    let answers = story.world.notices().into_iter();
    let mut answers = answers.filter_map(|(to, notice)| match notice {
        MemberNotice::ReportTaken { seen, .. } => Some((to.to_vec(), *seen)),
        _ => None,
    });
    let (to, seen) = answers.next().expect("an answer");
    assert_eq!(to, [story.id(by)]);
    seen
}

fn erased(story: &Story) -> Vec<bool> {
    let lines = story.state().chat.lines();
    lines.map(|line| line.erased.is_some()).collect()
}

#[test]
fn a_report_goes_to_the_moderators_and_admins_who_are_here_and_into_no_log() {
    Story::alice_and_bob()
        .joins("Mona")
        .joins("Max")
        .joins("Troll")
        .makes("Alice", "Mona", Role::Moderator)
        .makes("Alice", "Max", Role::Moderator)
        .leaves("Max")
        .says("Troll", "buy this")
        .does("Bob", &report("Troll"))
        .led_to(&[])
        .sees(|story| {
            let to = ["Alice".to_owned(), "Mona".to_owned()].to_vec();
            assert_eq!(told(story), [(to, "Troll".to_owned())]);
            assert!(is_seen(story, "Bob"));
        })
        .does("Bob", &report_line(1))
        .sees(|story| {
            let notices = story.world.notices();
            let Some((_, MemberNotice::Reported(report))) = notices.last() else {
                panic!("{notices:?}");
            };
            let expected = MemberReport {
                by: story.id("Bob"),
                by_name: called("Bob"),
                of: story.id("Troll"),
                name: called("Troll"),
                line: Some(ChatId(1)),
                reason: None,
                at: story.world.now,
            };
            assert_eq!(**report, expected);
            let sent = serde_json::to_string(report).unwrap();
            assert!(!sent.contains("buy this"), "{sent}");
        })
        .denied("Bob", &report("Bob"), &Denied::Yourself)
        .denied("Bob", &report_line(9), &Denied::NoSuchLine)
        .denied(
            "Bob",
            &report("Zelda"),
            &Denied::NoSuchMember {
                name: written("Zelda"),
            },
        )
        .end();
}

#[test]
fn who_is_reported_does_not_read_it() {
    Story::alice_and_bob()
        .joins("Mona")
        .makes("Alice", "Mona", Role::Moderator)
        .does("Bob", &report("Mona"))
        .sees(|story| {
            let to = ["Alice".to_owned()].to_vec();
            assert_eq!(told(story), [(to, "Mona".to_owned())]);
        })
        .leaves("Alice")
        .here_are(&["Bob", "Mona~"])
        .does("Bob", &report("Mona"))
        .led_to(&["noted"])
        .sees(|story| assert_eq!(told(story), []))
        .returns("Alice")
        .sees(|story| {
            let to = ["Alice".to_owned()].to_vec();
            assert_eq!(told(story), [(to, "Mona".to_owned())]);
        })
        .end();
}

/// A room with many viewers and no admin, in which nobody is acting.
fn without_admin() -> Story {
    let names = ["Bob", "Carol", "Troll"];
    let story = names
        .into_iter()
        .fold(Story::new().joins("Alice"), Story::joins);
    let crowd = (0..20).fold(story, |story, number| {
        story.joins(&format!("Guest {number}a"))
    });
    crowd.leaves("Alice")
}

#[test]
fn while_no_moderator_is_here_a_report_is_kept_for_the_next_also_by_a_restarted_server() {
    without_admin()
        .says("Troll", "buy this")
        .does("Bob", &report("Troll"))
        .led_to(&["noted"])
        .sees(|story| {
            assert_eq!(told(story), []);
            assert!(!is_seen(story, "Bob"));
            let noted = &story.world.log.last().unwrap().fact;
            assert_eq!((noted.by, noted.seq), (None, None), "nobody learns who");
            let public = serde_json::to_string(noted).unwrap();
            assert!(
                !public.contains("Troll") && !public.contains("spam"),
                "{public}"
            );
        })
        .does("Bob", &report("Troll"))
        .led_to(&[])
        .does("Carol", &report_line(1))
        .led_to(&["noted"])
        .restarts_after(30)
        .returns("Troll")
        .sees(|story| assert_eq!(told(story), []))
        .returns("Alice")
        .sees(|story| {
            let to = ["Alice".to_owned()].to_vec();
            let one = (to, "Troll".to_owned());
            assert_eq!(told(story), [one.clone(), one]);
            assert_eq!(story.world.room.secrets.reports(), []);
        })
        .leaves("Alice")
        .returns("Alice")
        .sees(|story| assert_eq!(told(story), [], "once"))
        .end();
}

#[test]
fn a_room_keeps_the_last_few_reports() {
    let mut story = without_admin();
    for number in 0..20 {
        story = story.does("Bob", &report(&format!("Guest {number}a")));
    }
    story = story.does("Carol", &report("Troll")).returns("Alice");
    let told = told(&story);
    assert_eq!(told.len(), Secrets::MAX_REPORTS);
    assert_eq!(told.last().unwrap().1, "Troll");
    story.end();
}

#[test]
fn whoever_becomes_a_moderator_reads_what_was_kept() {
    let heir = Command::SetHeir { who: who("Bob") };
    Story::alice_and_bob()
        .joins("Carol")
        .does("Alice", &heir)
        .vanishes("Alice")
        .does("Carol", &report("Alice"))
        .led_to(&["noted"])
        .after(30.0)
        .here_are(&["Bob~", "Carol"])
        .sees(|story| {
            let to = ["Bob".to_owned()].to_vec();
            assert_eq!(told(story), [(to, "Alice".to_owned())]);
        })
        .end();
}

#[test]
fn all_lines_of_a_member_are_erased_by_one_event_and_later_ones_stay() {
    Story::alice_and_bob()
        .joins("Mona")
        .makes("Alice", "Mona", Role::Moderator)
        .says("Bob", "a secret address")
        .says("Mona", "please not")
        .says("Bob", "and more")
        .says("Bob", "and more of it")
        .does("Alice", &Command::Erase { line: ChatId(3) })
        .does("Mona", &erase_all("bob"))
        .led_to(&["erased_all"])
        .sees(|story| {
            let erasure = Erasure {
                authors: vec![story.id("Bob")],
                last: ChatId(4),
                count: 2,
                name: called("Bob"),
                by: called("Mona"),
            };
            let expected = RoomEvent::ErasedAll(erasure);
            assert_eq!(story.world.events(), [&expected]);
            assert_eq!(erased(story), [true, false, true, true]);
            let line = |id| story.state().chat.get(ChatId(id)).unwrap();
            assert_eq!(line(3).erased, Some(called("Alice")), "as before");
            assert_eq!(line(4).erased, Some(called("Mona")));
            let kept = serde_json::to_string(story.state()).unwrap();
            assert!(!kept.contains("secret address"), "{kept}");
        })
        .denied("Mona", &erase_all("Bob"), &Denied::NoSuchLine)
        .says("Bob", "sorry")
        .sees(|story| assert_eq!(erased(story), [true, false, true, true, false]))
        .end();
}

#[test]
fn lines_are_erased_by_whoever_has_power_over_their_author() {
    let outranked = |name| Denied::Outranked { name: called(name) };
    Story::alice_and_bob()
        .joins("Mona")
        .joins("Max")
        .makes("Alice", "Mona", Role::Moderator)
        .makes("Alice", "Max", Role::Moderator)
        .says("Alice", "an admin's")
        .says("Max", "a moderator's")
        .says("Mona", "her own")
        .denied("Mona", &erase_all("Alice"), &outranked("Alice"))
        .denied("Mona", &erase_all("Max"), &outranked("Max"))
        .does("Mona", &erase_all("Mona"))
        .does("Alice", &erase_all("Max"))
        .sees(|story| assert_eq!(erased(story), [false, true, true]))
        .end();
    let only_acting = Denied::OnlyActing {
        action: Action::EraseAll,
    };
    Story::alice_and_bob()
        .says("Alice", "an admin's")
        .leaves("Alice")
        .here_are(&["Bob~"])
        .denied("Bob", &erase_all("Alice"), &only_acting)
        .end();
    let heir = Command::SetHeir { who: who("Bob") };
    Story::alice_and_bob()
        .says("Alice", "an admin's")
        .does("Alice", &heir)
        .leaves("Alice")
        .here_are(&["Bob~"])
        .denied("Bob", &erase_all("Alice"), &outranked("Alice"))
        .end();
}

#[test]
fn lines_of_members_long_gone_are_erased_by_name_or_number() {
    let kick = Command::Kick { who: who("Troll") };
    let mut story = Story::alice_and_bob();
    let mut trolls = Vec::new();
    for text in ["one", "two"] {
        story = story.joins("Troll");
        trolls.push(story.id("Troll"));
        story = story.says("Troll", text).does("Alice", &kick);
    }
    let by_number = Command::EraseAll {
        of: MemberRef::Id(trolls[0]),
    };
    for command in [erase_all("TROLL"), by_number] {
        let mut again = Story::alice_and_bob();
        for text in ["one", "two"] {
            again = again
                .joins("Troll")
                .says("Troll", text)
                .does("Alice", &kick);
        }
        again
            .does("Alice", &command)
            .led_to(&["erased_all"])
            .sees(|story| assert_eq!(erased(story), [true, true]))
            .end();
    }
    story
        .joins("Troll")
        .says("Troll", "three")
        .does("Alice", &erase_all("Troll"))
        .sees(|story| assert_eq!(erased(story), [false, false, true], "who is here is meant"))
        .denied(
            "Alice",
            &erase_all("Zelda"),
            &Denied::NoSuchMember {
                name: written("Zelda"),
            },
        )
        .end();
}
