//! Random steps in a room for the laws: anything a client might send, sensible or hostile.

use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use super::story::{self, media};
use super::world::World;
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::requested;
use crate::protocol::command::{Command, Mark, MemberRef, Report, SeekTarget};
use crate::protocol::denied::Denied;
use crate::protocol::event::Departure;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{ChatId, EntryId, Epoch, InviteId, MemberId};
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::lobby::StartRule;
use crate::protocol::member::{BanScope, LeaveCause, Role, Visibility};
use crate::protocol::moderation::ReportSubject;
use crate::protocol::secret::{InviteToken, Password};
use crate::protocol::text::{ChatText, Emoji, MemberName, Title};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::decide::AdmittedMember;

const BAN_SCOPES: [BanScope; 4] = [
    BanScope::Unshared,
    BanScope::Ask,
    BanScope::Member,
    BanScope::Address,
];

/// A step. Members are chosen by their place among all that the room knows.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Command(usize, Command),
    Report(usize, Report),
    /// Name, whether with a player, and address.
    Arrive(String, bool, Option<u8>),
    Return(usize),
    Go(usize, LeaveCause),
    /// Some return, some new ones join and some leave, in one batch.
    Batch(Vec<usize>, Vec<String>, Vec<(usize, LeaveCause)>),
    Wait(Span),
    Restart(Span),
}

/// The outcome of a step.
pub(super) enum Outcome {
    /// A command of this member, with the role they had.
    Commanded(Role, Result<(), Denied>),
    /// A report of a member with this role.
    Reported(Role),
    Restarted,
    Other,
}

impl Step {
    /// Executes the step; `None` if there is no member for it.
    pub(super) fn happen(&self, world: &mut World) -> Option<Outcome> {
        match self {
            Self::Command(by, command) => {
                let by = nth(world, *by)?;
                let power = world.member(by).power();
                let command = marked_from(command, world);
                let answer = world.command(by, &command);
                return Some(Outcome::Commanded(power, answer));
            }
            Self::Report(by, report) => {
                let by = nth(world, *by)?;
                let power = world.member(by).power();
                world.report(by, &about_current(report, world));
                return Some(Outcome::Reported(power));
            }
            Self::Arrive(name, true, Some(address)) => {
                world.arrive_from(name, *address);
            }
            Self::Arrive(name, has_player, _) => {
                world.arrive(name, *has_player);
            }
            Self::Return(member) => {
                let member = nth(world, *member)?;
                assert_eq!(world.come_back(member), (member, true));
            }
            Self::Go(member, cause) => {
                let member = nth(world, *member)?;
                world.go(member, *cause);
            }
            Self::Batch(back, new, gone) => batch(world, back, new, gone),
            Self::Wait(span) => world.wait(*span),
            Self::Restart(away) => {
                world.restart(*away);
                return Some(Outcome::Restarted);
            }
        }
        Some(Outcome::Other)
    }
}

fn batch(world: &mut World, back: &[usize], new: &[String], gone: &[(usize, LeaveCause)]) {
    let back = back.iter().filter_map(|place| nth(world, *place));
    let mut arrivals: Vec<AdmittedMember> = back.map(|member| world.returning(member)).collect();
    arrivals.extend(new.iter().map(|name| world.newcomer(name, true)));
    let departures: Vec<Departure> = gone
        .iter()
        .filter_map(|(place, cause)| Some((nth(world, *place)?, *cause)))
        .map(|(member, cause)| Departure { member, cause })
        .collect();
    let members = world.join_leave(&arrivals, &departures);
    assert_eq!(members.len(), arrivals.len());
}

fn nth(world: &World, place: usize) -> Option<MemberId> {
    let members: Vec<MemberId> = world.room.state.roster.all().map(|m| m.id).collect();
    let place = place.checked_rem(members.len())?;
    members.get(place).copied()
}

