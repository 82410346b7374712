// Made from the Rust types by core/tests/describe.rs.

/** What has happened to the account itself. */
export type AccountEvent =
  | {
    "event": "purchase_accepted";
    /** The purchase. */
    purchase: PurchaseId;
    /** What was agreed. */
    agreement: Agreement;
    /** Its key, if it has one. */
    key: IdempotencyKey | null;
  }
  | {
    "event": "wallet_topped_up";
    /** How much. */
    money: Money;
  }
  | {
    "event": "terms_changed";
    /** All of it, as it is from now on. */
    terms: CustomerTerms;
  };

/** What to do. */
export type Action =
  | {
    "action": "open_checkout";
    /** What is due now. */
    amount: Money;
    /** Until when it can be paid. */
    expires_at: Timestamp;
  }
  | {
    "action": "reserve";
    /** Which number. */
    selector: Selector;
  }
  | {
    "action": "charge";
    /** How. */
    method: PaymentMethod;
    /** How much. */
    amount: Money;
  }
  | {
    "action": "order";
    /** The number. */
    number: E164;
    /** Who will hold it. */
    holder: HolderId | null;
  }
  | {
    "action": "query_order";
    /** The number. */
    number: E164;
    /** The order's effect id: the key under which it was placed. */
    order: EffectId;
    /** Whether only the list of our numbers can tell. */
    list_only: boolean;
  }
  | {
    "action": "unreserve";
    /** The number. */
    number: E164;
  }
  | {
    "action": "refund";
    /** The way by which it was taken. */
    method: PaymentMethod;
    /** How much. */
    amount: Money;
  }
  | {
    "action": "end_charges";
    /** The way by which it was paid. */
    method: PaymentMethod;
  }
  | {
    "action": "release";
    /** The number. */
    number: E164;
  };

/** The number is bought. */
export type Active = {
  /** The number. */
  number: E164;
};

/** Who acts on an account. */
export type Actor = {
  /** The only holder that the credential may act for; absent: all of them. */
  only_holder?: HolderId | null;
  /** What the actor is in the account; absent: its owner. */
  role?: Role;
};

/** What was agreed when a purchase was accepted. */
export type Agreement = {
  /** When. */
  accepted_at: Timestamp;
  /** Under which rules and prices. */
  shop: ShopVersion;
  /** Who will hold the number. */
  holder: HolderId | null;
  /** Which number. */
  selector: Selector;
  /** Its country. */
  country: Country;
  /** Its type, if it was known. */
  number_type?: NumberType;
  /** How it is paid. */
  payment: PaymentMethod;
  /** What it costs. */
  price: Price;
  /** What a repeat must have in common. */
  fingerprint: Fingerprint;
  /** What the carrier can tell about an order whose reply was lost. */
  order_evidence: OrderEvidence;
  /** When it is paid. */
  charged: ChargeTime;
  /** Until when a checkout can be paid; for payment by checkout only. */
  checkout_expires_at: Timestamp | null;
};

/** How often an effect was asked without an answer, and when it may be asked again. */
export type Attempts = {
  /** Askings that got no answer. */
  unanswered: number;
  /** The next one is not before this instant. */
  not_before: Timestamp;
};

/** The customer can pay. */
export type AwaitingPayment = {
  /** The session. */
  checkout: CheckoutId;
  /** The page. */
  url: string;
  /** From when on it cannot be paid any more. */
  expires_at: Timestamp;
};

/** The number is provisioned and is being charged. */
export type Billing = {
  /** The number. */
  offer: OfferedNumber;
  /** How often the payment provider was asked. */
  attempts: Attempts;
};

/** How the customer is billed. */
export type BillingKind = "prepaid" | "subscription" | "usage";

/** Which billing a purchase needs. */
export type BillingRules = {
  /** The countries that every kind of billing may buy in. */
  domestic: Array<Country>;
  /** The billing that all other countries need. */
  international: BillingKind;
};

/** A period of the calendar, which begins at midnight. */
export type CalendarPeriod = "day" | "month";

/** What a number can do. */
export type Capabilities = {
  /** Calls. */
  voice: boolean;
  /** Text messages. */
  sms: boolean;
  /** Multimedia messages. */
  mms: boolean;
  /** Faxes. */
  fax: boolean;
};

/** What something was, and what it is. */
export type Changed<T> = {
  /** What the quote promised. */
  seen: T;
  /** What it is now. */
  now: T;
};

/** What a line is for. */
export type ChargeKind = "setup_fee" | "other_fee" | "first_month" | "first_year" | "recurring_fee" | "proration" | "included_number" | "discount" | "tax";

/** When the money is taken. */
export type ChargeTime = "before_order" | "at_provisioning";

/** The money is being taken. */
export type Charging = {
  /** The reserved number. */
  offer: OfferedNumber;
  /** How often the payment provider was asked. */
  attempts: Attempts;
};

/** Checkout sessions. */
export type Checkout = {
  /** How long one can be paid, in seconds. */
  lifetime_s: number;
};

/** A checkout session at the payment provider. */
export type CheckoutId = string;

/** A guard against buying and releasing in turns: so many of both in a window that slides. */
export type Churn = {
  /** The most claims and releases in the window. */
  moves_max: number;
  /** How long the window is, in seconds. */
  window_s: number;
};

/** Any of the commands: what JSON says. */
export type Command =
  | {
    "command": "purchase";
    /** A fresh name for the purchase. Not used if the request is a repeat of an earlier one. */
    id: PurchaseId;
    /** Who asks. */
    actor: Actor;
    /** What was typed. */
    request: PurchaseRequest;
  }
  | {
    "command": "record_outcome";
    /** The effect. */
    effect: EffectId;
    /** How it ended. */
    outcome: Outcome;
  }
  | {
    "command": "record_checkout_paid";
    /** The purchase. */
    purchase: PurchaseId;
    /** The session that was paid. */
    checkout: CheckoutId;
  }
  | {
    "command": "record_checkout_declined";
    /** The purchase. */
    purchase: PurchaseId;
    /** The session. */
    checkout: CheckoutId;
  }
  | {
    "command": "release";
    /** The purchase that bought it. */
    number: PurchaseId;
    /** Who asks. */
    actor: Actor;
  }
  | {
    "command": "top_up";
    /** How much. */
    money: Money;
  }
  | {
    "command": "change_terms";
    /** All of it. */
    terms: CustomerTerms;
  }
  | {
    "command": "resolve";
    /** The purchase. */
    purchase: PurchaseId;
    /** What the person found out. */
    finding: Finding;
  }
  | {
    "command": "wake_up";
  };

/** What was done is being undone. */
export type Compensating = {
  /** Why. */
  failure: Failure;
  /** What is left to do. */
  steps: UndoSteps;
  /** How often the step at hand got no answer. */
  attempts: Attempts;
};

/** What came back from an effect that is done. */
export type Confirmation =
  | {
    "of": "checkout_open";
    /** The session. */
    checkout: CheckoutId;
    /** The page. */
    url: string;
  }
  | {
    "of": "reserved";
    /** The number. */
    offer: OfferedNumber;
  }
  | {
    "of": "order_found";
  }
  | {
    "of": "order_absent";
  }
  | {
    "of": "done";
  };

/** What to do about a field. */
export type Correction =
  | {
    "kind": "retype";
  }
  | {
    "kind": "fill";
  }
  | {
    "kind": "replace";
  }
  | {
    "kind": "match";
    /** The number's own. */
    found: InventoryId;
  };

/** A country's two-letter code. Whether anything is sold there is the rate card's to say. */
export type Country = string;

/** Why a country is one to choose. */
export type CountryChoice = "sold" | "billing_serves" | "of_the_number";

/** A currency of ISO 4217, by its three-letter code. */
export type Currency = string;

/** What the customer has arranged with the shop. */
export type CustomerTerms = {
  /** The plan; absent where the policy knows none. */
  plan?: PlanId | null;
  /** How the customer is billed. */
  billing: BillingKind;
  /** Whether a payment method is on file. */
  payment_method_on_file?: boolean;
  /** The customer's verifications. */
  kyc?: Kyc;
  /** An instant at which the customer's billing period begins; all others begin whole months before or after. Absent: each number has periods of its own. */
  billing_anchor?: Timestamp | null;
  /** Who may hold numbers in this account. */
  holders?: Array<HolderId>;
  /** The holders whose numbers do not count against this account's limits of numbers. The plan includes none of them, and in volume tiers each of these holders is counted alone. */
  uncounted_holders?: Array<HolderId>;
};

