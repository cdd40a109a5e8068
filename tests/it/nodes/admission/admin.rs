//! The admin of the room: what they order, and how it is answered.

use std::collections::BTreeMap;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::sleep;
use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::Denied;
use watchtogether::protocol::event::RoomEvent;
use watchtogether::protocol::ids::{InviteId, MemberId, Seq};
use watchtogether::protocol::invite_terms::InviteTerms;
use watchtogether::protocol::member::{BanScope, Role, Visibility};
use watchtogether::protocol::secret::InviteToken;
use watchtogether::protocol::time::Span;
use watchtogether::wire::message::{ClientMsg, ServerMsg};

use super::{Game, password, socket_from};
use crate::sockets::client::private_hello;
use crate::support::talk::{Stream, receive, send};

/// How many links there are at a time: the room takes 20.
const LINKS: usize = 8;

/// The admin.
pub(super) struct Admin {
    socket: Stream,
    dice: StdRng,
    last: u64,
    /// The number of the last link of which an event told.
    last_link: Option<InviteId>,
    /// The member by whom each guest was banned, while they are.
    banned: BTreeMap<usize, MemberId>,
}

impl Admin {
    /// Creates the room.
    pub(super) async fn enter(game: &Game, seed: u64) -> Self {
        let mut socket = socket_from(game.nodes[0], "198.51.100.1").await;
        let first = game.record.borrow_mut().orders_password();
        let hello = private_hello(&game.room, "Ada", Some(&password(first)));
        let said = send(&mut socket, &ClientMsg::Hello(Box::new(hello))).await;
        assert_eq!(said, Ok(()));
        let welcome = receive(&mut socket).await;
        assert!(matches!(welcome, Ok(ServerMsg::Welcome(_))), "{welcome:?}");
        game.record.borrow_mut().has_password();
        Self {
            socket,
            dice: StdRng::seed_from_u64(!seed),
            last: 0,
            last_link: None,
            banned: BTreeMap::new(),
        }
    }

    /// Gives orders while the guests play.
    pub(super) async fn plays(&mut self, game: &Game) {
        while game.playing.get() > 0 {
            let guest = self.anybody(game);
            let open = game.record.borrow().open_links();
            match self.dice.random_range(0..10) {
                0..=3 if open.len() < LINKS => {
                    let uses = self.dice.random_range(1..4);
                    self.makes_link(game, uses).await;
                }
                4 | 5 if !open.is_empty() => {
                    let link = open[self.dice.random_range(0..open.len())];
                    self.revokes(game, link).await;
                }
                6 => self.changes_password(game).await,
                7 => self.bans(game, guest).await,
                _ => self.unbans(game, guest).await,
            }
            sleep(Duration::from_millis(self.dice.random_range(0..40))).await;
        }
    }

    /// A guest who was let in before; the first if none was.
    fn anybody(&mut self, game: &Game) -> usize {
        let guests: Vec<usize> = game.members.borrow().keys().copied().collect();
        match guests.len() {
            0 => 0,
            count => guests[self.dice.random_range(0..count)],
        }
    }

    /// Makes a link that is good for so many, and returns its index.
    pub(super) async fn makes_link(&mut self, game: &Game, uses: usize) -> usize {
        let token = InviteToken::from_bits(self.dice.random());
        let index = game.record.borrow_mut().orders_link(token.clone(), uses);
        let count = u32::try_from(uses).expect("a few");
        let terms = InviteTerms::new(Role::Viewer, Span::seconds(3_600), count);
        let terms = terms.expect("they are within bounds");
        let made = self.orders(Command::CreateInvite { token, terms }).await;
        assert_eq!(made, Ok(()));
        let id = self.last_link.expect("its event came before the answer");
        game.record.borrow_mut().has_link(index, id);
        index
    }

    /// Revokes a link, which may be used up.
    pub(super) async fn revokes(&mut self, game: &Game, link: usize) {
        game.record.borrow_mut().ends_link(link);
        let invite = game.record.borrow().links[link].id.expect("it was made");
        let revoked = self.orders(Command::RevokeInvite { invite }).await;
        let is_over = matches!(revoked, Ok(()) | Err(Denied::NoSuchInvite { .. }));
        assert!(is_over, "{revoked:?}");
        game.record.borrow_mut().link_is_over(link);
    }

    async fn changes_password(&mut self, game: &Game) {
        let index = game.record.borrow_mut().orders_password();
        let changed = self.orders(Command::SetVisibility {
            visibility: Visibility::Private,
            password: Some(password(index).as_str().into()),
        });
        assert_eq!(changed.await, Ok(()));
        game.record.borrow_mut().has_password();
    }

    /// Bans a guest who was let in before, unless they are banned: by their address, if it is not by
    /// their token that they come back.
    pub(super) async fn bans(&mut self, game: &Game, guest: usize) {
        let member = game.members.borrow().get(&guest).copied();
        let Some((member, comes_back)) = member.filter(|_| !self.banned.contains_key(&guest))
        else {
            return;
        };
        let scope = if comes_back {
            BanScope::Member
        } else {
            BanScope::Address
        };
        game.record.borrow_mut().orders_ban(guest);
        let who = MemberRef::Id(member);
        let banned = self.orders(Command::Ban { who, scope }).await.is_ok();
        game.record.borrow_mut().is_banned(guest, banned);
        if banned {
            self.banned.insert(guest, member);
        }
    }

    /// Lifts the ban of a guest, if they are banned.
    pub(super) async fn unbans(&mut self, game: &Game, guest: usize) {
        let Some(member) = self.banned.remove(&guest) else {
            return;
        };
        game.record.borrow_mut().unbans(guest, false);
        let who = MemberRef::Id(member);
        let unbanned = self.orders(Command::Unban { who }).await;
        assert_eq!(unbanned, Ok(()));
        game.record.borrow_mut().unbans(guest, true);
    }

    /// Gives an order until it is not denied as too fast.
    async fn orders(&mut self, command: Command) -> Result<(), Denied> {
        loop {
            match self.asks(command.clone()).await {
                Err(Denied::TooFast { retry_ms }) => {
                    sleep(Duration::from_millis(retry_ms.into())).await;
                }
                answer => return answer,
            }
        }
    }

    async fn asks(&mut self, command: Command) -> Result<(), Denied> {
        self.last += 1;
        let seq = Seq(self.last);
        let said = send(&mut self.socket, &ClientMsg::Command { seq, command }).await;
        assert_eq!(said, Ok(()));
        loop {
            match receive(&mut self.socket).await.expect("an answer") {
                ServerMsg::Ok { seq: answered, .. } if answered == seq => return Ok(()),
                ServerMsg::Denied {
                    seq: answered,
                    reason,
                } if answered == seq => {
                    return Err(reason.denied().expect("a code that is known"));
                }
                ServerMsg::Events { events } => {
                    for fact in events {
                        if let RoomEvent::InviteCreated { invite, .. } = fact.event {
                            self.last_link = Some(invite);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}
