//! Worlds: many simulations side by side, each with its clock, seed, faults, accounts and journal.
//!
//! The main world answers at the root. A named one answers the same paths below `/w/{name}`, or to requests that name it by the
//! header `x-ringup-world` or by their credentials. A request locks its own world only.

mod meant;
mod name;
mod routes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ringup_core::Timestamp;

use self::meant::{By, Meant, meant};
pub use self::name::WorldName;
#[cfg(test)]
pub(crate) use self::routes::ROUTES;
use crate::http::{Request, Response};
use crate::problem::Problem;
use crate::simulation::{Config, DueDelivery, Simulation};
use crate::wire::Verdict;
use crate::world::{AttemptOutcome, ClockMode, EndpointId};

/// How many named worlds there may be.
const WORLDS_MAX: usize = 10_000;

/// How many snapshots a world may have.
const SNAPSHOTS_MAX: usize = 100;

/// How many beginnings are kept for worlds that begin alike.
const BEGINNINGS_MAX: usize = 16;

/// The worlds of one server.
#[derive(Debug)]
pub struct Worlds {
    main: Arc<Place>,
    named: Mutex<BTreeMap<WorldName, Arc<Place>>>,
    // How worlds begin, so that another one that begins alike costs a copy.
    beginnings: Mutex<BTreeMap<Seeded, Arc<Simulation>>>,
    // Of the worlds that were made without a name.
    nameless: Mutex<u64>,
    // Where messages may have become due since they were last asked for; none is the main world.
    touched: Mutex<BTreeSet<Option<WorldName>>>,
}

/// What decides how a world with a manual clock begins: the seed, and the instant in milliseconds if it has one of its own.
type Seeded = (u64, Option<i64>);

/// Where one world lies.
#[derive(Debug)]
struct Place {
    simulation: Mutex<Simulation>,
    // What it was like, by the snapshot's name.
    snapshots: Mutex<BTreeMap<WorldName, Simulation>>,
}

/// A message that is due, and the world that sends it.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The world; none is the main one.
    pub world: Option<WorldName>,
    /// The message.
    pub due: DueDelivery,
}

/// Endpoints with a message under way, each in its world.
pub type Busy = BTreeSet<(Option<WorldName>, EndpointId)>;

