//! The table of slash commands: how each is written, in English and in Russian, the role it takes,
//! and how its argument is read. Parsing, completion, `/help` and the help page follow it; what a
//! command does in a line of help stands in the catalogue of texts, under its name.

use super::line_readers::{
    alone, delay, invite, local, mute, observers, open_to, or_told, own, own_alone, role, room,
};
use super::parsed_line::{ClientCommand, ParsedLine, Setting, Show};
use super::read_error::ReadError;
use super::{
    arguments, askable, invite_arguments, list_arguments, own_arguments, preferences,
    reaction_arguments, start,
};
use crate::app::output::Why;
use crate::protocol::command::Command;
use crate::protocol::member::{Role, Visibility};
use crate::sync::player::{PlayerCommand, TrackKind};

/// Declares the table of commands: `Variant: "usage" ["Russian names"], Role, reader` a row, in the
/// order in which `/help` shows them. The usage begins with the English name; what stands for an
/// argument is in capitals, and its small words are `ArgumentWord`s.
macro_rules! slash_commands {
    ($(
        $(#[$doc:meta])*
        $variant:ident: $usage:literal [$($russian:literal),+], $needs:ident, $read:expr;
    )*) => {
        /// A command that is typed with a slash.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Slash {
            $($(#[$doc])* $variant,)*
        }

        impl Slash {
            /// Every command, in the order in which people look for them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// How it is written in English, such as `/seek 1:23 | +10 | -10`.
            #[must_use]
            pub const fn usage(self) -> &'static str {
                match self {
                    $(Self::$variant => $usage,)*
                }
            }

            /// The role it takes, for help only: the room decides.
            #[must_use]
            pub const fn needs(self) -> Role {
                match self {
                    $(Self::$variant => Role::$needs,)*
                }
            }

            /// Its Russian names in lower case. The first is shown; the others are understood.
            #[must_use]
            pub const fn russian(self) -> &'static [&'static str] {
                match self {
                    $(Self::$variant => &[$($russian),+],)*
                }
            }

            /// Reads what stands behind its name.
            pub(super) fn read(self, argument: &str) -> Result<ParsedLine, Why> {
                let read: fn(&str) -> Result<ParsedLine, ReadError> = match self {
                    $(Self::$variant => $read,)*
                };
                read(argument).map_err(|fault| fault.of(self.usage(), argument))
            }
        }
    };
}

