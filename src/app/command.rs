//! What a person types: chat, or a slash command. One table says which commands there are,
//! how each is written and how its argument is read; parsing and `/help` both follow it.
//!
//! Reading only: what a line leads to is the app's business, whether it is allowed the
//! room's.

use super::key::latin;
use super::output::{ArgumentFault, UsageError, Why};
use crate::protocol::command::{Command, Who};
use crate::protocol::invite::Target;
use crate::protocol::member::Role;
use crate::protocol::text::{ChatText, TextError, clean, nearest};
use crate::sync::player::{PlayerCommand, Quality};

mod arguments;
mod russian;

/// The most characters of a mistyped text that are repeated to its author.
const REPEATED: usize = 40;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum ParsedLine {
    /// Nothing: only blanks.
    Empty,
    /// Something of the room.
    Room(Command),
    /// Something of the client itself.
    Client(ClientCommand),
}

/// What the client does by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientCommand {
    /// Start the player again, or connect at once.
    Retry,
    /// Go to another room.
    Join(Target),
    /// Say who is here.
    Who,
    /// Say who is banned.
    Bans,
    /// Take a line of chat away: the one of that number, or the last of that member.
    Erase(Who),
    /// Say which commands there are.
    Help,
    /// Leave.
    Quit,
    /// Order the own player.
    Own(PlayerCommand),
    /// Play in this quality here.
    Quality(Quality),
    /// Show something.
    Show(Show),
    /// Say that one is away, or back.
    Away,
}

/// What can be shown, or handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The live rooms.
    Gallery,
    /// The members and how they are doing.
    Members,
    /// The queue.
    Queue,
    /// Why the player did what it did.
    Why,
    /// The invite, into the clipboard.
    Copy,
}

/// Reads a line. One that begins with blanks and a slash is never chat.
///
/// # Errors
/// What was wrong with it.
pub fn parse(line: &str) -> Result<ParsedLine, Why> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(ParsedLine::Empty);
    }
    let Some(typed) = line.strip_prefix('/').or_else(|| dotted(line)) else {
        let text = ChatText::parse(line).map_err(text_fault)?;
        return Ok(ParsedLine::Room(Command::Chat { text }));
    };
    let (name, argument) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let slash = Slash::named(name).ok_or_else(|| unknown(name))?;
    slash.read(argument.trim())
}

/// A command whose slash was typed on a Russian layout, where a full stop sits on its key.
/// What is no command is a message that begins with a full stop.
fn dotted(line: &str) -> Option<&str> {
    let typed = line.strip_prefix('.')?;
    let name = typed.split(char::is_whitespace).next()?;
    Slash::named(name).map(|_| typed)
}

