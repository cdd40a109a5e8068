//! The page of all live rooms.

use maud::{Markup, html};

use super::card;
use super::layout::{self, Head, Preview};
use super::visit::Visit;
use crate::protocol::ids::RoomId;
use crate::room::listing::RoomCard;
use crate::texts::door;
use crate::texts::tr;

/// The page, with these rooms, and a name for one of the reader's own.
pub(super) fn page(visit: &Visit, cards: &[RoomCard], own: &RoomId) -> Markup {
    let language = visit.language;
    let heading = tr!(language, "door-rooms");
    let title = format!("{heading} · watchtogether");
    let head = Head {
        title: &title,
        preview: Some(Preview {
            title: &title,
            description: &tr!(language, "door-tagline"),
            url: visit
                .server
                .as_ref()
                .map(|server| format!("{server}/gallery")),
        }),
    };
    let create = door::create_command(visit.server.as_deref(), own);
    layout::document(
        visit,
        &head,
        &html! {
            h1 { (heading) }
            (card::list(visit, cards, None))
            p.note { (tr!(language, "door-rooms-hidden")) }
            section {
                h2 { (tr!(language, "door-create")) }
                p { (tr!(language, "door-create-how")) }
                (layout::command(visit, "create", &create))
            }
        },
    )
}