slash_commands! {
    /// Put a link, or an entry of the queue, on now.
    Play: "/play LINK [--wait] | #N" ["играть"], Admin,
        |a| arguments::played(a).map(room);
    /// Put media into the queue.
    Add: "/add LINK" ["добавить"], Viewer,
        list_arguments::added;
    /// Queue the first videos of a playlist.
    Playlist: "/playlist LINK" ["плейлист"], Viewer,
        |a| list_arguments::playlist(a).map(|list| ParsedLine::Client(ClientCommand::Playlist(list)));
    /// Keep the queue under a name, or remove what was kept so.
    Save: "/save NAME [off | on]" ["сохранить"], Viewer,
        |a| list_arguments::saved(a).map(ParsedLine::Client);
    /// Queue what was kept under a name.
    Load: "/load [NAME]" ["загрузить"], Viewer,
        |a| list_arguments::maybe_list_name(a).map(|name| ParsedLine::Client(ClientCommand::Load(name)));
    /// Say yes to a proposal.
    Approve: "/approve [#N]" ["принять", "одобрить"], Admin,
        |a| Ok(room(Command::Approve { entry: arguments::maybe_entry(a)? }));
    /// Say no to a proposal, to all of them, or to all of one member.
    Reject: "/reject [#N | all | @NAME]" ["отклонить"], Admin,
        |a| arguments::rejected(a).map(room);
    /// Take one's own proposal back.
    Withdraw: "/withdraw #N | #N-#N" ["отозвать"], Viewer,
        |a| arguments::taken_back(a, |entry| Command::Withdraw { entry }).map(room);
    /// Remove any entry.
    Remove: "/remove #N | #N-#N" ["убрать"], Admin,
        |a| arguments::taken_back(a, |entry| Command::Remove { entry }).map(room);
    /// Give an entry another place.
    Move: "/move #N PLACE" ["переместить"], Admin,
        |a| arguments::entry_and_place(a).map(|(entry, place)| room(Command::Move { entry, place }));
    /// Put the next approved entry on.
    Skip: "/skip" ["дальше"], Admin,
        |a| alone(a, Command::Skip);
    /// Pause for everyone, where the room is as the command arrives.
    Pause: "/pause" ["пауза"], Admin,
        |a| alone(a, Command::Pause { mark: None });
    /// Play on for everyone.
    Resume: "/resume" ["продолжить"], Admin,
        |a| alone(a, Command::Resume { mark: None });
    /// Seek for everyone, to a time or by so many seconds.
    Seek: "/seek 1:23 | +10 | -10" ["перейти", "перемотать"], Admin,
        |a| arguments::seek_target(a).map(|target| room(Command::Seek { target, mark: None }));
    /// Seek to a chapter, for everyone; alone, say which there are.
    Chapter: "/chapter [#N|next|prev|NAME]" ["глава"], Admin,
        |a| or_told(a, Setting::Chapters, |a| Ok(ParsedLine::Client(ClientCommand::Chapter(list_arguments::chapter(a)?))));
    /// Seek back to before the last seek.
    Undo: "/undo" ["назад"], Admin,
        |a| alone(a, Command::Undo);
    /// Play faster or slower; alone, say how fast.
    Rate: "/rate [1.25]" ["скорость"], Admin,
        |a| or_told(a, Setting::Rate, |a| Ok(room(Command::SetRate { rate: arguments::rate(a)? })));
    /// Set the media's length by hand, or go back to what the players report.
    Length: "/length 1:35:20 | off" ["длина"], Admin,
        |a| Ok(room(Command::SetLength { length: arguments::length(a)? }));
    /// Let an emoji float by.
    React: "/react 1..5 | EMOJI | :fire:" ["реакция"], Viewer,
        |a| reaction_arguments::reaction(a);
    /// Choose the emoji on the own keys 1 to 5; alone, say which they are.
    Reactions: "/reactions [1..5 EMOJI]" ["реакции"], Viewer,
        |a| Ok(ParsedLine::Client(ClientCommand::Reactions(reaction_arguments::own_reaction(a)?)));
    /// Ask the admins for something that only they can do.
    Ask: "/ask [COMMAND]" ["просить"], Viewer,
        |a| askable::request(a, asked);
    /// Take another name.
    Nick: "/nick NAME" ["имя", "ник"], Viewer,
        |a| Ok(room(Command::Rename { name: arguments::name(a)? }));
    /// Give the room a title.
    Title: "/title [TEXT]" ["название"], Admin,
        |a| Ok(room(Command::SetTitle { title: arguments::maybe_title(a)? }));
    /// Set what an emote of the room stands for, or take it away.
    Emote: "/emote :NAME: TEXT | off" ["смайл"], Admin,
        |a| reaction_arguments::emote(a).map(room);
    /// List the room in the gallery, and let everybody in.
    Public: "/public" ["открытая"], Admin,
        |a| alone(a, open_to(Visibility::Public));
    /// Let in everybody who knows the room's name, and list it nowhere.
    Unlisted: "/unlisted" ["скрытая"], Admin,
        |a| alone(a, open_to(Visibility::Unlisted));
    /// Let in only who knows a password, which is asked for; or change it.
    Private: "/private" ["закрытая"], Admin,
        |a| arguments::no_password(a).map(|()| ParsedLine::Client(ClientCommand::MakePrivate));
    /// Make an invite link that spares guests the password.
    Invite: "/invite [--for 7d] [--uses 5] [--moderator]" ["пригласить"], Admin,
        |a| invite_arguments::invite(a).map(invite);
    /// List the invite links that work.
    Invites: "/invites" ["приглашения"], Admin,
        |a| alone(a, Command::ListInvites);
    /// Revoke an invite link.
    Revoke: "/revoke #N" ["аннулировать"], Admin,
        |a| Ok(room(Command::RevokeInvite { invite: invite_arguments::invite_number(a)? }));
    /// Make a member admin.
    Admin: "/admin NAME | #N" ["админ"], Admin,
        |a| role(a, Role::Admin);
    /// Make a member moderator.
    Moderator: "/moderator NAME | #N" ["модератор"], Admin,
        |a| role(a, Role::Moderator);
    /// Make a member viewer again.
    Viewer: "/viewer NAME | #N" ["зритель"], Admin,
        |a| role(a, Role::Viewer);
    /// Name who follows when no admin is here.
    Heir: "/heir NAME | #N" ["преемник", "наследник"], Admin,
        |a| Ok(room(Command::SetHeir { who: arguments::who(a)? }));
    /// Send a member out.
    Kick: "/kick NAME | #N" ["выгнать", "кик"], Moderator,
        |a| Ok(room(Command::Kick { who: arguments::who(a)? }));
    /// Take a member's chat and reactions away; alone, the own sound off and on.
    Mute: "/mute [NAME | #N]" ["заглушить", "тихо"], Viewer,
        |a| mute(a);
    /// Let a member chat and react again.
    Unmute: "/unmute NAME | #N" ["вернуть"], Moderator,
        |a| Ok(room(Command::Mute { who: arguments::who(a)?, muted: false }));
    /// Take a line of chat away.
    Erase: "/erase NAME | #LINE" ["стереть"], Moderator,
        |a| Ok(ParsedLine::Client(ClientCommand::Erase(arguments::who(a)?)));
    /// Take all lines of a member away.
    Clear: "/clear NAME | #N" ["очистить"], Moderator,
        |a| Ok(room(Command::EraseAll { of: arguments::who(a)? }));
    /// Let viewers write only every so often; alone, say how it is.
    Slow: "/slow [SECONDS | off]" ["медленно"], Moderator,
        |a| delay(a, |interval| Command::SetSlowMode { interval });
    /// Let nobody in whom the room does not know.
    Lock: "/lock" ["запереть"], Admin,
        |a| alone(a, Command::SetLocked { locked: true });
    /// Let new members in again.
    Unlock: "/unlock" ["отпереть"], Admin,
        |a| alone(a, Command::SetLocked { locked: false });
    /// Let newcomers only watch for a while; alone, say how it is.
    Newcomers: "/newcomers [SECONDS | off]" ["новички"], Admin,
        |a| delay(a, |wait| Command::SetNewcomers { wait });
    /// Choose whether those who watch from outside see the chat; alone, say how it is.
    Observers: "/observers [chat on|off]" ["наблюдатели"], Admin,
        |a| observers(a);
    /// Report a member or a line of chat to the moderators.
    Report: "/report NAME | #LINE [REASON]" ["жалоба", "пожаловаться"], Viewer,
        |a| Ok(ParsedLine::Client(ClientCommand::Report(arguments::report(a)?)));
    /// Send a member out for good.
    Ban: "/ban NAME | #N [address|alone]" ["забанить", "бан"], Admin,
        |a| arguments::ban(a).map(|(who, scope)| room(Command::Ban { who, scope }));
    /// Let somebody who was banned in again.
    Unban: "/unban NAME | #N" ["разбанить"], Admin,
        |a| Ok(room(Command::Unban { who: arguments::who(a)? }));
    /// Say who is banned.
    Bans: "/bans" ["баны"], Viewer,
        |a| local(a, ClientCommand::Bans);
    /// Choose whether the room waits for slow viewers; alone, say whether it does.
    Wait: "/wait [on | off]" ["ждать"], Admin,
        |a| or_told(a, Setting::Wait, |a| Ok(room(Command::SetWait { wait: arguments::on_off(a)? })));
    /// Choose that the room does not wait for oneself, or for another.
    NoWait: "/nowait [NAME] [off]" ["неждать"], Viewer,
        |a| arguments::wait_exempt(a).map(|(who, exempt)| room(Command::ExemptFromWait { who, exempt }));
    /// Do not wait any longer now.
    Go: "/go" ["вперёд", "вперед"], Admin,
        |a| alone(a, Command::Go);
    /// Count to the start on every screen, then play.
    Countdown: "/countdown" ["отсчёт", "отсчет"], Admin,
        |a| alone(a, Command::Countdown);
    /// Say that one is ready for the start, or is not.
    Ready: "/ready [off]" ["готово", "готов", "готова"], Viewer,
        |a| start::ready(a);
    /// Start what waits in the lobby, now or later.
    Start: "/start [when 3|all|21:00|wait|off]" ["начать", "старт"], Admin,
        |a| start::start(a);
    /// Close the room for good.
    Close: "/close" ["закрыть"], Admin,
        |a| alone(a, Command::Close);
    /// Start the player again, or connect at once.
    Retry: "/retry" ["заново"], Viewer,
        |a| local(a, ClientCommand::Retry);
    /// Go to another room.
    Join: "/join LINK | ROOM" ["войти"], Viewer,
        |a| Ok(ParsedLine::Client(ClientCommand::Join(arguments::target(a)?)));
    /// The own volume; alone, say how it is.
    Volume: "/vol [0..130 | +5 | -5]" ["громкость"], Viewer,
        |a| or_told(a, Setting::Volume, |a| own(own_arguments::volume(a)?));
    /// The own subtitles: one of them, or none; alone, say which there are.
    Subtitles: "/sub [#N | off | NAME]" ["субтитры", "сабы"], Viewer,
        |a| own_arguments::track(TrackKind::Subtitles, a);
    /// Offer subtitles to everybody, or show those that are offered.
    OfferSubtitles: "/subtitles LINK | yes" ["файл-субтитров", "файл-сабов"], Viewer,
        |a| own_arguments::offered_subtitles(a);
    /// Show the own subtitles sooner or later; alone, say how it is.
    SubtitleDelay: "/sub-delay [+0.1 | -0.5 | 0]" ["задержка-сабов"], Viewer,
        |a| own_arguments::subtitle_delay(a);
    /// The own sound track; alone, say which there are.
    Audio: "/audio [#N | NAME]" ["дорожка"], Viewer,
        |a| own_arguments::track(TrackKind::Audio, a);
    /// How late the own sound device is, in milliseconds; alone, say how it is.
    Nudge: "/nudge [+40 | -40 | 0]" ["сдвиг"], Viewer,
        |a| own_arguments::nudge(a);
    /// The own window over the whole screen, or not.
    Fullscreen: "/fullscreen" ["экран"], Viewer,
        |a| own_alone(a, PlayerCommand::ToggleFullscreen);
    /// The own quality; alone, say which was chosen.
    Quality: "/quality [480 | 720 | best | audio]" ["качество"], Viewer,
        |a| or_told(a, Setting::Quality, |a| Ok(ParsedLine::Client(ClientCommand::Quality(own_arguments::quality(a)?))));
    /// Choose how much is shown over the own picture; alone, say how much is.
    Osd: "/osd [full | quiet | off]" ["надписи"], Viewer,
        |a| Ok(ParsedLine::Client(ClientCommand::Osd(arguments::osd_level(a)?)));
    /// Open the room's links into one's own network, or no longer.
    Trust: "/trust [off]" ["доверять"], Viewer,
        |a| own_arguments::trust(a);
    /// Say that one is away, or back.
    Away: "/away" ["отойти", "отошёл", "отошел"], Viewer,
        |a| local(a, ClientCommand::Away);
    /// Show the live rooms.
    Gallery: "/gallery" ["галерея"], Viewer,
        |a| local(a, ClientCommand::Show(Show::Gallery));
    /// Show the members and how they are doing.
    Members: "/members" ["участники"], Viewer,
        |a| local(a, ClientCommand::Show(Show::Members));
    /// Go to the queue.
    Queue: "/queue" ["очередь"], Viewer,
        |a| local(a, ClientCommand::Show(Show::Queue));
    /// Show why the player did what it did.
    Why: "/why" ["почему"], Viewer,
        |a| local(a, ClientCommand::Show(Show::Why));
    /// Choose which panes are shown, and how wide the chat is; alone, show all or few.
    Layout: "/layout [cinema|full|wider|narrower]" ["вид"], Viewer,
        preferences::layout;
    /// Choose what flashes and what rings; alone, say how it is.
    Alerts: "/alerts [WHAT] [flash|ring|both|off]" ["сигналы"], Viewer,
        preferences::alerts;
    /// Copy the invite.
    Copy: "/copy" ["скопировать"], Viewer,
        |a| local(a, ClientCommand::Show(Show::Copy));
    /// Say who is here.
    Who: "/who" ["кто"], Viewer,
        |a| local(a, ClientCommand::Who);
    /// Choose the language of everything that the client says; alone, say which it is.
    Language: "/lang [en | ru]" ["язык"], Viewer,
        |a| or_told(a, Setting::Language, |a| Ok(ParsedLine::Client(ClientCommand::Language(arguments::language(a)?))));
    /// Choose how the screen looks; alone, say how.
    Theme: "/theme [auto|dark|light|contrast|mono|own]" ["тема", "оформление"], Viewer,
        |a| or_told(a, Setting::Theme, |a| Ok(ParsedLine::Client(ClientCommand::Theme(arguments::theme(a)?))));
    /// List everything that can be done or gone to.
    Find: "/find" ["найти"], Viewer,
        |a| local(a, ClientCommand::Show(Show::Find));
    /// Say which commands there are, or what one of them does.
    Help: "/help [COMMAND]" ["помощь", "справка"], Viewer,
        |a| Ok(ParsedLine::Client(ClientCommand::Help(explained(a)?)));
    /// Leave the room and end the client.
    Quit: "/quit" ["выход", "выйти"], Viewer,
        |a| local(a, ClientCommand::Quit);
}

/// The English name of a command, with or without its slash; nothing is all of them.
fn explained(text: &str) -> Result<Option<&'static str>, ReadError> {
    let name = text.trim_start_matches('/');
    if name.is_empty() {
        return Ok(None);
    }
    let slash = Slash::named(name).ok_or(ReadError::Bad)?;
    Ok(Some(slash.name()))
}

/// Reads the command that the admins are asked for; `None` if there is none of this name, or it
/// would ask in turn.
fn asked(name: &str, argument: &str) -> Option<Result<ParsedLine, Why>> {
    let slash = Slash::named(name).filter(|slash| *slash != Slash::Ask)?;
    Some(slash.read(argument))
}