/** A field of [`crate::ShopData`] that decided. */
export type DecidingField = {
  /** Where it is: a JSON pointer. A list that lacks an entry is named by `-`, as RFC 6901 does. */
  pointer: string;
  /** Whether the shop says it. If not, the rule is switched off, or has its default, until it does. */
  is_set: boolean;
};

/** One thing that is wrong with data: where, and what to do about it. */
export type Diagnostic = {
  /** Its kind, by a stable name. */
  code: DiagnosticCode;
  /** The place in the data, as a JSON pointer (RFC 6901); empty: the whole. */
  path: string;
  /** The line in the text, from 1; absent: no text is known. */
  line?: number;
  /** What is wrong, and with which value. */
  message: string;
  /** What to do. */
  help: string;
};

/** The kinds of mistake in data, from the outermost in. */
export type DiagnosticCode = "file_unreadable" | "too_large" | "policy_unknown" | "not_json" | "wrong_type" | "member_missing" | "member_unknown" | "member_repeated" | "value_invalid" | "parts_disagree" | "quote_altered" | "quote_expired";

/** What is taken off the price of every number that it names. */
export type Discount = {
  /** What a person calls it. */
  label: string;
  /** From which charges it is taken. */
  on: DiscountBase;
  /** How much, and never more than there is. */
  off: DiscountOff;
  /** For how many periods, the first included, also where that is a short one; absent: for all. */
  periods?: number;
  /** Only for customers of these plans; empty: for all. */
  plans?: Array<PlanId>;
  /** Only on numbers of these countries; empty: on all. */
  countries?: Array<Country>;
  /** Which way a fraction of a minor unit goes. */
  rounding?: Rounding;
  /** For purchases from this instant on; absent: always. */
  effective_from?: Timestamp;
  /** For purchases before this instant; absent: for ever. */
  effective_until?: Timestamp;
};

/** From which charges a discount is taken. */
export type DiscountBase = "setup" | "recurring" | "all";

/** How much a discount takes off. */
export type DiscountOff =
  | {
    "basis_points": number;
  }
  | {
    "money": Money;
  };

/** A number in the form of ITU-T E.164: country calling code and national number, 7 to 15 digits in all. */
export type E164 = string;

/** Something for the host to do. */
export type Effect =
  | {
    /** Its name, and the idempotency key to hand on. */
    id: EffectId;
    /** Not to be done before this instant. */
    not_before: Timestamp;
  } & (
  | {
    "action": "open_checkout";
    /** What is due now. */
    amount: Money;
    /** Until when it can be paid. */
    expires_at: Timestamp;
  }
  | {
    "action": "reserve";
    /** Which number. */
    selector: Selector;
  }
  | {
    "action": "charge";
    /** How. */
    method: PaymentMethod;
    /** How much. */
    amount: Money;
  }
  | {
    "action": "order";
    /** The number. */
    number: E164;
    /** Who will hold it. */
    holder: HolderId | null;
  }
  | {
    "action": "query_order";
    /** The number. */
    number: E164;
    /** The order's effect id: the key under which it was placed. */
    order: EffectId;
    /** Whether only the list of our numbers can tell. */
    list_only: boolean;
  }
  | {
    "action": "unreserve";
    /** The number. */
    number: E164;
  }
  | {
    "action": "refund";
    /** The way by which it was taken. */
    method: PaymentMethod;
    /** How much. */
    amount: Money;
  }
  | {
    "action": "end_charges";
    /** The way by which it was paid. */
    method: PaymentMethod;
  }
  | {
    "action": "release";
    /** The number. */
    number: E164;
  });

/** An effect's name: `PURCHASE/KIND`, or `PURCHASE/KIND/N` for a question that is asked anew. A repeat of an effect that did or may have done something has the same name, so that it does nothing twice; a question changes nothing, and each asking has its own name, so that an old answer is not taken for a new one. */
export type EffectId = string;

/** What has happened. JSON: one flat object, whose `event` says what. */
export type Event =
  | {
    /** The purchase. */
    purchase: PurchaseId;
  } & (
  | {
    "event": "checkout_opened";
    /** The session. */
    checkout: CheckoutId;
    /** The page. */
    url: string;
    /** Until when it can be paid. */
    expires_at: Timestamp;
  }
  | {
    "event": "payment_taken";
    /** How much. */
    amount: Money;
  }
  | {
    "event": "number_reserved";
    /** The number. */
    offer: OfferedNumber;
  }
  | {
    "event": "outcome_unknown";
    /** When. */
    not_before: Timestamp;
  }
  | {
    "event": "order_decline_doubted";
    /** The carrier's words. */
    reason: string;
    /** When the list is asked. */
    not_before: Timestamp;
  }
  | {
    "event": "order_absent";
    /** When it is placed again. */
    not_before: Timestamp;
  }
  | {
    "event": "number_provisioned";
    /** When. */
    at: Timestamp;
  }
  | {
    "event": "number_activated";
    /** When. */
    at: Timestamp;
    /** The part of the money that was the setup fee. */
    setup_fee: Money;
    /** The part that was rent: of a month, of a year, or of what is left of a period. */
    rent: Money;
    /** The part that is passed on to others; absent: nothing. */
    other_fees?: Money;
    /** The part that was tax; absent: nothing. */
    tax?: Money;
    /** Whether the money is taken only now; else it was held. */
    charged: boolean;
  }
  | {
    "event": "compensation_started";
    /** Why. */
    failure: Failure;
  }
  | {
    "event": "reservation_returned";
  }
  | {
    "event": "provisioning_returned";
  }
  | {
    "event": "payment_refunded";
    /** How much. */
    amount: Money;
  }
  | {
    "event": "purchase_failed";
    /** Why. */
    failure: Failure;
    /** The wallet's hold that is free again. */
    freed: Money | null;
    /** The key that is free again: a failure is not remembered. */
    key: IdempotencyKey | null;
  }
  | {
    "event": "review_needed";
  })
  | {
    /** The purchase that bought it. */
    number: PurchaseId;
  } & (
  | {
    "event": "release_scheduled";
    /** When. */
    at: Timestamp;
  }
  | {
    "event": "release_started";
    /** When. */
    at: Timestamp;
  }
  | {
    "event": "charges_ended";
  }
  | {
    "event": "release_delayed";
    /** When. */
    not_before: Timestamp;
  }
  | {
    "event": "number_released";
    /** When. */
    at: Timestamp;
    /** The rent that was paid and not yet used; it is not given back. */
    forfeited: Money;
  }) | AccountEvent;

/** What a gate that passed has compared. */
export type Evidence =
  | {
    "compared": "not_applicable";
  }
  | {
    "compared": "key_length";
    /** Characters of the key. */
    length: number;
    /** The longest that is taken. */
    length_max: number;
  }
  | {
    "compared": "key_is_new";
  }
  | {
    "compared": "repeats";
    /** The purchase. */
    purchase: PurchaseId;
  }
  | {
    "compared": "joins";
    /** The purchase. */
    purchase: PurchaseId;
  }
  | {
    "compared": "replaces";
    /** The purchase. */
    purchase: PurchaseId;
    /** Whether it was found by its key. */
    by_key: boolean;
  }
  | {
    "compared": "key_of_another_holder";
  }
  | {
    "compared": "well_formed";
  }
  | {
    "compared": "may_act";
  }
  | {
    "compared": "selected";
    /** The selector. */
    selector: Selector;
  }
  | {
    "compared": "plan";
    /** The plan. */
    plan: PlanId;
    /** Its monthly price. */
    monthly_fee: Money;
  }
  | {
    "compared": "numbers";
    /** Held. */
    held: number;
    /** On their way. */
    in_flight: number;
    /** The limit: the lower one of the policy's and the plan's. */
    limit: number;
  }
  | {
    "compared": "spent";
    /** The period. */
    period: CalendarPeriod;
    /** What was due for everything that was bought in the period. */
    spent: Money;
    /** What is due now. */
    price: Money;
    /** The most. */
    limit: Money;
  }
  | {
    "compared": "pace";
    /** Of what. */
    pace: Pace;
    /** How long the window is that slides, in seconds; none: a calendar day. */
    window_s: number | null;
    /** How often it was done. */
    count: number;
    /** The limit: one more must stay within it. */
    limit: number;
  }
  | {
    "compared": "sold";
    /** The country. */
    country: Country;
  }
  | {
    "compared": "in_stock";
    /** The number, where it is known already. */
    number: E164 | null;
    /** Its type. */
    number_type: NumberType | null;
    /** When it was seen; absent: the system looks when it reserves. */
    seen_at: Timestamp | null;
  }
  | {
    "compared": "billing_serves";
    /** The country. */
    country: Country;
  }
  | {
    "compared": "tier";
    /** The country's tier. */
    tier: number;
    /** The lowest tier that needs KYC. */
    tier_min: number;
    /** Whether KYC is approved. */
    approved: boolean;
  }
  | {
    "compared": "window";
    /** When the last purchase was accepted, if there was one. */
    last_accepted_at: Timestamp | null;
    /** When the window after it ends. */
    ends_at: Timestamp | null;
    /** Whether the additional purchase was confirmed. */
    confirmed: boolean;
  }
  | {
    "compared": "method_on_file";
  }
  | {
    "compared": "funds";
    /** What the wallet holds, holds already taken off. */
    available: Money;
    /** What is due now. */
    required: Money;
  }
  | {
    "compared": "same_price";
    /** Both. */
    price: Money;
  }
  | {
    "compared": "same_quote";
    /** Its name. */
    id: QuoteId;
  };

