//! The permission table, row by row: the reply to each command for each role.

use super::story::{PAUSE, RESUME, Story, batch, called, entry, media, seek_to, who};
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::Command;
use crate::protocol::command::requested;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::emote::{EmoteChange, EmoteName};
use crate::protocol::ids::{ChatId, InviteId};
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::lobby::StartRule;
use crate::protocol::member::{BanScope, Role, Visibility};
use crate::protocol::moderation::ReportSubject;
use crate::protocol::secret::InviteToken;
use crate::protocol::text::{ChatText, Emoji};
use crate::protocol::time::Rate;
use crate::room::roles;

const YES: bool = true;
const NO: bool = false;

/// Every command, and whether a viewer, a moderator and an admin may.
fn all_rows() -> impl Iterator<Item = (Command, Action, [bool; 3])> {
    rows()
        .into_iter()
        .chain(rows_of_playback())
        .chain(rows_of_order())
        .chain(rows_of_invites())
        .chain(rows_of_the_lobby())
}

/// The rows about media and the queue.
fn rows() -> Vec<(Command, Action, [bool; 3])> {
    let media = media("z");
    let text = ChatText::parse("hi").unwrap();
    let emoji = Emoji::parse("🔥").unwrap();
    let one = entry(1);
    let first = Some(one);
    vec![
        (Command::Chat { text }, Action::Chat, [YES, YES, YES]),
        (Command::React { emoji }, Action::React, [YES, YES, YES]),
        (
            Command::Play {
                media: media.clone(),
            },
            Action::Play,
            [NO, NO, YES],
        ),
        (
            Command::PlayNow { entry: one },
            Action::PlayNow,
            [NO, NO, YES],
        ),
        (
            Command::AddAll {
                batch: batch(&["x", "y"]),
            },
            Action::AddAll,
            [YES, YES, YES],
        ),
        (
            Command::Describe {
                entry: one,
                title: None,
                duration: None,
            },
            Action::Describe,
            [YES, YES, YES],
        ),
        (
            Command::TakeBack {
                first: one,
                last: one,
            },
            Action::TakeBack,
            [YES, YES, YES],
        ),
        (
            Command::OfferSubtitles {
                link: SubtitleLink::parse("https://e.org/a.srt").unwrap(),
            },
            Action::OfferSubtitles,
            [YES, YES, YES],
        ),
        (Command::Add { media }, Action::Add, [YES, YES, YES]),
        (
            Command::Approve { entry: first },
            Action::Approve,
            [NO, NO, YES],
        ),
        (
            Command::Reject { entry: first },
            Action::Reject,
            [NO, NO, YES],
        ),
        (
            Command::RejectAll { of: None },
            Action::RejectAll,
            [NO, NO, YES],
        ),
        (
            Command::Withdraw { entry: one },
            Action::Withdraw,
            [YES, YES, YES],
        ),
        (
            Command::Remove { entry: one },
            Action::Remove,
            [NO, NO, YES],
        ),
        (
            Command::Move {
                entry: one,
                place: 1,
            },
            Action::Move,
            [NO, NO, YES],
        ),
    ]
}

/// The rows about playback and roles.
fn rows_of_playback() -> Vec<(Command, Action, [bool; 3])> {
    let rate = Rate::FASTEST;
    let victor = || who("Victor");
    let role = Role::Moderator;
    let name = called("Whoever");
    vec![
        (Command::Skip, Action::Skip, [NO, NO, YES]),
        (PAUSE, Action::Pause, [NO, NO, YES]),
        (RESUME, Action::Resume, [NO, NO, YES]),
        (seek_to(5), Action::Seek, [NO, NO, YES]),
        (Command::Undo, Action::Undo, [NO, NO, YES]),
        (Command::SetRate { rate }, Action::SetRate, [NO, NO, YES]),
        (
            Command::Ask {
                request: requested(Command::Pause { mark: None }),
            },
            Action::Ask,
            [YES, YES, YES],
        ),
        (Command::Rename { name }, Action::Rename, [YES, YES, YES]),
        (
            Command::SetEmote(EmoteChange {
                name: EmoteName::parse("party").unwrap(),
                text: None,
            }),
            Action::SetEmote,
            [NO, NO, YES],
        ),
        (
            Command::SetTitle { title: None },
            Action::SetTitle,
            [NO, NO, YES],
        ),
        (
            Command::SetRole {
                who: victor(),
                role,
            },
            Action::SetRole,
            [NO, NO, YES],
        ),
        (
            Command::SetHeir { who: victor() },
            Action::SetHeir,
            [NO, NO, YES],
        ),
        (
            Command::Kick { who: victor() },
            Action::Kick,
            [NO, YES, YES],
        ),
    ]
}

