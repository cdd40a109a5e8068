//! The key map: one table of context, keys, action, role, and the slash command that does the
//! same. It decides what a key does and what the help shows. `strings` has the words.

use super::key::{Key, KeyPress};
use super::preferences::LayoutChange;
use crate::protocol::member::Role;

pub mod editing;
pub mod own;

/// The part of the screen in which a key is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyContext {
    /// Wherever the focus is.
    Everywhere,
    /// While the focus is on the line.
    Line,
    /// While the list of commands, or of everything, is open.
    List,
    /// While the focus is on any pane.
    OffLine,
    /// While the focus is on the chat.
    Chat,
    /// While the focus is on the queue.
    Queue,
    /// While the focus is on the members.
    Members,
    /// While the gallery is open.
    Gallery,
}

impl KeyContext {
    /// Every context, in the order of the help.
    pub const ALL: [Self; 8] = [
        Self::Everywhere,
        Self::Line,
        Self::List,
        Self::OffLine,
        Self::Queue,
        Self::Members,
        Self::Chat,
        Self::Gallery,
    ];
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAction {
    /// Show the help.
    Help,
    /// Show the live rooms.
    Gallery,
    /// Go to the queue.
    Queue,
    /// Show the members, their health and the last decisions.
    Members,
    /// Divide the screen otherwise.
    Layout(LayoutChange),
    /// React with this one of the five emoji, counted from 1.
    React(u8),
    /// Pause if the room plays, else resume.
    Pause,
    /// List everything that can be done or gone to.
    Find,
    /// Write the chosen command on the line.
    Take,
    /// Run the chosen command, or go to what is chosen.
    Run,
    /// Close the list; what is written stays.
    CloseList,
    /// Copy the invite.
    CopyInvite,
    /// Look at earlier chat.
    PageUp,
    /// Look at later chat.
    PageDown,
    /// Draw the whole screen anew.
    Redraw,
    /// Stop the process, as Ctrl-Z does in a shell.
    Suspend,
    /// Clear the line; on an empty one ask to leave.
    Interrupt,
    /// Send the line, which a slash makes a command.
    Send,
    /// Put the previous sent line into the editor.
    HistoryBack,
    /// Put the next sent line into the editor.
    HistoryOn,
    /// Complete what is being written, else go to the next pane.
    CompleteOrNext,
    /// Go to the next pane.
    NextPane,
    /// Go to the previous pane.
    PreviousPane,
    /// Go from the line to the last pane, or back.
    Toggle,
    /// Pause or resume; in the lobby, be ready for the start or not any more.
    PauseOrReady,
    /// Pause on an empty line, else write a blank.
    PauseOrBlank,
    /// Go to the line.
    Write,
    /// Begin a command on the line.
    BeginCommand,
    /// Seek by so many seconds.
    Jump(i32),
    /// Undo the last seek.
    Undo,
    /// Skip to the next entry of the queue.
    Next,
    /// Change the rate by so many hundredths.
    Rate(i32),
    /// Begin an `/add` on the line.
    Add,
    /// Change one's own volume by so many percent.
    Volume(i32),
    /// Turn one's own sound off or on.
    Mute,
    /// Take the next subtitles in one's own player.
    Subtitles,
    /// Show the subtitles that are offered.
    AcceptSubtitles,
    /// Take the next audio track in one's own player.
    AudioTrack,
    /// Turn fullscreen of one's own player on or off.
    Fullscreen,
    /// Start the player again, or connect at once.
    Retry,
    /// Count as away, or as back.
    Away,
    /// Show the last decisions about one's own player.
    Why,
    /// Ask whether to leave; nothing is left before the answer.
    Leave,
    /// Choose the item above.
    Up,
    /// Choose the item below.
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
    /// Erase the line of chat.
    EraseLine,
    /// Choose the item that is a page above.
    ListPageUp,
    /// Choose the item that is a page below.
    ListPageDown,
    /// Choose the first item.
    ListStart,
    /// Choose the last item.
    ListEnd,
    /// Join the chosen room.
    Join,
    /// Sort the rooms by the next criterion.
    Sort,
    /// Open a new room.
    NewRoom,
    /// Copy the invite of the chosen room.
    CopyRoom,
    /// Show another server's rooms.
    OtherServer,
    /// Clear the search, if there is one; else close the gallery, and without a room leave.
    Back,
}

/// A row of the key map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// Where it is bound.
    pub context: KeyContext,
    /// The keys; the first is shown where there is little space.
    pub keys: &'static [KeyPress],
    /// What each of them does.
    pub action: KeyAction,
    /// The least role that may do it, as the help shows it; the room decides.
    pub needs: Role,
    /// The slash command that does the same, without its slash.
    pub twin: Option<&'static str>,
}