/** One rule that was looked at. */
export type ExplainedRule =
  | {
    /** Its gate. */
    gate: Gate;
    /** The field that decided; absent: no policy could say otherwise. */
    field?: DecidingField;
  } & (
  | {
    "status": "passed";
    /** What was compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** Why, with the figures compared. */
    rejection: Rejection;
  }
  | {
    "status": "waiting";
    /** The fact. */
    fact: Fact;
  });

/** Why a request is answered as it is. */
export type Explanation = {
  /** The rules and prices that were looked at. */
  shop: ShopVersion;
  /** The instant of the question. */
  explained_at: Timestamp;
  /** The gate that `decide` refuses it with, as far as is known; absent: it is accepted, it repeats an earlier purchase, or a number must be searched for before the rest is asked. */
  refused_by: Gate | null;
  /** The rules that were looked at, in order. Of a decision they end with the one that decided. */
  rules: Array<ExplainedRule>;
};

/** A fact that a gate is waiting for. */
export type Fact =
  | {
    "fact": "used_keys";
  }
  | {
    "fact": "earlier_gate";
    /** The gate that is blocked. */
    gate: Gate;
  }
  | {
    "fact": "numbering_plan";
  }
  | {
    "fact": "search";
    /** What to search for. */
    selector: Selector;
  };

/** It has ended without a number. */
export type Failed = {
  /** Why. */
  failure: Failure;
  /** Whether money was taken and went back; then the same payment is not taken a second time. */
  refunded: boolean;
};

/** Why a purchase that was accepted did not go through. */
export type Failure =
  | {
    "failure": "checkout_declined";
  }
  | {
    "failure": "checkout_expired";
  }
  | {
    "failure": "payment_declined";
    /** Its words. */
    reason: string;
  }
  | {
    "failure": "out_of_stock";
    /** The inventory's words. */
    reason: string;
  }
  | {
    "failure": "carrier_declined";
    /** Its words. */
    reason: string;
  }
  | {
    "failure": "found_not_bought";
  };

/** What is wrong with a field of a request. */
export type FieldProblem =
  | {
    "code": "missing";
  }
  | {
    "code": "identifier_too_long";
    /** The most characters that one has. */
    length_max: number;
  }
  | {
    "code": "identifier_character";
    /** Its position, in characters from zero. */
    at: number;
  }
  | {
    "code": "not_a_country";
  }
  | {
    "code": "not_a_number";
    /** Why. */
    reason: NumberReason;
    /** The position of a character that has no meaning, in characters from zero. */
    at?: number;
  }
  | {
    "code": "has_extension";
  }
  | {
    "code": "of_another_country";
    /** What the request says. */
    asked: Country;
    /** What the number is. */
    found: Country;
  }
  | {
    "code": "not_an_area_code";
    /** The most digits that one has. */
    length_max: number;
  }
  | {
    "code": "not_a_pattern";
  }
  | {
    "code": "not_a_number_type";
  }
  | {
    "code": "not_a_currency";
  };

/** What a person found out about a purchase in review. */
export type Finding = "bought" | "not_bought";

/** SHA-256, in hexadecimal, over the fields that the policy names: no personal data is kept for the comparison. */
export type Fingerprint = string;

/** The customer's billing period that a first charge is for. */
export type FirstPeriod = {
  /** When it began; before the purchase. */
  starts_at: Timestamp;
  /** When it ends and the next charge is due. */
  ends_at: Timestamp;
  /** An instant at which some period begins: all others begin whole months before or after. */
  anchor: Timestamp;
  /** How far the calendar in which these months are counted is ahead of UTC, in minutes. */
  day_offset_minutes?: number;
};

/** The gates, in the order in which they are asked. */
export type Gate = "key_form" | "idempotency" | "request" | "actor" | "selector" | "paid_plan" | "number_limit" | "country_limit" | "type_limit" | "holder_limit" | "spend_limit" | "daily_limit" | "country" | "stock" | "billing" | "kyc" | "velocity" | "churn" | "payment_method" | "balance" | "price";

/** A fix, and the gate that it opens. */
export type GateFix =
  | {
    /** The gate. */
    gate: Gate;
  } & (
  | {
    "remedy": "use_fresh_key";
    /** The longest that is taken, in characters. */
    length_max: number;
  }
  | {
    "remedy": "correct_field";
    /** The field of the request. */
    field: string;
    /** What about it. */
    correction: Correction;
  }
  | {
    "remedy": "choose_holder";
    /** The holders that the actor may act for. */
    holders: Array<HolderId>;
  }
  | {
    "remedy": "ask_role";
    /** The roles. */
    roles: Array<Role>;
    /** What to ask for. */
    task: RoleTask;
  }
  | {
    "remedy": "choose_selector";
    /** The ways. */
    selectors: Array<SelectorKind>;
  }
  | {
    "remedy": "move_to_plan";
    /** The plan. */
    plan: PlanId;
    /** What a person calls it. */
    title: string;
    /** Its monthly price. */
    monthly_fee: Money;
  }
  | {
    "remedy": "release_numbers";
    /** How many. */
    count: number;
    /** Among which. */
    among: LimitScope;
  }
  | {
    "remedy": "choose_country";
    /** The countries. */
    countries: Array<Country>;
    /** Why these. */
    because: CountryChoice;
  }
  | {
    "remedy": "choose_number_type";
    /** The types. */
    number_types: Array<NumberType>;
    /** The country in which these are sold; absent: it is the type of the number that was asked for. */
    sold_in?: Country;
  }
  | {
    "remedy": "search_first";
    /** The number. */
    number: E164;
  }
  | {
    "remedy": "choose_number";
    /** The numbers, if any are known; otherwise search. */
    numbers: Array<E164>;
  }
  | {
    "remedy": "choose_currency";
    /** The currencies. */
    currencies: Array<Currency>;
  }
  | {
    "remedy": "move_to_billing";
    /** The billing. */
    billing: BillingKind;
  }
  | {
    "remedy": "submit_kyc";
    /** The country. */
    country: Country;
    /** Its tier. */
    tier: number;
    /** Whose verification it is. */
    subject: KycSubject;
    /** The roles that submit them for the actor; absent: the actor does. */
    submitters?: Array<Role>;
  }
  | {
    "remedy": "await_kyc";
    /** The country. */
    country: Country;
    /** Whose verification it is. */
    subject: KycSubject;
  }
  | {
    "remedy": "wait_until";
    /** The instant. */
    at: Timestamp;
    /** What for. */
    reason: WaitReason;
  }
  | {
    "remedy": "confirm_additional";
  }
  | {
    "remedy": "add_payment_method";
  }
  | {
    "remedy": "add_money";
    /** The amount. */
    money: Money;
  }
  | {
    "remedy": "accept_price";
    /** The price, as the request must name it. */
    price: PriceSeen;
    /** The same, as a person is told it. */
    outline: PriceOutline;
  }
  | {
    "remedy": "ask_for_quote";
    /** What it would cost, where that is known. */
    outline?: PriceOutline;
  });

/** What a quote says of one gate. */
export type GateReport =
  | {
    /** The gate. */
    gate: Gate;
  } & (
  | {
    "status": "passed";
    /** What was compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** Why, with the figures compared. */
    rejection: Rejection;
    /** What would open it when the fixes of the earlier gates are done, the recommended way first. */
    fixes: Array<Remedy>;
    /** Whether those fixes open it already. Where they do not, and there is no fix, nobody can open it. */
    opened_by_earlier: boolean;
  }
  | {
    "status": "waiting";
    /** The fact. */
    fact: Fact;
  });