/// Declares the table of commands: `Name "usage" Role parser` a row, in the order in which
/// `/help` shows them. The usage begins with the name that is typed.
macro_rules! slash_commands {
    ($($(#[$doc:meta])* $variant:ident: $usage:literal, $needs:ident, $read:expr;)*) => {
        /// A command that is typed with a slash.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Slash {
            $($(#[$doc])* $variant,)*
        }

        impl Slash {
            /// Every command, in the order in which people look for them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// How it is written, such as `/seek 1:23 | +10 | -10`.
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

            fn read(self, argument: &str) -> Result<ParsedLine, Why> {
                let read: fn(&str) -> Result<ParsedLine, ReadError> = match self {
                    $(Self::$variant => $read,)*
                };
                read(argument).map_err(|fault| fault.of(self, argument))
            }
        }
    };
}

slash_commands! {
    /// Put a link, or an entry of the queue, on now.
    Play: "/play LINK | #N", Admin, |a| arguments::played(a).map(room);
    /// Put media into the queue.
    Add: "/add LINK", Viewer, |a| Ok(room(Command::Add { media: arguments::media(a)? }));
    /// Say yes to a proposal.
    Approve: "/approve [#N]", Admin, |a| Ok(room(Command::Approve { entry: arguments::maybe_entry(a)? }));
    /// Say no to a proposal, to all of them, or to all of one member.
    Reject: "/reject [#N | all | @NAME]", Admin, |a| arguments::rejected(a).map(room);
    /// Take one's own proposal back.
    Withdraw: "/withdraw #N", Viewer, |a| Ok(room(Command::Withdraw { entry: arguments::entry(a)? }));
    /// Remove any entry.
    Remove: "/remove #N", Admin, |a| Ok(room(Command::Remove { entry: arguments::entry(a)? }));
    /// Give an entry another place.
    Move: "/move #N PLACE", Admin, |a| arguments::entry_and_place(a)
        .map(|(entry, place)| room(Command::Move { entry, place }));
    /// Put the next approved entry on.
    Skip: "/skip", Admin, |a| alone(a, Command::Skip);
    /// Stand still.
    Pause: "/pause", Admin, |a| alone(a, Command::Pause { mark: None });
    /// Play on.
    Resume: "/resume", Admin, |a| alone(a, Command::Resume { mark: None });
    /// Jump.
    Seek: "/seek 1:23 | +10 | -10", Admin, |a| arguments::seek_target(a)
        .map(|target| room(Command::Seek { target, mark: None }));
    /// Take the last jump back.
    Undo: "/undo", Admin, |a| alone(a, Command::Undo);
    /// Play faster or slower.
    Rate: "/rate 1.25", Admin, |a| Ok(room(Command::SetRate { rate: arguments::rate(a)? }));
    /// Set the media's length by hand, or give the players' word back.
    Length: "/length 1:35:20 | off", Admin, |a| Ok(room(Command::SetLength { length: arguments::length(a)? }));
    /// Let an emoji float by.
    React: "/react 1..5 | EMOJI | :name:", Viewer, |a| Ok(room(Command::React { emoji: arguments::emoji(a)? }));
    /// Ask the admins for something that only they can do.
    Ask: "/ask [COMMAND]", Viewer, |a| Ok(room(Command::Ask { request: arguments::request(a)? }));
    /// Take another name.
    Nick: "/nick NAME", Viewer, |a| Ok(room(Command::Rename { name: arguments::name(a)? }));
    /// Give the room a title.
    Title: "/title [TEXT]", Admin, |a| Ok(room(Command::SetTitle { title: arguments::maybe_title(a)? }));
    /// Make a member admin.
    Admin: "/admin NAME | #N", Admin, |a| role(a, Role::Admin);
    /// Make a member moderator.
    Moderator: "/moderator NAME | #N", Admin, |a| role(a, Role::Moderator);
    /// Make a member viewer again.
    Viewer: "/viewer NAME | #N", Admin, |a| role(a, Role::Viewer);
    /// Name who follows when no admin is here.
    Heir: "/heir NAME | #N", Admin, |a| Ok(room(Command::SetHeir { who: arguments::who(a)? }));
    /// Send a member out.
    Kick: "/kick NAME | #N", Moderator, |a| Ok(room(Command::Kick { who: arguments::who(a)? }));
    /// Take a member's chat and reactions away; alone, the own sound off and on.
    Mute: "/mute [NAME | #N]", Viewer, |a| mute(a);
    /// Let a member chat and react again.
    Unmute: "/unmute NAME | #N", Moderator, |a|
        Ok(room(Command::Mute { who: arguments::who(a)?, muted: false }));
    /// Take a line of chat away.
    Erase: "/erase NAME | #LINE", Moderator, |a| Ok(ParsedLine::Client(ClientCommand::Erase(arguments::who(a)?)));
    /// Send a member out for good.
    Ban: "/ban NAME | #N [address|alone]", Admin, |a| arguments::ban(a)
        .map(|(who, scope)| room(Command::Ban { who, scope }));
    /// Let somebody who was banned in again.
    Unban: "/unban NAME | #N", Admin, |a| Ok(room(Command::Unban { who: arguments::who(a)? }));
    /// Say who is banned.
    Bans: "/bans", Viewer, |a| local(a, ClientCommand::Bans);
    /// Choose whether the room waits for slow viewers.
    Wait: "/wait on | off", Admin, |a| Ok(room(Command::SetWait { wait: arguments::on_off(a)? }));
    /// Choose that the room does not wait for oneself, or for another.
    NoWait: "/nowait [NAME] [off]", Viewer, |a| arguments::wait_exempt(a)
        .map(|(who, wait_exempt)| room(Command::ExemptFromWait { who, exempt: wait_exempt }));
    /// Do not wait any longer now.
    Go: "/go", Admin, |a| alone(a, Command::Go);
    /// Count to the start on every screen, then play.
    Countdown: "/countdown", Admin, |a| alone(a, Command::Countdown);
    /// Start the player again, or connect at once.
    Retry: "/retry", Viewer, |a| local(a, ClientCommand::Retry);
    /// Go to another room.
    Join: "/join LINK | ROOM", Viewer, |a| Ok(ParsedLine::Client(ClientCommand::Join(arguments::target(a)?)));
    /// The own volume.
    Volume: "/vol 0..100 | +5 | -5", Viewer, |a| own(arguments::volume(a)?);
    /// The own subtitles: the next ones, or none.
    Subtitles: "/sub", Viewer, |a| own_alone(a, PlayerCommand::CycleSubtitles);
    /// The own sound track: the next one.
    Audio: "/audio", Viewer, |a| own_alone(a, PlayerCommand::CycleAudio);
    /// The own window over the whole screen, or not.
    Fullscreen: "/fullscreen", Viewer, |a| own_alone(a, PlayerCommand::ToggleFullscreen);
    /// The own quality.
    Quality: "/quality 480 | 720 | best | audio", Viewer, |a|
        Ok(ParsedLine::Client(ClientCommand::Quality(arguments::quality(a)?)));
    /// Say that one is away, or back.
    Away: "/away", Viewer, |a| local(a, ClientCommand::Away);
    /// Show the live rooms.
    Gallery: "/gallery", Viewer, |a| local(a, ClientCommand::Show(Show::Gallery));
    /// Show the members and how they are doing.
    Members: "/members", Viewer, |a| local(a, ClientCommand::Show(Show::Members));
    /// Go to the queue.
    Queue: "/queue", Viewer, |a| local(a, ClientCommand::Show(Show::Queue));
    /// Show why the player did what it did.
    Why: "/why", Viewer, |a| local(a, ClientCommand::Show(Show::Why));
    /// Copy the invite.
    Copy: "/copy", Viewer, |a| local(a, ClientCommand::Show(Show::Copy));
    /// Say who is here.
    Who: "/who", Viewer, |a| local(a, ClientCommand::Who);
    /// Say which commands there are.
    Help: "/help", Viewer, |a| local(a, ClientCommand::Help);
    /// Leave.
    Quit: "/quit", Viewer, |a| local(a, ClientCommand::Quit);
}

impl Slash {
    /// What is typed after the slash.
    #[must_use]
    pub fn name(self) -> &'static str {
        let first = self.usage().split(' ').next().unwrap_or_default();
        first.trim_start_matches('/')
    }

    /// The plain words that it takes as arguments, such as `on` and `off`.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let tokens = self.usage().split([' ', '[', ']', '|']).skip(1);
        let plain = |token: &&str| token.bytes().all(|byte| byte.is_ascii_lowercase());
        tokens.filter(move |token| !token.is_empty() && plain(token))
    }

    /// The command of an English or Russian name, without regard to case, or of one that was
    /// typed on the keys of that name on a Russian layout.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let by_position: String = name.chars().map(latin).collect();
        let of = |name: &str| Self::ALL.iter().copied().find(|slash| slash.name() == name);
        of(&name)
            .or_else(|| russian::named(&name))
            .or_else(|| of(&by_position))
    }
}

