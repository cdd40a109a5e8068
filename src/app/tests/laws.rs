//! What holds whatever happens: each line is answered exactly once, and nothing follows the
//! exit.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::prop_assert_eq;

use super::{Server, Story, answers, commands, config, exit};
use crate::app::effect::Effect;
use crate::app::event::{Disconnect, Event};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::time::{RoomTime, Span};
use crate::wire::message::{CatchUp, ClientMsg, Reason, ServerMsg};

/// One thing that happens to a client.
#[derive(Debug, Clone)]
enum Step {
    Line(&'static str),
    Token,
    Connected,
    Welcome { whole: bool, anew: bool },
    AnswerOk,
    AnswerDenied,
    AnswerTooFast,
    Refused(Refused),
    Lost,
    Pass(i64),
    Chat,
    Gap,
    InputEnded,
    Interrupted,
}

fn step() -> impl Strategy<Value = Step> {
    let lines = prop_oneof![
        Just("hello"),
        Just("/pause"),
        Just("/react 1"),
        Just("/who"),
        Just("/nonsense"),
        Just("/retry"),
        Just("/join lofi"),
        Just("/help"),
    ];
    prop_oneof![
        8 => lines.prop_map(Step::Line),
        4 => Just(Step::Token),
        6 => Just(Step::Connected),
        6 => (any::<bool>(), 0..4).prop_map(|(whole, anew)| Step::Welcome { whole, anew: anew == 0 }),
        4 => Just(Step::AnswerOk),
        3 => Just(Step::AnswerDenied),
        2 => Just(Step::AnswerTooFast),
        1 => Just(Step::Refused(Refused::ShuttingDown)),
        1 => Just(Step::Refused(Refused::RoomFull { limit: 1 })),
        2 => Just(Step::Lost),
        4 => (0_i64..20_000).prop_map(Step::Pass),
        2 => Just(Step::Chat),
        1 => Just(Step::Gap),
        1 => Just(Step::Line("/quit")),
        1 => Just(Step::InputEnded),
        1 => Just(Step::Interrupted),
    ]
}

/// A client, its server, and what was asked and answered so far.
struct World {
    story: Story,
    server: Server,
    /// Commands that the server has and did not answer.
    open: Vec<u64>,
    lines: u64,
    answered: BTreeMap<u64, u32>,
    exits: u32,
}

impl World {
    fn new() -> Self {
        let (story, _) = Story::start(config());
        Self {
            story,
            server: Server::new(),
            open: Vec::new(),
            lines: 0,
            answered: BTreeMap::new(),
            exits: 0,
        }
    }

    fn take(&mut self, step: &Step) {
        if let Step::Line(_) = step
            && self.exits == 0
        {
            self.lines += 1;
        }
        let effects = match step {
            Step::Line(text) => self.story.line(text),
            Step::Token => self.story.on(Event::TokenFound(None)),
            Step::Connected => self.story.on(Event::Connected),
            Step::Welcome { whole, anew } => self.welcome(*whole, *anew),
            Step::AnswerOk => self.answer(None),
            Step::AnswerDenied => self.answer(Some(&Denied::NothingPlays)),
            Step::AnswerTooFast => self.answer(Some(&Denied::TooFast { retry_ms: 700 })),
            Step::Refused(refused) => {
                let reason = Reason::new(refused, "no".into());
                self.story.receive(ServerMsg::Refused(reason))
            }
            Step::Lost => self.story.on(Event::Disconnected(Disconnect::Closed(None))),
            Step::Pass(millis) => self.story.pass(Span::millis(*millis)),
            Step::Chat => {
                let fact = self.server.chat("hi");
                self.story.facts(vec![fact])
            }
            Step::Gap => {
                self.server.chat("lost");
                Vec::new()
            }
            Step::InputEnded => self.story.on(Event::InputEnded),
            Step::Interrupted => self.story.on(Event::Interrupted),
        };
        self.note(&effects);
    }

    fn welcome(&mut self, whole: bool, anew: bool) -> Vec<Effect> {
        self.open.clear();
        if anew {
            self.server.room.created = self.server.room.created + Span::seconds(1);
        }
        let known = self.story.app.room().map(|room| room.rev);
        let welcome = if whole || anew || known != Some(self.server.room.rev) {
            self.server.whole()
        } else {
            self.server.welcome(CatchUp::Events(Vec::new()))
        };
        self.story.receive(ServerMsg::Welcome(Box::new(welcome)))
    }

    fn answer(&mut self, denied: Option<&Denied>) -> Vec<Effect> {
        match (self.open.pop(), denied) {
            (None, _) => Vec::new(),
            (Some(seq), None) => self.story.ok(seq, self.server.room.rev.0),
            (Some(seq), Some(denied)) => self.story.denied(seq, denied),
        }
    }

    fn note(&mut self, effects: &[Effect]) {
        self.open
            .extend(commands(effects).iter().map(|(seq, _)| *seq));
        for (line, _) in answers(effects) {
            *self.answered.entry(line).or_default() += 1;
        }
        if exit(effects).is_some() {
            self.exits += 1;
            let last = matches!(effects.last(), Some(Effect::Exit(_)));
            assert!(last, "something follows the exit: {effects:?}");
        }
        if effects.contains(&Effect::Send(ClientMsg::State)) {
            let state = Box::new(self.server.room.clone());
            let effects = self.story.receive(ServerMsg::State { state });
            self.note(&effects);
        }
    }

    /// Connects, answers everything, and leaves.
    fn finish(&mut self) {
        for _ in 0..6 {
            self.take(&Step::Pass(20_000));
            self.take(&Step::Token);
            self.take(&Step::Connected);
            self.take(&Step::Welcome {
                whole: true,
                anew: false,
            });
            while !self.open.is_empty() {
                self.take(&Step::AnswerOk);
            }
        }
        self.take(&Step::Interrupted);
        self.take(&Step::Pass(2_000));
    }
}

proptest! {
    #[test]
    fn each_line_is_answered_exactly_once_and_the_exit_is_the_last(steps in vec(step(), 0..60)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        world.finish();
        prop_assert_eq!(world.exits, 1);
        let expected: BTreeMap<u64, u32> = (1..=world.lines).map(|line| (line, 1)).collect();
        prop_assert_eq!(world.answered, expected);
    }

    #[test]
    fn no_event_out_of_place_breaks_the_client(steps in vec(step(), 0..40), at in any::<i64>()) {
        let mut world = World::new();
        world.server.room.at = RoomTime(at);
        for step in &steps {
            world.take(step);
            let deadline = world.story.app.next_deadline();
            proptest::prop_assert!(deadline.is_none() || world.exits == 0);
        }
    }
}