const fn row(
    context: KeyContext,
    keys: &'static [KeyPress],
    action: KeyAction,
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

use KeyContext::{Chat, Everywhere, Gallery, Line, List, Members, OffLine, Queue};
use Role::{Admin, Moderator, Viewer};

/// The key map. In a pane its own rows come before those of [`KeyContext::OffLine`], and those
/// before [`KeyContext::Everywhere`].
#[rustfmt::skip] // A row of the map is a row of the file.
pub const BINDINGS: &[Binding] = &[
    row(Everywhere, &[key(Key::F(1))], KeyAction::Help, Viewer, "help"),
    row(Everywhere, &[key(Key::F(2))], KeyAction::Gallery, Viewer, "gallery"),
    row(Everywhere, &[key(Key::F(3))], KeyAction::Queue, Viewer, "queue"),
    row(Everywhere, &[key(Key::F(4))], KeyAction::Members, Viewer, "members"),
    row(Everywhere, &[key(Key::F(5))], KeyAction::Find, Viewer, "find"),
    row(Everywhere, &[key(Key::F(6))], KeyAction::Layout(LayoutChange::Toggle), Viewer, "layout"),
    row(Everywhere, &[KeyPress::alt('>')], KeyAction::Layout(LayoutChange::WiderChat), Viewer, "layout"),
    row(Everywhere, &[KeyPress::alt('<')], KeyAction::Layout(LayoutChange::NarrowerChat), Viewer, "layout"),
    row(Everywhere, &[KeyPress::alt('1')], KeyAction::React(1), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('2')], KeyAction::React(2), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('3')], KeyAction::React(3), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('4')], KeyAction::React(4), Viewer, "react"),
    row(Everywhere, &[KeyPress::alt('5')], KeyAction::React(5), Viewer, "react"),
    row(Everywhere, &[KeyPress::ctrl('p')], KeyAction::Pause, Admin, "pause"),
    row(Everywhere, &[KeyPress::alt('i')], KeyAction::CopyInvite, Viewer, "copy"),
    row(Everywhere, &[key(Key::PageUp)], KeyAction::PageUp, Viewer, ""),
    row(Everywhere, &[key(Key::PageDown)], KeyAction::PageDown, Viewer, ""),
    row(Everywhere, &[KeyPress::ctrl('l')], KeyAction::Redraw, Viewer, ""),
    row(Everywhere, &[KeyPress::ctrl('z')], KeyAction::Suspend, Viewer, ""),
    row(Everywhere, &[KeyPress::ctrl('c')], KeyAction::Interrupt, Viewer, ""),
    row(Everywhere, &[key(Key::BackTab)], KeyAction::PreviousPane, Viewer, ""),
    row(Everywhere, &[key(Key::Esc)], KeyAction::Toggle, Viewer, ""),
    row(Line, &[key(Key::Enter)], KeyAction::Send, Viewer, ""),
    row(Line, &[key(Key::Up)], KeyAction::HistoryBack, Viewer, ""),
    row(Line, &[key(Key::Down)], KeyAction::HistoryOn, Viewer, ""),
    row(Line, &[key(Key::Tab)], KeyAction::CompleteOrNext, Viewer, ""),
    row(Line, &[letter(' ')], KeyAction::PauseOrBlank, Admin, "pause"),
    row(List, &[key(Key::Up)], KeyAction::Up, Viewer, ""),
    row(List, &[key(Key::Down)], KeyAction::Down, Viewer, ""),
    row(List, &[key(Key::PageUp)], KeyAction::ListPageUp, Viewer, ""),
    row(List, &[key(Key::PageDown)], KeyAction::ListPageDown, Viewer, ""),
    row(List, &[key(Key::Tab)], KeyAction::Take, Viewer, ""),
    row(List, &[key(Key::Enter)], KeyAction::Run, Viewer, ""),
    row(List, &[key(Key::Esc)], KeyAction::CloseList, Viewer, ""),
    row(OffLine, &[key(Key::Tab)], KeyAction::NextPane, Viewer, ""),
    row(OffLine, &[letter('i')], KeyAction::Write, Viewer, ""),
    row(OffLine, &[letter('/'), letter('.')], KeyAction::BeginCommand, Viewer, ""),
    row(OffLine, &[letter(' ')], KeyAction::PauseOrReady, Admin, "pause"),
    row(OffLine, &[key(Key::Left)], KeyAction::Jump(-5), Admin, "seek"),
    row(OffLine, &[key(Key::Right)], KeyAction::Jump(5), Admin, "seek"),
    row(OffLine, &[letter('H')], KeyAction::Jump(-60), Admin, "seek"),
    row(OffLine, &[letter('L')], KeyAction::Jump(60), Admin, "seek"),
    row(OffLine, &[letter('u')], KeyAction::Undo, Admin, "undo"),
    row(OffLine, &[letter('>')], KeyAction::Next, Admin, "skip"),
    row(OffLine, &[letter('[')], KeyAction::Rate(-10), Admin, "rate"),
    row(OffLine, &[letter(']')], KeyAction::Rate(10), Admin, "rate"),
    row(OffLine, &[letter('1')], KeyAction::React(1), Viewer, "react"),
    row(OffLine, &[letter('2')], KeyAction::React(2), Viewer, "react"),
    row(OffLine, &[letter('3')], KeyAction::React(3), Viewer, "react"),
    row(OffLine, &[letter('4')], KeyAction::React(4), Viewer, "react"),
    row(OffLine, &[letter('5')], KeyAction::React(5), Viewer, "react"),
    row(OffLine, &[letter('a')], KeyAction::Add, Viewer, "add"),
    row(OffLine, &[letter('9')], KeyAction::Volume(-5), Viewer, "vol"),
    row(OffLine, &[letter('0')], KeyAction::Volume(5), Viewer, "vol"),
    row(OffLine, &[letter('m')], KeyAction::Mute, Viewer, "mute"),
    row(OffLine, &[letter('v')], KeyAction::Subtitles, Viewer, "sub"),
    row(OffLine, &[letter('s')], KeyAction::AcceptSubtitles, Viewer, "subtitles"),
    row(OffLine, &[letter('#')], KeyAction::AudioTrack, Viewer, "audio"),
    row(OffLine, &[letter('f')], KeyAction::Fullscreen, Viewer, "fullscreen"),
    row(OffLine, &[letter('r')], KeyAction::Retry, Viewer, "retry"),
    row(OffLine, &[letter('b')], KeyAction::Away, Viewer, "away"),
    row(OffLine, &[letter('w')], KeyAction::Why, Viewer, "why"),
    row(OffLine, &[letter('y')], KeyAction::CopyInvite, Viewer, "copy"),
    row(OffLine, &[letter('?')], KeyAction::Help, Viewer, "help"),
    row(OffLine, &[letter('q')], KeyAction::Leave, Viewer, "quit"),
    row(Queue, &[key(Key::Up), letter('k')], KeyAction::Up, Viewer, ""),
    row(Queue, &[key(Key::Down), letter('j')], KeyAction::Down, Viewer, ""),
    row(Queue, &[key(Key::Enter)], KeyAction::Approve, Admin, "approve"),
    row(Queue, &[letter('x')], KeyAction::Reject, Viewer, "reject"),
    row(Queue, &[letter('J')], KeyAction::Move(1), Admin, "move"),
    row(Queue, &[letter('K')], KeyAction::Move(-1), Admin, "move"),
    row(Members, &[key(Key::Up), letter('k')], KeyAction::Up, Viewer, ""),
    row(Members, &[key(Key::Down), letter('j')], KeyAction::Down, Viewer, ""),
    row(Members, &[key(Key::Enter)], KeyAction::Menu, Viewer, ""),
    row(Chat, &[key(Key::Up), letter('k')], KeyAction::Up, Viewer, ""),
    row(Chat, &[key(Key::Down), letter('j')], KeyAction::Down, Viewer, ""),
    row(Chat, &[letter('c')], KeyAction::CopyLine, Viewer, ""),
    row(Chat, &[letter('o')], KeyAction::OpenLink, Viewer, ""),
    row(Chat, &[letter('x')], KeyAction::EraseLine, Moderator, "erase"),
    row(Gallery, &[key(Key::Up)], KeyAction::Up, Viewer, ""),
    row(Gallery, &[key(Key::Down)], KeyAction::Down, Viewer, ""),
    row(Gallery, &[key(Key::PageUp)], KeyAction::ListPageUp, Viewer, ""),
    row(Gallery, &[key(Key::PageDown)], KeyAction::ListPageDown, Viewer, ""),
    row(Gallery, &[key(Key::Home)], KeyAction::ListStart, Viewer, ""),
    row(Gallery, &[key(Key::End)], KeyAction::ListEnd, Viewer, ""),
    row(Gallery, &[key(Key::Enter)], KeyAction::Join, Viewer, "join"),
    row(Gallery, &[key(Key::Tab)], KeyAction::Sort, Viewer, ""),
    row(Gallery, &[KeyPress::ctrl('n')], KeyAction::NewRoom, Viewer, "join"),
    row(Gallery, &[KeyPress::alt('i')], KeyAction::CopyRoom, Viewer, "copy"),
    row(Gallery, &[KeyPress::ctrl('o')], KeyAction::OtherServer, Viewer, ""),
    row(Gallery, &[key(Key::Esc)], KeyAction::Back, Viewer, ""),
];

