//! A purchase from its request to its number, step by step, against a carrier that loses the order's reply.
//!
//! `cargo run -p ringup-host --example memory`

mod pretend;

use std::error::Error;

use pretend::Pretend;
use ringup_core::effect::EffectKind;
use ringup_core::{AccountId, Shop, Timestamp};
use ringup_host::{Appended, EffectStep, Host, Memory, Outside, RequestStep, Store};
use ringup_numbering::WorldPlan;

fn main() -> Result<(), Box<dyn Error>> {
    for line in story()? {
        println!("{line}");
    }
    Ok(())
}

/// What the machine asks for, in order.
fn story() -> Result<Vec<String>, Box<dyn Error>> {
    let shop = pretend::shop();
    let (mut memory, mut outside) = (Memory::default(), Pretend::new());
    let opening = pretend::opening();
    let id = opening.account.clone();
    memory.open(&opening, outside.now)?;
    outside.loses_reply.insert(EffectKind::Order);

    let mut story = Vec::new();
    let mut wait = buy(&shop, &id, &mut memory, &mut outside, &mut story)?;
    // The clock strikes; a real host looks for accounts that are due. The story ends where only the next month is left.
    let tomorrow = outside.now.plus_seconds(86_400);
    while let Some(until) = wait.filter(|until| *until < tomorrow) {
        outside.now = until;
        wait = wake_up(&shop, &id, &mut memory, &mut outside, &mut story)?;
    }
    for number in memory.stored(&id).iter().flat_map(|stored| stored.account.numbers()) {
        story.push(format!("held {}", number.number));
    }
    Ok(story)
}

/// When to wake the account up.
type Wait = Option<Timestamp>;

fn buy(
    shop: &Shop,
    account: &AccountId,
    memory: &mut Memory,
    outside: &mut Pretend,
    story: &mut Vec<String>,
) -> Result<Wait, Box<dyn Error>> {
    let mut step =
        Host::new(shop, &WorldPlan).submit(account.clone(), pretend::purchase("p1", "key-1", "+1 404 555 0100"));
    let rest = loop {
        story.push(format!("{step:?}"));
        step = match step {
            RequestStep::Load(load) => {
                let account = memory.load(load.account(), load.needs())?;
                load.loaded(account, outside.now())
            }
            RequestStep::Search(search) => {
                let found = outside.search(search.account(), search.selector())?;
                search.found(found.numbers, found.lifetime_s, outside.now())
            }
            RequestStep::Store(store) => match memory.append(store.append())? {
                Appended::Stored => store.stored(),
                Appended::Stale => store.stale(),
            },
            // Here a server answers its client: what was decided is stored.
            RequestStep::Answer(answer, rest) => {
                story.push(format!("answered {}", if answer.is_ok() { "accepted" } else { "refused" }));
                break rest;
            }
        };
    };
    run(rest.go_on(outside.now()), memory, outside, story)
}

fn wake_up(
    shop: &Shop,
    account: &AccountId,
    memory: &mut Memory,
    outside: &mut Pretend,
    story: &mut Vec<String>,
) -> Result<Wait, Box<dyn Error>> {
    // `answer` is the loop above; `ringup_host::run` is the loop below.
    let mut backend = ringup_host::Joined { store: &mut *memory, outside: &mut *outside };
    let (_, rest) = ringup_host::answer(Host::new(shop, &WorldPlan).wake_up(account.clone()), &mut backend)?;
    run(rest.go_on(outside.now()), memory, outside, story)
}

fn run(
    mut step: EffectStep<'_>,
    memory: &mut Memory,
    outside: &mut Pretend,
    story: &mut Vec<String>,
) -> Result<Wait, Box<dyn Error>> {
    loop {
        story.push(format!("{step:?}"));
        step = match step {
            EffectStep::Load(load) => {
                let account = memory.load(load.account(), load.needs())?;
                load.loaded(account, outside.now())
            }
            // One worker needs no lease.
            EffectStep::Run(run) => {
                let outcome = outside.perform(run.effect());
                run.done(outcome, outside.now())
            }
            EffectStep::Store(store) => match memory.append(store.append())? {
                Appended::Stored => store.stored(outside.now()),
                Appended::Stale => store.stale(),
            },
            EffectStep::Wait(until) => return Ok(until),
            EffectStep::Failed(error) => return Err(error.into()),
        };
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_order_whose_reply_is_lost_is_queried_and_found() {
        // The opening is three events: the account, its holder and its money.
        let expected = [
            "load account-1",
            "load account-1",
            "search Exact { number: E164(redacted) }",
            "store account-1 on 3: purchase_accepted",
            "answer",
            "answered accepted",
            "run p1/reserve",
            "load account-1",
            "store account-1 on 4: number_reserved",
            "run p1/order",
            "store account-1 on 5: outcome_unknown",
            "load account-1",
            "wait until 1774432801000",
            "run p1/query_order/1",
            "load account-1",
            "store account-1 on 6: number_activated",
            "load account-1",
            "wait until 1777111201000",
            "held +14045550100",
        ];
        assert_eq!(super::story().unwrap(), expected);
    }
}
