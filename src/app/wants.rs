//! The app and its screen: what happened goes to the screen, and what it wants is carried out.

use super::App;
use super::effect::Effect;
use super::link::Stage;
use super::screen::{ClientView, ScreenInput, Want, wants_without_screen};
use super::told::Why;

impl App {
    /// What the screen, and whoever draws it, may read.
    #[must_use]
    pub fn view(&self) -> ClientView<'_> {
        let session = self.session.as_ref();
        ClientView {
            now: self.now.local,
            room: self.room(),
            me: self.me(),
            position: self.position(self.now.local),
            is_joined: self.link.is_joined(),
            is_resting: self.link.stage() == Stage::Resting,
            is_host: self.is_host(),
            server: &self.config.server,
            room_id: &self.config.room,
            name: &self.config.name,
            public_url: session.and_then(|session| session.public_url.as_deref()),
            reach: &self.config.reach,
        }
    }

    /// Hands an input to the screen, and carries out what it wants. A client without a screen
    /// wants what [`wants_without_screen`] says.
    pub(super) fn on_screen(&mut self, input: ScreenInput<'_>) {
        let wants = match self.screen.take() {
            Some(mut screen) => {
                let wants = screen.update(input, &self.view());
                self.screen = Some(screen);
                wants
            }
            None => wants_without_screen(input),
        };
        for want in wants {
            self.carry_out(want);
        }
    }

    fn carry_out(&mut self, want: Want) {
        match want {
            Want::Submit(parsed) => self.submit(parsed),
            Want::Leave => self.leave(),
            Want::Rest => self.link.enter(Stage::Resting, self.now.local),
            Want::Start => self.start(),
            Want::ConnectWithPassword(password) => {
                self.config.password = Some(password);
                self.connect();
            }
            Want::UseName(name) => {
                self.effects.push(Effect::KeepName(name.clone()));
                self.config.chosen_name = Some(name.clone());
                self.config.name = name;
            }
            Want::GiveUp { why, exit } => self.give_up_for_good(why, exit),
            Want::ForgetRoom => self.forget_room(),
            Want::End(exit) => {
                self.answer_all(&Why::Unanswered);
                self.finish(exit);
            }
            Want::Done(line) => self.done(line),
            Want::Quit(line) => self.quit(line),
            Want::Print { line, show } => self.print(line, show),
            Want::Copy(text) => self.effects.push(Effect::Copy(text)),
            Want::OpenLink(address) => self.effects.push(Effect::OpenLink(address)),
            Want::Alert(alert) => self.effects.push(Effect::Alert(alert)),
            Want::AskRooms { server } => self.effects.push(Effect::AskRooms { server }),
            Want::Redraw => self.effects.push(Effect::Redraw),
            Want::Suspend => self.effects.push(Effect::Suspend),
        }
    }
}
