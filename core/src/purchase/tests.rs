//! Each state does what it declares.

use alloc::{format, string::ToString, vec};

use super::*;
use crate::base::money::Money;
use crate::history::BrokenHistory;

fn purchase(state: State) -> Purchase {
    Purchase {
        id: "p1".parse().unwrap(),
        agreement: Agreed::Whole(Box::new(Agreement::sample())),
        key: None,
        trail: Trail::new(),
        payments: Box::default(),
        state,
    }
}

fn refund() -> UndoStep {
    UndoStep::Refund { amount: Agreement::sample().price.due_now }
}

/// Every state, and every form of it that answers differently.
fn states() -> Vec<State> {
    let (attempts, offer) = (Attempts::unscheduled(), OfferedNumber::sample());
    let resting = attempts.rest().ok().unwrap();
    let (expires_at, number) = (Timestamp::from_millis(9), offer.number);
    let failure = || Failure::CheckoutExpired;
    let undoing = |step| State::Compensating(Compensating::of_one(&failure(), step, attempts));
    let failed = |refunded| State::Failed(Failed { failure: failure(), refunded });
    let checkout = "cs_1".parse().unwrap();
    vec![
        State::AwaitingKyc(AwaitingKyc { number_type: None, tier: 3, until: Some(expires_at) }),
        State::OpeningCheckout(OpeningCheckout { expires_at, attempts }),
        State::AwaitingPayment(AwaitingPayment { checkout, url: "/pay".into(), expires_at }),
        State::Securing(Securing { attempts }),
        State::Returning(Returning { number, attempts }),
        State::Charging(Charging { offer: offer.clone(), attempts }),
        State::Ordering(Ordering { offer: offer.clone(), attempts }),
        State::Unconfirmed(Unconfirmed { offer: offer.clone(), attempts, declined: None }),
        State::Billing(Billing { offer: offer.clone(), attempts }),
        State::OpeningCheckout(OpeningCheckout { expires_at, attempts: resting }),
        State::Charging(Charging { offer: offer.clone(), attempts: resting }),
        State::Unconfirmed(Unconfirmed { offer: offer.clone(), attempts: resting, declined: None }),
        State::Billing(Billing { offer, attempts: resting }),
        State::Compensating(Compensating { attempts: resting, ..Compensating::of_one(&failure(), refund(), attempts) }),
        undoing(UndoStep::ReturnReservation { number }),
        undoing(UndoStep::ReturnNumber { number }),
        undoing(refund()),
        State::Undone(Undone { failure: failure(), refunded: true }),
        State::Active(Active { number }),
        failed(false),
        failed(true),
        State::Failed(Failed { failure: Failure::FoundNotBought, refunded: false }),
    ]
}

#[test]
fn a_state_takes_the_events_that_it_expects_and_no_other() {
    for state in states() {
        let purchase = purchase(state);
        let Facts { name, expects, .. } = purchase.facts();
        for event in PurchaseEvent::samples() {
            let told = purchase.evolve(&event).err();
            let refused = Contradiction::Unexpected { state: name, expected: expects };
            let expected = if expects.contains(&event.name()) { None } else { Some(refused) };
            assert_eq!(told, expected, "{name}: {}", event.name());
        }
        let names: Vec<&str> = PurchaseEvent::samples().iter().map(PurchaseEvent::name).collect();
        assert!(expects.iter().all(|expected| names.contains(expected)), "{name} expects what there is: {expects:?}");
    }
}

#[test]
fn a_state_has_the_name_that_it_has_in_json() {
    for state in states() {
        let json = serde_json::to_value(&state).unwrap();
        assert_eq!(json["state"], state.behaviour().facts().name);
        assert_eq!(serde_json::from_value::<State>(json).unwrap(), state);
    }
}

#[test]
fn an_undo_takes_its_steps_in_their_order_and_then_owes_nothing() {
    let number = OfferedNumber::sample().number;
    let steps = UndoSteps::new(UndoStep::ReturnReservation { number }, [refund()]);
    let failure = Failure::FoundNotBought;
    let undoing = purchase(State::Compensating(Compensating { failure, steps, attempts: Attempts::unscheduled() }));
    let (returned, amount) = (PurchaseEvent::ReservationReturned, Agreement::sample().price.due_now);
    let refunded = |amount| PurchaseEvent::PaymentRefunded { amount };
    assert!(undoing.evolve(&refunded(amount)).is_err(), "the reservation is given back first");
    let refunding = undoing.evolve(&returned).unwrap();
    assert_eq!(refunding.owed().unwrap().id.to_string(), "p1/refund");
    assert!(refunding.evolve(&returned).is_err(), "nothing is given back twice");
    assert!(
        refunding.evolve(&refunded(Money::zero(amount.currency()))).is_err(),
        "what is due goes back, and all of it"
    );
    let undone = refunding.evolve(&refunded(amount)).unwrap();
    assert_eq!(undone.owed(), None);
    assert!(undone.is_compensating() && !undone.is_settled());
}

#[test]
fn a_broken_history_says_what_was_expected() {
    let purchase_of = |contradiction| {
        let event = Event::Purchase { event: PurchaseEvent::ReviewNeeded, purchase: "p1".parse().unwrap() };
        BrokenHistory { event: event.into(), contradiction }.to_string()
    };
    let at = |state: State| purchase(state).evolve(&PurchaseEvent::ReviewNeeded).unwrap_err();
    let begin = "the account's history is broken at `review_needed` of `p1`: expected ";
    let number = OfferedNumber::sample().number;
    for (contradiction, end) in [
        (
            at(State::Securing(Securing { attempts: Attempts::unscheduled() })),
            "`number_reserved`, `reservation_rejected`, `outcome_unknown`, `compensation_started` or `purchase_failed` in state `securing`",
        ),
        (at(State::Active(Active { number })), "no event in state `active`"),
        (Contradiction::PurchaseMissing, "an earlier `purchase_accepted`"),
    ] {
        assert_eq!(purchase_of(contradiction), format!("{begin}{end}"));
    }
}