/** How a gate stands. */
export type GateStatus =
  | {
    "status": "passed";
    /** What was compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** Why, with the figures compared. */
    rejection: Rejection;
    /** What would open it when the fixes of the earlier gates are done, the recommended way first. */
    fixes: Array<Remedy>;
    /** Whether those fixes open it already. Where they do not, and there is no fix, nobody can open it. */
    opened_by_earlier: boolean;
  }
  | {
    "status": "waiting";
    /** The fact. */
    fact: Fact;
  };

/** How many numbers are held. Those of holders that do not count are in `subscribed` and `by_holder` only. */
export type HeldCounts = {
  /** In all. */
  total?: number;
  /** Of these, the ones that a subscription pays for. */
  subscribed?: number;
  /** In each country. */
  by_country?: {
    [key in Country]: number;
  };
  /** Of each type. */
  by_type?: {
    [key in NumberType]?: number;
  };
  /** By each holder. */
  by_holder?: {
    [key in HolderId]: number;
  };
};

/** Who holds a number within an account: a profile, a sub-account, a user. */
export type HolderId = string;

/** A key that a client chose: at least one character, no control characters. */
export type IdempotencyKey = string;

/** Idempotency keys as data. */
export type IdempotencyKeys = {
  /** The longest key, in characters. */
  length_max: number;
  /** Which fields a repeat must have in common with the first request; another body under the key is refused. */
  fingerprint: Array<RequestField>;
};

/** A purchase on its way. It counts like a held number. */
export type InFlight = {
  /** When it was accepted. */
  accepted_at: Timestamp;
  /** From when on it counts no more: a checkout that nobody pays. */
  counts_until?: Timestamp | null;
  /** The number's country. */
  country?: Country | null;
  /** Its type, if it is known. */
  number_type?: NumberType | null;
  /** Who will hold it. */
  holder?: HolderId | null;
  /** What is due for it. */
  due_now?: Money | null;
};

/** The answer to data that cannot be used: a mistake of the calling program, not of the customer. */
export type InputFailure = {
  "type": "failure";
  /** What is wrong, in the order of the data. */
  errors: Array<Diagnostic>;
};

/** Periods after the first that cost something else than what recurs for good. */
export type Introductory = {
  /** How many periods in a row. */
  periods: number;
  /** What each of them costs: the sum of the lines. */
  amount: Money;
  /** What that is made of. */
  lines: Array<PriceLine>;
  /** Taxes that the lines contain already. */
  taxes_included?: Array<PriceLine>;
};

/** Periods after the first that cost something else for a while, without their lines. */
export type IntroductoryFee = {
  /** How many periods in a row. */
  periods: number;
  /** What each of them costs. */
  amount: Money;
};

/** The name of an offered number in the carrier's inventory. */
export type InventoryId = string;

/** What would be bought. */
export type Item = {
  /** The country. */
  country: Country;
  /** The type, if it is known. */
  number_type: NumberType | null;
  /** What the number can do. */
  capabilities: Capabilities;
  /** The regulatory tier. */
  kyc_tier: number;
};

/** The customer's verifications: one of the account itself, and one for each country that asks for its own. */
export type Kyc = {
  /** Of the account. */
  account?: KycStatus;
  /** For numbers of a country; absent: nothing was submitted. */
  countries?: {
    [key in Country]: KycStatus;
  };
};

/** Which tiers need KYC before an order. */
export type KycRules = {
  /** The lowest tier that needs it. */
  tier_min: number;
  /** Whose verification it is. */
  subject?: KycSubject;
  /** Who may submit it; empty: everybody who may buy. */
  submitters?: Array<Role>;
};

/** How a verification stands. */
export type KycStatus = "not_submitted" | "initiated" | "pending" | "declined" | "approved";

/** Whose verification a number needs. */
export type KycSubject = "country" | "account";

/** The numbers that a limit counts. */
export type LimitScope =
  | {
    "of": "total";
  }
  | {
    "of": "country";
    /** The country. */
    country: Country;
  }
  | {
    "of": "number_type";
    /** The type. */
    number_type: NumberType;
  }
  | {
    "of": "holder";
    /** The holder. */
    holder: HolderId;
  };

/** Limits; one that is absent does not hold. */
export type Limits = {
  /** Numbers in all that may be held or on their way. */
  numbers?: number;
  /** The same in a country. */
  by_country?: {
    [key in Country]: number;
  };
  /** The same in each country that has no limit of its own. */
  each_country?: number;
  /** The same of a type. */
  by_type?: {
    [key in NumberType]?: number;
  };
  /** The same of each holder. */
  each_holder?: number;
  /** What purchases may cost in a period, each by what is due when it is made: one limit for each currency and period. */
  spend?: Array<SpendLimit>;
  /** Purchases in a calendar day. */
  purchases_a_day?: number;
};

/** A field of the request that says something else of a number than what was found. */
export type Mismatch =
  | {
    "field": "country";
    /** What the request says. */
    asked: Country;
    /** What the number is. */
    found: Country;
  }
  | {
    "field": "number_type";
    /** What the request says. */
    asked: NumberType;
    /** What the number is. */
    found: NumberType;
  }
  | {
    "field": "inventory_id";
    /** What the request says. */
    asked: InventoryId;
    /** What the number is. */
    found: InventoryId;
  };

/** An amount in minor units (cents, paise, yen) of one currency. */
export type Money = {
  minor_units: number;
  currency: Currency;
};

/** A number claimed or released. */
export type Move = {
  /** When. */
  at: Timestamp;
  /** Which of the two. */
  move: MoveKind;
  /** What was due for a claim. */
  spent?: Money | null;
};

/** Whether a number was claimed or released. */
export type MoveKind = "claim" | "release";

/** A person must look. */
export type NeedsReview = {
  /** The number. */
  offer: OfferedNumber;
};

/** What a number is for, by its digits alone. Which of these a carrier sells it as is `shop::NumberType`. */
export type NumberKind = "fixed_line" | "mobile" | "fixed_line_or_mobile" | "toll_free" | "premium_rate" | "shared_cost" | "voip" | "personal_number" | "pager" | "uan" | "voicemail";

/** A number with some digits left open. */
export type NumberPattern = string;

/** Why a text is not a valid number. */
export type NumberReason = "empty" | "invalid_character" | "not_a_number" | "invalid_context" | "unknown_country" | "missing_calling_code" | "unknown_calling_code" | "too_short_after_prefix" | "too_short" | "too_long" | "invalid_length" | "local_only" | "invalid_for_country";

/** The kinds of number that carriers sell. */
export type NumberType = "local" | "mobile" | "national" | "toll_free";

/** A number that can be bought. */
export type OfferedNumber = {
  /** The number. */
  number: E164;
  /** Its name in the inventory. */
  inventory_id: InventoryId;
  /** Its country. */
  country: Country;
  /** Its region, as the carrier names it. */
  region: string;
  /** Its type. */
  number_type: NumberType;
  /** What it can do. */
  capabilities: Capabilities;
  /** Its own prices, the number's own currency first; empty: the rate card's hold. An own price takes the place of the entry's setup fee, recurring fee, tiers and commitment. What the entry says else holds for the number, too: the other fees in the price's currency, which are passed on whatever the number costs, and the regulatory tier; without an entry there are none, and the tier is the highest of the country's entries, or 0. Discounts, taxes, proration and included numbers are as for any number. */
  prices: Array<OfferedPrice>;
  /** How many months must be paid at the least. Where the rate card prices the number, the longer of the two counts. */
  minimum_commitment_months: number;
};

/** A price that a number carries itself. */
export type OfferedPrice = {
  /** The non-recurring charge. */
  setup_fee: Money;
  /** The recurring charge, a month; in the same currency, or the price is passed over. Nought for a number that is paid by the year: a price that is paid both ways is passed over, too. */
  monthly_fee: Money;
  /** The recurring charge, a year; absent: the number is paid by the month. */
  yearly_fee?: Money;
};

/** What searches have found. Empty means that nobody has looked, not that there is nothing. */
export type Offers = {
  /** The searches that were made. */
  searches?: Array<Search>;
};

/** The checkout page is being opened. */
export type OpeningCheckout = {
  /** Until when it can be paid. */
  expires_at: Timestamp;
  /** How often the payment provider was asked. */
  attempts: Attempts;
};

/** What the carrier can tell about an order whose reply was lost. */
export type OrderEvidence = "query_by_key" | "keyed_repeat" | "list_only";

/** The reserved number is being ordered. */
export type Ordering = {
  /** The reserved number. */
  offer: OfferedNumber;
  /** How often the order got no answer, so far. */
  attempts: Attempts;
};