/// Marks are made up as spans from now, and as distances from the current epoch.
fn marked_from(command: &Command, world: &World) -> Command {
    let mut command = command.clone();
    if let Command::Pause { mark: Some(mark) }
    | Command::Resume { mark: Some(mark) }
    | Command::Seek {
        mark: Some(mark), ..
    } = &mut command
    {
        mark.at = world.now + Span(mark.at.0);
        mark.epoch = before_current(mark.epoch, world);
    }
    if let Command::SetStart {
        start: Some(StartRule::At { at }),
    } = &mut command
    {
        *at = world.now + Span(at.0);
    }
    command
}

/// Epochs are made up as distances from the current one.
fn about_current(report: &Report, world: &World) -> Report {
    let mut report = report.clone();
    let (Report::Learned { epoch, .. }
    | Report::Ended { epoch, .. }
    | Report::Ready { epoch }
    | Report::Stalled { epoch, .. }
    | Report::Failed { epoch, .. }) = &mut report;
    *epoch = before_current(*epoch, world);
    report
}

fn before_current(distance: Epoch, world: &World) -> Epoch {
    let current = world.room.state.timeline.epoch;
    Epoch(current.0.saturating_sub(distance.0))
}

/// Any step; playing, reporting and waiting come often.
pub(super) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<usize>(), command()).prop_map(|(by, command)| Step::Command(by, command)),
        4 => (any::<usize>(), report()).prop_map(|(by, report)| Step::Report(by, report)),
        2 => (name(), any::<bool>(), proptest::option::of(0..3_u8))
            .prop_map(|(name, player, from)| Step::Arrive(name, player, from)),
        2 => any::<usize>().prop_map(Step::Return),
        1 => (any::<usize>(), select(vec![LeaveCause::Left, LeaveCause::Lost]))
            .prop_map(|(member, cause)| Step::Go(member, cause)),
        2 => batches(),
        4 => (0..40_000_i64).prop_map(|millis| Step::Wait(Span::millis(millis))),
        1 => (0..90_i64).prop_map(|seconds| Step::Restart(Span::seconds(seconds))),
    ]
}

fn batches() -> impl Strategy<Value = Step> {
    let cause = || select(vec![LeaveCause::Left, LeaveCause::Lost]);
    (
        proptest::collection::vec(any::<usize>(), 0..3),
        proptest::collection::vec(name(), 0..3),
        proptest::collection::vec((any::<usize>(), cause()), 0..4),
    )
        .prop_map(|(back, new, gone)| Step::Batch(back, new, gone))
}

fn name() -> impl Strategy<Value = String> {
    select(vec!["Alice", "ALICE", "Bob", "Bob 2", "ВоЬ", "Жанна", "x"]).prop_map(str::to_owned)
}

fn who() -> impl Strategy<Value = MemberRef> {
    prop_oneof![
        (0..8_u64).prop_map(|id| MemberRef::Id(MemberId(id))),
        name().prop_map(|name| MemberRef::Name(MemberName::parse(&name).unwrap())),
    ]
}

fn position() -> impl Strategy<Value = Position> {
    prop_oneof![
        4 => (0..700_i64).prop_map(Position::seconds),
        1 => any::<i64>().prop_map(Position),
    ]
}

fn mark() -> impl Strategy<Value = Option<Mark>> {
    let epoch = prop_oneof![6 => Just(Epoch(0)), 1 => Just(Epoch(1))];
    let near = (epoch, position(), -1_500_000..1_500_000_i64);
    let near = near.prop_map(|(epoch, position, at)| Mark {
        epoch,
        position,
        at: RoomTime(at),
    });
    proptest::option::of(near)
}

fn target() -> impl Strategy<Value = SeekTarget> {
    prop_oneof![
        position().prop_map(SeekTarget::To),
        (-100..100_i64).prop_map(|seconds| SeekTarget::By(Span::seconds(seconds))),
        any::<i64>().prop_map(|span| SeekTarget::By(Span(span))),
    ]
}

fn command() -> BoxedStrategy<Command> {
    prop_oneof![
        4 => playback_command(),
        4 => queue_command(),
        4 => member_command(),
        1 => lobby_command(),
    ]
    .boxed()
}

