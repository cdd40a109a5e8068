//! What keys do to what lies over the panes: the gallery, menus, questions, prompts.

use super::editor::Editor;
use super::press::edit;
use super::{BAN_SCOPES, Focus, MenuItem, Overlay, Prompt, Question, Said};
use crate::app::App;
use crate::app::command::{Line, Local};
use crate::app::config::NAMELESS;
use crate::app::effect::{Effect, Exit};
use crate::app::key::{Key, KeyPress};
use crate::app::keys::Action;
use crate::app::link::Stage;
use crate::app::told::Why;
use crate::protocol::command::{Command, Who};
use crate::protocol::denied::SharedAddress;
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::invite::{Invite, ServerUrl, Target};
use crate::protocol::member::BanScope;
use crate::protocol::text::MemberName;

impl App {
    /// The first thing that is done: the name is asked for, the gallery shown, or the room
    /// joined.
    pub(in crate::app) fn begin(&mut self) {
        let config = self.screen.as_ref().map(|screen| &screen.config);
        let asks = config.is_some_and(|config| config.ask_name);
        let gallery = config.is_some_and(|config| config.gallery_first);
        if asks {
            self.link.enter(Stage::Resting, self.now.local);
            // Nobody is called so: there is nothing to write on from.
            let guess = Some(self.config.name.as_str()).filter(|name| *name != NAMELESS);
            let editor = Editor::with(guess.unwrap_or_default());
            self.open(Overlay::Prompt(Prompt::Name, editor));
        } else if gallery {
            self.rest_in_gallery();
        } else {
            self.start();
        }
    }

    /// Shows the gallery and connects to no room; false if it was not what the client
    /// began with.
    pub(in crate::app) fn rest_in_gallery(&mut self) -> bool {
        let config = self.screen.as_ref().map(|screen| &screen.config);
        if !config.is_some_and(|config| config.gallery_first) {
            return false;
        }
        self.link.enter(Stage::Resting, self.now.local);
        self.open_gallery();
        true
    }

    /// Asks for the password that a room wants; false if there is no screen to ask on.
    pub(in crate::app) fn ask_password(&mut self, why: &Why) -> bool {
        use crate::protocol::denied::Refused;
        let wants = matches!(
            why,
            Why::Refused(
                Refused::PasswordNeeded | Refused::PasswordWrong | Refused::PasswordMissing
            )
        );
        if !wants || self.screen.is_none() {
            return false;
        }
        self.link.enter(Stage::Resting, self.now.local);
        let prompt = Prompt::Password(why.clone());
        self.open(Overlay::Prompt(prompt, Editor::default()));
        true
    }

