//! The routes of a server as the requests of one socket reach them. Each request brings along what
//! is known of its socket; the routes themselves are shared by all sockets.

use std::convert::Infallible;
use std::future::{Ready, ready};

use axum::Router;
use axum::body::Body;
use axum::http::{Extensions, Request};
use axum::response::Response;
use axum::routing::future::RouteFuture;
use futures_util::future::Either;
use hyper::body::Incoming;
use hyper::service::Service;
use tower_service::Service as _;

use super::proxied::Counting;

/// The routes for one socket.
#[derive(Debug, Clone)]
pub(super) struct SocketRoutes {
    app: Router,
    /// What each request brings along: the extensions that handlers ask for.
    known: Extensions,
    /// Counts each request, if the socket itself is not counted.
    by_request: Option<Counting>,
}

impl SocketRoutes {
    /// The routes `app`, for a socket of which nothing is known.
    pub(super) fn new(app: Router) -> Self {
        Self {
            app,
            known: Extensions::new(),
            by_request: None,
        }
    }

    /// The same, where each request brings `fact` along.
    pub(super) fn with<T: Clone + Send + Sync + 'static>(mut self, fact: T) -> Self {
        self.known.insert(fact);
        self
    }

    /// The same, where each request is counted against the client that a proxy names.
    pub(super) fn counted_by_request(self, counting: Counting) -> Self {
        Self {
            by_request: Some(counting),
            ..self
        }
    }
}

impl Service<Request<Incoming>> for SocketRoutes {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<RouteFuture<Infallible>, Ready<Result<Response, Infallible>>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let mut request = request.map(Body::new);
        request.extensions_mut().extend(self.known.clone());
        if let Some(counting) = &self.by_request
            && let Err(refusal) = counting.count_request(&mut request)
        {
            return Either::Right(ready(Ok(*refusal)));
        }
        Either::Left(self.app.clone().call(request))
    }
}
