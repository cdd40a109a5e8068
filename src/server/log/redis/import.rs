//! Rooms that are brought from another log.

use super::fault::ANSWERS_WITHIN;
use super::record::{self, RoomAnswer};
use super::tip::Tip;
use super::{LogError, Redis, json, news, unread};
use crate::protocol::ids::Rev;
use crate::room::committed::Room;

impl Redis {
    /// Takes a room from elsewhere, unless there is one of its name.
    pub(in crate::server::log) async fn import(&self, room: &Room) -> Result<bool, LogError> {
        let (link, id) = (self.shared.link()?, &room.state.id);
        let snapshot = json(id, room)?;
        let keys = self.shared.keys.room(id);
        let mut script = self.shared.scripts.import.key(keys.head);
        script
            .key(keys.log)
            .key(keys.snapshot)
            .key(keys.removed)
            .key(self.shared.keys.rooms())
            .arg(room.state.rev.0.to_string())
            .arg(Tip::random().to_string())
            .arg(snapshot)
            .arg(self.shared.keys.events())
            .arg(news::imported(id))
            .arg(id.as_str());
        let answer = link.run(&script, ANSWERS_WITHIN).await;
        self.shared.note_full(answer.as_ref().err());
        let answer = answer.map_err(|fault| unread(&fault))?;
        let answer = record::read(id, Rev(0), answer)?;
        Ok(matches!(answer, RoomAnswer::Agreed { .. }))
    }
}
