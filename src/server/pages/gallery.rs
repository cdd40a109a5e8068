//! The page of all live rooms.

use maud::{Markup, html};

use super::card;
use super::layout::{self, Head, Preview};
use super::visit::Visit;
use crate::room::listing::RoomCard;
use crate::texts::door;
use crate::texts::tr;

/// The page, with these rooms.
pub(super) fn page(visit: &Visit, cards: &[RoomCard]) -> Markup {
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
    let create = door::create_command(visit.server.as_deref());
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