/// The rows about who can enter.
fn rows_of_invites() -> Vec<(Command, Action, [bool; 3])> {
    vec![
        (
            Command::SetVisibility {
                visibility: Visibility::Unlisted,
                password: None,
            },
            Action::SetVisibility,
            [NO, NO, YES],
        ),
        (
            Command::CreateInvite {
                token: InviteToken::from_bits(1),
                terms: InviteTerms::default(),
            },
            Action::CreateInvite,
            [NO, NO, YES],
        ),
        (
            Command::RevokeInvite {
                invite: InviteId(1),
            },
            Action::RevokeInvite,
            [NO, NO, YES],
        ),
        (Command::ListInvites, Action::ListInvites, [NO, NO, YES]),
    ]
}

/// The rows about the lobby.
fn rows_of_the_lobby() -> Vec<(Command, Action, [bool; 3])> {
    let start = Some(StartRule::AllReady);
    let media = media("y");
    vec![
        (
            Command::SetReady { ready: true },
            Action::SetReady,
            [YES, YES, YES],
        ),
        (
            Command::PlayWaiting { media },
            Action::PlayWaiting,
            [NO, NO, YES],
        ),
        (Command::Start, Action::Start, [NO, NO, YES]),
        (Command::SetStart { start }, Action::SetStart, [NO, NO, YES]),
    ]
}

/// The rows about moderation.
fn rows_of_order() -> Vec<(Command, Action, [bool; 3])> {
    let victor = || who("Victor");
    vec![
        (
            Command::SetWait { wait: false },
            Action::SetWait,
            [NO, NO, YES],
        ),
        (Command::Go, Action::Go, [NO, NO, YES]),
        (Command::Countdown, Action::Countdown, [NO, NO, YES]),
        (Command::Close, Action::Close, [NO, NO, YES]),
        (
            Command::Mute {
                who: victor(),
                muted: true,
            },
            Action::Mute,
            [NO, YES, YES],
        ),
        (
            Command::Ban {
                who: victor(),
                scope: BanScope::Ask,
            },
            Action::Ban,
            [NO, NO, YES],
        ),
        (
            Command::Unban { who: victor() },
            Action::Unban,
            [NO, NO, YES],
        ),
        (
            Command::Erase { line: ChatId(1) },
            Action::Erase,
            [NO, YES, YES],
        ),
        (
            Command::EraseAll { of: victor() },
            Action::EraseAll,
            [NO, YES, YES],
        ),
        (
            Command::SetSlowMode { interval: None },
            Action::SetSlowMode,
            [NO, YES, YES],
        ),
        (
            Command::SetLocked { locked: true },
            Action::SetLocked,
            [NO, NO, YES],
        ),
        (
            Command::SetNewcomers { wait: None },
            Action::SetNewcomers,
            [NO, NO, YES],
        ),
        (
            Command::SetObserverChat { shown: true },
            Action::SetObserverChat,
            [NO, NO, YES],
        ),
        (
            Command::ReportMember {
                of: ReportSubject::Member(victor()),
                reason: None,
            },
            Action::ReportMember,
            [YES, YES, YES],
        ),
        (
            Command::ExemptFromWait {
                who: None,
                exempt: true,
            },
            Action::ExemptFromWait,
            [YES, YES, YES],
        ),
        (
            Command::ExemptFromWait {
                who: Some(victor()),
                exempt: true,
            },
            Action::ExemptFromWait,
            [NO, NO, YES],
        ),
    ]
}