/** What is charged once beside the setup fee. */
export type OtherFee = {
  /** What a person calls it. */
  label: string;
  /** How much it is. */
  fee: Money;
};

/** How an effect ended. A lost reply is [`Outcome::Unknown`], never a refusal. */
export type Outcome =
  | {
    "outcome": "confirmed";
    /** What came back. */
    confirmation: Confirmation;
  }
  | {
    "outcome": "declined";
    /** Why, in the words of whoever refused. */
    reason: string;
  }
  | {
    "outcome": "unknown";
  };

/** What a limit of pace counts. */
export type Pace = "day" | "churn";

/** How a purchase is paid. */
export type PaymentMethod = "checkout" | "subscription" | "usage_invoice" | "wallet";

/** When a payment method is taken. Absent conditions hold always. */
export type PaymentRule = {
  /** The customer's billing. */
  billing?: BillingKind;
  /** Whether the customer already holds a number that the subscription pays for. */
  subscribed?: boolean;
  /** The lowest regulatory tier of a number that is paid so; absent: any. */
  tier_min?: number;
  /** What is taken then. */
  method: PaymentMethod;
  /** Whether the customer must have a payment method on file for it. */
  on_file_required?: boolean;
  /** When the money is taken, by a method that charges. */
  charged?: ChargeTime;
};

/** One plan. */
export type Plan = {
  /** Its stable name. */
  id: PlanId;
  /** What a person calls it. */
  title: string;
  /** Its price a month; nought for a free plan. */
  monthly_fee: Money;
  /** How many numbers may be held or on their way at once. */
  number_limit: number;
  /** For how many of them, the first ones, nothing recurs: the plan's price pays for them. The numbers of a holder that does not count against the account's limits are none of them: who has no limit here has nothing included. */
  included_numbers?: number;
  /** Its further limits. */
  limits?: Limits;
};

/** A plan of the policy. */
export type PlanId = string;

/** The rules of one system. A field that is absent switches its gate off. */
export type Policy = {
  /** The format of this document: 1. */
  format: number;
  /** The system's stable name. */
  id: string;
  /** The version of these rules. */
  version: string;
  /** What a person calls the system. */
  title: string;
  /** Whether a purchase must name its holder. */
  holder_required: boolean;
  /** Who may buy; empty: everybody who acts for the account. */
  buyers?: Array<Role>;
  /** The ways in which a request may say which number it wants. */
  selectors: Array<SelectorKind>;
  /** Whether an exact number can only be bought while a search of the customer's own counts that has returned it. */
  search_required?: boolean;
  /** The country of a request that names none. */
  default_country?: Country;
  /** The currency of a request that names none, where a number has several prices and none is its own. */
  default_currency: Currency;
  /** Idempotency keys; absent: the system has none. */
  idempotency?: IdempotencyKeys;
  /** Whether only customers of a paid plan may buy. */
  paid_plan_required: boolean;
  /** Whether the plan's number limit holds. */
  plan_limits: boolean;
  /** The limits that hold for everybody, whatever the plan. */
  limits?: Limits;
  /** How far the calendar days of the limits are ahead of UTC, in minutes. */
  day_offset_minutes?: number;
  /** Which billing a purchase needs; absent: any. */
  billing?: BillingRules;
  /** Which tiers need KYC; absent: none. */
  kyc?: KycRules;
  /** The guard against accidental second purchases; absent: none. */
  velocity?: Velocity;
  /** The guard against buying and releasing in turns; absent: none. */
  churn?: Churn;
  /** How a purchase is paid: the first rule that fits. */
  payment: Array<PaymentRule>;
  /** How long a checkout session can be paid; needed where a payment rule opens one. */
  checkout?: Checkout;
  /** When a number that the customer releases is given back. */
  release?: ReleaseTime;
  /** What the carrier can tell about an order whose reply was lost. */
  order_evidence: OrderEvidence;
  /** How effects without an answer are asked again. */
  retry: Retry;
};

/** What a number costs. */
export type Price = {
  /** The lines that make up what is due now, none of them nought. What is taken off is negative. */
  lines: Array<PriceLine>;
  /** What is due now: the sum of the lines. */
  due_now: Money;
  /** Taxes that the lines contain already. They add nothing. */
  taxes_included?: Array<PriceLine>;
  /** The period of the customer's that the first charge is for; absent: a whole one that begins with the number. */
  first_period?: FirstPeriod;
  /** What the periods after the first cost as long as a discount for the first periods lasts, in order. */
  introductory?: Array<Introductory>;
  /** What recurs every month after that, all discounts and taxes included; nought for a number that is paid by the year. */
  monthly_fee: Money;
  /** What recurs every year after that; absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** The lines that make up what recurs; empty: it is the fee and nothing else. */
  recurring_lines?: Array<PriceLine>;
  /** Taxes that what recurs contains already, in every period. */
  recurring_taxes_included?: Array<PriceLine>;
  /** How many months must be paid at the least; nought: none beyond the first period. */
  minimum_commitment_months: number;
  /** What is due over the commitment: now, and for the periods that it has, a first period cut short not counting as one. */
  commitment_total: Money;
  /** How many decimals the amounts are written with: the currency's, unless the rate card has its own. */
  exponent: number;
};

/** A part of a price that is not as it was seen. */
export type PriceDifference = {
  /** Which part. */
  field: PriceField;
  /** What was seen. */
  seen: Money;
  /** What it is now. */
  now: Money;
};

/** The parts of a price that are compared with what was seen. */
export type PriceField = "due_now" | "setup_fee" | "monthly_fee" | "yearly_fee" | "commitment_total";

/** One line of a price. */
export type PriceLine = {
  /** What the line is for. */
  charge: ChargeKind;
  /** What the rate card calls it. */
  label?: string;
  /** On which part of the price a discount or a tax is; absent of a tax that is on the total. */
  on?: PricePart;
  /** The amount. */
  amount: Money;
};

/** What a price comes to, as a person is told it: without its lines. */
export type PriceOutline = {
  /** The total due now. */
  due_now: Money;
  /** What periods after the first cost for a while. */
  introductory?: Array<IntroductoryFee>;
  /** What recurs every month after that; nought for a number that is paid by the year. */
  monthly_fee: Money;
  /** What recurs every year after that; absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** How many months must be paid at the least; nought: none beyond the first period. */
  minimum_commitment_months: number;
  /** What is due over the commitment. */
  commitment_total: Money;
};

/** The parts of a price. */
export type PricePart = "setup" | "recurring" | "other";

/** What a person saw of a price; what is absent is not compared. */
export type PriceSeen = {
  /** The total due now. */
  due_now?: Money;
  /** The non-recurring charge. */
  setup_fee?: Money;
  /** What recurs, a month. */
  monthly_fee?: Money;
  /** What recurs, a year. */
  yearly_fee?: Money;
  /** What the commitment comes to. */
  commitment_total?: Money;
};

/** How the first period is charged, for a customer who has a billing day. */
export type Proration = {
  /** By what the part of the period that is left is measured. */
  basis: ProrationBasis;
  /** Which way a fraction of a minor unit goes. */
  rounding?: Rounding;
};

/** By what the part of a period that is left is measured. Days are the policy's calendar days (`day_offset_minutes`): a period begins at midnight of the billing day, and the day that has begun counts. */
export type ProrationBasis = "none" | "second" | "day" | "30_360" | "anniversary";

/** One purchase: what was agreed, and how it stands. */
export type Purchase = {
  /** Its name. */
  id: PurchaseId;
  /** What was agreed when it was accepted; never changed after. */
  agreement: Agreement;
  /** The key under which a repeat finds it, if it has one. */
  key: IdempotencyKey | null;
  /** How it stands. */
  state: State;
};

/** One purchase, and the number that it bought. Drawn by the host, which brings all entropy. */
export type PurchaseId = string;

