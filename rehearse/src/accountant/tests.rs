//! Each promise is broken once, by hand, and found.

use super::*;
use crate::moves::{Fate, Kind};
use crate::world::Call;

/// A wallet of 1000, a number at 200.
struct Scene {
    world: World,
    accountant: Accountant,
    books: Books,
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new(true, &[200, 200]);
        world.topped_up = 1000;
        let books = Books { taken: 1000, wallet: 1000, ..Books::default() };
        Self { world, accountant: Accountant::default(), books }
    }

    fn call(&mut self, purchase: u8, kind: Kind) {
        let key = format!("{purchase}/{}", kind.name());
        let call = Call {
            purchase,
            kind,
            key,
            numbers: vec![purchase % 2],
            amount: 200,
            session: None,
            expires_at: 0,
            period: 0,
        };
        self.world.call(&call, Fate::Good);
    }

    fn hear(&mut self, purchase: u8, status: Status) -> Result<(), Violation> {
        let statement = Statement {
            status,
            number: Some(purchase % 2),
            price: 200,
            by_wallet: false,
            in_review: 0,
            reviews: reviews(status),
        };
        self.accountant.hear(purchase, statement, &self.world)
    }

    fn rest(&self) -> Result<(), Violation> {
        self.accountant.look_at_rest(&self.books, &self.world)
    }

    /// p0 is charged, sold and told to be bought; the books have it.
    fn bought() -> Self {
        let mut scene = Self::new();
        for kind in [Kind::Reserve, Kind::Charge, Kind::Order] {
            scene.call(0, kind);
        }
        scene.hear(0, Status::Held).unwrap();
        scene.books = Books { taken: 1200, wallet: 1000, earned: 200, ..Books::default() };
        scene
    }
}

/// A review is about something.
fn reviews(status: Status) -> BTreeSet<Kind> {
    if status == Status::InReview { [Kind::Order].into() } else { BTreeSet::new() }
}

fn check(rule: &str, found: Result<(), Violation>) {
    assert_eq!(found.map_err(|violation| violation.rule), Err(rule));
}

#[test]
fn a_number_that_is_bought_and_paid_is_in_order() {
    let scene = Scene::bought();
    assert_eq!(scene.rest(), Ok(()));
    assert_eq!(scene.accountant.look_at_books(&scene.books, &scene.world), Ok(()));
}

#[test]
fn what_is_told_must_be_so() {
    let mut scene = Scene::new();
    check("answer_of_no_purchase", scene.accountant.hear_answer(3, None));
    check("told_bought_unsold", scene.hear(0, Status::Held));
    let mut scene = Scene::bought();
    check("bought_then_failed", scene.hear(0, Status::Failed));
    scene.call(2, Kind::Order);
    check("told_bought_unsold", scene.hear(2, Status::Held));
    scene.hear(0, Status::Released).unwrap();
    check("ended_then_bought", scene.hear(0, Status::Held));
    let mut scene = Scene::bought();
    scene.world.dealings.entry(2).or_default().sold = Some(0);
    check("two_owners", scene.hear(2, Status::Held));
}

#[test]
fn a_key_buys_once() {
    let mut scene = Scene::bought();
    scene.accountant.hear_answer(0, Some(7)).unwrap();
    scene.hear(1, Status::Pending).unwrap();
    scene.accountant.hear_answer(1, Some(7)).unwrap();
    scene.call(1, Kind::Order);
    check("bought_twice", scene.hear(1, Status::Held));
}

#[test]
fn books_are_the_worlds() {
    let scene = Scene::new();
    let look = |books| scene.accountant.look_at_books(&books, &scene.world);
    check("books_off_balance", look(Books { wallet: 999, ..scene.books }));
    check("books_off_balance", look(Books { wallet: 1001, holds: -1, ..scene.books }));
    check("books_claim_too_much", look(Books { taken: 1001, holds: 1, ..scene.books }));
    check("books_claim_too_much", look(Books { wallet: 999, refunds: 1, ..scene.books }));
    let mut scene = Scene::bought();
    scene.books = Books { taken: 1000, earned: 200, wallet: 800, ..Books::default() };
    check("books_off", scene.rest());
    let mut scene = Scene::new();
    scene.books = Books { wallet: 1000, holds: 0, ..scene.books };
    scene.world.topped_up = 1001;
    check("books_off", scene.rest());
    let mut scene = Scene::bought();
    (scene.books.holds, scene.books.earned) = (200, 200);
    check("held_without_end", scene.rest());
}

#[test]
fn money_goes_back_with_evidence() {
    let mut scene = Scene::bought();
    scene.call(0, Kind::Refund);
    check("refunded_though_sold", Accountant::look_at_refund(0, false, &scene.world));
    scene.call(1, Kind::Refund);
    check("refunded_too_much", Accountant::look_at_refund(1, false, &scene.world));
}

#[test]
fn nothing_is_left_over_at_rest() {
    let mut scene = Scene::new();
    scene.hear(0, Status::Pending).unwrap();
    check("not_at_rest", scene.rest());
    scene.hear(0, Status::Failed).unwrap();
    assert_eq!(scene.rest(), Ok(()));
    scene.call(0, Kind::Reserve);
    check("reserved_without_end", scene.rest());
    scene.call(0, Kind::Charge);
    check("money_kept", scene.rest());
    scene.call(0, Kind::Order);
    check("told_failed_sold", scene.rest());
    let mut scene = Scene::new();
    scene.call(0, Kind::Order);
    check("sold_to_nobody", scene.rest());
    let mut scene = Scene::bought();
    scene.call(0, Kind::Refund);
    check("paid_wrong", scene.rest());
    let mut scene = Scene::bought();
    scene.world.numbers[0].price = 300;
    check("another_price", scene.rest());
}
