//! The key map: one table of context, keys, action, role and the slash command that does the
//! same. It drives what a key does and what the help screen shows; the words of an action
//! are `strings`' business.

use super::key::{Key, KeyPress};
use crate::protocol::member::Role;

pub mod plain;

/// Where a key acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Wherever the focus is.
    Everywhere,
    /// While the line is written.
    Line,
    /// In any pane.
    OffLine,
    /// In the pane of the chat.
    Chat,
    /// In the pane of the queue.
    Queue,
    /// In the pane of the members.
    Members,
    /// In the gallery.
    Gallery,
}

impl Context {
    /// Every context, in the order of the help screen.
    pub const ALL: [Self; 7] = [
        Self::Everywhere,
        Self::Line,
        Self::OffLine,
        Self::Queue,
        Self::Members,
        Self::Chat,
        Self::Gallery,
    ];
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Show the help.
    Help,
    /// Show the live rooms.
    Gallery,
    /// Go to the queue.
    Queue,
    /// Show the members, their health and the last decisions.
    Members,
    /// Let one of the five reactions float by.
    React(u8),
    /// Pause or play on.
    Pause,
    /// Copy the invite.
    CopyInvite,
    /// Look at earlier chat.
    PageUp,
    /// Look at later chat.
    PageDown,
    /// Draw everything anew.
    Redraw,
    /// Go to the background.
    Suspend,
    /// Clear the line; on an empty one ask to leave.
    Interrupt,
    /// Send the line.
    Send,
    /// The line sent before.
    HistoryBack,
    /// The line sent after.
    HistoryOn,
    /// Complete what is being written, else go to the next pane.
    CompleteOrNext,
    /// Go to the next pane.
    NextPane,
    /// Go to the pane before.
    PreviousPane,
    /// Between the line and the last pane.
    Toggle,
    /// Pause on an empty line, else a blank.
    PauseOrBlank,
    /// Go to the line.
    Write,
    /// Begin a command on the line.
    BeginCommand,
    /// Jump by so many seconds.
    Jump(i32),
    /// Take the last jump back.
    Undo,
    /// The next in the queue.
    Next,
    /// Faster or slower, by so many hundredths.
    Rate(i32),
    /// Begin to add a video.
    Add,
    /// The own volume, by so many percent.
    Volume(i32),
    /// The own sound off and on.
    Mute,
    /// The own subtitles: next.
    Subtitles,
    /// The own audio track: next.
    AudioTrack,
    /// The own window over the whole screen, or not.
    Fullscreen,
    /// Start the player again, or connect at once.
    Retry,
    /// Say that one is away, or back.
    Away,
    /// Show why the player did what it did.
    Why,
    /// Ask to leave.
    Leave,
    /// The one above.
    Up,
    /// The one below.
    Down,
    /// Approve the entry; ask to play an approved one now.
    Approve,
    /// Reject, remove or withdraw the entry.
    Reject,
    /// Move the entry by so many places.
    Move(i32),
    /// Open the menu of the member.
    Menu,
    /// Copy the line of chat.
    CopyLine,
    /// Open the link in the line of chat.
    OpenLink,
    /// Take the line of chat away.
    EraseLine,
    /// Join the room.
    Join,
    /// Sort by something else.
    Sort,
    /// Open a new room.
    NewRoom,
    /// Copy the invite of the room.
    CopyRoom,
    /// Ask another server.
    OtherServer,
    /// Back to the room.
    Back,
}

/// A row of the key map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// Where it acts.
    pub context: Context,
    /// The keys, the first is the one to show where there is little space.
    pub keys: &'static [KeyPress],
    /// What they do.
    pub action: Action,
    /// The role it takes: what is not allowed is answered, never silent.
    pub needs: Role,
    /// The slash command that does the same, without its slash.
    pub twin: Option<&'static str>,
}

const fn row(
    context: Context,
    keys: &'static [KeyPress],
    action: Action,
    needs: Role,
    twin: &'static str,
) -> Binding {
    Binding {
        context,
        keys,
        action,
        needs,
        twin: if twin.is_empty() { None } else { Some(twin) },
    }
}

const fn key(key: Key) -> KeyPress {
    KeyPress::plain(key)
}

const fn letter(letter: char) -> KeyPress {
    KeyPress::plain(Key::Char(letter))
}

use Context::{Chat, Everywhere, Gallery, Line, Members, OffLine, Queue};
use Role::{Admin, Moderator, Viewer};

