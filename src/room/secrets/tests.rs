//! What a room recognises its members by, and whom it keeps out.

use super::{AddressHash, AddressKey, PasswordHash, SecretEvent, Secrets, TokenHash};
use crate::protocol::ids::MemberId;

#[test]
fn a_token_leads_back_until_it_is_void() {
    let mut secrets = Secrets::default();
    let token = TokenHash([7; 32]);
    secrets.apply(&SecretEvent::Tokens {
        added: vec![(MemberId(3), token)],
        from: Vec::new(),
        without_address: Vec::new(),
        invited: Vec::new(),
        nodes: Vec::new(),
    });
    assert_eq!(secrets.owner(&token), Some(MemberId(3)));
    secrets.apply(&SecretEvent::TokensVoid {
        members: vec![MemberId(3)],
    });
    assert_eq!(secrets.owner(&token), None);
}

/// Members 1 and 2 from one household, and 3 from elsewhere, with tokens of their numbers.
fn three() -> Secrets {
    let mut secrets = Secrets::default();
    let members = [(1, 7), (2, 7), (3, 8)];
    let token = |(id, _): (u8, u8)| (MemberId(u64::from(id)), TokenHash([id; 32]));
    let from = |(id, from): (u8, u8)| (MemberId(u64::from(id)), AddressHash([from; 32]));
    secrets.apply(&SecretEvent::Tokens {
        added: members.map(token).to_vec(),
        from: members.map(from).to_vec(),
        without_address: Vec::new(),
        invited: Vec::new(),
        nodes: Vec::new(),
    });
    secrets
}

fn ban(secrets: &mut Secrets, member: u64) {
    let member = MemberId(member);
    let alone = secrets.sharing_address_of(member).next().is_none();
    let identity = secrets.ban_identity(member, alone);
    secrets.apply(&SecretEvent::Banned { member, identity });
    secrets.retain_members(|known| known != member);
}

#[test]
fn who_is_banned_is_known_by_token_and_by_an_address_of_their_own() {
    let mut secrets = three();
    ban(&mut secrets, 3);
    let (own, stranger) = (TokenHash([3; 32]), TokenHash([9; 32]));
    let (there, elsewhere) = (AddressHash([8; 32]), AddressHash([9; 32]));
    assert!(secrets.is_banned(Some(&own), None));
    assert!(secrets.is_banned(Some(&own), Some(&elsewhere)));
    assert!(secrets.is_banned(None, Some(&there)));
    assert!(secrets.is_banned(Some(&stranger), Some(&there)));
    assert!(!secrets.is_banned(Some(&stranger), Some(&elsewhere)));
    // A member of the room comes in from there as well.
    assert!(!secrets.is_banned(Some(&TokenHash([1; 32])), Some(&there)));
    assert!(!secrets.is_banned(None, None));

    secrets.apply(&SecretEvent::Unbanned {
        member: MemberId(3),
    });
    assert!(!secrets.is_banned(Some(&own), Some(&there)));
}

#[test]
fn an_address_that_others_share_is_not_banned() {
    let mut secrets = three();
    ban(&mut secrets, 1);
    let household = AddressHash([7; 32]);
    assert!(secrets.is_banned(Some(&TokenHash([1; 32])), Some(&household)));
    assert!(!secrets.is_banned(None, Some(&household)));
    // The second of them is the last who is known from there.
    ban(&mut secrets, 2);
    assert!(secrets.is_banned(None, Some(&household)));
}

#[test]
fn a_room_from_before_there_were_keys_keeps_its_password() {
    let mut secrets = Secrets::default();
    let old = r#"{"type":"password","hash":"argon"}"#;
    secrets.apply(&serde_json::from_str(old).unwrap());
    let hash = PasswordHash("argon".into());
    assert_eq!(secrets.password(), Some(&hash));
    assert_eq!(secrets.address_key(), None);
    let old = r#"{"password":"argon","tokens":{}}"#;
    assert_eq!(serde_json::from_str::<Secrets>(old).unwrap(), secrets);
}

#[test]
fn debug_output_keeps_the_secret() {
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        AddressKey([42; 32]),
        PasswordHash("argon".into()),
        TokenHash([42; 32]),
        AddressHash([42; 32])
    );
    assert!(!shown.contains("argon") && !shown.contains("42"));
}
