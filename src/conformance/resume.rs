//! Coming back: by the token, with what was missed and no more, on one connection at a time.

use serde_json::{Value, json};

use super::connection::Connection;
use super::entry::member_of;
use super::json::{at, is, kind, list};
use super::member::{Member, hello, with};
use super::stage::{Stage, made_up};
use super::verdict::{Step, Verdict, check};

/// Who comes back by their token is the same member, and lacks nothing.
pub(super) async fn without_loss(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    viewer.catch_breath().await?;
    let back = with(
        viewer.hello_again(&stage.room),
        json!({"log": viewer.log(), "since": viewer.rev}),
    );
    let (you, known) = (viewer.you, viewer.rev);
    viewer.socket.hang_up().await;
    for text in ["one", "two", "three"] {
        admin.done(json!({"do": "chat", "text": text})).await?;
    }
    let returned = Member::join(&stage.target, &back).await?;
    check(
        returned.you == you,
        format!(r#"{{"type":"welcome","you":{you},...}}"#),
        &returned.welcome,
    )?;
    let missed = match at(&returned.welcome, "/catch_up/events") {
        Value::Array(facts) => facts.clone(),
        // The state is allowed as well, if it has everything.
        _ => list(at(returned.state(), "/chat/lines")).to_vec(),
    };
    for text in ["one", "two", "three"] {
        let has = |fact: &Value| is(fact, "/event/text", text) || is(fact, "/text", text);
        let expected = format!(r#"the line "{text}" among the events after {known}"#);
        check(missed.iter().any(has), expected, &returned.welcome)?;
    }
    admin.read_to(returned.rev).await?;
    stage.end(admin, [returned]).await
}

/// Of another log, or of a rev that has not happened, nobody gets events.
pub(super) async fn other_log(stage: &mut Stage) -> Step<()> {
    let (admin, viewer) = stage.pair().await?;
    let again = viewer.hello_again(&stage.room);
    let rev = viewer.rev;
    let mut last = viewer;
    for fields in [
        json!({"log": "another", "since": rev}),
        json!({"log": last.log(), "since": rev + 100_000}),
    ] {
        let back = Member::join(&stage.target, &with(again.clone(), fields)).await?;
        check(
            at(&back.welcome, "/catch_up/state").is_object() && back.you == last.you,
            r#""catch_up":{"state":{...}}"#,
            &back.welcome,
        )?;
        last = back;
    }
    stage.end(admin, [last]).await
}

/// The second connection of a member takes the place of the first, which is told so.
pub(super) async fn replaced(stage: &mut Stage) -> Step<()> {
    let (admin, mut first) = stage.pair().await?;
    let second = Member::join(&stage.target, &first.hello_again(&stage.room)).await?;
    check(
        second.you == first.you,
        r#"{"type":"welcome","you":the same,...}"#,
        &second.welcome,
    )?;
    first.socket.sent_away_with("replaced", 4004).await?;
    stage.end(admin, [second]).await
}

/// A hello that is repeated with a token of the client's own is the same member.
pub(super) async fn chosen_token(stage: &mut Stage) -> Step<()> {
    let admin = stage.admin().await?;
    let token = format!("{:032x}", rand::random::<u128>());
    let asked = with(hello(&stage.room, "Bea"), json!({"token": token}));
    let first = Member::join(&stage.target, &asked).await?;
    let again = Member::join(&stage.target, &asked).await?;
    check(
        again.you == first.you && again.token == token,
        r#"{"type":"welcome","you":the same,"resume":the client's token}"#,
        &again.welcome,
    )?;
    stage.end(admin, [again]).await
}

/// A token that nobody has makes a new viewer, and is not accepted as theirs.
pub(super) async fn unknown_token(stage: &mut Stage) -> Step<()> {
    let admin = stage.admin().await?;
    let made_up_token = format!("{:032x}", rand::random::<u128>());
    let asked = with(hello(&stage.room, "Eve"), json!({"resume": made_up_token}));
    let stranger = Member::join(&stage.target, &asked).await?;
    let me = member_of(stranger.state(), stranger.you);
    check(
        is(me, "/role", "viewer") && stranger.token != made_up_token,
        r#"a new viewer, with another "resume""#,
        &stranger.welcome,
    )?;
    stage.end(admin, [stranger]).await
}

/// Coming back never creates a room.
pub(super) async fn creates_nothing(stage: &mut Stage) -> Step<()> {
    let token = format!("{:032x}", rand::random::<u128>());
    let asked = with(hello(&made_up(), "Ada"), json!({"resume": token}));
    let mut socket = Connection::open(&stage.target).await?;
    socket.send(&asked).await;
    socket.refused_with("no_such_room", 4009).await.map(drop)
}

/// The whole state comes on request, and is not behind the events.
pub(super) async fn state_on_request(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    let rev = admin
        .done(json!({"do": "chat", "text": "before the state"}))
        .await?;
    viewer.read_to(rev).await?;
    let room = viewer.asked_state().await?;
    let has_line = list(at(&room, "/chat/lines"))
        .iter()
        .any(|line| is(line, "/text", "before the state"));
    check(
        has_line,
        r#""chat":{"lines":[{"text":"before the state"}]}"#,
        &room,
    )?;
    stage.end(admin, [viewer]).await
}

/// Commands that were on their way when the connection broke are answered after the return, each
/// once.
pub(super) async fn commands_survive(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    let command = json!({"do": "chat", "text": "on the way"});
    let seq = viewer.send(&command).await;
    let again = with(
        viewer.hello_again(&stage.room),
        json!({"log": viewer.log(), "since": viewer.rev}),
    );
    viewer.socket.hang_up().await;
    let mut back = Member::join(&stage.target, &again).await?;
    let repeated = json!({"type": "command", "seq": seq, "command": command});
    back.socket.send(&repeated).await;
    let answer = back.answer(seq).await?;
    let Some(rev) = at(&answer, "/rev")
        .as_u64()
        .filter(|_| kind(&answer) == "ok")
    else {
        return Err(Verdict::unexpected(
            r#"{"type":"ok","rev":NUMBER}"#,
            &answer,
        ));
    };
    back.catch_breath().await?;
    admin.read_to(rev.max(back.rev)).await?;
    let lines = admin.facts.iter();
    let lines = lines.filter(|fact| is(fact, "/event/text", "on the way"));
    check(lines.count() == 1, "one event of the command", &answer)?;
    stage.end(admin, [back]).await
}

/// An errand speaks in the name of a member whose own connection stays, and nobody is told that it
/// came.
pub(super) async fn errand(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    viewer.catch_breath().await?;
    let from = viewer.rev;
    let visit = with(
        viewer.hello_again(&stage.room),
        json!({"type": "visit", "purpose": "errand"}),
    );
    let mut errand = Member::join(&stage.target, &visit).await?;
    check(
        errand.you == viewer.you,
        format!(r#"{{"type":"welcome","you":{},...}}"#, viewer.you),
        &errand.welcome,
    )?;
    errand.continue_after(viewer.last_seq());
    let rev = errand
        .done(json!({"do": "chat", "text": "by errand"}))
        .await?;
    errand.leave().await?;
    let you = viewer.you;
    // Members of an earlier scenario may be said to have left only now.
    let others_left = |fact: &Value| {
        let went = list(at(fact, "/event/left"));
        list(at(fact, "/event/joined")).is_empty()
            && !went.is_empty()
            && went.iter().all(|one| !is(one, "/member", you))
    };
    for member in [&mut admin, &mut viewer] {
        member.read_to(rev).await?;
        member.catch_breath().await?;
        let after = member
            .facts
            .iter()
            .filter(|fact| at(fact, "/rev").as_u64() > Some(from));
        for fact in after {
            check(
                is(fact, "/event/type", "chat") || others_left(fact),
                r#"no event but {"event":{"type":"chat",...}}"#,
                fact,
            )?;
        }
    }
    stage.end(admin, [viewer]).await
}
