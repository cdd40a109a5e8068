//! What the player's task is asked to do.

#[cfg(test)]
use crate::protocol::ids::Epoch;
use crate::sync::player::PlayerCommand;

/// What the handle asks of the task.
#[derive(Debug)]
pub(super) enum Order {
    /// A command of the client, passed on as it is.
    Command(PlayerCommand),
    /// Opens a target that no room media can name, to test how mpv handles it.
    #[cfg(test)]
    Open {
        epoch: Epoch,
        target: super::loaded_media::OpenTarget,
        start: crate::protocol::time::Position,
        paused: bool,
    },
}

impl Order {
    /// Its name for the log, which gets no links and no texts: a link's query may hold a token.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Command(command) => command.into(),
            #[cfg(test)]
            Self::Open { .. } => "open",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Order;
    use crate::media::Media;
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::Position;
    use crate::sync::player::PlayerCommand;

    #[test]
    fn the_log_gets_the_kind_and_nothing_of_a_link() {
        let media = Media::parse("https://films.example/a.mp4?token=secret").unwrap();
        let load = PlayerCommand::Load {
            epoch: Epoch(1),
            media,
            start: Position::START,
            paused: true,
            retry: false,
        };
        assert_eq!(Order::Command(load).kind(), "load");
        let title = PlayerCommand::SetTitle("secret".to_owned());
        assert_eq!(Order::Command(title).kind(), "set_title");
    }
}
