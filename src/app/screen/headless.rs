//! What a client without a screen does where one would ask the member: the one place that
//! decides it.

use super::input::ScreenInput;
use super::want::Want;

/// What is to be done about an input when there is no screen.
pub(in crate::app) fn wants_without_screen(input: ScreenInput<'_>) -> Vec<Want> {
    match input {
        ScreenInput::Begin => vec![Want::Start],
        ScreenInput::Show { line, show } => vec![Want::Print { line, show }],
        ScreenInput::Prefer { line, .. } => vec![Want::SayNoScreen(line)],
        ScreenInput::AskNewPassword { line } => vec![Want::SayPasswordFollows(line)],
        ScreenInput::Quit { line } => vec![Want::Quit(line)],
        ScreenInput::EntryRefused { why, exit } => vec![Want::GiveUp { why, exit }],
        ScreenInput::EntryGivenUp { exit, .. } => vec![Want::End(exit)],
        ScreenInput::RoomAbsent { .. } => vec![Want::stay_without_room()],
        ScreenInput::Theme { line, .. } | ScreenInput::TellTheme { line } => {
            vec![Want::NeedsScreen(line)]
        }
        ScreenInput::Background(_)
        | ScreenInput::Key(_)
        | ScreenInput::Pointer(_)
        | ScreenInput::Paste(_)
        | ScreenInput::Resize(..)
        | ScreenInput::Rooms { .. }
        | ScreenInput::OwnRooms { .. }
        | ScreenInput::RoomsFeed { .. }
        | ScreenInput::SavedLists(_)
        | ScreenInput::Settings(_)
        | ScreenInput::Output(_)
        | ScreenInput::GivenBack(_)
        | ScreenInput::KeepText(_)
        | ScreenInput::Draft(_)
        | ScreenInput::Away(_)
        | ScreenInput::EventHandled => Vec::new(),
    }
}