/// What is wrong with an argument.
#[derive(Debug, Clone, PartialEq)]
enum ReadError {
    /// It is missing or makes no sense.
    Bad,
    /// It makes no sense for this reason.
    Because(ArgumentFault),
    /// It is wrong in a way that has words of its own.
    Known(Why),
}

impl ReadError {
    fn of(self, slash: Slash, given: &str) -> Why {
        let fault = match self {
            Self::Known(why) => return why,
            Self::Because(fault) => Some(fault),
            Self::Bad => None,
        };
        Why::Usage(UsageError::BadArgument {
            usage: slash.usage(),
            given: clean(given, REPEATED),
            fault,
        })
    }
}

fn room(command: Command) -> ParsedLine {
    ParsedLine::Room(command)
}

/// A command of the room that takes no argument.
fn alone(argument: &str, command: Command) -> Result<ParsedLine, ReadError> {
    arguments::none(argument).map(|()| room(command))
}

/// A command of the client that takes no argument.
fn local(argument: &str, local: ClientCommand) -> Result<ParsedLine, ReadError> {
    arguments::none(argument).map(|()| ParsedLine::Client(local))
}

/// An order to the own player.
#[expect(clippy::unnecessary_wraps, reason = "a reader of the table")]
fn own(order: PlayerCommand) -> Result<ParsedLine, ReadError> {
    Ok(ParsedLine::Client(ClientCommand::Own(order)))
}

/// An order to the own player that takes no argument.
fn own_alone(argument: &str, order: PlayerCommand) -> Result<ParsedLine, ReadError> {
    arguments::none(argument).and_then(|()| own(order))
}

/// Without an argument it is the own sound, as in most players.
fn mute(argument: &str) -> Result<ParsedLine, ReadError> {
    if argument.is_empty() {
        return own(PlayerCommand::ToggleMute);
    }
    let who = arguments::who(argument)?;
    Ok(room(Command::Mute { who, muted: true }))
}

fn role(argument: &str, role: Role) -> Result<ParsedLine, ReadError> {
    let who = arguments::who(argument)?;
    Ok(room(Command::SetRole { who, role }))
}

fn unknown(typed: &str) -> Why {
    let wanted = typed.to_lowercase();
    let nearest = nearest(&wanted, Slash::ALL.iter().map(|slash| slash.name()));
    Why::Usage(UsageError::UnknownCommand {
        typed: clean(typed, REPEATED),
        nearest,
    })
}

fn text_fault(error: TextError) -> Why {
    Why::Usage(match error {
        TextError::TooLong { max } => UsageError::TooLong { max },
        TextError::Name(fault) => UsageError::Name(fault),
        TextError::Empty | TextError::NotEmoji => UsageError::Empty,
    })
}

#[cfg(test)]
mod tests;