/** What was typed, as it was typed. An empty field counts as absent; only the idempotency key does not, because a client that sends an empty one believes that its repeats are safe. Which number is wanted is said in one of five ways: `number` alone (as people write it), `inventory_id` alone, `country` with `area_code`, `country` with `pattern`, or `country` alone (any number there). `number_type` narrows what is meant; an exact number that is of another country or type than the request says is refused, and the refusal tells what it is. Where a system knows exact numbers and inventory ids, both may be given, and must name the same number. */
export type PurchaseRequest = {
  /** Who is to hold the number. */
  holder?: string;
  /** The country, by its two letters. */
  country?: string;
  /** An exact number, as people write it: `+14044101672`, `tel:+1-404-410-1672`, or `(404) 410-1672` with its country. */
  number?: string;
  /** An exact number, by its name in the inventory. */
  inventory_id?: string;
  /** An area code within the country, digits only. */
  area_code?: string;
  /** A pattern such as `+1415555****`. */
  pattern?: string;
  /** The type of number: `local`, `mobile`, `national` or `toll_free`. */
  number_type?: string;
  /** The currency to pay in. */
  currency?: string;
  /** The key under which a repeat finds this purchase again. */
  idempotency_key?: string;
  /** Whether a further purchase within the velocity window is meant. */
  confirm_additional?: boolean;
  /** The price that the person saw. The purchase is refused if it is another one. */
  price_seen?: PriceSeen;
  /** The quote that the purchase follows. The purchase is refused if it no longer holds. */
  quote_seen?: QuoteSeen;
};

/** What a request would cost, and whether it would be accepted. */
export type Quote = {
  /** The rules and prices that it was made under. */
  shop: ShopVersion;
  /** When it was made. */
  quoted_at: Timestamp;
  /** From when on it holds no more. */
  expires_at: Timestamp;
  /** Whether every gate passes: then the same request is accepted. */
  acceptable: boolean;
  /** Which number is wanted, if that is clear. */
  selector: Selector | null;
  /** What would be bought, if that is known. */
  item: Item | null;
  /** How it would be paid. */
  payment: PaymentMethod | null;
  /** What it costs, if that is known. */
  price: Price | null;
  /** What to do, all of it, in the order of the gates: the recommended fixes, without those that the others make needless. When all of them are done, the request is accepted; without any one of them it is refused. A fix that only a person can complete (a field to correct, a number to search for) is done first, and then quoted again. Whatever can be done at once is done before anything is waited for. */
  fixes: Array<GateFix>;
  /** Whether doing all of them opens every gate, as far as is known now. Not so where a gate cannot be opened by anybody, or where a person must first say what is meant. */
  fixes_suffice: boolean;
  /** Every gate, in order. */
  gates: Array<GateReport>;
};

/** A part of what a quote promised that is not so now. Null is what there was not, or is not. */
export type QuoteDifference =
  | {
    "field": "id";
    /** The name. */
    seen: QuoteId;
    /** Always null: there is none. */
    now: QuoteId | null;
  }
  | {
    "field": "expires_at";
  } & Changed<Timestamp>
  | {
    "field": "policy";
  } & Changed<string>
  | {
    "field": "policy_version";
  } & Changed<string>
  | {
    "field": "rate_card_version";
  } & Changed<string>
  | {
    "field": "selector";
  } & Changed<Selector | null>
  | {
    "field": "country";
  } & Changed<Country | null>
  | {
    "field": "number_type";
  } & Changed<NumberType | null>
  | {
    "field": "capabilities";
  } & Changed<Capabilities | null>
  | {
    "field": "kyc_tier";
  } & Changed<number | null>
  | {
    "field": "payment";
  } & Changed<PaymentMethod | null>
  | {
    "field": "due_now";
  } & Changed<Money | null>
  | {
    "field": "setup_fee";
  } & Changed<Money | null>
  | {
    "field": "monthly_fee";
  } & Changed<Money | null>
  | {
    "field": "yearly_fee";
  } & Changed<Money | null>
  | {
    "field": "commitment_total";
  } & Changed<Money | null>
  | {
    "field": "minimum_commitment_months";
  } & Changed<number>
  | {
    "field": "lines";
  } & Changed<Array<PriceLine>>
  | {
    "field": "taxes_included";
  } & Changed<Array<PriceLine>>
  | {
    "field": "first_period";
  } & Changed<FirstPeriod | null>
  | {
    "field": "introductory";
  } & Changed<Array<Introductory>>
  | {
    "field": "recurring_lines";
  } & Changed<Array<PriceLine>>
  | {
    "field": "recurring_taxes_included";
  } & Changed<Array<PriceLine>>
  | {
    "field": "exponent";
  } & Changed<number>;

/** A quote, by what it says: the same content has the same name. */
export type QuoteId = string;

/** A quote that a purchase follows. Only what was promised is compared: that it was made is not evidence that it still holds. */
export type QuoteSeen = {
  /** Its name. */
  id: QuoteId;
  /** What it promised, as whoever made it has kept it; absent: nobody has kept such a quote. Never take this from a client, for the id does not vouch for it: take it from your own store, or from [`Quote::verify`]. */
  terms?: QuoteTerms;
};

/** What a quote promises. All of it is compared. */
export type QuoteTerms = {
  /** The rules and prices that it was made under. */
  shop: ShopVersion;
  /** From when on it holds no more. */
  expires_at: Timestamp;
  /** Which number it is for; absent: that was not clear. */
  selector: Selector | null;
  /** What would be bought; absent: it was not known. */
  item: Item | null;
  /** How it would be paid; absent: in no way. */
  payment: PaymentMethod | null;
  /** The price; absent: it was not known. */
  price: QuotedPrice | null;
};

/** The price that a quote promises. */
export type QuotedPrice = Price | PriceSeen;

/** One entry: what it matches, then what that costs. Of several entries that match a number, the one with the longest prefix counts; of equally long ones, one that names a type; of these, the one that asks for the most capabilities. Two entries of which neither comes first are refused. */
export type Rate = {
  /** Numbers of this country. */
  country: Country;
  /** Only numbers of this type; absent: any. */
  number_type?: NumberType;
  /** Only numbers that begin so, such as `+1415`; absent: any. */
  prefix?: string;
  /** Only numbers that can do all of this; absent: any. */
  able_to?: Capabilities;
  /** From this instant on; absent: always. */
  effective_from?: Timestamp;
  /** Before this instant; absent: for ever. */
  effective_until?: Timestamp;
  /** The non-recurring charge. */
  setup_fee: Money;
  /** The recurring charge, a month; nought for a number that is paid by the year. */
  monthly_fee: Money;
  /** The recurring charge, a year; absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** What recurs from the n-th number on instead, in order. */
  tiers?: Array<Tier>;
  /** What is charged once beside the setup fee and passed on to others, such as a regulator's fee. No discount touches it. */
  other_fees?: Array<OtherFee>;
  /** How many months must be paid at the least. */
  minimum_commitment_months?: number;
  /** The regulatory tier: the higher, the more the holder must prove. */
  kyc_tier: number;
  /** What the number can do. */
  capabilities: Capabilities;
};

/** Prices by country, type, prefix and capability, and what is taken off them and added to them. */
export type RateCard = {
  /** Its version; a purchase keeps the one that it was accepted under. */
  version: string;
  /** How long a quote made from it holds, in seconds, if nothing of its price changes sooner; at least one. */
  quote_lifetime_s: number;
  /** How many decimals amounts have, where it is not as many as ISO 4217 says. All amounts in that currency are meant: the card's, the policy's and the plans', the offers' and the customer's. */
  exponents?: {
    [key in Currency]: number;
  };
  /** Its entries. Empty where every number carries its own price. */
  rates: Array<Rate>;
  /** How the first period is charged up to the customer's billing day; absent: every number has periods of its own, from its purchase on. */
  proration?: Proration;
  /** What is taken off, in this order, each from what the ones before it have left. */
  discounts?: Array<Discount>;
  /** The taxes, in this order. */
  taxes?: Array<Tax>;
};

