//! Accounts: listed, shown, opened and changed.

use ringup_core::{AccountId, Actor, ChangeTerms, CommandId, CustomerTerms, IdentifierError, Misuse, Money, Standing};
use ringup_host::Unanswered;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::call::{Answer, answered, ok, to_json};
use super::numbers::Listed as ListedNumber;
use crate::dialect::{Credentials, Dialect};
use crate::dialects;
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::reader;
use crate::retailer::{CannotOpen, Customer, Failure};
use crate::simulation::Simulation;

/// An account as a list shows it.
#[derive(Serialize)]
struct Listed<'a> {
    account: &'a AccountId,
    dialect: &'static str,
    situation: &'static str,
    credentials: Credentials,
    note: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    dialect: String,
    situation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    declined: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopUp {
    money: Money,
}

pub(super) fn list(simulation: &mut Simulation, _: &Call<'_>) -> Answer {
    let customers = simulation.retailer().customers.all();
    ok(&customers.map(|customer| listed(simulation, customer)).collect::<Vec<_>>())
}

pub(super) fn open(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let wanted: Open = body(call.request)?;
    let dialect = dialect(&wanted.dialect)?;
    let account = simulation.open(dialect, &wanted.situation).map_err(|problem| match problem {
        CannotOpen::UnknownSituation => unknown_situation(dialect, &wanted.situation),
        CannotOpen::NotPossible(why) => {
            Problem::new(409, "cannot_open", format!("the account cannot be opened: {why}")).help("POST /_sim/reset")
        }
    })?;
    answered(201, &listed(simulation, customer(simulation, account.as_str())?))
}

pub(super) fn show(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let customer = customer(simulation, call.named("account"))?;
    let actor = customer.credentials.first().map_or_else(Actor::default, |credential| credential.actor.clone());
    let standing = standing(customer, &actor, simulation)?;
    let numbers: Vec<ListedNumber<'_>> = customer.account.numbers().map(ListedNumber::from).collect();
    let mut shown = to_json(&listed(simulation, customer))?;
    if let Value::Object(fields) = &mut shown {
        fields.insert("balances".into(), to_json(&standing.balances)?);
        fields.insert("standing".into(), to_json(&standing)?);
        fields.insert("numbers".into(), to_json(&numbers)?);
    }
    ok(&shown)
}

/// How the account stands for this actor.
pub(super) fn standing(customer: &Customer, actor: &Actor, simulation: &Simulation) -> Result<Standing, Problem> {
    let standing = customer.standing(actor, simulation.retailer().world.now());
    standing.ok_or_else(|| Failure::RecordMissing.into_problem())
}

pub(super) fn top_up(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let account = customer(simulation, call.named("account"))?.account.id().clone();
    let TopUp { money } = body(call.request)?;
    let id = command_id(call, "top-up", customer(simulation, account.as_str())?.account.version())?;
    // The caller of the control plane acts as the operator.
    let failed = |unanswered: Unanswered<Misuse>| match unanswered {
        Unanswered::Command(Misuse::CommandIdTaken { .. }) => {
            let message = "the key was used for another amount; repeat the first request, or draw a new key";
            Problem::new(422, "idempotency_key_reused", message)
        }
        Unanswered::Command(misuse) => Problem::new(422, "value_invalid", misuse.to_string()).at("/money"),
        Unanswered::Host(error) => Failure::Host(error).into_problem(),
    };
    simulation
        .retailer
        .submit(&account, ringup_core::TopUp { id: id.clone(), actor: Actor::default(), money })
        .map_err(failed)?;
    let customer = customer(simulation, account.as_str())?;
    let standing = standing(customer, &Actor::default(), simulation)?;
    simulation.retailer.world.deposit(&account, format!("{account}/top-up/{id}"), money);
    ok(&json!({ "account": account, "balances": standing.balances }))
}

/// The id of a command: the caller's key, or one that no other command has, as every command changes the version.
fn command_id(call: &Call<'_>, what: &str, version: u64) -> Result<CommandId, Problem> {
    let key = call.request.header("idempotency-key").map(str::trim);
    let name = key.map_or_else(|| format!("{what}-at-{version}"), |key| format!("{what}-key-{key}"));
    name.parse().map_err(|error: IdentifierError| Problem::new(422, "invalid_idempotency_key", error.to_string()))
}

/// Changes the terms as an operator would: KYC, a card, a plan.
pub(super) fn change_terms(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let customer = customer(simulation, call.named("account"))?;
    let account = customer.account.id().clone();
    let patch: Value = body(call.request)?;
    let mut terms = to_json(customer.account.terms())?;
    merge(&mut terms, &patch);
    let terms: CustomerTerms = reader::read(&terms).map_err(Problem::unreadable)?;
    let command = ChangeTerms { terms: terms.clone() };
    simulation.retailer.carry_out(&account, command).map_err(|error| Failure::from(error).into_problem())?;
    ok(&json!({ "account": account, "terms": terms }))
}

/// Breaks the customer's card, or replaces it by one that works. A new card pays what was declined.
pub(super) fn card(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let customer = customer(simulation, call.named("account"))?;
    let (account, terms) = (customer.account.id().clone(), customer.account.terms().clone());
    let Card { declined } = body(call.request)?;
    let world = &mut simulation.retailer.world;
    if declined {
        world.decline_card(&account);
    } else {
        world.accept_card(&account);
        // One command asks for the first of the declined fees; the next one for those that are left.
        let mut past_due = usize::MAX;
        loop {
            let replaced = simulation.retailer.carry_out(&account, ChangeTerms { terms: terms.clone() });
            replaced.map_err(|error| Failure::from(error).into_problem())?;
            let customer = self::customer(simulation, account.as_str())?;
            let left = customer.account.numbers().filter(|number| number.is_past_due()).count();
            if left == 0 || past_due <= left {
                break;
            }
            past_due = left;
        }
    }
    ok(&json!({ "account": account, "declined": declined }))
}

/// RFC 7396: members replace members, null removes one.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let Value::Object(members) = target else { return };
    for (name, change) in changes {
        if change.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.as_str()).or_insert(Value::Null), change);
        }
    }
}

fn listed<'a>(simulation: &Simulation, customer: &'a Customer) -> Listed<'a> {
    Listed {
        account: customer.account.id(),
        dialect: customer.system.id,
        situation: customer.situation.name,
        credentials: simulation.shown_credentials(customer),
        note: customer.situation.note,
    }
}

/// The customer of this account.
pub(super) fn customer<'a>(simulation: &'a Simulation, account: &str) -> Result<&'a Customer, Problem> {
    let id = account.parse::<AccountId>().ok();
    id.and_then(|id| simulation.retailer().customers.get(&id)).ok_or_else(|| {
        Problem::new(404, "unknown_account", format!("there is no account `{account}`"))
            .at("/account")
            .help("GET /_sim/accounts lists them")
    })
}

pub(super) fn dialect(id: &str) -> Result<&'static Dialect, Problem> {
    let known: Vec<&str> = dialects::ALL.iter().map(|dialect| dialect.id()).collect();
    dialects::find(id).ok_or_else(|| {
        Problem::new(422, "unknown_dialect", format!("there is no dialect `{id}`"))
            .at("/dialect")
            .help(format!("one of {}", known.join(", ")))
    })
}

fn unknown_situation(dialect: &Dialect, situation: &str) -> Problem {
    let known: Vec<&str> = dialect.situations().iter().map(|known| known.name).collect();
    Problem::new(422, "unknown_situation", format!("`{}` has no situation `{situation}`", dialect.id()))
        .at("/situation")
        .help(format!("one of {}", known.join(", ")))
}
