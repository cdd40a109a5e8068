//! Nodes whose wall clocks are wrong: there is one room time all the same.

use std::net::SocketAddr;

use super::Node;
use super::evening::Evening;
use super::history::anything;
use crate::support::redis_server::{Keeps, RedisServer};
use crate::support::wrong_clock;

#[tokio::test]
async fn members_of_nodes_whose_clocks_are_10_s_apart_share_one_order() {
    let redis = RedisServer::start(Keeps::Nothing);
    let nodes = [0, 5, -5].map(|ahead| {
        Node::start_with(&redis.url(), |command| {
            wrong_clock::runs_ahead(command, ahead);
        })
    });
    let addresses: Vec<SocketAddr> = nodes.iter().map(|node| node.address).collect();
    let evening = Evening::of(6, anything, &addresses);
    evening
        .play(async |stage| stage.until_each_has(10).await)
        .await;
}
