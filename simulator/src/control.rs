//! stub
use crate::http::{Request, Response};
use crate::simulation::Simulation;
pub(crate) fn answer(_: &mut Simulation, _: &Request) -> Response {
    Response::empty(404)
}
