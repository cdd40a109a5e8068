//! What a member sees: drawn again where that may show something new, and never for nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::App;
use crate::app::screen::{Overlay, Screen};
use crate::ui::{self, DrawnFigures};

/// The size of the screen.
const SCREEN: Rect = Rect::new(0, 0, 100, 30);

/// A screen that is drawn whenever it is stale. It asserts that it shows what the app would draw.
#[derive(Debug, Default)]
pub(crate) struct WatchedPicture {
    figures: DrawnFigures,
    drawn: Buffer,
    /// How many events there were.
    pub(crate) events: u32,
    /// After how many of them it was drawn.
    pub(crate) pictures: u32,
}

impl WatchedPicture {
    /// An event was handled.
    pub(crate) fn look_at(&mut self, app: &App) {
        self.events += 1;
        let is_stale = self.figures.are_stale(app, SCREEN.width);
        let mut now = Buffer::empty(SCREEN);
        ui::picture(app, &mut now);
        if is_stale {
            self.figures.drawn(app, SCREEN.width);
            self.drawn = now;
            self.pictures += 1;
        } else if now != self.drawn && !shows_health(app) {
            let differ = self.drawn.diff(&now);
            panic!("an old picture is kept: {differ:?}\n{now:?}");
        }
    }
}

/// Whether the page is open whose figures change all the time, and are drawn once a second.
fn shows_health(app: &App) -> bool {
    let mut overlays = app.screen().into_iter().flat_map(Screen::overlays);
    overlays.any(|overlay| matches!(overlay, Overlay::Health(_)))
}

mod tests {
    use crate::sim::client::Kind;
    use crate::sim::evenings::play;
    use crate::sim::incidents::{Incident, What};
    use crate::sim::link::Weather;
    use crate::sim::script::Script;
    use crate::sim::traits::Traits;
    use crate::sim::world::World;

    fn types(world: &mut World, text: &str) {
        let what = What::Types(text.into());
        world.befall(Incident { who: 0, what });
    }

    /// How many events come and how many pictures are drawn in ten seconds.
    fn in_ten_seconds(world: &mut World) -> (u32, u32) {
        let counts = |world: &World| {
            let picture = world.clients[0].picture.as_ref().unwrap();
            (picture.events, picture.pictures)
        };
        let before = counts(world);
        world.run(10.0);
        let after = counts(world);
        (after.0 - before.0, after.1 - before.1)
    }

    #[test]
    fn it_is_drawn_once_a_second_while_media_plays_and_hardly_while_it_stands() {
        let mut world = World::new(1);
        world.join(&Kind {
            traits: Traits::default(),
            weather: Weather::LOOPBACK,
            comes_at: 0.0,
            has_screen: true,
        });
        world.run(5.0);
        types(&mut world, "/play https://media.example.org/film.mp4");
        world.run(30.0);
        let (events, pictures) = in_ten_seconds(&mut world);
        assert!(events > 40, "{events}");
        // One a second, and one for each of the server's digests of health, every 2 s.
        assert!((10..=16).contains(&pictures), "{pictures} of {events}");
        types(&mut world, "/pause");
        world.run(10.0);
        let (events, pictures) = in_ten_seconds(&mut world);
        assert!(pictures <= 6, "{pictures} of {events}");
    }

    #[test]
    fn what_it_shows_is_what_the_app_would_draw() {
        for seed in 1..4 {
            let mut script = Script::of(seed);
            if let Some(kind) = script.members.last_mut() {
                kind.has_screen = true;
            }
            assert_eq!(play(&script), Ok(()), "seed {seed}");
        }
    }
}