    /// Does what a key is bound to in the gallery.
    pub(super) fn gallery_act(&mut self, action: Action) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        match action {
            Action::Up => screen.gallery.step(-1),
            Action::Down => screen.gallery.step(1),
            Action::Sort => screen.gallery.sort_on(),
            Action::Help => screen.open(Overlay::Help(0)),
            Action::Join => self.join_chosen(),
            Action::NewRoom => {
                let name = Editor::with(self.config.room.as_str());
                self.open(Overlay::Prompt(Prompt::NewRoom, name));
            }
            Action::OtherServer => {
                let server = Editor::with(&screen.gallery.server);
                screen.open(Overlay::Prompt(Prompt::Server, server));
            }
            Action::CopyRoom => {
                let server = screen.gallery.server.clone();
                match screen.gallery.chosen().map(|room| room.id.clone()) {
                    Some(room) => self.copy(format!("{server}/r/{room}")),
                    None => self.say(Said::NothingChosen),
                }
            }
            Action::Back if !screen.gallery.filter.is_empty() => {
                screen.gallery.filter.take();
            }
            Action::Back if self.link.stage() == Stage::Resting => self.leave(),
            Action::Back => {
                screen.overlays.pop();
            }
            _ => {}
        }
    }

    /// Joins the invite that was pasted, else the chosen room.
    fn join_chosen(&mut self) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let written = screen.gallery.filter.text().trim().to_owned();
        if written.contains('/') {
            match Invite::parse(&written) {
                Ok(invite) => self.go_join(invite),
                Err(_) => self.say(Said::BadAddress),
            }
        } else if let Some(room) = screen.gallery.chosen().map(|room| room.id.clone()) {
            self.join_on_server(room);
        } else {
            match RoomId::parse(&written) {
                Ok(room) => self.open(Overlay::Prompt(
                    Prompt::NewRoom,
                    Editor::with(room.as_str()),
                )),
                Err(_) => self.say(Said::NothingChosen),
            }
        }
    }

    /// Joins a room of the server that the gallery shows.
    fn join_on_server(&mut self, room: RoomId) {
        let server = self
            .screen
            .as_ref()
            .map(|screen| screen.gallery.server.clone());
        match ServerUrl::parse(&server.unwrap_or_default()) {
            Ok(server) => self.go_join(Invite { server, room }),
            Err(_) => self.say(Said::BadAddress),
        }
    }

    fn go_join(&mut self, invite: Invite) {
        if let Some(screen) = self.screen.as_mut() {
            screen.overlays.clear();
            screen.focus_on(Focus::Line);
        }
        let here = invite.server.as_str() == self.config.server && invite.room == self.config.room;
        if here && self.link.is_joined() {
            return;
        }
        self.submit(Ok(Line::Local(Local::Join(Target::Invite(invite)))));
    }

    /// A key while the menu of a member is open.
    pub(super) fn menu_key(&mut self, press: KeyPress, member: MemberId, at: usize) {
        let items = self.menu(member);
        let last = items.len().saturating_sub(1);
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        match press.by_position().key {
            Key::Up | Key::Char('k') => {
                screen.open(Overlay::Menu(member, at.saturating_sub(1)));
            }
            Key::Down | Key::Char('j') => screen.open(Overlay::Menu(member, (at + 1).min(last))),
            Key::Enter => {
                screen.overlays.pop();
                if let Some(item) = items.get(at.min(last)) {
                    self.choose(member, *item);
                }
            }
            Key::Esc | Key::Char('q') => {
                screen.overlays.pop();
            }
            _ => {}
        }
    }

    /// A key while it is asked whether a ban covers the address.
    pub(super) fn ban_scope_key(&mut self, press: KeyPress, shared: SharedAddress, at: usize) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        let last = BAN_SCOPES.len() - 1;
        match press.by_position().key {
            Key::Up | Key::Char('k') => {
                screen.open(Overlay::BanScope(shared, at.saturating_sub(1)));
            }
            Key::Down | Key::Char('j') => {
                screen.open(Overlay::BanScope(shared, (at + 1).min(last)));
            }
            Key::Enter => {
                screen.overlays.pop();
                if let Some(scope) = BAN_SCOPES.get(at).copied() {
                    let who = Who::Id(shared.member);
                    self.ask_room(Command::Ban { who, scope });
                }
            }
            Key::Esc | Key::Char('q' | 'n') => {
                screen.overlays.pop();
            }
            _ => {}
        }
    }

    fn choose(&mut self, member: MemberId, item: MenuItem) {
        let who = Who::Id(member);
        match item {
            MenuItem::Role(role) => {
                if self.may(crate::protocol::denied::Action::SetRole) {
                    self.open(Overlay::Question(Question::Promote(member, role)));
                }
            }
            MenuItem::Kick => {
                if self.may(crate::protocol::denied::Action::Kick) {
                    self.open(Overlay::Question(Question::Kick(member)));
                }
            }
            MenuItem::Heir => self.ask_room(Command::SetHeir { who }),
            MenuItem::Ban => {
                if self.may(crate::protocol::denied::Action::Ban) {
                    self.open(Overlay::Question(Question::Ban(member)));
                }
            }
            MenuItem::Mute(muted) => self.ask_room(Command::Mute { who, muted }),
            MenuItem::Spare(spared) => {
                let own = self.me().is_some_and(|me| me.id == member);
                let who = (!own).then_some(who);
                self.ask_room(Command::ExemptFromWait {
                    who,
                    exempt: spared,
                });
            }
            MenuItem::Mention => {
                let room = self.session.as_ref().map(|session| &session.state);
                let name = room.and_then(|room| room.roster.get(member));
                let mention = name.map(|member| format!("@{} ", member.name));
                if let (Some(screen), Some(mention)) = (self.screen.as_mut(), mention) {
                    screen.focus_on(Focus::Line);
                    screen.line.insert(&mention);
                }
            }
        }
    }

    /// A key while something is asked.
    pub(super) fn question_key(&mut self, press: KeyPress, question: Question) {
        let yes = matches!(press.by_position().key, Key::Enter | Key::Char('y' | 'Y'));
        // A Russian yes sits on other keys than an English one.
        let yes = yes || matches!(press.key, Key::Char('д' | 'Д'));
        let no = matches!(
            press.by_position().key,
            Key::Esc | Key::Char('n' | 'N' | 'q')
        );
        if !yes && !no {
            return;
        }
        if let Some(screen) = self.screen.as_mut() {
            screen.overlays.pop();
        }
        if yes {
            self.confirmed(question);
        } else if let Question::MakeAgain(_) = question {
            self.stay_without_room();
        }
    }

    fn confirmed(&mut self, question: Question) {
        match question {
            Question::Leave(_) => self.leave(),
            Question::Suspend(_) => self.effects.push(Effect::Suspend),
            Question::PlayNow(entry) => self.ask_room(Command::PlayNow { entry }),
            Question::Remove(entry) => self.ask_room(Command::Remove { entry }),
            Question::Withdraw(entry) => self.ask_room(Command::Withdraw { entry }),
            Question::Kick(member) => {
                let who = Who::Id(member);
                self.ask_room(Command::Kick { who });
            }
            Question::Ban(member) => {
                let who = Who::Id(member);
                let scope = BanScope::Ask;
                self.ask_room(Command::Ban { who, scope });
            }
            Question::Erase(line) => self.ask_room(Command::Erase { line }),
            Question::Promote(member, role) => {
                let who = Who::Id(member);
                self.ask_room(Command::SetRole { who, role });
            }
            // As it was, by the hello that follows.
            Question::MakeAgain(_) => self.start(),
        }
    }

    /// A key while something is to be written.
    pub(super) fn prompt_key(&mut self, press: KeyPress) {
        let Some(screen) = self.screen.as_mut() else {
            return;
        };
        match press.key {
            Key::Enter => {
                if let Some(Overlay::Prompt(prompt, editor)) = screen.overlays.pop() {
                    let text = editor.text().to_owned();
                    self.answered_prompt(prompt, editor, &text);
                }
            }
            Key::Esc => {
                if let Some(Overlay::Prompt(prompt, _)) = screen.overlays.pop() {
                    self.gave_no_answer(prompt);
                }
            }
            _ => {
                if let Some(Overlay::Prompt(_, editor)) = screen.overlays.last_mut() {
                    edit(editor, press);
                }
            }
        }
    }

    fn answered_prompt(&mut self, prompt: Prompt, editor: Editor, text: &str) {
        let again = match prompt {
            Prompt::Name => match MemberName::parse(text) {
                Ok(name) => return self.named(name),
                Err(error) => Said::BadName(error),
            },
            Prompt::Password(_) => {
                self.config.password = Some(text.to_owned());
                self.connect();
                return;
            }
            Prompt::NewRoom => match Target::parse(text) {
                Ok(Target::Room(room)) => return self.join_on_server(room),
                Ok(Target::Invite(invite)) => return self.go_join(invite),
                Err(_) => Said::BadRoom,
            },
            Prompt::Server => match ServerUrl::parse(text) {
                Ok(server) => {
                    if let Some(screen) = self.screen.as_mut() {
                        screen.gallery.ask(server.as_str());
                    }
                    return;
                }
                Err(_) => Said::BadAddress,
            },
        };
        self.open(Overlay::Prompt(prompt, editor));
        self.say(again);
    }

    /// The member has a name: now what they came for.
    fn named(&mut self, name: MemberName) {
        self.effects.push(Effect::KeepName(name.clone()));
        self.config.chosen_name = Some(name.clone());
        self.config.name = name;
        if let Some(screen) = self.screen.as_mut() {
            screen.config.ask_name = false;
        }
        self.begin();
    }

    fn gave_no_answer(&mut self, prompt: Prompt) {
        match prompt {
            Prompt::Name => self.leave(),
            Prompt::Password(why) => self.give_up_for_good(why, Exit::Refused),
            Prompt::NewRoom | Prompt::Server => {}
        }
    }
}
