//! Members and their roles: names, mutes, kicks, bans, and who is admin next.

use serde_json::{Value, json};

use super::entry::member_of;
use super::json::is;
use super::member::Member;
use super::stage::{Stage, made_up};
use super::verdict::{Step, check};

/// A name that another member has is denied; another one is taken, and everybody is told.
pub(super) async fn renaming(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    viewer
        .denied(json!({"do": "rename", "name": "Ada"}), "name_taken")
        .await?;
    viewer.done(json!({"do": "rename", "name": "Dora"})).await?;
    let fact = admin.event_of("renamed").await?;
    check(
        is(&fact, "/event/member", viewer.you) && is(&fact, "/event/name", "Dora"),
        r#"{"event":{"type":"renamed","member":VIEWER,"name":"Dora",...}}"#,
        &fact,
    )?;
    stage.end(admin, [viewer]).await
}

/// Who is muted cannot chat, until they are unmuted.
pub(super) async fn mutes(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    let mute = |muted: bool| json!({"do": "set_muted", "who": viewer.you, "muted": muted});
    let (on, off) = (mute(true), mute(false));
    admin.done(on).await?;
    viewer.event_of("muted").await?;
    let line = json!({"do": "chat", "text": "hm"});
    viewer.denied(line.clone(), "muted").await?;
    admin.done(off).await?;
    viewer.done(line).await?;
    stage.end(admin, [viewer]).await
}

/// A moderator moderates, but does not touch the film.
pub(super) async fn moderators(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    let other = stage.viewer("Cleo").await?;
    admin
        .done(json!({"do": "set_role", "who": viewer.you, "role": "moderator"}))
        .await?;
    let fact = viewer.event_of("role_changed").await?;
    check(
        is(&fact, "/event/member", viewer.you) && is(&fact, "/event/role", "moderator"),
        r#"{"event":{"type":"role_changed","member":VIEWER,"role":"moderator",...}}"#,
        &fact,
    )?;
    let mute = |who: u64| json!({"do": "set_muted", "who": who, "muted": true});
    viewer.done(mute(other.you)).await?;
    viewer.denied(mute(admin.you), "outranked").await?;
    viewer.denied(json!({"do": "skip"}), "not_allowed").await?;
    stage.end(admin, [viewer, other]).await
}

/// Who is kicked is told so, and their token is void.
pub(super) async fn kicks(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    admin.done(json!({"do": "kick", "who": viewer.you})).await?;
    viewer.socket.sent_away_with("kicked", 4003).await?;
    let again = Member::join(&stage.target, &viewer.hello_again(&stage.room)).await?;
    check(
        again.you != viewer.you,
        format!(r#"{{"type":"welcome","you":not {}}}"#, viewer.you),
        &again.welcome,
    )?;
    stage.end(admin, [again]).await
}

/// Who is banned is kept out, until the ban is lifted.
pub(super) async fn bans(stage: &mut Stage) -> Step<()> {
    let (mut admin, mut viewer) = stage.pair().await?;
    admin
        .done(json!({"do": "ban", "who": viewer.you, "scope": "member"}))
        .await?;
    viewer.socket.sent_away_with("banned", 4008).await?;
    let mut again = super::connection::Connection::open(&stage.target).await?;
    again.send(&viewer.hello_again(&stage.room)).await;
    again.refused_with("banned", 4008).await?;
    admin
        .done(json!({"do": "unban", "who": viewer.you}))
        .await?;
    let welcome = Member::join(&stage.target, &viewer.hello_again(&stage.room)).await?;
    stage.end(admin, [welcome]).await
}

/// When the only admin leaves on purpose, who stays acts as admin until they return; closing the
/// room then sends everybody out.
pub(super) async fn hand_over(stage: &mut Stage) -> Step<()> {
    let room = made_up();
    let creator = stage.create(&room, json!({})).await?;
    let mut heir = Member::join(&stage.target, &super::member::hello(&room, "Bea")).await?;
    let back = creator.hello_again(&room);
    creator.leave().await?;
    let fact = heir.event_of("role_changed").await?;
    check(
        is(&fact, "/event/member", heir.you) && is(&fact, "/event/acting", true),
        r#"{"event":{"type":"role_changed","member":VIEWER,"acting":true,...}}"#,
        &fact,
    )?;
    heir.done(json!({"do": "add", "media": super::acts::link(1)}))
        .await?;
    heir.denied(json!({"do": "close"}), "only_acting").await?;
    let mut creator = Member::join(&stage.target, &back).await?;
    // Its numbers go on where the first connection's ended.
    creator.continue_after(1_000);
    let me = member_of(creator.state(), creator.you);
    check(
        is(me, "/role", "admin"),
        r#"{"id":YOU,"role":"admin",...}"#,
        me,
    )?;
    let expected = r#"{"event":{"type":"role_changed","member":VIEWER,"acting":false,...}}"#;
    let you = heir.you;
    let resigned = |fact: &Value| {
        is(fact, "/event/type", "role_changed")
            && is(fact, "/event/member", you)
            && is(fact, "/event/acting", false)
    };
    heir.event(expected, resigned).await?;
    creator.done(json!({"do": "close"})).await?;
    for member in [&mut creator, &mut heir] {
        member.event_of("closed").await?;
        member.socket.sent_away_with("room_closed", 4006).await?;
    }
    Ok(())
}