/// The row for a key in the first of these contexts that has one. A letter of another keyboard
/// layout is looked up by its position.
#[must_use]
pub fn find(contexts: &[KeyContext], press: KeyPress) -> Option<&'static Binding> {
    bound(contexts, press, |row, press| row.keys.contains(&press))
}

/// The row for a key, where `has` says whether a row has it.
fn bound(
    contexts: &[KeyContext],
    press: KeyPress,
    has: impl Fn(&Binding, KeyPress) -> bool,
) -> Option<&'static Binding> {
    let bound = |press: KeyPress| {
        contexts.iter().find_map(|context| {
            let mut rows = BINDINGS.iter();
            rows.find(|row| row.context == *context && has(row, press))
        })
    };
    bound(press).or_else(|| bound(press.by_position()))
}

/// The rows of a context, in the order of the help.
pub fn of(context: KeyContext) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |row| row.context == context)
}

#[cfg(test)]
mod tests {
    use super::{BINDINGS, Key, KeyAction, KeyContext, KeyPress, find, of};
    use crate::app::command::Slash;

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        for context in KeyContext::ALL {
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
        let contexts = [
            KeyContext::Queue,
            KeyContext::OffLine,
            KeyContext::Everywhere,
        ];
        for (typed, action) in [
            ('ч', KeyAction::Reject),
            ('г', KeyAction::Undo),
            ('Л', KeyAction::Move(-1)),
        ] {
            let press = KeyPress::plain(Key::Char(typed));
            assert_eq!(find(&contexts, press).unwrap().action, action);
        }
        let press = KeyPress::ctrl('з');
        assert_eq!(find(&contexts, press).unwrap().action, KeyAction::Pause);
    }
}