/** Why a purchase is refused, with the figures that were compared. A refusal changes nothing. */
export type Rejection =
  | {
    "code": "key_malformed";
    /** Its length in characters. */
    length: number;
    /** The longest that is taken. */
    length_max: number;
  }
  | {
    "code": "key_reused";
  }
  | {
    "code": "request_malformed";
    /** The field of the request. */
    field: string;
    /** The beginning of what was typed; none if nothing was. */
    typed: string | null;
    /** What is wrong with it. */
    problem: FieldProblem;
  }
  | {
    "code": "role_not_allowed";
    /** The actor's role. */
    role: Role;
    /** The roles that may. */
    allowed: Array<Role>;
  }
  | {
    "code": "holder_unknown";
    /** The holder that was named. */
    holder: HolderId;
  }
  | {
    "code": "actor_not_allowed";
    /** The holder that the credential may act for. */
    only_holder: HolderId;
  }
  | {
    "code": "selector_missing";
    /** The way that was begun, if nothing but its country is missing. */
    begun: SelectorKind | null;
    /** The ways to say it. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "selector_ambiguous";
    /** The ways to say it. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "selector_not_offered";
    /** The way that was tried. */
    asked: SelectorKind;
    /** The ways to say it. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "plan_not_paid";
    /** The plan. */
    plan: PlanId | null;
    /** What a person calls it, if it is one of the shop's. */
    title: string | null;
    /** Whether a free one would do. */
    free_suffices: boolean;
  }
  | {
    "code": "number_limit_reached";
    /** Of which numbers. */
    scope: LimitScope;
    /** Held. */
    held: number;
    /** On their way. */
    in_flight: number;
    /** The limit: the lower one of the policy's and the plan's. */
    limit: number;
    /** From when on there is room again if no open checkout is paid; none: never, as long as nothing is released. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "spend_limit_reached";
    /** The period. */
    period: CalendarPeriod;
    /** What was due for everything that was bought in the period. */
    spent: Money;
    /** What is due now. */
    price: Money;
    /** The most. */
    limit: Money;
    /** From when on it fits; none: never. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "pace_limit_reached";
    /** What is counted. */
    pace: Pace;
    /** How long the window is that slides, in seconds; none: a calendar day. */
    window_s: number | null;
    /** How often it was done. */
    count: number;
    /** The limit: one more must stay within it. */
    limit: number;
    /** From when on it can be done again; none: never. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "country_not_sold";
    /** The country. */
    country: Country;
    /** The type that was asked for. */
    number_type: NumberType | null;
    /** The types that are sold there. */
    sold: Array<NumberType>;
  }
  | {
    "code": "not_searched";
    /** The number. */
    number: E164;
  }
  | {
    "code": "number_mismatch";
    /** What was searched for. */
    selector: Selector;
    /** The number. */
    number: E164;
    /** What the two disagree about; at least one thing. */
    mismatches: Array<Mismatch>;
  }
  | {
    "code": "out_of_stock";
    /** What was searched for. */
    selector: Selector;
  }
  | {
    "code": "currency_not_offered";
    /** The currency that was asked for. */
    currency: Currency;
    /** The currencies that the number has a price in. */
    offered: Array<Currency>;
  }
  | {
    "code": "price_too_large";
    /** The price's currency. */
    currency: Currency;
  }
  | {
    "code": "billing_kind_required";
    /** The country. */
    country: Country;
    /** The customer's billing. */
    billing: BillingKind;
    /** The billing that is needed. */
    required: BillingKind;
  }
  | {
    "code": "kyc_required";
    /** For this country. */
    country: Country;
    /** Whose verification it is. */
    subject: KycSubject;
    /** Its tier. */
    tier: number;
    /** The lowest tier that needs KYC. */
    tier_min: number;
    /** How the verification stands. */
    status: KycStatus;
    /** Whether the actor may submit it. */
    may_submit: boolean;
  }
  | {
    "code": "velocity_exceeded";
    /** When the last one was accepted. */
    last_accepted_at: Timestamp;
    /** From when on the next one needs no confirmation. */
    ends_at: Timestamp;
  }
  | {
    "code": "payment_method_missing";
    /** The customer's billing, where it cannot pay for such a number at all; none: a payment method must be on file. */
    billing: BillingKind | null;
  }
  | {
    "code": "insufficient_balance";
    /** What the wallet holds, holds already taken off. */
    available: Money;
    /** What is due now. */
    required: Money;
    /** The difference. */
    missing: Money;
  }
  | {
    "code": "price_changed";
    /** The parts that differ; at least one. */
    differences: Array<PriceDifference>;
  }
  | {
    "code": "quote_outdated";
    /** Its name. */
    id: QuoteId;
    /** What is not as it promised; at least one thing. */
    differences: Array<QuoteDifference>;
  };

/** When a number that the customer releases is given back. */
export type ReleaseTime = "at_once" | "period_end";

/** One thing to do about a blocked gate, and whose it is to do. */
export type Remedy =
  | {
    "remedy": "use_fresh_key";
    /** The longest that is taken, in characters. */
    length_max: number;
  }
  | {
    "remedy": "correct_field";
    /** The field of the request. */
    field: string;
    /** What about it. */
    correction: Correction;
  }
  | {
    "remedy": "choose_holder";
    /** The holders that the actor may act for. */
    holders: Array<HolderId>;
  }
  | {
    "remedy": "ask_role";
    /** The roles. */
    roles: Array<Role>;
    /** What to ask for. */
    task: RoleTask;
  }
  | {
    "remedy": "choose_selector";
    /** The ways. */
    selectors: Array<SelectorKind>;
  }
  | {
    "remedy": "move_to_plan";
    /** The plan. */
    plan: PlanId;
    /** What a person calls it. */
    title: string;
    /** Its monthly price. */
    monthly_fee: Money;
  }
  | {
    "remedy": "release_numbers";
    /** How many. */
    count: number;
    /** Among which. */
    among: LimitScope;
  }
  | {
    "remedy": "choose_country";
    /** The countries. */
    countries: Array<Country>;
    /** Why these. */
    because: CountryChoice;
  }
  | {
    "remedy": "choose_number_type";
    /** The types. */
    number_types: Array<NumberType>;
    /** The country in which these are sold; absent: it is the type of the number that was asked for. */
    sold_in?: Country;
  }
  | {
    "remedy": "search_first";
    /** The number. */
    number: E164;
  }
  | {
    "remedy": "choose_number";
    /** The numbers, if any are known; otherwise search. */
    numbers: Array<E164>;
  }
  | {
    "remedy": "choose_currency";
    /** The currencies. */
    currencies: Array<Currency>;
  }
  | {
    "remedy": "move_to_billing";
    /** The billing. */
    billing: BillingKind;
  }
  | {
    "remedy": "submit_kyc";
    /** The country. */
    country: Country;
    /** Its tier. */
    tier: number;
    /** Whose verification it is. */
    subject: KycSubject;
    /** The roles that submit them for the actor; absent: the actor does. */
    submitters?: Array<Role>;
  }
  | {
    "remedy": "await_kyc";
    /** The country. */
    country: Country;
    /** Whose verification it is. */
    subject: KycSubject;
  }
  | {
    "remedy": "wait_until";
    /** The instant. */
    at: Timestamp;
    /** What for. */
    reason: WaitReason;
  }
  | {
    "remedy": "confirm_additional";
  }
  | {
    "remedy": "add_payment_method";
  }
  | {
    "remedy": "add_money";
    /** The amount. */
    money: Money;
  }
  | {
    "remedy": "accept_price";
    /** The price, as the request must name it. */
    price: PriceSeen;
    /** The same, as a person is told it. */
    outline: PriceOutline;
  }
  | {
    "remedy": "ask_for_quote";
    /** What it would cost, where that is known. */
    outline?: PriceOutline;
  };

/** The fields of a request that a fingerprint may name. */
export type RequestField = "holder" | "selector" | "currency";

/** How effects without an answer are asked again: after the first delay, then after twice as long each time. */
export type Retry = {
  /** The first delay. */
  first_delay_ms: number;
  /** The longest delay. */
  delay_ms_max: number;
  /** How often an effect is asked before a person must look. */
  attempts_max: number;
};

/** What somebody is in an account. The policy says who may do what. */
export type Role = "owner" | "admin" | "member" | "viewer";

/** What somebody in another role is asked for. */
export type RoleTask = "buy" | "submit_kyc";

/** Which way a fraction of a minor unit goes. */
export type Rounding = "half_up" | "half_even" | "down" | "up";

/** One search and its outcome. */
export type Search = {
  /** What was asked for. */
  selector: Selector;
  /** When it was answered. */
  seen_at: Timestamp;
  /** From when on the answer counts no more. */
  expires_at: Timestamp;
  /** What was found; empty: there is none. */
  numbers: Array<OfferedNumber>;
};

/** A number is being reserved. */
export type Securing = {
  /** How often the inventory was asked. */
  attempts: Attempts;
};

/** Which number is wanted, read and checked. */
export type Selector =
  | {
    "kind": "any";
    /** The country. */
    country: Country;
    /** Only numbers of this type; absent: any. */
    number_type?: NumberType;
  }
  | {
    "kind": "exact";
    /** The number. */
    number: E164;
  }
  | {
    "kind": "inventory";
    /** The name. */
    inventory_id: InventoryId;
  }
  | {
    "kind": "area_code";
    /** The country. */
    country: Country;
    /** The area code's digits. */
    area_code: string;
    /** Only numbers of this type; absent: any. */
    number_type?: NumberType;
  }
  | {
    "kind": "pattern";
    /** The country. */
    country: Country;
    /** The pattern. */
    pattern: NumberPattern;
    /** Only numbers of this type; absent: any. */
    number_type?: NumberType;
  };

