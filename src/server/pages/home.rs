//! The start page: what this is, the live rooms, and how to get the program.

use maud::{Markup, html};

use super::layout::{self, Head, Preview};
use super::visit::Visit;
use super::{card, install};
use crate::protocol::ids::RoomId;
use crate::room::listing::RoomCard;
use crate::texts::door;
use crate::texts::tr;

/// How many rooms the start page shows; the gallery shows all (judgement).
const ROOMS: usize = 6;

/// The page, with these rooms, and a name for one of the reader's own.
pub(super) fn page(visit: &Visit, cards: &[RoomCard], own: &RoomId) -> Markup {
    let language = visit.language;
    let tagline = tr!(language, "door-tagline");
    let about = tr!(language, "door-about");
    let title = format!("watchtogether: {tagline}");
    let head = Head {
        title: &title,
        preview: Some(Preview {
            title: &title,
            description: &about,
            url: visit.server.as_ref().map(|server| format!("{server}/")),
        }),
    };
    let create = door::create_command(visit.server.as_deref(), own);
    layout::document(
        visit,
        &head,
        &html! {
            h1 { (tagline) }
            p.lead { (about) }
            section {
                h2 { (tr!(language, "door-rooms")) }
                (card::list(visit, cards, Some(ROOMS)))
                p { a href={ (visit.root) "gallery" } { (tr!(language, "door-rooms-all")) } }
            }
            section {
                h2 { (tr!(language, "door-create")) }
                p { (tr!(language, "door-create-how")) }
                (layout::command(visit, "create", &create))
            }
            section {
                h2 id="get" { (tr!(language, "door-get")) }
                p { (tr!(language, "door-get-source")) }
                (install::steps(visit))
            }
        },
    )
}