fn playback_command() -> impl Strategy<Value = Command> {
    let link = select(vec!["a", "b", "c"]).prop_map(media);
    prop_oneof![
        link.prop_map(|media| Command::Play { media }),
        mark().prop_map(|mark| Command::Pause { mark }),
        mark().prop_map(|mark| Command::Resume { mark }),
        (target(), mark()).prop_map(|(target, mark)| Command::Seek { target, mark }),
        Just(Command::Undo),
        (250..=4_000_u32).prop_map(|rate| Command::SetRate {
            rate: Rate::try_from(rate).unwrap()
        }),
        length().prop_map(|length| Command::SetLength { length }),
        Just(Command::Skip),
        Just(Command::Go),
        Just(Command::Countdown),
        any::<bool>().prop_map(|wait| Command::SetWait { wait }),
    ]
}

/// A time of a start is made up as a span from now.
fn lobby_command() -> impl Strategy<Value = Command> {
    let link = select(vec!["a", "b", "c"]).prop_map(media);
    let rule = prop_oneof![
        Just(StartRule::Told),
        Just(StartRule::AllReady),
        (1..4_u32).prop_map(|members| StartRule::Ready {
            members: members.try_into().unwrap()
        }),
        (-1_000_000..120_000_000_i64).prop_map(|at| StartRule::At { at: RoomTime(at) }),
    ];
    prop_oneof![
        3 => any::<bool>().prop_map(|ready| Command::SetReady { ready }),
        1 => link.prop_map(|media| Command::PlayWaiting { media }),
        1 => Just(Command::Start),
        2 => proptest::option::of(rule).prop_map(|start| Command::SetStart { start }),
    ]
}

fn queue_command() -> impl Strategy<Value = Command> {
    let link = select(vec!["a", "b", "c", "d", "e"]).prop_map(media);
    let number = || (0..12_u64).prop_map(EntryId);
    let links = vec!["a", "b", "c", "d", "e", "f"];
    let links = proptest::collection::vec(select(links), 1..8);
    prop_oneof![
        2 => link.prop_map(|media| Command::Add { media }),
        1 => links.prop_map(|links| Command::AddAll {
            batch: story::batch(&links),
        }),
        1 => (number(), number()).prop_map(|(first, last)| Command::TakeBack { first, last }),
        1 => (number(), any::<bool>(), length()).prop_map(|(entry, named, duration)| {
            let title = Title::parse("A film").ok().filter(|_| named);
            Command::Describe { entry, title, duration }
        }),
        1 => proptest::option::of(number()).prop_map(|entry| Command::Approve { entry }),
        1 => proptest::option::of(number()).prop_map(|entry| Command::Reject { entry }),
        1 => proptest::option::of(who()).prop_map(|of| Command::RejectAll { of }),
        1 => select(vec!["a", "b"]).prop_map(|name| {
            let link = SubtitleLink::parse(&format!("https://e.org/{name}.srt"));
            Command::OfferSubtitles { link: link.unwrap() }
        }),
        1 => number().prop_map(|entry| Command::Withdraw { entry }),
        1 => number().prop_map(|entry| Command::Remove { entry }),
        1 => number().prop_map(|entry| Command::PlayNow { entry }),
        1 => (number(), any::<u32>()).prop_map(|(entry, place)| Command::Move { entry, place }),
    ]
}

fn member_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        Just(Command::Chat {
            text: ChatText::parse("hi").unwrap()
        }),
        Just(Command::React {
            emoji: Emoji::parse("🔥").unwrap()
        }),
        name().prop_map(|name| Command::Rename {
            name: MemberName::parse(&name).unwrap()
        }),
        Just(Command::SetTitle {
            title: Title::parse("A night").ok()
        }),
        entry_command(),
        (who(), select(Role::ALL.to_vec())).prop_map(|(who, role)| Command::SetRole { who, role }),
        who().prop_map(|who| Command::SetHeir { who }),
        who().prop_map(|who| Command::Kick { who }),
        moderation(),
    ]
}