/// The key map. In a pane its own rows come before those of [`Context::OffLine`], and those
/// before [`Context::Everywhere`].
#[rustfmt::skip] // A row of the map is a row of the file.
pub const BINDINGS: &[Binding] = &[
    row(Everywhere, &[key(Key::F(1))], Action::Help, Viewer, "help"),
    row(Everywhere, &[key(Key::F(2))], Action::Gallery, Viewer, "gallery"),
    row(Everywhere, &[key(Key::F(3))], Action::Queue, Viewer, "queue"),
    row(Everywhere, &[key(Key::F(4))], Action::Members, Viewer, "members"),
    row(Everywhere, &[KeyPress::alt('1')], Action::React(1), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('2')], Action::React(2), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('3')], Action::React(3), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('4')], Action::React(4), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('5')], Action::React(5), Viewer, "react"),
    row(Everywhere, &[KeyPress::ctrl('p')], Action::Pause, Admin, "pause"),
    row(Everywhere, &[KeyPress::ctrl('y')], Action::CopyInvite, Viewer, "copy"),
    row(Everywhere, &[key(Key::PageUp)], Action::PageUp, Viewer, ""),
    row(Everywhere, &[key(Key::PageDown)], Action::PageDown, Viewer, ""),
    row(Everywhere, &[KeyPress::ctrl('l')], Action::Redraw, Viewer, ""),
    row(Everywhere, &[KeyPress::ctrl('z')], Action::Suspend, Viewer, ""),
    row(Everywhere, &[KeyPress::ctrl('c')], Action::Interrupt, Viewer, ""),
    row(Everywhere, &[key(Key::BackTab)], Action::PreviousPane, Viewer, ""),
    row(Everywhere, &[key(Key::Esc)], Action::Toggle, Viewer, ""),
    row(Line, &[key(Key::Enter)], Action::Send, Viewer, ""),
    row(Line, &[key(Key::Up)], Action::HistoryBack, Viewer, ""),
    row(Line, &[key(Key::Down)], Action::HistoryOn, Viewer, ""),
    row(Line, &[key(Key::Tab)], Action::CompleteOrNext, Viewer, ""),
    row(Line, &[letter(' ')], Action::PauseOrBlank, Admin, "pause"),
    row(OffLine, &[key(Key::Tab)], Action::NextPane, Viewer, ""),
    row(OffLine, &[letter('i')], Action::Write, Viewer, ""),
    row(OffLine, &[letter('/'), letter('.')], Action::BeginCommand, Viewer, ""),
    row(OffLine, &[letter(' ')], Action::Pause, Admin, "pause"),
    row(OffLine, &[key(Key::Left)], Action::Jump(-5), Admin, "seek"),
    row(OffLine, &[key(Key::Right)], Action::Jump(5), Admin, "seek"),
    row(OffLine, &[letter('H')], Action::Jump(-60), Admin, "seek"),
    row(OffLine, &[letter('L')], Action::Jump(60), Admin, "seek"),
    row(OffLine, &[letter('u')], Action::Undo, Admin, "undo"),
    row(OffLine, &[letter('>')], Action::Next, Admin, "skip"),
    row(OffLine, &[letter('[')], Action::Rate(-10), Admin, "rate"),
    row(OffLine, &[letter(']')], Action::Rate(10), Admin, "rate"),
    row(OffLine, &[letter('1')], Action::React(1), Viewer, "react"),
    row(OffLine, &[letter('2')], Action::React(2), Viewer, "react"),
    row(OffLine, &[letter('3')], Action::React(3), Viewer, "react"),
    row(OffLine, &[letter('4')], Action::React(4), Viewer, "react"),
    row(OffLine, &[letter('5')], Action::React(5), Viewer, "react"),
    row(OffLine, &[letter('a')], Action::Add, Viewer, "add"),
    row(OffLine, &[letter('9')], Action::Volume(-5), Viewer, "vol"),
    row(OffLine, &[letter('0')], Action::Volume(5), Viewer, "vol"),
    row(OffLine, &[letter('m')], Action::Mute, Viewer, "mute"),
    row(OffLine, &[letter('v')], Action::Subtitles, Viewer, "sub"),
    row(OffLine, &[letter('#')], Action::AudioTrack, Viewer, "audio"),
    row(OffLine, &[letter('f')], Action::Fullscreen, Viewer, "fullscreen"),
    row(OffLine, &[letter('r')], Action::Retry, Viewer, "retry"),
    row(OffLine, &[letter('b')], Action::Away, Viewer, "away"),
    row(OffLine, &[letter('w')], Action::Why, Viewer, "why"),
    row(OffLine, &[letter('y')], Action::CopyInvite, Viewer, "copy"),
    row(OffLine, &[letter('?')], Action::Help, Viewer, "help"),
    row(OffLine, &[letter('q')], Action::Leave, Viewer, "quit"),
    row(Queue, &[key(Key::Up), letter('k')], Action::Up, Viewer, ""),
    row(Queue, &[key(Key::Down), letter('j')], Action::Down, Viewer, ""),
    row(Queue, &[key(Key::Enter)], Action::Approve, Admin, "approve"),
    row(Queue, &[letter('x')], Action::Reject, Viewer, "reject"),
    row(Queue, &[letter('J')], Action::Move(1), Admin, "move"),
    row(Queue, &[letter('K')], Action::Move(-1), Admin, "move"),
    row(Members, &[key(Key::Up), letter('k')], Action::Up, Viewer, ""),
    row(Members, &[key(Key::Down), letter('j')], Action::Down, Viewer, ""),
    row(Members, &[key(Key::Enter)], Action::Menu, Viewer, ""),
    row(Chat, &[key(Key::Up), letter('k')], Action::Up, Viewer, ""),
    row(Chat, &[key(Key::Down), letter('j')], Action::Down, Viewer, ""),
    row(Chat, &[letter('c')], Action::CopyLine, Viewer, ""),
    row(Chat, &[letter('o')], Action::OpenLink, Viewer, ""),
    row(Chat, &[letter('x')], Action::EraseLine, Moderator, "erase"),
    row(Gallery, &[key(Key::Up)], Action::Up, Viewer, ""),
    row(Gallery, &[key(Key::Down)], Action::Down, Viewer, ""),
    row(Gallery, &[key(Key::Enter)], Action::Join, Viewer, "join"),
    row(Gallery, &[key(Key::Tab)], Action::Sort, Viewer, ""),
    row(Gallery, &[KeyPress::ctrl('n')], Action::NewRoom, Viewer, "join"),
    row(Gallery, &[KeyPress::ctrl('y')], Action::CopyRoom, Viewer, ""),
    row(Gallery, &[KeyPress::ctrl('o')], Action::OtherServer, Viewer, ""),
    row(Gallery, &[key(Key::Esc)], Action::Back, Viewer, ""),
];