impl Worlds {
    /// The main world, and no other yet.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self::of(Simulation::new(config))
    }

    /// This simulation as the main world.
    #[must_use]
    pub fn of(main: Simulation) -> Self {
        Self {
            main: Arc::new(Place::of(main)),
            named: Mutex::default(),
            beginnings: Mutex::default(),
            nameless: Mutex::default(),
            touched: Mutex::default(),
        }
    }

    /// Answers a request in the world that it means.
    pub fn handle(&self, request: &Request) -> Response {
        self.answer(request, None)
    }

    /// The same under a [`Self::verdict`]; see [`Simulation::answer`].
    pub fn answer(&self, request: &Request, verdict: Option<Verdict>) -> Response {
        let Meant { name, by, request } = meant(request);
        if name.is_none()
            && let Some(answer) = routes::answer(self, &request)
        {
            return answer;
        }
        let (world, place) = match self.meant(name.as_deref()) {
            Ok(found) => found,
            Err(problem) => return problem.into_response(),
        };
        let mut response = locked(&place.simulation).answer(&request, verdict);
        if let (By::Path, Some(world)) = (by, &world) {
            for (_, link) in
                response.headers.iter_mut().filter(|(name, link)| name == "location" && link.starts_with('/'))
            {
                link.insert_str(0, &world.path());
            }
        }
        locked(&self.touched).insert(world);
        response
    }

    /// What becomes of a request to a system by the rules on the client's side of its world: asked once, before
    /// [`Self::answer`], by the server that carries it out. The body is not looked at.
    pub fn verdict(&self, request: &Request) -> Option<Verdict> {
        let Meant { name, request, .. } = meant(request);
        let (_, place) = self.meant(name.as_deref()).ok()?;
        locked(&place.simulation).verdict(&request)
    }

    /// The clock of the world that a request means, and its instant. None, if there is no such world any more.
    pub fn clock(&self, request: &Request) -> Option<(ClockMode, Timestamp)> {
        let name = meant(request).name;
        let (_, place) = self.meant(name.as_deref()).ok()?;
        let mut simulation = locked(&place.simulation);
        simulation.tick();
        Some((simulation.config().clock, simulation.retailer().world.now()))
    }

    /// How many worlds there are beside the main one.
    pub fn count(&self) -> usize {
        locked(&self.named).len()
    }

    /// Runs what is due in the worlds whose clock is real time.
    pub fn tick(&self) {
        for (world, place) in self.all() {
            let mut simulation = locked(&place.simulation);
            if simulation.config().clock == ClockMode::Wall {
                simulation.tick();
                drop(simulation);
                locked(&self.touched).insert(world);
            }
        }
    }

    /// The due messages of the worlds where something has happened, which the caller sends and reports to [`Self::sent`]. An
    /// endpoint in `busy` still has a message under way, and gets its next one later.
    pub fn due_deliveries(&self, busy: &Busy) -> Vec<Outgoing> {
        let touched = std::mem::take(&mut *locked(&self.touched));
        let mut outgoing = Vec::new();
        for world in touched {
            let Some(place) = self.place(world.as_ref()) else { continue };
            let busy = busy.iter().filter(|(of, _)| *of == world).map(|(_, endpoint)| endpoint.clone()).collect();
            let due = locked(&place.simulation).due_deliveries(&busy);
            outgoing.extend(due.into_iter().map(|due| Outgoing { world: world.clone(), due }));
        }
        outgoing
    }

    /// Records the result of sending a message. The world may be gone.
    pub fn sent(&self, outgoing: &Outgoing, outcome: AttemptOutcome) {
        if let Some(place) = self.place(outgoing.world.as_ref()) {
            locked(&place.simulation).sent(&outgoing.due, outcome);
            // The endpoint is free for its next message.
            locked(&self.touched).insert(outgoing.world.clone());
        }
    }

    fn place(&self, world: Option<&WorldName>) -> Option<Arc<Place>> {
        match world {
            None => Some(Arc::clone(&self.main)),
            Some(name) => locked(&self.named).get(name).map(Arc::clone),
        }
    }

    /// The world that a request names, or the main one.
    fn meant(&self, name: Option<&str>) -> Result<(Option<WorldName>, Arc<Place>), Problem> {
        let Some(name) = name else { return Ok((None, Arc::clone(&self.main))) };
        self.find(name).map(|(world, place)| (Some(world), place))
    }

    /// The world of this name, which a request has written.
    fn find(&self, name: &str) -> Result<(WorldName, Arc<Place>), Problem> {
        let world = name.parse::<WorldName>().ok();
        let place = world.as_ref().and_then(|world| self.place(Some(world)));
        world.zip(place).ok_or_else(|| {
            Problem::new(404, "unknown_world", format!("there is no world `{name}`"))
                .at("/world")
                .help("GET /_sim/worlds lists them; POST /_sim/worlds makes one")
        })
    }

    fn all(&self) -> Vec<(Option<WorldName>, Arc<Place>)> {
        let named = locked(&self.named);
        let named = named.iter().map(|(name, place)| (Some(name.clone()), Arc::clone(place)));
        std::iter::once((None, Arc::clone(&self.main))).chain(named).collect()
    }

    /// A world as it begins.
    fn begin(&self, config: Config) -> Simulation {
        if config.clock == ClockMode::Wall {
            return Simulation::new(config);
        }
        let key = (config.seed, config.at.map(Timestamp::as_millis));
        let known = locked(&self.beginnings).get(&key).map(Arc::clone);
        let begun = known.unwrap_or_else(|| {
            let begun = Arc::new(Simulation::new(Config { world: None, ..config.clone() }));
            let mut beginnings = locked(&self.beginnings);
            if BEGINNINGS_MAX <= beginnings.len() {
                beginnings.pop_first();
            }
            beginnings.insert(key, Arc::clone(&begun));
            begun
        });
        Simulation::clone(&begun).renamed(config.public_url, config.world)
    }

    /// A name that no world has.
    fn free_name(&self) -> Result<WorldName, Problem> {
        let mut count = locked(&self.nameless);
        loop {
            *count = count.saturating_add(1);
            let name: WorldName = format!("world-{count}").parse().map_err(|why| Problem::new(500, "no_name", why))?;
            if self.place(Some(&name)).is_none() {
                return Ok(name);
            }
        }
    }
}

/// A path as the world that it names sees it.
#[must_use]
pub fn path_within(path: &str) -> &str {
    WorldName::in_path(path).map_or(path, |(_, rest)| rest)
}

impl Place {
    fn of(simulation: Simulation) -> Self {
        Self { simulation: Mutex::new(simulation), snapshots: Mutex::default() }
    }
}

/// Ignores a poisoned lock: after a panic a simulation goes on from its last step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