/// A command about who can find and enter the room.
fn entry_command() -> impl Strategy<Value = Command> {
    let visibility = select(vec![
        Visibility::Public,
        Visibility::Unlisted,
        Visibility::Private,
    ]);
    let password = proptest::option::of(Just(Password::from("popcorn")));
    let role = select(vec![Role::Viewer, Role::Moderator]);
    prop_oneof![
        (visibility, password).prop_map(|(visibility, password)| Command::SetVisibility {
            visibility,
            password,
        }),
        (0..9_u128, role).prop_map(|(bits, role)| Command::CreateInvite {
            token: InviteToken::from_bits(bits),
            terms: InviteTerms::new(role, InviteTerms::SHORTEST, 1).unwrap(),
        }),
        (0..9_u64).prop_map(|number| Command::RevokeInvite {
            invite: InviteId(number),
        }),
        Just(Command::ListInvites),
    ]
}

fn moderation() -> impl Strategy<Value = Command> {
    let request = select(vec![
        requested(Command::Pause { mark: None }),
        requested(Command::Resume { mark: None }),
        requested(Command::Undo),
        requested(Command::Skip),
    ]);
    prop_oneof![
        request.prop_map(|request| Command::Ask { request }),
        (who(), any::<bool>()).prop_map(|(who, muted)| Command::Mute { who, muted }),
        (proptest::option::of(who()), any::<bool>()).prop_map(|(who, wait_exempt)| {
            Command::ExemptFromWait {
                who,
                exempt: wait_exempt,
            }
        }),
        (who(), select(BAN_SCOPES.to_vec())).prop_map(|(who, scope)| Command::Ban { who, scope }),
        who().prop_map(|who| Command::Unban { who }),
        line().prop_map(|line| Command::Erase { line }),
        many_lines(),
        many_members(),
    ]
}

fn line() -> impl Strategy<Value = ChatId> {
    (0..9_u64).prop_map(ChatId)
}

fn many_lines() -> impl Strategy<Value = Command> {
    let subject = prop_oneof![
        who().prop_map(ReportSubject::Member),
        line().prop_map(ReportSubject::Line),
    ];
    prop_oneof![
        who().prop_map(|of| Command::EraseAll { of }),
        subject.prop_map(|of| Command::ReportMember { of, reason: None }),
    ]
}

fn many_members() -> impl Strategy<Value = Command> {
    let delay =
        || proptest::option::of((1..90_u32).prop_map(|seconds| seconds.try_into().unwrap()));
    prop_oneof![
        delay().prop_map(|interval| Command::SetSlowMode { interval }),
        delay().prop_map(|wait| Command::SetNewcomers { wait }),
        any::<bool>().prop_map(|shown| Command::SetObserverChat { shown }),
        any::<bool>().prop_map(|locked| Command::SetLocked { locked }),
    ]
}

/// A length, sensible or not.
fn length() -> impl Strategy<Value = Option<Span>> {
    prop_oneof![
        3 => (1..700_i64).prop_map(|seconds| Some(Span::seconds(seconds))),
        1 => any::<i64>().prop_map(|span| Some(Span(span))),
        1 => Just(None),
    ]
}

/// A position in the media, sensible or not.
fn place() -> impl Strategy<Value = Option<Position>> {
    length().prop_map(|length| length.map(|length| Position(length.0)))
}

fn report() -> impl Strategy<Value = Report> {
    // Mostly about the current media.
    let epoch = || prop_oneof![6 => Just(Epoch(0)), 1 => Just(Epoch(1))];
    let code = select(FailureCode::ALL.to_vec());
    prop_oneof![
        2 => (epoch(), length(), any::<bool>()).prop_map(|(epoch, duration, live)| {
            Report::Learned {
                epoch,
                duration,
                title: Title::parse("A film").ok(),
                live,
                begins: duration,
            }
        }),
        2 => (epoch(), place()).prop_map(|(epoch, place)| Report::Ended { epoch, place }),
        2 => epoch().prop_map(|epoch| Report::Ready { epoch }),
        4 => (epoch(), any::<bool>(), place()).prop_map(|(epoch, stalled, place)| {
            Report::Stalled {
                epoch,
                stalled,
                place,
            }
        }),
        2 => (epoch(), code, any::<bool>()).prop_map(|(epoch, code, retrying)| Report::Failed {
            epoch,
            code,
            retrying,
        }),
    ]
}