/** The ways in which a request may say which number it wants. */
export type SelectorKind = "any" | "exact" | "inventory" | "area_code" | "pattern";

/** The data of a shop as a person writes it: what [`Shop::new`] checks. */
export type ShopData = {
  /** Which rules hold. */
  policy: Policy;
  /** What numbers cost. */
  rate_card: RateCard;
  /** The plans that a customer may be on; empty where the policy knows none. */
  plans?: Array<Plan>;
};

/** The version of the rules and prices that a quote or a purchase was made under. */
export type ShopVersion = {
  /** The policy's id. */
  policy: string;
  /** The policy's version. */
  policy_version: string;
  /** The rate card's version. */
  rate_card_version: string;
};

/** What purchases in one currency may cost in a period. */
export type SpendLimit = {
  /** The most that may be due. */
  amount: Money;
  /** In each of these. */
  period: CalendarPeriod;
};

/** How an account stands. Written by hand in a form, or made by `Account::standing`; it ships no keys and no ledger. */
export type Standing = {
  /** Who acts. */
  actor?: Actor;
  /** What the customer has arranged. */
  terms: CustomerTerms;
  /** The wallet's balance in each currency, holds already taken off. */
  balances?: Array<Money>;
  /** The numbers that are held. */
  held?: HeldCounts;
  /** The purchases that are on their way. */
  in_flight?: Array<InFlight>;
  /** What was claimed and released within the windows that the rules look at, in order. */
  recent?: Array<Move>;
  /** When the last purchase that has gone through was accepted. */
  last_accepted_at?: Timestamp | null;
};

/** How a purchase stands. Each state carries only what is true in it. */
export type State =
  | {
    "state": "opening_checkout";
  } & OpeningCheckout
  | {
    "state": "awaiting_payment";
  } & AwaitingPayment
  | {
    "state": "securing";
  } & Securing
  | {
    "state": "charging";
  } & Charging
  | {
    "state": "ordering";
  } & Ordering
  | {
    "state": "unconfirmed";
  } & Unconfirmed
  | {
    "state": "billing";
  } & Billing
  | {
    "state": "compensating";
  } & Compensating
  | {
    "state": "undone";
  } & Undone
  | {
    "state": "needs_review";
  } & NeedsReview
  | {
    "state": "active";
  } & Active
  | {
    "state": "failed";
  } & Failed;

/** A tax on numbers of some countries, on what is left after the discounts. */
export type Tax = {
  /** What a person calls it. */
  label: string;
  /** On numbers of these countries; empty: on all. */
  countries?: Array<Country>;
  /** Its rate in hundredths of a percent of the price without tax: 1900 is 19 %. */
  basis_points: number;
  /** Whether prices contain it. */
  kind: TaxKind;
  /** Of what it is a whole number of minor units. */
  rounded?: TaxRounding;
  /** Which way a fraction of a minor unit goes. */
  rounding?: Rounding;
  /** For purchases from this instant on; absent: always. */
  effective_from?: Timestamp;
  /** For purchases before this instant; absent: for ever. */
  effective_until?: Timestamp;
};

/** Whether prices contain a tax. */
export type TaxKind = "exclusive" | "inclusive";

/** Where the fraction of a tax is rounded. */
export type TaxRounding = "line" | "total";

/** What recurs for a number from the n-th one on, in place of the entry's own fee. */
export type Tier = {
  /** The first number that it holds for, counting all numbers that the customer holds and that are on their way: 11 is the number bought by who has ten. The numbers of a holder that does not count against the account's limits are counted by themselves: its eleventh is the one bought when it has ten of its own. */
  from_number: number;
  /** The recurring charge, as often as the entry's own. */
  fee: Money;
};

/** An instant: milliseconds since 1970-01-01T00:00:00Z. Kept within ±(2⁵³ − 1), so that it is the same number in JSON and JavaScript; arithmetic stops at those ends. */
export type Timestamp = number;

/** The carrier may or may not have sold us the number. */
export type Unconfirmed = {
  /** The number. */
  offer: OfferedNumber;
  /** How often order and question together got no answer, so far. */
  attempts: Attempts;
  /** The carrier's words, where it refused a repeat of an order that was unclear. */
  declined: string | null;
};

/** The steps that are left of an undo, in their order: at least one, and money goes back last. JSON: a list. */
export type UndoSteps = Array<
  | {
    "undo": "return_reservation";
    /** The number. */
    number: E164;
  }
  | {
    "undo": "return_number";
    /** The number. */
    number: E164;
  }
  | {
    "undo": "refund";
    /** How much. */
    amount: Money;
  }>;

/** Everything is undone. */
export type Undone = {
  /** Why. */
  failure: Failure;
  /** Whether money was given back. */
  refunded: boolean;
};

/** The guard against accidental second purchases. */
export type Velocity = {
  /** How long after an accepted purchase the next one must be confirmed, in seconds. */
  window_s: number;
};

/** What is waited for. */
export type WaitReason =
  | {
    "kind": "checkouts_end";
    /** How many. */
    count: number;
  }
  | {
    "kind": "spending_fits";
  }
  | {
    "kind": "next_day";
  }
  | {
    "kind": "window_has_room";
  }
  | {
    "kind": "no_confirmation";
  };

/** A country whose numbers the plan knows, by its code of ISO 3166-1. */
export type PlanCountry =
  | "US" | "AG" | "AI" | "AS" | "BB" | "BM" | "BS" | "CA" | "DM" | "DO" | "GD" | "GU" | "JM" | "KN" | "KY"
  | "LC" | "MP" | "MS" | "PR" | "SX" | "TC" | "TT" | "VC" | "VG" | "VI" | "RU" | "KZ" | "EG" | "ZA" | "GR"
  | "NL" | "BE" | "FR" | "ES" | "HU" | "IT" | "VA" | "RO" | "CH" | "AT" | "GB" | "GG" | "IM" | "JE" | "DK"
  | "SE" | "NO" | "SJ" | "PL" | "DE" | "PE" | "MX" | "CU" | "AR" | "BR" | "CL" | "CO" | "VE" | "MY" | "AU"
  | "CC" | "CX" | "ID" | "PH" | "NZ" | "SG" | "TH" | "JP" | "KR" | "VN" | "CN" | "TR" | "IN" | "PK" | "AF"
  | "LK" | "MM" | "IR" | "SS" | "MA" | "EH" | "DZ" | "TN" | "LY" | "GM" | "SN" | "MR" | "ML" | "GN" | "CI"
  | "BF" | "NE" | "TG" | "BJ" | "MU" | "LR" | "SL" | "GH" | "NG" | "TD" | "CF" | "CM" | "CV" | "ST" | "GQ"
  | "GA" | "CG" | "CD" | "AO" | "GW" | "IO" | "AC" | "SC" | "SD" | "RW" | "ET" | "SO" | "DJ" | "KE" | "TZ"
  | "UG" | "BI" | "MZ" | "ZM" | "MG" | "RE" | "YT" | "ZW" | "NA" | "MW" | "LS" | "BW" | "SZ" | "KM" | "SH"
  | "TA" | "ER" | "AW" | "FO" | "GL" | "GI" | "PT" | "LU" | "IE" | "IS" | "AL" | "MT" | "CY" | "FI" | "AX"
  | "BG" | "LT" | "LV" | "EE" | "MD" | "AM" | "BY" | "AD" | "MC" | "SM" | "UA" | "RS" | "ME" | "XK" | "HR"
  | "SI" | "BA" | "MK" | "CZ" | "SK" | "LI" | "FK" | "BZ" | "GT" | "SV" | "HN" | "NI" | "CR" | "PA" | "PM"
  | "HT" | "GP" | "BL" | "MF" | "BO" | "GY" | "EC" | "GF" | "PY" | "MQ" | "SR" | "UY" | "CW" | "BQ" | "TL"
  | "NF" | "BN" | "NR" | "PG" | "TO" | "SB" | "VU" | "FJ" | "PW" | "WF" | "CK" | "NU" | "WS" | "KI" | "NC"
  | "TV" | "PF" | "TK" | "FM" | "MH" | "KP" | "HK" | "MO" | "KH" | "LA" | "BD" | "TW" | "MV" | "LB" | "JO"
  | "SY" | "IQ" | "KW" | "SA" | "YE" | "OM" | "PS" | "AE" | "IL" | "BH" | "QA" | "BT" | "MN" | "NP" | "TJ"
  | "TM" | "AZ" | "GE" | "KG" | "UZ";