/// An admin, a moderator and a viewer who watch, one who can be kicked, and a proposal.
fn room() -> Story {
    ["Mona", "Vivian", "Victor", "Proposer"]
        .into_iter()
        .fold(Story::new().joins("Anton"), Story::joins)
        .makes("Anton", "Mona", Role::Moderator)
        .plays("Anton", "a")
        .learns("Anton", 600)
        .adds("Proposer", "b")
        .after(10.0)
}

#[test]
fn every_command_of_every_role() {
    let names = [
        ("Vivian", Role::Viewer),
        ("Mona", Role::Moderator),
        ("Anton", Role::Admin),
    ];
    for (command, action, expected) in all_rows() {
        assert_eq!(command.action(), action);
        for ((name, role), may) in names.into_iter().zip(expected) {
            let needs = command.rule().needs;
            assert_eq!(role >= needs, may, "{role:?}: {action:?}");
            let mut story = room();
            let id = story.id(name);
            let before = story.state().clone();
            let answer = story.world.command(id, &command);
            let not_allowed = matches!(answer, Err(Denied::NotAllowed { .. }));
            assert_eq!(not_allowed, !may, "{role:?}: {command:?} led to {answer:?}");
            if !may {
                assert_eq!(answer, Err(Denied::NotAllowed { action, needs }));
                assert_eq!(*story.state(), before);
            }
        }
    }
}

/// What only real admins may do while somebody acts by presence alone.
const NOT_LENT: [Action; 17] = [
    Action::SetEmote,
    Action::SetTitle,
    Action::SetVisibility,
    Action::CreateInvite,
    Action::RevokeInvite,
    Action::ListInvites,
    Action::SetRole,
    Action::SetHeir,
    Action::SetWait,
    Action::Ban,
    Action::Unban,
    Action::Close,
    Action::EraseAll,
    Action::SetSlowMode,
    Action::SetLocked,
    Action::SetNewcomers,
    Action::SetObserverChat,
];

#[test]
fn who_is_acting_admin_by_presence_alone_leads_the_media_and_nothing_that_lasts() {
    for (command, action, _) in all_rows() {
        let mut story = room().leaves("Mona").leaves("Anton");
        assert!(story.member("Vivian").acting);
        let id = story.id("Vivian");
        let answer = story.world.command(id, &command);
        let left_to_admins = answer == Err(Denied::OnlyActing { action });
        assert_eq!(
            left_to_admins,
            NOT_LENT.contains(&action),
            "{action:?}: {answer:?}"
        );
        let not_allowed = matches!(answer, Err(Denied::NotAllowed { .. }));
        assert!(!not_allowed, "{action:?}: {answer:?}");
    }
}

#[test]
fn an_acting_heir_or_moderator_has_an_admins_power_but_names_no_heir_opens_and_closes_no_room() {
    let heir = Command::SetHeir { who: who("Vivian") };
    for (command, action, _) in all_rows() {
        let acting = [
            ("Mona", room().leaves("Anton")),
            ("Vivian", room().does("Anton", &heir).leaves("Anton")),
        ];
        for (name, mut story) in acting {
            assert!(story.member(name).acting);
            let id = story.id(name);
            let answer = story.world.command(id, &command);
            let left_to_admins = answer == Err(Denied::OnlyActing { action });
            assert_eq!(
                left_to_admins,
                matches!(
                    action,
                    Action::SetHeir | Action::SetVisibility | Action::Close
                ),
                "{name}: {answer:?}"
            );
        }
    }
}

#[test]
fn the_denial_names_the_role_it_takes() {
    let story = room();
    let roster = &story.state().roster;
    let check = |name| roles::check(Action::Kick, story.member(name), roster);
    assert_eq!(
        check("Vivian"),
        Err(Denied::NotAllowed {
            action: Action::Kick,
            needs: Role::Moderator
        })
    );
    assert_eq!(check("Mona"), Ok(()));
}