/// The row for a key in the first of these contexts that has one. A letter of another layout
/// counts by its place on the keyboard.
#[must_use]
pub fn find(contexts: &[Context], press: KeyPress) -> Option<&'static Binding> {
    let bound = |press: KeyPress| {
        contexts.iter().find_map(|context| {
            BINDINGS
                .iter()
                .find(|row| row.context == *context && row.keys.contains(&press))
        })
    };
    bound(press).or_else(|| bound(press.by_position()))
}

/// The rows of a context, in the order of the help screen.
pub fn of(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |row| row.context == context)
}

#[cfg(test)]
mod tests {
    use super::{Action, BINDINGS, Context, Key, KeyPress, find, of};
    use crate::app::command::Slash;

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        for context in Context::ALL {
            let keys: Vec<KeyPress> = of(context).flat_map(|row| row.keys).copied().collect();
            for (place, key) in keys.iter().enumerate() {
                assert!(!keys[..place].contains(key), "{context:?} {key:?}");
            }
        }
    }

    #[test]
    fn every_function_and_alt_key_has_a_slash_command() {
        for row in BINDINGS {
            let far = |press: &KeyPress| press.alt || matches!(press.key, Key::F(_));
            assert!(row.twin.is_some() || !row.keys.iter().any(far), "{row:?}");
            if let Some(twin) = row.twin {
                assert!(Slash::named(twin).is_some(), "/{twin}");
            }
        }
    }

    #[test]
    fn what_others_need_is_left_alone() {
        for forbidden in ['a', 'b', 's', 'q', ' '] {
            let taken = |row: &super::Binding| row.keys.contains(&KeyPress::ctrl(forbidden));
            assert!(!BINDINGS.iter().any(taken), "Ctrl-{forbidden}");
        }
    }

    #[test]
    fn letters_are_found_on_a_russian_layout() {
        let contexts = [Context::Queue, Context::OffLine, Context::Everywhere];
        for (typed, action) in [
            ('ч', Action::Reject),
            ('г', Action::Undo),
            ('Л', Action::Move(-1)),
        ] {
            let press = KeyPress::plain(Key::Char(typed));
            assert_eq!(find(&contexts, press).unwrap().action, action);
        }
        let press = KeyPress::ctrl('з');
        assert_eq!(find(&contexts, press).unwrap().action, Action::Pause);
    }
}
